#!/bin/bash
# as-user.sh [--as-root] COMMAND…: runs COMMAND as the testbed's ordinary user, with what rootless
# podman needs. --as-root: in his environment, but still as root, for a tracer that changes the
# user itself. as-user.sh --end: ends the pause process that his podman leaves behind for good.
# To be run within enter.sh.
set -euo pipefail
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}
user=cttrace-e2e
home=$CT_TESTBED/home
run=$CT_TESTBED/run/user

# (a tracer that becomes the user goes by the user database)
[ "$(getent passwd $user | cut -d: -f6)" = "$home" ] || usermod --home "$home" $user
install -d -m 700 -o $user -g $user "$home" "$run" "$home/.config" "$home/.config/containers"
install -m 644 -o $user -g $user /dev/stdin "$home/.config/containers/storage.conf" <<EOF
[storage]
driver = "overlay"
EOF
install -m 644 -o $user -g $user /dev/stdin "$home/.config/containers/containers.conf" <<EOF
[containers]
default_ulimits = ["nofile=$(ulimit -Hn):$(ulimit -Hn)", "nproc=1000:1000"]
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
EOF

end_pause_process() {
  local pid tries=100
  pid=$(cat "$run/libpod/tmp/pause.pid" 2>/dev/null) || return 0
  if [ "$(stat -c %U "/proc/$pid" 2>/dev/null)" = $user ]; then
    kill "$pid"
    while [ -d "/proc/$pid" ] && [ $((tries--)) -gt 0 ]; do sleep 0.05; done
  fi
  rm -rf --one-file-system "$run/libpod/tmp"
}

become=(setpriv --reuid "$user" --regid "$user" --init-groups)
case ${1:-} in
--end) end_pause_process; exit 0 ;;
--as-root) become=(); shift ;;
esac
cd "$home"
exec env -i HOME="$home" USER=$user LOGNAME=$user SHELL=/bin/sh LANG=C.UTF-8 \
  PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin XDG_RUNTIME_DIR="$run" CT_TESTBED="$CT_TESTBED" \
  ${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} ${become[@]:+"${become[@]}"} "$@"
