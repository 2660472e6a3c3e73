#!/bin/bash
# SIGTERM to the tracer: it stops writing, and goes on serving, so that nobody gets ENOSYS.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need jq

mkfifo "$TMP/ready" "$TMP/go"
"$CTTRACE" -q -o "$TMP/trace" -- sh -c \
  "echo ready >'$TMP/ready'; read -r _ <'$TMP/go'; sh -c 'exit 4'; unshare --uts true; exit \$?" &
front=$!
read -r _ <"$TMP/ready"
kill -TERM "$(pgrep -P "$front" cttrace-tracer)"
assert "the trace ends now" await sh -c "tail -n 1 '$TMP/trace' | grep -q '\"ev\":\"end\"'"
echo go >"$TMP/go"
status=0
wait "$front" || status=$?
assert_eq "the command goes on and ends as ever" "$status" 0
assert "what came later is not in the trace" sh -c \
  "! grep -q '\"name\":\"unshare\"' '$TMP/trace'"
finish
