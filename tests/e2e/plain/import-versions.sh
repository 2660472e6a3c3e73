#!/bin/bash
# Logs that strace has written in other years, of the samples: tests/compat/strace/VERSION/.
# NAME.expect says what the report of the imported log must say, NAME.said is what the
# sample itself printed then: the kernel's words.
. "${0%/*}/../lib.sh"
need jq
logs=$E2E/../compat/strace

for log in "$logs"/*/*.log; do
  name=$(basename "$log" .log) version=$(basename "$(dirname "$log")")
  TRACE=$TMP/$version-$name.jsonl REPORT=$TMP/$version-$name.json SAID='{}'
  "$CTTRACE" import "$log" -o "$TRACE" 2>"$TMP/err" || not_ok "$version $name can be imported" "$(cat "$TMP/err")"
  assert_eq "strace $version: every line of $name is understood" "$(grep -c "are not strace's" "$TMP/err")" 0
  [ ! -e "${log%.log}.said" ] || SAID=$(said "${log%.log}.said")
  report
  assert_expectations "$logs/$name.expect"
  [ ! -e "${log%.log}.expect" ] || assert_expectations "${log%.log}.expect"
done
finish
