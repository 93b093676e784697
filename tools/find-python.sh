#!/usr/bin/env bash
# Prints the Python that .venv is made with: the first of $PYTHON, python3.13, python3.12, python3.11 and python3 that
# runs, is CPython 3.11 to 3.13 (TensorFlow has wheels for no other) and can make virtual environments.
set -euo pipefail

readonly probe='
import sys
if sys.implementation.name != "cpython" or not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(3)
try:
    import ensurepip, venv
except ImportError:
    print("python%d.%d-venv" % sys.version_info[:2])
    sys.exit(4)
'
missing=
# Prints the first Python called $1 that will do. Every place on PATH is tried, not only the first: a version manager's
# shim may stand before a Python that works, and only running it tells.
usable() {
  local candidate package
  while IFS= read -r candidate; do
    if package=$("$candidate" -c "$probe" 2>/dev/null </dev/null); then
      echo "$candidate"
      return 0
    elif [ -n "$package" ]; then
      missing=${missing:-"$candidate lacks the modules venv and ensurepip. On Debian and Ubuntu: apt-get install $package"}
    fi
  done < <(type -aP "$1" || true)
  return 1
}
if [ -n "${PYTHON:-}" ]; then
  usable "$PYTHON" && exit 0
  echo "PYTHON=$PYTHON was passed over: it is no CPython 3.11 to 3.13 with the modules venv and ensurepip." >&2
fi
for name in python3.13 python3.12 python3.11 python3; do
  usable "$name" && exit 0
done
echo "${missing:-"No Python 3.11, 3.12 or 3.13 was found. On Debian: apt-get install python3 python3-venv; or set PYTHON to one."}" >&2
exit 1
