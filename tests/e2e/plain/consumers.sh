#!/bin/bash
# Odd and hostile traces in every format, each read by its own consumer: jq, dot, an XML parser,
# Mermaid's parser, Chromium, a terminal's eye. What is missing is said in each.
. "${0%/*}/../lib.sh"
need jq dot python3 chromium node

# -------- the traces --------
long=$(printf '%0510d' 0 | tr 0 d)
nasty=$'</script><script>document.documentElement.dataset.owned=1</script>\n\t"quoted" \'single\' `back` $(id) | # ;\\\e[31m\u202ebidi\u2066'$'\xff\xc3end]]>&amp;'
cttrace hostile -q -o TRACE -- sh -c '"$0" "$1" 2>&1; cat "$1" "$2" 2>/dev/null; exit 3' \
  /bin/echo "$nasty" "/$long/$long/$long/$long/$long/$long/$long/$long"
head -n 1 "$TRACE" >"$TMP/begun.jsonl"
footer='{"ev":"end","t":0,"events":0,"tasks":0,"calls":0,"failed_calls":0,"signals":0,"gaps":0,"root_ended":false}'
tail -n 1 "$TRACE" | jq -c '.t = 0 | .events = 0 | .tasks = 0 | .calls = 0' >"$TMP/footer" 2>/dev/null || echo "$footer" >"$TMP/footer"
cat "$TMP/begun.jsonl" "$TMP/footer" >"$TMP/none.jsonl"
head -n 2 "$TRACE" >"$TMP/one.jsonl"
tail -n 1 "$TRACE" >>"$TMP/one.jsonl"
head -c $(($(stat -c %s "$E2E/../../samples/traces/podman-crun.jsonl") / 2)) \
  "$E2E/../../samples/traces/podman-crun.jsonl" >"$TMP/cut.jsonl"
# a clock that is set back, and forth, and times that no clock has
jq -c 'if .ev and .ev != "end" and .t then .t = ([.t, 0, .t + 3600000000, 4611686018426387][.t % 4 | floor]) else . end' \
  "$E2E/../../samples/traces/crun-bundle.jsonl" >"$TMP/clock.jsonl"
traces=(hostile begun none one cut clock)

# -------- the pictures --------
formats="ascii/timeline ascii/phases ascii/tree ascii/namespaces ascii/mounts ascii/isolation ascii/network ascii/asked
  json dot/processes dot/namespaces dot/handover svg mermaid/sequence mermaid/gantt markdown chrome otlp html"
for trace in "${traces[@]}"; do
  for format in $formats; do
    view=${format#*/}
    [ "$view" != "$format" ] || view=
    "$CTTRACE" render -f "${format%/*}" ${view:+--view "$view"} "$TMP/$trace.jsonl" >"$TMP/$trace.${format/\//-}" 2>"$TMP/err" ||
      echo "$trace $format: $? $(head -n 1 "$TMP/err")"
  done
done >"$TMP/refused"
assert_eq "every format draws every trace" "$(cat "$TMP/refused")" ""

each() { # COMMAND FILE…: those that it does not take
  local command=$1 file
  shift
  for file; do $command "$file" >/dev/null 2>"$TMP/err" || echo "${file##*/}: $(head -n 1 "$TMP/err")"; done
}
assert_eq "jq reads JSON, Chrome events and OTLP" "$(each 'jq -e .' "$TMP"/*.{json,chrome,otlp})" ""
assert_eq "dot draws the graphs" "$(each 'dot -Tcanon' "$TMP"/*.dot-*)" ""
node "$E2E/otlp.mjs" "$TMP"/*.otlp >"$TMP/otlp" 2>&1
case $? in
77) skip "spans are of OpenTelemetry's published schema" "the npm package @opentelemetry/otlp-transformer is not there" ;;
*)
  assert_eq "spans are of OpenTelemetry's published schema" "$(cat "$TMP/otlp")" ""
  sed 's/"traceId"/"trace"/' "$TMP/hostile.otlp" >"$TMP/name.bad"
  sed -E 's/("endTimeUnixNano": )"([0-9]+)"/\1\2/' "$TMP/hostile.otlp" >"$TMP/number.bad"
  assert_eq "which refuses another name, and another type" \
    "$(node "$E2E/otlp.mjs" "$TMP"/{name,number}.bad | grep -c '\.bad: ')" 2
  ;;
esac
timeout -k 5 60 node "$E2E/html/speedscope.mjs" "$TMP"/{hostile,cut}.chrome >"$TMP/speedscope" 2>&1
case $? in
77) skip "another viewer reads the trace events, without a complaint" "the npm package speedscope is not there" ;;
*) assert_eq "another viewer reads the trace events, without a complaint" "$(cut -c 1-200 "$TMP/speedscope")" "" ;;
esac
assert "an XML parser reads the figures" python3 -c 'import sys, xml.dom.minidom as xml
for figure in sys.argv[1:]: xml.parse(figure)' "$TMP"/*.svg
node "$E2E/../unit/render/mermaid.mjs" "$TMP"/*.mermaid-* >"$TMP/mermaid" 2>&1
case $? in
77) skip "Mermaid's parser reads the diagrams" "npm packages mermaid and jsdom are not there" ;;
*) assert_eq "Mermaid's parser reads the diagrams" "$(cat "$TMP/mermaid")" "" ;;
esac
assert_eq "nothing in text or Markdown steers a terminal, or turns it around" \
  "$(grep -lP '[\x00-\x08\x0b-\x1f\x7f]|\x{202e}|\x{2066}' "$TMP"/*.ascii-* "$TMP"/*.markdown)" ""
assert_eq "all of it is UTF-8" "$(each 'iconv -f UTF-8 -t UTF-8' "$TMP"/*.{json,chrome,otlp,svg,markdown,html} "$TMP"/*.{ascii,dot,mermaid}-*)" ""
timeout -k 5 60 node "$E2E/html/opens.mjs" "$TMP"/*.html >"$TMP/said" 2>&1
assert_eq "Chromium shows the pages, and nothing of them runs" "$(cat "$TMP/said")" ""

# -------- what is missing --------
for format in $formats; do
  grep -Eqi 'cut off|"complete": ?false' "$TMP/cut.${format/\//-}" || echo "$format"
done >"$TMP/silent"
assert_eq "each says that a trace is cut off" "$(cat "$TMP/silent")" ""
for format in $formats; do
  ! grep -qi 'the trace is cut off' "$TMP/none.${format/\//-}" || echo "$format"
done >"$TMP/wrong"
assert_eq "and not of one that is whole" "$(grep -v '^html' "$TMP/wrong")" ""
finish
