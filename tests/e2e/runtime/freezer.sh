#!/bin/bash
# What podman does to a container's cgroup while it runs and at its end: several commands of
# podman in one trace, told of the one container, and compared with what podman and the
# kernel say at each step.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

name=cttrace-frozen-$$
at_exit "podman rm -f -t 0 $name"
cat >"$TMP/life" <<'EOF'
set -e
podman run -d --name "$1" --network=none --device-read-bps "$2:1mb" --device-write-iops "$2:100" \
  localhost/busybox sleep 1000 >/dev/null
pid=$(podman inspect -f '{{.State.Pid}}' "$1")
echo "pid = $pid"
state() {
  if [ -e /sys/fs/cgroup/freezer ]; then
    cat "/sys/fs/cgroup/freezer$(sed -n 's/^[0-9]*:freezer://p' "/proc/$pid/cgroup")/freezer.state"
  else
    sed -n 's/^frozen //p' "/sys/fs/cgroup$(sed -n 's/^0:://p' "/proc/$pid/cgroup")/cgroup.events"
  fi
}
if [ -e /sys/fs/cgroup/blkio ]; then
  dir=/sys/fs/cgroup/blkio$(sed -n 's/^[0-9]*:blkio://p' "/proc/$pid/cgroup")
  echo "read bps = $(cat "$dir/blkio.throttle.read_bps_device")"
  echo "write iops = $(cat "$dir/blkio.throttle.write_iops_device")"
fi
podman pause "$1" >/dev/null
echo "paused = $(podman inspect -f '{{.State.Status}}' "$1") $(state)"
podman unpause "$1" >/dev/null
echo "unpaused = $(podman inspect -f '{{.State.Status}}' "$1") $(state)"
podman kill "$1" >/dev/null
podman wait "$1" >/dev/null
podman rm -f "$1" >/dev/null
echo "left = $(find /sys/fs/cgroup -maxdepth 4 -type d -name "*$(podman inspect -f '{{.Id}}' "$1" 2>/dev/null || echo none)*" | wc -l)"
EOF
disk=/dev/$(lsblk -dno NAME,TYPE | awk '$2 == "disk" && $1 !~ /^(zram|ram|loop)/ { print $1; exit }')
[ -b "$disk" ] || cannot "this host has no disk to limit"
trace life sh "$TMP/life" "$name" "$disk"
assert_eq "the life of a container, as without a tracer" "$STATUS" 0
assert "the trace ends" await trace_is_whole
acts() { echo "[.containers[0].acts[] | select(.kind == \"$1\" and .error == null)]"; }
assert_match "podman and the kernel: paused" "$(jq -r .paused <<<"$SAID")" '^paused (FROZEN|1)$'
assert_match "podman and the kernel: running again" "$(jq -r .unpaused <<<"$SAID")" '^running (THAWED|0)$'
assert_jq "$REPORT" "one container, its init the one that podman names" \
  '[.containers[].init.pid] == [$said.pid]'
assert_jq "$REPORT" "it was frozen, and then thawed" \
  "$(acts freezer) | [.[0:2][].value] | . == [\"FROZEN\", \"THAWED\"] or . == [\"1\", \"0\"]"
assert_jq "$REPORT" "by two processes that are runtimes" \
  ". as \$root | $(acts freezer) | .[0:2] | [.[].by.pid as \$pid | \$root | process(\$pid).role] == [\"runtime\", \"runtime\"]"
assert_jq "$REPORT" "its processes were killed from outside" \
  "$(acts kill) + $(acts cgroup-kill) | any(.value == \"SIGKILL\" or .value == \"1\")"
assert_jq "$REPORT" "its end is that signal" '.containers[0].exit.signal == "SIGKILL"'
assert_jq "$REPORT" "its cgroup was removed in every hierarchy that it was made in" \
  "(.containers[0].cgroup | split(\"/\") | last) as \$last | $(acts cgroup-removed) as \$removed |
   (\$removed | length > 0) and all(\$removed[]; .value | endswith(\$last))"
assert_eq "nothing of it is left" "$(jq .left <<<"$SAID")" 0
if jq -e '."read bps"' <<<"$SAID" >/dev/null; then
  assert_jq "$REPORT" "the limits of its disk are those that the kernel has" \
    '[.containers[0].limits[] | select(.file | test("throttle"))] |
     (.[] | select(.file | endswith("read_bps_device")) | .value == $said["read bps"]),
     (.[] | select(.file | endswith("write_iops_device")) | .value == $said["write iops"])'
  assert_jq "$REPORT" "and are said in words" \
    '.containers[0].limits[] | select(.file | endswith("read_bps_device")) | .meaning
     | test("^reads from device [0-9]+:[0-9]+: 1 MiB a second at most$")'
fi
"$CTTRACE" render --width 160 "$TRACE" >"$TMP/timeline"
for line in 'freezer\.state FROZEN|cgroup\.freeze 1' 'freezer\.state THAWED|cgroup\.freeze 0' \
  'signals the container: SIGKILL|cgroup\.kill 1' '[0-9]+ cgroups? removed'; do
  assert_match "the timeline has it" "$(cat "$TMP/timeline")" "$line"
done
assert_trace
finish
