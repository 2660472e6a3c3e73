#!/bin/bash
# Numbers of many starts: computed a second time, in Python, from the traces and the reports.
. "${0%/*}/../lib.sh"
need python3
need jq

recorded=("${0%/*}"/../../../samples/traces/*.jsonl)
again=()
for trace in "${recorded[@]}"; do
  report=$TMP/$(basename "$trace").report
  "$CTTRACE" render -f json -o "$report" "$trace"
  again+=("$report" "$trace")
done
"$CTTRACE" stats -f json -o "$TMP/one.json" "${recorded[@]}"
assert_eq "the recorded starts have numbers" $? 0
assert "which are those that Python finds" python3 "$E2E/stats.py" one "$TMP/one.json" "${again[@]}"
"$CTTRACE" stats -f json -o "$TMP/same.json" "${recorded[@]}"
assert "and the same again, whichever thread was first" cmp "$TMP/one.json" "$TMP/same.json"

"$CTTRACE" stats --ascii --width 80 "${recorded[@]}" >"$TMP/text"
assert_match "there is a table" "$(cat "$TMP/text")" "whole run +${#recorded[@]}"
assert_eq "no line is wider than 80 columns" "$(grep -E '.{81}|[^ -~]' "$TMP/text")" ""
"$CTTRACE" stats -f csv "${recorded[@]}" >"$TMP/csv"
assert "the CSV is what the JSON says" python3 - "$TMP/csv" "$TMP/one.json" <<'PYTHON'
import csv, json, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
with open(sys.argv[2], encoding="utf-8") as file:
    measures = json.load(file)["sets"][0]["measures"]
assert len(rows) == len(measures) > 50, (len(rows), len(measures))
for row, measure in zip(rows, measures):
    for key, value in measure.items():
        if key == "benign":
            assert (row[key] == "benign") == value, row
        elif isinstance(value, (int, float)):
            assert float(row[key]) == value, (row, key)
        else:
            assert row[key] == (value or ""), (row, key)
PYTHON

# Two sets of real starts. The second one does more: a difference that any honest test shows.
slow=() quick=()
for i in 1 2 3 4 5 6 7 8; do
  "$CTTRACE" -q -o "$TMP/quick$i" -- sh -c 'true'
  "$CTTRACE" -q -o "$TMP/slow$i" -- sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do /bin/true; done'
  quick+=("$TMP/quick$i") slow+=("$TMP/slow$i")
done
"$CTTRACE" stats -f json --compare "${quick[@]}" -- "${slow[@]}" >"$TMP/two.json"
assert_jq "$TMP/two.json" "twelve processes more take longer" \
  '[.comparison.rows[] | select(.kind == "run" or .name == "processes") | .difference] == ["more", "more"]'
assert_jq "$TMP/two.json" "and there are as many more as were started" \
  '.comparison.rows[] | select(.name == "processes") | [.a.median, .b.median, .low, .high] == [1, 13, 13, 13]'
"$CTTRACE" stats -f json --compare "${quick[@]}" -- "${quick[@]}" >"$TMP/equal.json"
assert_jq "$TMP/equal.json" "a set does not differ from itself" \
  '[.comparison.rows[].difference] | length > 3 and all(. == "none shown")'
"$CTTRACE" stats -f json --compare "${quick[@]:0:5}" -- "${slow[@]}" >"$TMP/few.json"
assert_jq "$TMP/few.json" "of five runs nothing is said" \
  '[.comparison.rows[] | select(.a.n < 6) | .difference] | length > 3 and all(. == "too few runs")'

# Starts of containers, so that there are phases: of recorded ones, each a set of another size.
first=("${recorded[@]:0:6}") second=("${recorded[@]:3:6}")
list() { for trace in "$@"; do echo "$TMP/$(basename "$trace").report"; done | jq -R . | jq -s .; }
list "${first[@]}" >"$TMP/first" && list "${second[@]}" >"$TMP/second"
"$CTTRACE" stats -f json --compare "${first[@]}" -- "${second[@]}" >"$TMP/two.json"
assert "ratios and intervals are those that Python finds" \
  python3 "$E2E/stats.py" two "$TMP/two.json" "$TMP/first" "$TMP/second"
"$CTTRACE" stats --ascii --width 80 --compare "${first[@]}" -- "${second[@]}" >"$TMP/text"
assert_match "they have a table" "$(cat "$TMP/text")" 'whole run .* none shown'
assert_eq "two sets fit into 80 columns" "$(grep -E '.{81}|[^ -~]' "$TMP/text")" ""

head -c 30000 "${recorded[0]}" >"$TMP/cut"
echo '{"no":"trace"}' >"$TMP/other"
"$CTTRACE" stats -f json "$TMP/cut" "$TMP/other" "$TMP/missing" >"$TMP/left.json" 2>"$TMP/err"
assert_eq "a trace that cannot be read is a failure" $? 125
assert_eq "each is named" "$(grep -c '^cttrace: .*/\(other\|missing\)' "$TMP/err")" 2
assert_jq "$TMP/left.json" "the rest is told, and that it is cut off" '.sets[0] | .runs == 1 and .cut == 1'
"$CTTRACE" stats --compare "${quick[@]}" 2>"$TMP/err"
assert_eq "one set cannot be compared" "$? $(cat "$TMP/err")" \
  "125 cttrace: --compare needs two sets of traces: --compare TRACE… -- TRACE…"
finish
