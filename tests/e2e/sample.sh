#!/bin/bash
# sample.sh PROGRAM EXPECT: traces a sample and checks what its .expect file says: a line of
# words, then, indented, an expression in jq about the report (expect.jq) that must be true.
. "${0%/*}/lib.sh"
need jq

trace "$(basename "$1")" "$1"
[ "$STATUS" -ne 77 ] || cannot "$(tail -n 1 "$ERR")"
assert_eq "the sample ends well" "$STATUS" 0

what='' expression=''
check() {
  [ -z "$expression" ] || assert_jq "$REPORT" "$what" "$expression"
  expression=''
}
while IFS= read -r line; do
  case $line in
  '' | '#'*) ;;
  [[:space:]]*) expression+=$line$'\n' ;;
  *) check && what=$line ;;
  esac
done <"$2"
check
finish
