#!/bin/bash
# SIGTERM to the tracer while a parent waits in vfork(2) for its child: nobody is harmed, the
# tracer goes on serving, or, attached, lets go of both.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need jq

program=${HARD:?}/vfork-sleep
mkfifo "$TMP/go"
child_of() { pgrep -P "$1"; }
has_child() { child_of "$1" >/dev/null; }
ended_whole() { tail -n 1 "$1" | grep -q '"ev":"end"'; }
untraced() { grep -q '^TracerPid:[[:space:]]*0$' "/proc/$1/status"; }

for round in 1 2 3; do
  rm -f "$TMP/trace" # of the round before
  "$CTTRACE" -q -o "$TMP/trace" -- "$program" "$TMP/go" </dev/null &
  front=$!
  await sh -c "grep -q '\"how\":\"vfork\"' '$TMP/trace'" || { not_ok "there is a child, round $round"; continue; }
  kill -TERM "$(pgrep -P "$front" cttrace-tracer)"
  await ended_whole "$TMP/trace" || not_ok "the trace ends, round $round"
  echo >"$TMP/go"
  status=0
  wait "$front" || status=$?
  [ "$status" -eq 30 ] || not_ok "the command ends as ever, round $round" "status $status"
done
assert_eq "our own command: it went on to its end, $round times" "$status" 30

for round in 1 2 3; do
  rm -f "$TMP/trace" # of the round before
  "$program" "$TMP/go" </dev/null &
  parent=$!
  await has_child "$parent"
  child=$(child_of "$parent")
  "$CTTRACE" -q -o "$TMP/trace" -p "$parent" -p "$child" </dev/null 2>"$TMP/err" &
  tracer=$!
  await sh -c "grep -q '\"pid\":$child' '$TMP/trace'" || { not_ok "both are attached to, round $round" "$(cat "$TMP/err")"; }
  kill -TERM "$tracer"
  wait "$tracer"
  await untraced "$parent" || not_ok "the parent is let go, round $round"
  await untraced "$child" || not_ok "the child is let go, round $round"
  echo >"$TMP/go"
  status=0
  wait "$parent" || status=$?
  [ "$status" -eq 30 ] || not_ok "who was attached to ends as ever, round $round" "status $status"
done
assert_eq "attached: they went on to their ends, $round times" "$status" 30
assert "the trace is whole" ended_whole "$TMP/trace"
finish
