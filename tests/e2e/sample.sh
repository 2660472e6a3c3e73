#!/bin/bash
# sample.sh PROGRAM EXPECT: traces a sample and checks what its .expect file says: a line of
# words, then, indented, an expression in jq about the report (expect.jq) that must be true.
. "${0%/*}/lib.sh"
need jq

trace "$(basename "$1")" "$1"
[ "$STATUS" -ne 77 ] || cannot "$(tail -n 1 "$ERR")"
assert_eq "the sample ends well" "$STATUS" 0

assert_expectations "$2"
finish
