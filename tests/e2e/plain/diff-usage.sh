#!/bin/bash
# cttrace diff without a container: exit status, standard input, and what cannot be compared.
. "${0%/*}/../lib.sh"
need jq

trace true true
TRUE=$TRACE
trace again true
AGAIN=$TRACE
trace false false
FALSE=$TRACE

status_of() { # ARGUMENT…
  STATUS=0
  "$CTTRACE" diff "$@" >"$TMP/out" 2>"$TMP/err" </dev/null || STATUS=$?
}
status_of "$TRUE" "$AGAIN"
assert_eq "two runs of one command are the same" "$STATUS" 0
status_of "$TRUE" "$FALSE"
assert_eq "true and false are not" "$STATUS" 1
assert_match "it says how they ended" "$(cat "$TMP/out")" 'how it ended +exit 0 +exit 1'
status_of -q "$TRUE" "$FALSE"
assert_eq "-q: the status alone" "$STATUS$(cat "$TMP/out")" 1
"$CTTRACE" diff - "$AGAIN" <"$TRUE" >"$TMP/out"
assert_eq "one of them can be standard input" $? 0

trouble() { # DESCRIPTION ARGUMENT…
  local what=$1
  shift
  status_of "$@"
  assert_eq "$what: trouble" "$STATUS" 125
  assert_one_line "$what: one line says why" "$TMP/err"
  assert_eq "$what: no output" "$(cat "$TMP/out")" ""
}
echo nonsense >"$TMP/nonsense"
trouble "no files"
trouble "one file" "$TRUE"
trouble "three files" "$TRUE" "$TRUE" "$TRUE"
trouble "a file that is not there" "$TRUE" "$TMP/missing"
trouble "no trace" "$TMP/nonsense" "$TRUE"
trouble "standard input twice" - -
trouble "a format that does not exist" -f picture "$TRUE" "$TRUE"

head -n 3 "$TRUE" >"$TMP/cut.jsonl"
status_of "$TRUE" "$TMP/cut.jsonl"
assert_eq "a trace that is cut off can be compared" "$STATUS" 1
assert_match "and it is said" "$(cat "$TMP/out")" 'cut off'
finish
