#!/bin/bash
# run.sh PROGRAM EXPECT: a hard case, untraced and then traced. Output and status must be the
# same, and the trace sound and as EXPECT says: "rounds: N" and "depths: …" lines, then a line
# of words and, indented, an expression in jq about the trace (hard.jq) that must be true. A line
# "racy: yes" is for scripts/stress.sh, which asks for CT_HARD_ROUNDS rounds of each depth: all
# of these are made, also after one that failed.
. "${0%/*}/../e2e/lib.sh"
HERE=$(cd "$(dirname "$0")" && pwd)
. "$HERE/hard.sh"
need jq
program=$1 expect=$2 rounds=3 depths='key auto full detach'
name=$(basename "$program")

# All expectations as one program, which gives those that do not hold.
checks=unsound what='' expression=''
add_check() {
  [ -z "$expression" ] || checks+=",
    (try ([$expression] | if length == 0 or any(. != true) then \"not true: $what\" else empty end)
     catch \"$what: \\(.)\")"
  expression=''
}
while IFS= read -r line; do
  case $line in
  '' | '#'*) ;;
  rounds:*) rounds=${line#rounds:} ;;
  depths:*) depths=${line#depths:} ;;
  'racy: yes') ;;
  [[:space:]]*) expression+=$line$'\n' ;;
  *) add_check && what=$line ;;
  esac
done <"$expect"
add_check
rounds=${CT_HARD_ROUNDS:-$rounds}

cd "$TMP" || exit 1
native=0
timeout -k 5 60 "$program" >native.out 2>native.err </dev/null || native=$?
[ "$native" -ne 77 ] || cannot "$(tail -n 1 native.err)"
stable native.out >native.stable

one_round() { # DEPTH; prints what is wrong
  local depth=$1 status=0
  run_bounded "$CTTRACE" -q "${how[@]}" -o trace.jsonl -- "$program" \
    >traced.out 2>traced.err || status=$?
  [ "$status" -eq "$native" ] || echo "status $status, untraced $native"
  stable traced.out | diff native.stable - | sed 's/^/output (untraced <, traced >): /'
  diff native.err traced.err | sed 's/^/stderr (untraced <, traced >): /'
  jq -rs --argjson said "$(said traced.out)" --arg depth "$depth" "$(cat "$HERE/hard.jq") $checks" trace.jsonl 2>&1
}
for depth in $depths; do
  wrong='' failures=0 how=(--wait-all --depth "$depth")
  # without a filter: every call stops, and one round is enough
  [ "$depth" != detach ] || how=(--detach) rounds=${CT_HARD_ROUNDS:-1}
  for ((round = 1; round <= rounds; round++)); do
    found=$(one_round "$depth")
    [ -n "$found" ] || continue
    failures=$((failures + 1)) wrong+="round $round: $found"$'\n'
    [ -z "${HARD_KEEP:-}" ] || cp trace.jsonl "$HARD_KEEP"
    [ -n "${CT_HARD_ROUNDS:-}" ] || break
  done
  if [ "$failures" -eq 0 ]; then
    ok "$name, $depth, $rounds times"
  else
    not_ok "$name, $depth, $failures of $rounds times" "$wrong"
  fi
done
finish
