#!/bin/bash
# A picture made while tracing is the picture made from the trace: there is one model.
. "${0%/*}/../lib.sh"
need jq

trace both sh -c 'sh -c "exit 3"; ls / >/dev/null; exit 4'
assert_eq "the command's status" "$STATUS" 4
for format in ascii json dot; do
  assert "$format can be rendered from the trace" "$CTTRACE" render -f "$format" "$TRACE"
done
"$CTTRACE" render -f json "$TRACE" >"$TMP/first"
"$CTTRACE" render -f json "$TRACE" >"$TMP/second"
assert "twice the same" cmp "$TMP/first" "$TMP/second"
cp "$TRACE" "$TMP/copy"
assert "from standard input as well" sh -c \
  "'$CTTRACE' render -f json - <'$TMP/copy' | cmp - '$TMP/first'"

# Live: the timeline on stderr at the end, and the trace of the very same run.
STATUS=0
"$CTTRACE" -o "$TMP/live.jsonl" -- sh -c 'sh -c "exit 3"; exit 4' 2>"$TMP/live.txt" || STATUS=$?
assert_eq "status" "$STATUS" 4
if [ -s "$TMP/live.txt" ]; then
  "$CTTRACE" render -f ascii "$TMP/live.jsonl" >"$TMP/again.txt"
  assert "the live timeline is that of the trace" cmp "$TMP/live.txt" "$TMP/again.txt"
fi
assert "-f writes the picture instead of the trace" \
  "$CTTRACE" -q -f json -o "$TMP/direct.json" -- true
assert_jq "$TMP/direct.json" "which is a report" '.schema == "cttrace-report/1" and .complete'
if command -v dot >/dev/null; then
  "$CTTRACE" render -f dot "$TRACE" >"$TMP/graph.dot"
  assert "graphviz accepts the graph" dot -Tsvg -o "$TMP/graph.svg" "$TMP/graph.dot"
else
  skip "graphviz accepts the graph" "graphviz is not installed"
fi
finish
