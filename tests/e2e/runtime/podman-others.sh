#!/bin/bash
# Other commands of podman than a plain run: a stop whose container is older than the trace,
# a file that is masked. Compared with podman inspect and the container.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

# -------- a stop, traced alone --------
name=cttrace-stop-$$
at_exit "podman rm -f -t 0 $name"
podman run -d --name "$name" --network=none --stop-signal USR1 localhost/busybox \
  sh -c 'trap "exit 3" USR1; echo ready; while :; do sleep 0.1; done' >/dev/null
pid=$(podman inspect -f '{{.State.Pid}}' "$name")
is_ready() { podman logs "$name" 2>&1 | grep -q ready; }
assert "stop: the container listens" await is_ready
trace stop podman stop -t 15 "$name"
assert_eq "stop: works" "$STATUS" 0
assert_eq "stop: the container has got podman's signal" "$(podman inspect -f '{{.State.ExitCode}}' "$name")" 3
# crun sends it through a pidfd: whose that is says the kernel
assert_jq "$REPORT" "stop: the runtime's call has the pid that podman says" \
  '[.events[] | select(.name == "kill" or .name == "pidfd_send_signal") | select(any(.args[]; .text == "SIGUSR1")) |
    .args[0] | .path // .value | tostring] | unique | . == ["pidfd:[\($pid)]"] or . == ["\($pid)"]' --arg pid "$pid"
assert_match "stop: the timeline says which signal goes to whom" "$("$CTTRACE" render "$TRACE")" \
  "signals: SIGUSR1 to pid $pid\$"
assert_trace

# -------- a file that is hidden --------
trace mask podman run --rm --network=none --security-opt mask=/etc/passwd localhost/busybox \
  sh -c 'echo "size = $(wc -c </etc/passwd)"; echo "device = $(awk "\$5 == \"/etc/passwd\" { print \$4 }" /proc/self/mountinfo)"'
assert_eq "mask: the container sees nothing of it, under a device of the host" \
  "$STATUS $(jq -r '"\(.size) \(.device)"' <<<"$SAID")" "0 0 /null"
assert_jq "$REPORT" "mask: it is in the table as masked" \
  '.containers[0].mount_table.mounts[] | select(.target == "/etc/passwd") | .masked'
assert_jq "$REPORT" "mask: it was asked for, and done; so was all the rest" \
  '.containers[0].asked.items | (map(select(.aspect == "masked path" and .name == "/etc/passwd") | .match) == ["same"]) and
   all(.[]; .match != "differs")'
assert_match "mask: and is counted" "$("$CTTRACE" render "$TRACE")" ' 6 masked'
finish
