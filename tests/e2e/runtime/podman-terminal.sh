#!/bin/bash
# podman run -it at a terminal: a shell in a container, used as people use one. All that comes
# back from it is as untraced.
. "${0%/*}/../lib.sh"
. "${0%/*}/../terminal.bash"
enter_testbed "$@"
need python3

# What the steps below name. The container says that it is ready for a new size by a file.
export RUN="podman --runtime crun run -it --network none --hostname box"
export IMAGE=localhost/busybox SIZED=true
mkdir "$TMP/shared"
export SHARED=$TMP/shared

assert_same_at_terminal session "${0%/*}/session.steps"
assert_modes_are_restored session
assert "session: the trace is whole" await trace_is_whole
assert_trace
assert_jq "$REPORT" "init hands the terminal to the monitor" \
  '.containers[0].init.pid as $init | [.handovers[] | select(.kind == "console")] as $all |
   ($all | length == 1) and $all[0].from.pid == $init and process($all[0].to.pid).role == "monitor"'
assert_match "the timeline says so" "$("$CTTRACE" render "$TRACE" | grep passes)" \
  '⇢ passes /dev/pts/ptmx to conmon [0-9]+$'

# ^P^Q: podman ends, the container lives on, for others as ever.
cat >"$TMP/leaving" <<'STEPS'
wait outer> 
type stty -g\n
wait outer> 
type $T $RUN --name left $IMAGE sh\n
wait # 
type word=kept; echo list""ens; cat\n
wait listens
type before\n
wait before\r\nbefore
keys \x10\x11
wait outer> 
type echo status=$?\n
wait status=0
wait outer> 
type stty -g\n
wait outer> 
type podman exec left echo 'a''live'\n
wait alive
wait outer> 
type podman attach left\n
raw
type \x04
wait # 
type echo $word; exit 5\n
wait kept
wait outer> 
type podman wait left\n
wait ^5\r
wait outer> 
type podman rm left\n
wait left\r\n
wait outer> 
type exit 0\n
STEPS
at_exit "podman rm --force --time 0 left"
# -q: without it a remark says, after podman's end, who lives on
assert_same_at_terminal leaving "$TMP/leaving" -q
assert_modes_are_restored leaving
assert "leaving: the trace is whole" await trace_is_whole
assert_jq "$REPORT" "and has the end of the container" '.containers[0].exit.status == 5'
finish
