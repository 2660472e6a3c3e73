#!/bin/bash
# The device rules of cgroup v2 are a BPF program: what the report reads out of it is what the
# kernel answers inside of the container, device by device.
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"

# runc then has no other way to limit devices.
only_cgroup2

# A node of each device, and what open(2) says of it: EPERM is the cgroup's answer, ENXIO or
# success is the driver's.
PROBE='for d in c:1:3 c:1:5 c:1:8 c:10:200 c:10:237 c:5:0 c:240:7 c:241:7 b:7:0 b:254:9; do
  IFS=: read -r type major minor <<X
$d
X
  if mknod /tmp/node "$type" "$major" "$minor" 2>/dev/null; then m=yes; else m=no; fi
  if ( : </tmp/node ) 2>/tmp/why || ! grep -q "not permitted" /tmp/why; then r=yes; else r=no; fi
  rm -f /tmp/node
  echo "$type $major:$minor $m $r"
done'

probe() { # NAME DEVICE-RULES-AS-JSON
  bundle "$1" runc "$(jq -nc --arg probe "$PROBE" '["/bin/sh", "-c", $probe]')"
  jq --argjson devices "$2" '.linux.resources = {devices: $devices} |
    .process.capabilities |= map_values(. + ["CAP_MKNOD"]) |
    .mounts += [{destination: "/tmp", type: "tmpfs", source: "tmpfs", options: ["mode=1777"]}]' \
    "$TMP/$1/config.json" >"$TMP/$1/new.json"
  mv "$TMP/$1/new.json" "$TMP/$1/config.json"
  trace "$1" runc --root "$TMP/state" run -b "$TMP/$1" "cttrace-$1-$$"
  rmdir "/sys/fs/cgroup/cttrace-$1-$$" 2>/dev/null
  assert_eq "$1: runs" "$STATUS" 0
  assert_eq "$1: ten devices were tried" "$(wc -l <"$OUT")" 10
}
# What the rules say of a device: the last one that fits decides, wider ones come first.
ANSWER='def fits($want): split(" ") as [$type, $number, $use] | ($number | split(":")) as [$major, $minor]
    | ($want | split(" ")) as [$t, $n] | ($n | split(":")) as [$mj, $mn]
    | $type == $t and ($major == "*" or $major == $mj) and ($minor == "*" or $minor == $mn);
  def answer($device; $use): reduce (.containers[0].limits[] | select(.file | startswith("device program"))
    | select(.value | fits($device)) | select(.value | split(" ")[2] | contains($use))) as $rule
    ("no"; if $rule.file == "device program allows" then "yes" else "no" end);'
assert_answers() { # NAME
  local type number m r
  while read -r type number m r; do
    assert_eq "$1: $type $number: mknod and read as the kernel answers" \
      "$(jq -r "$ANSWER"' [answer($d; "m"), answer($d; "r")] | join(" ")' --arg d "$type $number" "$REPORT")" "$m $r"
  done <"$OUT"
}

probe default '[{"allow": false, "access": "rwm"}]'
assert_answers default
probe rules '[{"allow": false, "access": "rwm"}, {"allow": true, "type": "c", "major": 10, "minor": 237, "access": "rw"},
  {"allow": true, "type": "c", "major": 240, "access": "r"}, {"allow": true, "type": "b", "major": 7, "minor": 0, "access": "r"}]'
assert_answers rules
CTTRACE_RULES=$TRACE
probe open '[{"allow": true, "access": "rwm"}]'
assert_answers open
assert_match "the timeline names a rule" "$("$CTTRACE" render --width 300 "$CTTRACE_RULES")" 'c 10:237 rwm;'
finish
