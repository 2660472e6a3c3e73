#!/bin/bash
# The SVG figure in a real browser, of 5 and of 60 processes and of the recorded starts: no text
# is on another one, whatever its width.
. "${0%/*}/../lib.sh"
need chromium node jq python3

# family N: a process, and N - 1 children of which no two have a name in common.
family() {
  local i
  mkdir "$TMP/$1"
  for ((i = 1; i < $1; i++)); do
    ln -s /bin/true "$TMP/$1/child-$i-$(printf '%*s' $((i % 12)) '' | tr ' ' w)"
  done
  cttrace "$1" -q -o TRACE -- sh -c 'for child in "$0"/*; do "$child" "--with=$child"; done' "$TMP/$1"
  "$CTTRACE" render -f json "$TRACE" >"$TMP/report-$1"
  assert_jq "$TMP/report-$1" "there are $1 processes" '.processes | length == $n' --argjson n "$1"
}
draw() { # NAME TRACE
  local width
  for width in 640 1200 2400; do
    "$CTTRACE" render -f svg --width "$width" "$2" >"$TMP/$1-$width.svg"
    figures+=("$TMP/$1-$width.svg")
  done
  "$CTTRACE" render -f svg -v --explain --title "A <title> & \"more\" of $1" "$2" >"$TMP/$1-all.svg"
  figures+=("$TMP/$1-all.svg")
}
figures=()
for n in 5 60; do
  family "$n"
  draw "family-$n" "$TRACE"
done
assert_eq "60 processes: each has a line of its own when all are asked for" \
  "$(grep -c '>child-[0-9w-]* [0-9]*</text>' "$TMP/family-60-all.svg")" 59
assert_match "60 processes: else it says how many are not drawn" "$(cat "$TMP/family-60-1200.svg")" \
  '>[0-9]+ helpers are not drawn<'
samples=$E2E/../../samples/traces
for start in podman-bridge podman-rootless missing-program; do
  draw "$start" "$samples/$start.jsonl"
done

assert "an XML parser reads them all" python3 -c 'import sys, xml.dom.minidom as xml
for figure in sys.argv[1:]: xml.parse(figure)' "${figures[@]}"
for figure in "$TMP"/*-640.svg "$TMP"/*-2400.svg; do
  wide=${figure##*-}
  grep -q "<svg [^>]*width=\"${wide%.svg}\"" "$figure" || echo "$figure"
done >"$TMP/other"
assert_eq "they are as wide as was asked for" "$(cat "$TMP/other")" ""
assert_match "the title is the one that was given" "$(cat "$TMP/podman-bridge-all.svg")" \
  '>A &lt;title&gt; &amp; &quot;more&quot; of podman-bridge</text>'

# What the report calls a hand-over, but a birth, is an arrow between the lines of its two.
"$CTTRACE" render -f json "$samples/podman-bridge.jsonl" >"$TMP/bridge.json"
for kind in namespace cgroup fifo; do
  wanted=$(jq --arg kind "$kind" '[.handovers[] | select(.kind == $kind)] | length' "$TMP/bridge.json")
  assert "hand-overs by $kind are arrows ($wanted)" \
    test "$wanted" -gt 0 -a "$(grep -c "<g class=\"$kind\"" "$TMP/podman-bridge-2400.svg")" -gt 0
done

timeout -k 5 120 node "$E2E/html/figure.mjs" "${figures[@]}" >"$TMP/said" 2>&1
assert_eq "the browser was told everything" "$?" 0
assert_eq "it has looked at each figure" "$(grep -c 'texts is on another one' "$TMP/said")" "${#figures[@]}"
repeat "$TMP/said"
finish
