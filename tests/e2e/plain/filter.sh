#!/bin/bash
# Filters: each example of docs/filter.md, on a recorded start, against the same question in jq.
. "${0%/*}/../lib.sh"
need jq
root=${0%/*}/../../..
TRACE=$root/samples/traces/podman-crun.jsonl
"$CTTRACE" render -f json -o "$TMP/whole.json" "$TRACE"

# The report with what the expressions ask for beside each event.
jq '. as $r | ([.processes[] | {key: (.serial | tostring), value: .}] | from_entries) as $by
  | .events | map(. + {who: (if .serial then $by[.serial | tostring] else null end)}
    | . as $e | . + {
      call: (if .kind == "exec" then .name // .call else .name end),
      large: [$r.phases[] | select(.step == null and .start_ns <= $e.t_ns and $e.t_ns <= .end_ns) | .name]})' \
  "$TMP/whole.json" >"$TMP/events.json"
pid=$(jq '[.processes[] | select(.role == "payload")][0].pid' "$TMP/whole.json")
id=$(jq -r '.containers[0].id[:12]' "$TMP/whole.json")

declare -A question=(
  ["name == mount and error == 0"]='.name == "mount" and .error == null and .result != null'
  ["name ~ '^(umount2|pivot_root)\$'"]='.kind == "call" and (.name | IN("umount2", "pivot_root"))'
  ["tag == failed and not tag == benign"]='.tags | index("failed") and (index("benign") | not)'
  ["error == EPERM or error == EACCES"]='.error | IN("EPERM", "EACCES")'
  ["role == runtime and phase == create"]='.who.role == "runtime" and (.large | index("create"))'
  ["path like /sys/fs/cgroup/*"]='[.args[]?.path // empty, (.args[]? | select(.path) | .value | strings), .path // empty, .exe // empty]
    | any(startswith("/sys/fs/cgroup/"))'
  ["dur > 1ms"]='.dur_ns != null and .dur_ns > 1000000'
  ["t >= 100ms and t < 150ms"]='.t_ns >= 100000000 and .t_ns < 150000000'
  ["pid == $pid"]=".who.pid == $pid"
  ["container == $id"]=".container != null and (.container | startswith(\"$id\"))"
  ["text ~ CLONE_NEW"]='[.args[]?.text] | any(contains("CLONE_NEW"))'
  ["(tag == mount or tag == root) and role == payload"]='(.tags | index("mount") or index("root")) and .who.role == "payload"'
  ["kind == exec"]='.kind == "exec"'
  ["process == conmon and result >= 0"]='.who.comm == "conmon" and .kind == "call" and .error == null and .result != null and .result >= 0'
)

asked=0
while IFS= read -r example; do
  example=${example//\\|/|} example=${example/6461/$pid} example=${example/3520e0d77aab/$id}
  "$CTTRACE" render -f json --filter "$example" -o "$TMP/shown.json" "$TRACE" || not_ok "$example: status $?"
  assert_eq "$example: it says how many" \
    "$(jq -c '[.filter.expression, .filter.shown, .filter.of]' "$TMP/shown.json")" \
    "$(jq -c --arg e "$example" --slurpfile w "$TMP/whole.json" '[$e, (.events | length), ($w[0].events | length)]' "$TMP/shown.json")"
  if [ -n "${question[$example]:-}" ]; then
    asked=$((asked + 1))
    assert_eq "$example: jq finds the same events" "$(jq -c '.events[]' "$TMP/shown.json" | md5sum)" \
      "$(jq -c ".[] | select(${question[$example]}) | del(.who, .call, .large)" "$TMP/events.json" | md5sum)"
  fi
  [ "$(jq '.filter.shown' "$TMP/shown.json")" -gt 0 ] || echo "# nothing is shown: $example"
done < <(sed -n '/^## Examples/,/^## /s/^| `\(.*\)` | [A-Z].*/\1/p' "$root/docs/filter.md")
assert_eq "every question of this test is an example" "$asked" "${#question[@]}"

# Every field and sign that the document has is one that the command knows.
for field in $(sed -n '/^| field/,/^$/s/^| \(`.*`\) |.*/\1/p' "$root/docs/filter.md" | cut -d'|' -f1 | tr -d '`,'); do
  "$CTTRACE" render --filter "$field == ?" "$TRACE" >/dev/null 2>"$TMP/err"
  assert_eq "$field is a field" "$(grep -c 'no field' "$TMP/err")" 0
done

# The same in every format and view.
filter='role == runtime and phase == create'
n=$("$CTTRACE" render -f json --filter "$filter" "$TRACE" | jq .filter.shown)
of=$(jq '.events | length' "$TMP/whole.json")
for format in "ascii --view "{timeline,phases,tree,namespaces,mounts,isolation,network,asked} dot svg markdown \
  "mermaid --view "{sequence,gantt} otlp; do
  # shellcheck disable=SC2086
  "$CTTRACE" render -f $format --filter "$filter" "$TRACE" >"$TMP/picture" || not_ok "$format: status $?"
  assert_match "$format says it" "$(cat "$TMP/picture")" "$n of $of events shown(:|#58;) role"
done
"$CTTRACE" render -f chrome --filter "$filter" "$TRACE" >"$TMP/chrome.json"
assert_jq "$TMP/chrome.json" "chrome says it" ".otherData.filter | .shown == $n and .of == $of"
"$CTTRACE" render -f html --filter "$filter" "$TRACE" >"$TMP/page.html"
assert_match "html has it" "$(grep -o '"filter": {[^}]*}' "$TMP/page.html")" "\"shown\": $n, \"of\": $of"
"$CTTRACE" render --view tree --filter 'name == nothing' "$TRACE" >"$TMP/none" 2>&1
assert_eq "nothing can be shown, too" "$? $(grep -c "^ *0 of $of events shown" "$TMP/none")" "0 1"

# A command: what is shown, the trace stays whole.
"$CTTRACE" --filter 'kind == exec' -f json -o "$TMP/run.json" -- sh -c 'ls / >/dev/null'
assert_jq "$TMP/run.json" "a command's picture" '.filter.shown == 2 and ([.events[].kind] == ["exec", "exec"])'
"$CTTRACE" -q --filter 'kind == exec' -o "$TMP/run" -- sh -c 'ls / >/dev/null'
assert_eq "a trace is whole" "$(grep -c '"ev":"task"' "$TMP/run")" 2
"$CTTRACE" --live -q --filter 'kind == exec and path like */ls' -- sh -c 'ls / >/dev/null; cat /dev/null' 2>"$TMP/live"
assert_eq "--live prints what it selects" "$(grep -c . "$TMP/live") $(grep -c 'exec.*ls' "$TMP/live")" "1 1"
"$CTTRACE" --live --filter 'tid > 1 and role == init' -o "$TMP/never" -- true 2>"$TMP/err"
assert_eq "--live refuses what only the end tells" "$?" 125
assert_eq "and shows where" "$(sed 1d "$TMP/err")" "$(printf '  tid > 1 and role == init\n              ^')"
assert_eq "nothing was run" "$([ -e "$TMP/never" ] || echo no)" no

"$CTTRACE" render --filter $'name == "\xc3\xa4\x1b[2J" and nmae == x' "$TRACE" >"$TMP/out" 2>"$TMP/err"
assert_eq "a mistake is a usage error" "$?" 125
assert_match "it is named, with its column" "$(sed -n 1p "$TMP/err")" "--filter: column [0-9]+: there is no field 'nmae'; there are kind, name"
assert_eq "and pointed at" "$(sed 1d "$TMP/err")" "$(printf '  name == "\xc3\xa4?[2J" and nmae == x\n                      ^')"
finish
