#!/bin/bash
# Job control on a terminal: ^Z, fg, bg, reading in the background, ^C, as a shell sees them.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"

job=${HARD:?}/tty-job
run_bounded "$job" "$job" job >"$TMP/native" 2>&1
assert_match "untraced, it works" "$(cat "$TMP/native")" 'exited with 42'
for depth in key auto full; do
  for round in 1 2 3 4 5; do
    LIMIT=30 run_bounded "$job" "$CTTRACE" -q --depth $depth -o "$TMP/trace" -- "$job" job \
      >"$TMP/traced" 2>&1
    cmp -s "$TMP/native" "$TMP/traced" || break
  done
  if cmp -s "$TMP/native" "$TMP/traced"; then
    ok "as untraced, at depth $depth, $round times"
  else
    not_ok "untraced <, at depth $depth >, round $round" "$(diff "$TMP/native" "$TMP/traced")"
  fi
done
finish
