#!/bin/bash
# Ends of a recording that are not the end of the command, and where everybody waited then.
. "${0%/*}/../lib.sh"
need jq

# -------- --until payload --------
cttrace until demo --until payload -o TRACE
report
assert_eq "the command went on: its status and output" "$STATUS/$(grep -c '^process = 1$' "$OUT")" 0/1
assert_jq "$REPORT" "the trace is whole, and ends before the command does" '.complete and .exit == null'
assert_jq "$REPORT" "its last event is the payload's exec" \
  '.events[-1] | .kind == "exec" and (.tags | index("payload") != null)'
cttrace shown demo --until payload
assert_match "the picture is shown, once" "$(grep -c 'the container is running' "$ERR")" '^1$'

# -------- where it hangs --------
mkfifo "$TMP/fifo"
hang() { # NAME OPTION…: a command of which a child waits for ever
  local name=$1
  shift
  TRACE=$TMP/$name.jsonl REPORT=$TMP/$name.json
  # shellcheck disable=SC2016 # $0 is of the inner shell
  "$CTTRACE" -q -o "$TRACE" "$@" -- sh -c 'cat "$0" & echo $! >"$0.pid"; wait' "$TMP/fifo" &
  FRONT=$!
  assert "the child waits" await sh -c "grep -q '^257 ' /proc/\$(cat '$TMP/fifo.pid')/syscall"
  READER=$(cat "$TMP/fifo.pid")
}
assert_hangs() {
  assert_jq "$REPORT" "who waits in which call" \
    '[.events[] | select(.ongoing and .pid == $pid)] | length >= 1 and .[0].name == "openat"
     and (.[0] | text("pathname") | contains("/fifo"))' --argjson pid "$READER"
}
hang term
kill -TERM "$FRONT"
status=0
wait "$FRONT" || status=$?
assert_eq "SIGTERM ends the command, as untraced" "$status" 143
kill "$READER"
assert "the trace ends with the last process" await trace_is_whole
assert_hangs
"$CTTRACE" render "$TRACE" >"$TMP/picture"
assert_match "in words" "$(cat "$TMP/picture")" '^  cat [0-9]+ +openat.*for at most'

hang stopped
tracer=$(awk '$1 == "TracerPid:" { print $2 }' "/proc/$READER/status")
kill -TERM "$tracer"
assert "SIGTERM to the tracer ends the recording" await trace_is_whole
assert_hangs
assert_jq "$REPORT" "not the command" '.exit == null'
assert "which is served on" kill -0 "$FRONT"
: >"$TMP/fifo"
status=0
wait "$FRONT" || status=$?
assert_eq "to its end" "$status" 0

hang detached --detach
kill -TERM "$FRONT"
wait "$FRONT"
assert "--detach: the trace ends with the command" await trace_is_whole
assert_hangs
assert_eq "and lets its child go" \
  "$(awk '$1 == "TracerPid:" { print $2 }' "/proc/$READER/status")" 0
kill "$READER"

# -------- privileges that are not given --------
as_ordinary_user
install -m 4755 "$(type -P true)" "$TMP/set-uid"
chmod 755 "$TMP"
cttrace setuid -o TRACE -- "$TMP/set-uid" an-argument
assert_eq "a set-uid program runs" "$STATUS" 0
assert_one_line "there is one warning" "$ERR"
assert_match "it names the program, and what works" "$(cat "$ERR")" \
  "^cttrace: set-uid: its set-uid bit has no effect .*: sudo cttrace -u [a-z]+ -- .*/set-uid an-argument$"
report
assert_jq "$REPORT" "the trace has it, too" '[.events[] | select(.kind == "note")] | length == 1'
cttrace plain -o TRACE -- true
assert_eq "no warning without cause" "$(cat "$ERR")" ""
finish
