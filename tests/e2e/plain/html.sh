#!/bin/bash
# The HTML page in a real browser: what a person does with it, and what a hostile trace may not.
. "${0%/*}/../lib.sh"
need chromium node jq

cttrace demo demo -q -o TRACE
"$CTTRACE" render -f html --explain "$TRACE" >"$TMP/demo.html"
"$CTTRACE" render -f json --explain "$TRACE" >"$TMP/demo.json"

# Names that would be markup, script, or text that runs backwards, where somebody forgot to
# think of them.
nasty='</script><script>document.documentElement.dataset.owned="yes"</script><img src=x onerror=alert(1)>'
nasty+=$'\u202egnp.exe\u2066<!--<script>'
cttrace hostile -q -o TRACE -- sh -c 'echo "$1" >&2; cat "$1" 2>/dev/null; exit 3' "$nasty" "$nasty"
"$CTTRACE" render -f html "$TRACE" >"$TMP/hostile.html"
assert_eq "nothing of the trace is markup" "$(grep -c '<img src=x' "$TMP/hostile.html")" 0

timeout -k 5 240 node "$E2E/html/all.mjs" "$TMP/demo.html" "$TMP/demo.json" "$TMP/hostile.html" >"$TMP/said" 2>&1
assert_eq "the browser was told everything" "$?" 0
repeat "$TMP/said"
finish
