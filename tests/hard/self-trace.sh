#!/bin/bash
# The tracer traced by itself: a process has one tracer, so this cannot be; said in one line.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"

export ASAN_OPTIONS=detect_leaks=0 # who is traced cannot look for leaks

status=0
run_bounded "$CTTRACE" -q -o "$TMP/outer" -- "$CTTRACE" -q -o "$TMP/inner" -- echo ran \
  >"$TMP/out" 2>"$TMP/err" || status=$?
assert_eq "the inner one says 125, and the outer one mirrors it" "$status" 125
assert_one_line "one line" "$TMP/err"
assert_match "it says what is wrong" "$(cat "$TMP/err")" 'cannot trace.*not permitted'
assert_eq "the command did not run" "$(cat "$TMP/out")" ""
assert_eq "the inner one left no trace" "$(ls "$TMP/inner" 2>/dev/null)" ""

# What the tracer does not trace itself works inside as ever.
status=0
run_bounded "$CTTRACE" -q -o "$TMP/outer" -- "$CTTRACE" render -f json "$TMP/outer.not-there" \
  >"$TMP/out" 2>"$TMP/err" || status=$?
assert_eq "another command of it is just a program" "$status" 125
finish
