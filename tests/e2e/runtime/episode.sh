#!/bin/bash
# The episode (samples/episode-001) can be played: every command of its script runs here and
# prints what the script shows, its pictures are what its recordings are drawn as, what it says
# of the container is what the container has said, and what is left behind is found.
. "$(dirname "$0")/../lib.sh"
need_root
need podman crun dot jq unshare
[ -e "$CT_TESTBED/ready" ] || missing "tests/e2e/runtimes/setup.sh has not been run"
kit=$E2E/../../samples/episode-001

# -------- what is shown is what is recorded --------

assert "the boxes are what the recordings are drawn as" "$kit/test-commands.sh" --replay
assert_eq "all of those that only draw" "$(grep -c '^ok' "$TMP/assert")" \
  "$(awk '/^```/ { first = $0 == "```sh"; next } first && /^cttrace (render|explain) / { n++ } { first = 0 }
    END { print n }' "$kit/README.md")"
"$CTTRACE" render -f svg "$kit/traces/start.jsonl" >"$TMP/start.svg"
assert "so is the figure" diff "$TMP/start.svg" "$kit/pictures/start.svg"

# -------- the play --------

play() {
  local status=0
  "$kit/stage.sh" bash -c 'test-commands.sh && cp ./* "$0"' "$TMP" >"$TMP/play" 2>&1 || status=$?
  grep -vE '^ok ' "$TMP/play"
  return "$status"
}
assert "every command runs, and prints what the script shows" play
assert_eq "in the end nothing is left behind" "$(tail -n 5 "$TMP/play" | grep -c 'nothing left')" 5
REPORT=$TMP/namespaces.json
"$CTTRACE" render -f json "$TMP/namespaces.jsonl" >"$REPORT"
numbers() { sed -n 's/^\([a-z]*\):\[\([0-9]*\)]$/\1 = \2/p' "$1" >"$1.said"; said "$1.said"; }
SAID=$(numbers "$TMP/inside")
assert_jq "$REPORT" "the container's namespaces have the numbers that it said" \
  '.containers[0].namespaces as $n | ($said | length == 8) and
   ([$said | keys[] | $n[.].to == $said[.]] | all)'
assert_jq "$REPORT" "and shared are those whose number is the same outside" \
  '.containers[0].namespaces as $n | [$said | to_entries[] |
   (.value == $outside[.key]) == ($n[.key].how == "shared")] | all' \
  --argjson outside "$(numbers "$TMP/outside")"
"$CTTRACE" render -f json "$TMP/limits.jsonl" >"$REPORT"
assert_jq "$REPORT" "the limits are those of the command line" \
  '.containers[0].meters.limits == {memory: 67108864, pids: 16, cpu_milli: 200}'
assert_jq "$REPORT" "CPU time is held back, a fork refused, as the script says" \
  '.containers[0].meters.used | .cpu_throttled > 0 and .pids_refused > 0'
"$CTTRACE" render -f json "$TMP/killed.jsonl" >"$REPORT"
assert_jq "$REPORT" "and that of memory is hit" '.containers[0].meters.used.oom_kills == 1'

# -------- what is left behind is found --------

cat >"$TMP/untidy.sh" <<'END'
id=$(podman run --detach --network=none localhost/busybox sleep 100)
ip link add untidy type bridge
verify-cleanup.sh
echo "status = $?"
ip link del untidy
podman rm --force --time 0 "$id"
END
"$kit/stage.sh" bash "$TMP/untidy.sh" >"$TMP/untidy" 2>&1
found=$(sed '/^status = 1$/q' "$TMP/untidy")
for what in 'sleep 100' '/merged$' '/libpod-[0-9a-f]{12}…$' 'untidy$' '/overlay-containers/[0-9a-f]{12}…$'; do
  assert_match "left behind, and named: $what" "$found" "^    .*$what|^$what"
done
assert_eq "then tidied up" "$(tail -n 5 "$TMP/untidy" | grep -c 'nothing left')" 5
finish
