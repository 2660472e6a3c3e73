#!/bin/bash
# stage.sh [COMMAND…]: a shell, or COMMAND, in which the episode can be played: podman works with
# images that are made here, in mount and network namespaces of our own, and cttrace and the
# scripts of this folder are found by their names. The working folder is empty, and goes in the
# end, when it is also looked for what was left behind.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
runtimes=$here/../../tests/e2e/runtimes

if [ -z "${EPISODE_WORK:-}" ]; then # outside
  [ "$(id -u)" -eq 0 ] || { echo "$0: as root, please" >&2; exit 1; }
  for binary in "${CTTRACE:-}" "$here/../../build/release/cli/cttrace" "$(command -v cttrace)"; do
    [ ! -x "$binary" ] || break
  done
  [ -x "$binary" ] || { echo "$0: set CTTRACE to the program cttrace" >&2; exit 1; }
  EPISODE_WORK=$(mktemp -d /tmp/cttrace-episode.XXXXXX)
  trap 'rm -rf --one-file-system "$EPISODE_WORK"' EXIT
  mkdir "$EPISODE_WORK/bin" "$EPISODE_WORK/stage"
  ln -s "$(readlink -f "$binary")" "$EPISODE_WORK/bin/cttrace"
  ln -s "$here"/*.sh "$EPISODE_WORK/bin"
  export EPISODE_WORK
  export PATH=$EPISODE_WORK/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  "$runtimes/setup.sh" >&2
  "$runtimes/enter.sh" "$here/stage.sh" "$@"
  exit
fi

# What the starts share with this shell would be in their traces: its cgroups, its input.
while read -r procs; do
  echo $$ >"$procs" 2>/dev/null || true
done < <(find /sys/fs/cgroup -maxdepth 2 -name cgroup.procs)
cd "$EPISODE_WORK/stage"
verify-cleanup.sh --remember
status=0
if [ $# -gt 0 ]; then
  "$@" </dev/null || status=$?
else
  echo "The stage is set. exit leaves it."
  bash --rcfile <(echo "PS1='# '") -i || status=$?
fi
verify-cleanup.sh || status=1
exit "$status"
