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

# A child tells that it is ready through a fifo: no sleeping and hoping.
mkfifo "$TMP/ready"
"$CTTRACE" -q -o "$TMP/term.jsonl" -- \
  sh -c "trap 'kill \$child; exit 7' TERM; sleep 60 & child=\$!; echo ready >'$TMP/ready'; wait" &
tracer=$!
read -r _ <"$TMP/ready"
kill -TERM $tracer
STATUS=0
wait $tracer || STATUS=$?
assert_eq "SIGTERM to cttrace reaches the command, which handles it" "$STATUS" 7

"$CTTRACE" -q -o "$TMP/default.jsonl" -- sh -c "echo ready >'$TMP/ready'; exec sleep 60" &
tracer=$!
read -r _ <"$TMP/ready"
kill -TERM $tracer
STATUS=0
wait $tracer 2>/dev/null || STATUS=$?
assert_eq "or ends it" "$STATUS" 143

# SIGKILL at any moment: the tracer must end with the truth, whatever stop it was in.
for round in 1 2 3 4 5 6 7 8 9 10; do
  "$CTTRACE" -q --depth full -o "$TMP/kill.jsonl" -- sh -c \
    "echo \$\$ >'$TMP/ready'; while :; do cd /; cd /tmp; (exit 0); done" 2>/dev/null &
  tracer=$!
  read -r victim <"$TMP/ready"
  kill -KILL "$victim"
  STATUS=0
  wait $tracer 2>/dev/null || STATUS=$?
  [ "$STATUS" -eq 137 ] || { not_ok "SIGKILL in round $round" "status $STATUS"; break; }
done
[ "$STATUS" -ne 137 ] || ok "SIGKILL of a busy command, ten times: 137"
assert "the trace of the last is whole" sh -c \
  "'$CTTRACE' render -f json '$TMP/kill.jsonl' | jq -e '.complete and .exit.signal == \"SIGKILL\"'"
finish
