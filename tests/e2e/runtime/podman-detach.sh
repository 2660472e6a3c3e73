#!/bin/bash
# podman run -d: the tracer gives the terminal back at once, the container lives on.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

name=cttrace-detach
at_exit "podman rm -f -t0 $name"
podman rm -f -t0 $name >/dev/null 2>&1
state() { [ "$(podman inspect -f "{{.State.Status}}" "$name")" = "$1" ]; }

run=(podman --runtime crun run -d --name "$name" --network=none localhost/busybox)
waits='trap "exit 0" TERM; while :; do sleep 1 & wait; done'
lives() { kill -0 "$1"; }

# -------- by default: cttrace returns, its tracer stays --------
LIMIT=30
cttrace run -o TRACE -- "${run[@]}" sh -c "echo up; $waits"
assert_eq "podman run -d returned" "$STATUS" 0
assert_match "with the container's id" "$(cat "$OUT")" '^[0-9a-f]{64}$'
assert_one_line "one line says that the tracer stays" "$ERR"
tracer=$(sed -n 's/.*process \([0-9]*\) stays.*/\1/p' "$ERR")
assert_eq "and which process it is" "$(cat "/proc/$tracer/comm")" cttrace-tracer
assert "the container runs" state running
assert_eq "exec works" "$(podman exec $name echo inside 2>&1)" inside
assert "what it says is logged" await sh -c "podman logs $name | grep -q '^up$'"
assert "stop works" podman stop -t 10 $name
assert "it has stopped" state exited
assert "rm works" podman rm $name

# With the last process the tracer ends, too: then the trace has its footer.
gone() { ! lives "$1"; }
assert "the tracer ends after the container" await gone "$tracer"
assert "the trace is complete" await trace_is_whole
assert_jq "$REPORT" "the container is in the trace" '.containers | length == 1'
assert_jq "$REPORT" "with its payload" '.containers[0].payload.argv[0] == "sh"'

# -------- --detach: no tracer stays, the container does not notice --------
cttrace detach --detach -o TRACE -- "${run[@]}" sh -c "echo up; $waits"
assert_eq "--detach: podman run -d returned" "$STATUS" 0
assert_eq "nothing is said" "$(cat "$ERR")" ""
assert "the trace is whole at once" trace_is_whole
assert_eq "no tracer is left" "$(pgrep -f "cttrace.*$TRACE")" ""
assert "the container runs" state running
pid=$(podman inspect -f '{{.State.Pid}}' $name)
assert_eq "untraced" "$(sed -n 's/^TracerPid:\t//p' "/proc/$pid/status")" 0
assert_eq "exec works" "$(podman exec $name echo inside 2>&1)" inside
# the report against the kernel, while the container is there to be asked
assert_jq "$REPORT" "init's pid" '.containers[0].init.pid == $pid' --argjson pid "$pid"
assert_jq "$REPORT" "its cgroup, as /proc/PID/cgroup says" \
  '.containers[0].cgroup as $c | $c != null and ($paths | split("\n") | index($c) != null)' \
  --arg paths "$(cut -d: -f3- "/proc/$pid/cgroup")"
SAID=$(for n in cgroup ipc mnt net pid time user uts; do
  echo "$n = $(readlink "/proc/$pid/ns/$n" | tr -cd 0-9)"
done | said /dev/stdin)
assert_jq "$REPORT" "its namespaces, as /proc/PID/ns says" \
  '.containers[0].namespaces | to_entries[] | .value.to == $said[.key]'
assert "rm works" podman rm -f -t0 $name

# -------- --wait-all: cttrace returns with the container's last process --------
"$CTTRACE" -q --wait-all -o "$TMP/all.jsonl" -- "${run[@]}" sh -c "$waits" >"$TMP/all.out" 2>&1 </dev/null &
front=$!
assert "--wait-all: the container runs" await state running
assert "cttrace waits" lives $front
assert "stop works" podman stop -t 10 $name
STATUS=0
wait $front || STATUS=$?
assert_eq "with the container gone, cttrace ends with podman's status" "$STATUS" 0
TRACE=$TMP/all.jsonl REPORT=$TMP/all.json
assert "and the trace is whole" trace_is_whole
finish
