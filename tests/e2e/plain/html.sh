#!/bin/bash
# The HTML page in a real browser: it draws itself, its links work, and nothing of a hostile
# trace runs.
. "${0%/*}/../lib.sh"
need chromium jq

# What the page has become after its script has run; the browser's messages are in $TMP/log.
page() { # FILE[#FRAGMENT]
  timeout -k 5 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$TMP/profile" --enable-logging=stderr --virtual-time-budget=5000 \
    --dump-dom "file://$1" 2>"$TMP/log"
}
assert_page() { # DESCRIPTION FILE[#FRAGMENT] REGEX
  local dom
  dom=$(page "$2" | sed 's/<script.*//')
  assert_match "$1" "$(grep -Eo -- "$3" <<<"$dom" | head -n 1)" "$3"
  assert_eq "$1: no message of the browser's" "$(grep -c CONSOLE "$TMP/log")" 0
}

cttrace demo demo -q -o TRACE
"$CTTRACE" render -f html "$TRACE" >"$TMP/demo.html"
assert_page "the page draws itself" "$TMP/demo.html" 'data-ready="yes"'
assert_page "its head line" "$TMP/demo.html" '<p id="summary">exit 0 [^<]* 1 container<'
exec=$("$CTTRACE" render -f json "$TRACE" | jq '[.events[].kind] | index("exec")')
assert_page "a link to an event shows it" "$TMP/demo.html#event-$exec" \
  '<h2>exec</h2>'

# Names that would be markup, or script, where somebody forgot to think of them.
nasty='</script><script>document.documentElement.dataset.owned="yes"</script><img src=x onerror=alert(1)>'
cttrace hostile -q -o TRACE -- sh -c 'echo "$1" >&2; exit 3' "$nasty" "$nasty"
"$CTTRACE" render -f html "$TRACE" >"$TMP/hostile.html"
assert_eq "nothing of the trace is markup" "$(grep -c '<img src=x' "$TMP/hostile.html")" 0
assert_page "a hostile trace is drawn" "$TMP/hostile.html" 'data-ready="yes"'
assert_eq "and runs nothing" "$(page "$TMP/hostile.html" | grep -c 'data-owned')" 0
finish
