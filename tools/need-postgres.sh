#!/usr/bin/env bash
# Prints the folder of PostgreSQL's programs, from which the tests start a server of their own: $PLAYGROUND_POSTGRES,
# then PATH, then where Debian keeps them, then Debian's package (installed without making or starting a cluster).
set -euo pipefail

is_complete() { [ -x "$1/pg_ctl" ] && [ -x "$1/initdb" ] && [ -x "$1/postgres" ]; }

if [ -n "${PLAYGROUND_POSTGRES:-}" ]; then
  if ! is_complete "$PLAYGROUND_POSTGRES"; then
    echo "PLAYGROUND_POSTGRES=$PLAYGROUND_POSTGRES has no pg_ctl, initdb and postgres. Give the folder of these programs." >&2
    exit 1
  fi
  echo "$PLAYGROUND_POSTGRES"
  exit 0
fi
installed() {
  local folder
  while IFS= read -r folder; do
    if is_complete "$folder"; then
      echo "$folder"
      return 0
    fi
  done < <(
    if program=$(command -v pg_ctl); then dirname "$(readlink -f "$program")"; fi
    find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -rV
  )
  return 1
}
without_cluster() {
  local tools configuration before
  tools=$(dirname "$0")
  configuration=/etc/postgresql-common/createcluster.conf
  "$tools/apt-install.sh" postgresql-common || return
  before=$(<"$configuration")
  sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' "$configuration"
  "$tools/apt-install.sh" postgresql || true
  printf '%s\n' "$before" >"$configuration"  # what the machine's owner installs later is not our business
}
installed && exit 0
without_cluster || true
installed && exit 0
echo "PostgreSQL is missing. As root on Debian: apt-get install postgresql; or set PLAYGROUND_POSTGRES to the folder of pg_ctl." >&2
exit 1
