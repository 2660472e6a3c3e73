#!/bin/bash
# A real systemd, and cgroup v2 alone: podman asks it for a scope over D-Bus. What the report says
# is compared with what the kernel says inside of the container, and systemd outside of it.
. "${0%/*}/../e2e/lib.sh"
need podman systemctl jq

INSIDE_CGROUP='
cat /proc/self/cgroup | sed "s/^0::/path = /"
echo "memory_max = $(cat /sys/fs/cgroup/memory.max)"
echo "pids_max = $(cat /sys/fs/cgroup/pids.max)"
echo "cpu_max = $(cat /sys/fs/cgroup/cpu.max)"
'
limits=(--memory=64m --pids-limit=50 --cpus=0.5)

for runtime in crun runc; do
  cttrace "$runtime" -q --meters=20ms -o TRACE -- podman --runtime "$runtime" run --rm --network=none \
    --cidfile "$TMP/$runtime.cid" "${limits[@]}" localhost/busybox sh -c "$INSIDE_CGROUP"
  report
  id=$(cat "$TMP/$runtime.cid")
  assert_eq "$runtime: ends well" "$STATUS $(grep -vc 'live on' "$ERR")" "0 0"
  assert_jq "$REPORT" "$runtime: systemd was asked for the scope of this container, and has agreed" \
    '[.containers[0].unit | .name, .answered, .error] == ["libpod-\($id).scope", true, null]' --arg id "$id"
  assert_jq "$REPORT" "$runtime: the cgroup is in that scope" \
    '.containers[0].cgroup | test("^/machine.slice/libpod-\($id).scope(/container)?$")' --arg id "$id"
  assert_jq "$REPORT" "$runtime: which is the one that config.json asks for" \
    '[.containers[0].asked.items[] | select(.aspect == "cgroup") | .match] == ["same"]'
  assert_jq "$REPORT" "$runtime: the meter has the limits that the kernel has" \
    '.containers[0].meters.limits | [.memory, .pids, .cpu_milli] == [$said.memory_max, $said.pids_max, 500]'
  assert_eq "$runtime: which are those that were asked for" "$(jq -c '[.memory_max, .pids_max, .cpu_max]' <<<"$SAID")" \
    '[67108864,50,"50000 100000"]'
  assert_jq "$REPORT" "$runtime: it was metered, from its own cgroup" \
    '.containers[0] | .meters.last.cpu > 0 and .meters.peaks.memory.value > 0 and .meters.cgroup == .cgroup'
  assert_jq "$REPORT" "$runtime: its device rules are read from the program" \
    '[.containers[0].limits[] | select(.file | startswith("device program")) | .value] | any(startswith("c 1:3 "))'
  assert_match "$runtime: the timeline tells it" "$("$CTTRACE" render --width 200 "$TRACE")" \
    "systemd: StartTransientUnit libpod-.*\.scope slice=machine\.slice"
  assert_trace
done

# Who joins a container is in its scope; the kernel says so.
podman run -d --rm --name ct-joined --network=none localhost/busybox sleep 1000 >/dev/null
at_exit 'podman rm -f -t 0 ct-joined'
pid=$(podman inspect -f '{{.State.Pid}}' ct-joined)
cttrace join -q -o TRACE -- podman exec ct-joined cat /proc/self/status
report
assert_eq "podman exec works" "$STATUS" 0
scope=$(sed -n 's/^0:://p' "/proc/$pid/cgroup")
assert_jq "$REPORT" "exec: the process is in the cgroup of the container's init" \
  '[.events[].cgroup | select(. != null) | .to] | any(. == $scope or startswith($scope + "/"))' --arg scope "$scope"
podman rm -f -t 0 ct-joined >/dev/null
finish
