#!/bin/bash
# A container in a container, of two runtimes: bwrap in a container of crun. Each has its own
# group in every picture, and the inner one lies in the outer one.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need crun bwrap jq python3 chromium node

root=$TMP/root bundle=$TMP/bundle
mkdir -p "$root" "$bundle"
mount --bind / "$root" # the host's programs, bwrap among them
at_exit "umount -l '$root'"
jq --arg root "$root" --arg inside "$INSIDE" '.root = {path: $root, readonly: false} | .hostname = "outer"
  | .process.args = ["bwrap", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--unshare-pid",
      "--unshare-uts", "--unshare-ipc", "--hostname", "inner", "--as-pid-1", "sh", "-c", $inside]
  | .process.capabilities |= with_entries(.value += ["CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP",
      "CAP_SYS_CHROOT"])
  | del(.linux.seccomp, .linux.maskedPaths, .linux.readonlyPaths) | .process.noNewPrivileges = false' \
  "$CT_TESTBED/bundle/crun/config.json" >"$bundle/config.json"
id=cttrace-nested-$$
at_exit "crun --root $TMP/state delete -f $id"
trace nested crun --root "$TMP/state" run -b "$bundle" "$id"
assert_eq "both work as without a tracer" "$STATUS" 0

assert_jq "$REPORT" "there are two containers, of their own runtimes" \
  '[.containers[].runtime.name] == ["crun", "bwrap"] and .containers[0].id == $id' --arg id "$id"
assert_jq "$REPORT" "the second is inside the first" \
  '.containers[0].inside == null and .containers[1].inside == .containers[0].id'
assert_jq "$REPORT" "the inner one's namespaces are what the kernel says in there" \
  '.containers[1].namespaces | to_entries[] | select(.key != "time") | .value.to == $said[.key]'
assert_jq "$REPORT" "it has made its own of four types, and has the rest from the outer one" \
  '(.containers[1].namespaces | [to_entries[] | select(.value.how == "clone") | .key] | sort) ==
   ["ipc", "mnt", "pid", "uts"] and (.containers[1].shares | map(.namespaces[])) == ["net"]'
assert_jq "$REPORT" "each has its own name" \
  '[.containers[].hostname] == ["outer", $said.hostname] and $said.hostname == "inner"'
assert_jq "$REPORT" "what the inner one does is not told of the outer one" \
  '.containers[1] as $inner | [.events[] | select(.pid == $inner.init.pid and .container) | .container] | unique == [$inner.id]'
assert_jq "$REPORT" "the payloads: bwrap, and what bwrap runs" \
  '[.containers[].payload.argv[0]] == ["bwrap", "sh"] and all(.containers[]; .exit.status == 0)'

# -------- pictures --------
"$CTTRACE" render "$TRACE" >"$TMP/nested.txt"
inner=$(jq '.containers[1].init.pid' "$REPORT") outer=$(jq '.containers[0].init.pid' "$REPORT")
column() { grep -m 1 -bo "init $1 → 1" <<<"$(grep -m 1 "─ init $1 → 1" "$TMP/nested.txt" | sed 's/[├└─│]/x/g')" | cut -d: -f1; }
assert "the tree: the inner init is further right than the outer one" test "$(column "$inner")" -gt "$(column "$outer")"
assert_match "it says in which container the inner one is" "$(cat "$TMP/nested.txt")" "^ *inside container $id"

# The rectangles of the drawing: one container's lies in the other's, and around its lanes.
"$CTTRACE" render -f svg "$TRACE" >"$TMP/nested.svg"
boxes() {
  python3 - "$TMP/nested.svg" <<'BOXES'
import re, sys
svg = open(sys.argv[1], encoding="utf-8").read()
box = r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="4" fill="#4a7c3f"'
boxes = [tuple(map(float, b)) for b in re.findall(box, svg)]
boxes = [(x, y, x + w, y + h) for x, y, w, h in boxes]
outer, inner = boxes
print(outer[0] < inner[0] and outer[1] < inner[1] and outer[2] > inner[2] and outer[3] > inner[3])
BOXES
}
assert_eq "the drawing: one box in the other" "$(boxes)" True
"$CTTRACE" render -f dot "$TRACE" | dot -Tjson0 >"$TMP/nested.dot.json"
assert_jq "$TMP/nested.dot.json" "the graph: one cluster in the other" \
  '[.objects[] | select(.name | startswith("cluster_")) | select(.subgraphs) | .subgraphs[]] | length == 1'
"$CTTRACE" render -f html "$TRACE" >"$TMP/nested.html"
timeout -k 5 60 node "$E2E/html/nests.mjs" "$TMP/nested.html" >"$TMP/said" 2>&1
assert_eq "the page in Chromium: one box in the other, and folded with it" "$(cat "$TMP/said")" ""
assert_trace
finish
