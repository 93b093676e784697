#!/usr/bin/env bash
# Installs Debian packages without asking anything. Fails with status 3, saying nothing, where that cannot be done.
set -euo pipefail

[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || exit 3
export DEBIAN_FRONTEND=noninteractive
echo "Installing $* with apt-get" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { apt-get update && apt-get install -y --no-install-recommends "$@"; } >"$log" 2>&1 </dev/null; then
  tail -5 "$log" >&2
  exit 1
fi
