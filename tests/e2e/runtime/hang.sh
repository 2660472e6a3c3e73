#!/bin/bash
# A start that waits for ever is interrupted: who waited for whom?
. "${0%/*}/../lib.sh"
enter_testbed "$@"

mkdir -p "$TMP/b"
jq '.hooks.prestart = [{path: "/bin/sleep", args: ["sleep", "1000"]}]' \
  "$CT_TESTBED/bundle/crun/config.json" >"$TMP/b/config.json"
id=hang-$$
at_exit "crun --root $TMP/state delete -f $id"
TRACE=$TMP/trace.jsonl
"$CTTRACE" -q -o "$TRACE" -- crun --root "$TMP/state" run -b "$TMP/b" "$id" </dev/null >"$TMP/out" 2>&1 &
tracer=$!
assert "the hook runs" await grep -q '"sleep","1000"' "$TRACE"
kill -INT "$tracer"
assert "the tracer tells who waits" await grep -q '"ongoing":true' "$TRACE"
hook=$(jq -s '[.[] | select(.ev == "exec" and .argv == ["sleep", "1000"])][0].task[0]' "$TRACE")
kill -KILL "$hook"
wait "$tracer"
# up to the interrupt: what a trace of a start that hangs still has
sed '/"ongoing":true/,$ { /"ongoing":true/!d }' "$TRACE" >"$TMP/early.jsonl"
"$CTTRACE" explain -f json "$TMP/early.jsonl" >"$TMP/hang.json"
assert_jq "$TMP/hang.json" "it is a hang" '.kind == "hang"'
assert_jq "$TMP/hang.json" "crun waits for the hook" \
  '[.remarks[] | select(.label == "waits" and (.text | test("crun.*wait4.*waits for sleep " + $hook)))] |
   length == 1' --arg hook "$hook"
finish
