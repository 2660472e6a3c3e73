#!/bin/bash
# The manual pages: no formatter complains, and they say what cttrace itself says.
. "$(dirname "$0")/../e2e/lib.sh"
need mandoc groff
pages=$1

for page in cttrace.1 cttrace-trace.5; do
  assert_eq "mandoc has nothing to say about $page" \
    "$(mandoc -T lint -W warning "$pages/$page" 2>&1)" ''
  assert_eq "nor has groff" "$(groff -k -ww -b -man -Tutf8 -z "$pages/$page" 2>&1)" ''
done

mandoc -T utf8 "$pages/cttrace.1" | col -bx >"$TMP/page"
options() { grep -Eo -- '--[a-z][a-z-]+' | sort -u; }
for command in '' $("$CTTRACE" --help | sed '1,/^other commands/d' | awk '{ print $1 }'); do
  # shellcheck disable=SC2086 # no command is no word
  "$CTTRACE" $command --help >"$TMP/help"
  if [ -z "$command" ]; then
    sed -n '/^OPTIONS/,/^COMMANDS/p' "$TMP/page" >"$TMP/section"
  else
    sed -n "/^   cttrace $command\$/,/^   cttrace\\|^SIGNALS/p" "$TMP/page" >"$TMP/section"
  fi
  assert_eq "${command:-tracing}: the page has the options of --help" \
    "$(options <"$TMP/section")" "$(sed '/^other commands/,$d' "$TMP/help" |
      grep -E '^ +(-.,|--)' | sed 's/^ *\(-., \)\?\(--[a-z-]*\).*/\2/' | options)"
done

mandoc -T ascii "$pages/cttrace-trace.5" | col -bx >"$TMP/format"
while read -r kind; do
  assert_match "the page of the format has the kind $kind" "$(<"$TMP/format")" "^ +$kind( |\$)"
done < <(grep -Eo '^### `[a-z]+`:|`note`:' "$E2E/../../docs/trace-format.md" | tr -dc 'a-z\n')
sed -n 's/^ *\({"\(cttrace\|ev\)".*\)/\1/p' "$TMP/format" >"$TMP/example.jsonl"
assert_eq "its example has three lines" "$(wc -l <"$TMP/example.jsonl")" 3
assert "and can be read" "$CTTRACE" render "$TMP/example.jsonl"
finish
