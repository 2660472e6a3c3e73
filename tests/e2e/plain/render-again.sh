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

# A picture made at the command's end and one of a recorded trace are of two runs: they differ
# in numbers (times, pids, addresses) and in nothing else.
command=(sh -c 'sh -c "exit 3"; ls / >/dev/null; exit 4')
without_numbers() {
  jq 'walk(if type == "number" then 0 elif type == "string" then gsub("0x[0-9a-f]+|[0-9]+"; "0") else . end)
    | .events |= sort' # a child and its parent run at the same time
}
"$CTTRACE" -q -f json -o "$TMP/direct.json" -- "${command[@]}"
assert_eq "-f writes the report, and the status is the command's" $? 4
assert_jq "$TMP/direct.json" "it is whole" '.schema == "cttrace-report/1" and .complete'
trace again "${command[@]}"
assert_eq "the report made at the end is that of the trace" \
  "$(without_numbers <"$TMP/direct.json" | md5sum)" "$(without_numbers <"$REPORT" | md5sum)"
# (the blanks before a time are as many as the longest time of that run needs)
words() { sed 's/^ *[0-9.]\+ /  /; s/[0-9.]\+ \(ms\|us\|s\)\|[0-9]\+//g' "$1" | tr -s ' ─│'; }
"$CTTRACE" -- "${command[@]}" >"$TMP/out" 2>"$TMP/direct.txt"
"$CTTRACE" render "$TRACE" >"$TMP/again.txt"
assert_eq "the timeline on stderr is that of the trace" "$(words "$TMP/direct.txt")" "$(words "$TMP/again.txt")"
assert_match "(which is one)" "$(cat "$TMP/again.txt")" 'exec ls /'
if command -v dot >/dev/null; then
  "$CTTRACE" render -f dot "$TRACE" >"$TMP/graph.dot"
  assert "graphviz accepts the graph" dot -Tsvg -o "$TMP/graph.svg" "$TMP/graph.dot"
else
  skip "graphviz accepts the graph" "graphviz is not installed"
fi
finish
