#!/bin/bash
# The README does what it says: its commands run, and its picture is what the recorded start
# is drawn as.
. "${0%/*}/../lib.sh"
need_root
need podman crun dot jq
root=$E2E/../..
readme=$root/README.md

# The fenced blocks of one kind, each on one line, its newlines as \n.
blocks() { # KIND
  awk -v start="\`\`\`$1" '
    $0 == start && !inside { inside = 1; text = ""; next }
    /^```/ { if (inside == 1) print text; inside = inside ? 0 : 2; next }
    inside == 1 { text = text $0 "\\n" }' "$readme"
}

mapfile -t commands < <(blocks sh)
assert_eq "command blocks" "${#commands[@]}" 3
for block in "${commands[@]}"; do
  case $block in
  './scripts/test.sh\n') # this very run comes from it
    assert "the README's test command is what CI runs" grep -qx 'CI=true exec ./scripts/test.sh' \
      "$root/.ci/run"
    ;;
  './scripts/demo.sh\n')
    assert "$block" "$root/scripts/demo.sh"
    assert_match "it shows a real container" "$(cat "$TMP/assert")" 'container .* crun .* init '
    ;;
  *)
    mkdir "$TMP/bin" "$TMP/work"
    ln -s "$CTTRACE" "$TMP/bin/cttrace"
    printf 'set -euo pipefail; PATH=%q:$PATH; cd %q\n%b' "$TMP/bin" "$TMP/work" "$block" \
      >"$TMP/block.sh"
    assert "the README's commands run" "$E2E/runtimes/enter.sh" bash "$TMP/block.sh"
    assert "and leave what they say" test -s "$TMP/work/start.html" -a -s "$TMP/work/start.png"
    ;;
  esac
done

mapfile -t pictures < <(blocks '')
printf '%b' "${pictures[0]}" >"$TMP/in-readme"
"$CTTRACE" render --width 100 "$root/samples/traces/podman-crun.jsonl" >"$TMP/drawn"
assert "the README's timeline is the recorded one's" diff "$TMP/in-readme" "$TMP/drawn"
finish
