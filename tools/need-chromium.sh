#!/usr/bin/env bash
# Prints the path of Chromium, which the browser tests drive: $PLAYGROUND_CHROMIUM, then PATH, then Debian's package.
set -euo pipefail

if [ -n "${PLAYGROUND_CHROMIUM:-}" ]; then
  if ! command -v "$PLAYGROUND_CHROMIUM"; then
    echo "PLAYGROUND_CHROMIUM=$PLAYGROUND_CHROMIUM is no program. Unset it or give the path of Chromium." >&2
    exit 1
  fi
  exit 0
fi
on_path() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    # Run it: on Ubuntu a script of this name may only say that a snap is needed.
    if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}
on_path && exit 0
"$(dirname "$0")/apt-install.sh" chromium fonts-dejavu-core || true
on_path && exit 0
echo "Chromium is missing. As root on Debian: apt-get install chromium fonts-dejavu-core; or set PLAYGROUND_CHROMIUM." >&2
exit 1
