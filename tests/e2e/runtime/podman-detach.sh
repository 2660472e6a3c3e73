#!/bin/bash
# podman run -d: the tracer gives the terminal back at once, the container lives on.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

name=cttrace-detach
at_exit "podman rm -f -t0 $name"
podman rm -f -t0 $name >/dev/null 2>&1
state() { [ "$(podman inspect -f "{{.State.Status}}" "$name")" = "$1" ]; }

LIMIT=30
cttrace run -q -o TRACE -- podman --runtime crun run -d --name $name --network=none \
  localhost/busybox sh -c 'echo up; trap "exit 0" TERM; while :; do sleep 1 & wait; done'
assert_eq "podman run -d returned" "$STATUS" 0
assert_match "with the container's id" "$(cat "$OUT")" '^[0-9a-f]{64}$'
assert "the container runs" state running
assert_eq "exec works" "$(podman exec $name echo inside 2>&1)" inside
assert "what it says is logged" await sh -c "podman logs $name | grep -q '^up$'"
assert "stop works" podman stop -t 10 $name
assert "it has stopped" state exited
assert "rm works" podman rm $name

# With the last process the tracer ends, too: then the trace has its footer.
assert "the trace is complete" await trace_is_whole
assert_jq "$REPORT" "the container is in the trace" '.containers | length == 1'
assert_jq "$REPORT" "with its payload" '.containers[0].payload.argv[0] == "sh"'
finish
