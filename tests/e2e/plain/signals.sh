#!/bin/bash
# The exit status is the command's, and signals reach whom they are meant for.
. "${0%/*}/../lib.sh"
need jq

status_of() { # COMMAND…: the status without and with the tracer
  local without=0 with=0
  "$@" >/dev/null 2>&1 </dev/null || without=$?
  timeout -k 5 30 "$CTTRACE" -q -o "$TMP/trace" -- "$@" >/dev/null 2>&1 </dev/null || with=$?
  echo "$without $with"
}
for status in 0 1 42 125 126 127 255; do
  assert_eq "exit $status" "$(status_of sh -c "exit $status")" "$status $status"
done
for signal in HUP INT KILL SEGV TERM USR1; do
  wanted=$((128 + $(kill -l $signal)))
  assert_eq "ended by SIG$signal" "$(status_of sh -c "ulimit -c 0; kill -$signal \$\$")" "$wanted $wanted"
done

touch "$TMP/not-executable"
run() { # ARGUMENT…
  STATUS=0
  timeout -k 5 30 "$CTTRACE" -q -o "$TMP/trace" -- "$@" >"$TMP/out" 2>"$TMP/err" </dev/null || STATUS=$?
}
run "$TMP/no-such-program"
assert_eq "a program that is not there: 127, as env(1)" "$STATUS" 127
assert_one_line "one line says so" "$TMP/err"
run "$TMP/not-executable"
assert_eq "a file that is no program: 126, as env(1)" "$STATUS" 126
assert_one_line "one line says so" "$TMP/err"

# A command tells that it is ready through a fifo: no sleeping and hoping. What runs in the
# background keeps no descriptor of the test, or ctest would wait for it.
mkfifo "$TMP/ready"
start() { # COMMAND…: sets tracer
  # a shell starts what is in the background with SIGINT ignored, a person does not
  env --default-signal "$CTTRACE" -q -o "$TMP/trace" -- "$@" >"$TMP/out" 2>"$TMP/err" </dev/null &
  tracer=$!
}
finished() { # DESCRIPTION WANTED-STATUS
  STATUS=0
  wait "$tracer" 2>/dev/null || STATUS=$?
  assert_eq "$1" "$STATUS" "$2"
}
start sh -c "trap 'kill \$child; exit 7' TERM
  sh -c 'echo ready >\"$TMP/ready\"; exec sleep 60' & child=\$!; wait"
read -r _ <"$TMP/ready"
kill -TERM "$tracer"
finished "SIGTERM to cttrace reaches the command, which handles it" 7

for signal in TERM HUP INT QUIT USR1; do
  start sh -c "ulimit -c 0; echo ready >'$TMP/ready'; exec sleep 60"
  read -r _ <"$TMP/ready"
  kill "-$signal" "$tracer"
  finished "SIG$signal to cttrace ends the command" $((128 + $(kill -l $signal)))
done

# SIGKILL at any moment: the tracer must end with the truth, whatever stop it was in.
for round in 1 2 3 4 5 6 7 8 9 10; do
  "$CTTRACE" -q --depth full -o "$TMP/kill.jsonl" -- sh -c \
    "echo \$\$ >'$TMP/ready'; while :; do cd /; cd /tmp; (exit 0); done" >"$TMP/out" 2>&1 </dev/null &
  tracer=$!
  read -r victim <"$TMP/ready"
  kill -KILL "$victim"
  STATUS=0
  wait $tracer 2>/dev/null || STATUS=$?
  [ "$STATUS" -eq 137 ] || { not_ok "SIGKILL in round $round" "status $STATUS"; break; }
done
[ "$STATUS" -ne 137 ] || ok "SIGKILL of a busy command, ten times: 137"
# (its last child may outlive it by a moment, and the tracer with it)
ended() { "$CTTRACE" render -f json "$1" | jq -e '.complete'; }
assert "the trace of the last is whole" await ended "$TMP/kill.jsonl"
assert "and says how it ended" sh -c \
  "'$CTTRACE' render -f json '$TMP/kill.jsonl' | jq -e '.exit.signal == \"SIGKILL\"'"

# The tracer itself is killed: its tracees, without it unable to go on, die with it.
children() { cat "/proc/$1/task/$1/children"; }
"$CTTRACE" -o "$TMP/dead.jsonl" -- sh -c \
  "sh -c 'echo \$\$ >\"$TMP/ready\"; exec sleep 60' & wait" >"$TMP/out" 2>"$TMP/err" </dev/null &
front=$!
read -r grandchild <"$TMP/ready"
assert "events are written as they come" await grep -q '"exec".*sleep' "$TMP/dead.jsonl"
for child in $(children $front); do
  [ "$(cat "/proc/$child/comm")" != cttrace-tracer ] || kill -KILL "$child"
done
tracer=$front
finished "the front end reports the command's end by SIGKILL" 137
gone() { ! kill -0 "$1"; }
assert "no tracee is left" await gone "$grandchild"
assert_match "the user is told" "$(cat "$TMP/err")" 'tracer was killed'
"$CTTRACE" render -f json "$TMP/dead.jsonl" >"$TMP/dead.json"
assert_jq "$TMP/dead.json" "the trace is readable, and called cut off" \
  '(.complete | not) and (.processes | length) == 2 and any(.findings[]; .id == "trace-cut-off")'

# The front end is killed: the command lives on, and so does its tracing.
start sh -c "echo \$\$ >'$TMP/ready'; read -r line <'$TMP/ready'; sh -c 'exit 3'; exit 5"
read -r command <"$TMP/ready"
kill -KILL "$tracer"
wait "$tracer" 2>/dev/null
assert "the command outlives its front end" kill -0 "$command"
echo go >"$TMP/ready"
assert "and the trace gets its end" await ended "$TMP/trace"
"$CTTRACE" render -f json "$TMP/trace" >"$TMP/front.json"
assert_jq "$TMP/front.json" "with the command's status" '.exit.status == 5 and (.processes | length) == 2'
finish
