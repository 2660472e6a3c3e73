#!/bin/bash
# ip(8) builds a network: the report has it as the kernel has it at the end.
. "${0%/*}/../lib.sh"
. "${0%/*}/network.bash"
need_root
need jq ip

build+='
echo "box = $(stat -c %i /run/netns/box)"
echo "ours = $(stat -L -c %i /proc/self/ns/net)"
echo "address = $(ip -n box -j addr show eth0 | jq -r ".[].addr_info[] | select(.family == \"inet\") | \"\(.local)/\(.prefixlen)\"")"
echo "mtu = $(ip -j link show br0 | jq ".[].mtu")"
echo "master = $(ip -j link show veth0 | jq -r ".[].master")"
echo "gateway = $(ip -n box -j route show default | jq -r ".[].gateway")"'
RUN_AS=(unshare --mount --net --propagation private)
trace ip sh -c "$build"
assert_eq "the network is built as without a tracer" "$STATUS" 0
box='(.networks[] | select(.inode == $said.box))'
ours='(.networks[] | select(.inode == $said.ours))'
assert_jq "$REPORT" "the namespace has the name that ip gave it" "$box.path == \"/run/netns/box\""
assert_jq "$REPORT" "ip made it and bound it, others of its runs entered it" \
  "$box | .made_by == .bound_by and (.made_by | .pid > 0) and (.joined_by | length >= 4)"
assert_jq "$REPORT" "it is the other one" "$ours.host and ($box.host | not)"
assert_jq "$REPORT" "eth0 is there, with the kernel's address, and up" \
  "$box.interfaces[] | select(.name == \"eth0\") | .addresses == [\$said.address] and .up and .kind == \"veth\""
assert_jq "$REPORT" "its other end is a port of the bridge" \
  "$ours.interfaces[] | select(.name == \"veth0\")
   | .master == \$said.master and .up and .peer == \"eth0\" and .peer_net == \$said.box"
assert_jq "$REPORT" "the bridge has the kernel's mtu" \
  "$ours.interfaces[] | select(.name == \"br0\") | .mtu == \$said.mtu and .kind == \"bridge\""
assert_jq "$REPORT" "the default route" "$box.routes == [\"default via \" + \$said.gateway]"
assert_jq "$REPORT" "what was moved has its new name there, and is gone here" \
  "($box.interfaces[] | select(.name == \"moved1\") | .moved_from == \$said.ours and (.removed | not)) and
   ($ours.interfaces[] | select(.name == \"moved0\") | .removed)"
assert_jq "$REPORT" "one request failed: EEXIST is its answer, with the kernel's words" \
  '[.network_requests[] | select(.error)] | length == 1 and
   (.[0] | .error == "EEXIST" and .type == "RTM_NEWADDR" and .words == "addr 10.1.0.5/24 on eth0" and
    (.message | test("already"; "i")))'
assert_match "ip says the same of it" "$(cat "$ERR")" \
  "$(jq -r '.network_requests[] | select(.error) | .message' "$REPORT")"
assert_jq "$REPORT" "every other one was answered" '.network_requests[] | .answer != null'
"$CTTRACE" render --view network "$TRACE" >"$TMP/view"
assert_match "the view has the address" "$(cat "$TMP/view")" 'eth0 +veth, 10\.1\.0\.5/24, up'
"$CTTRACE" render "$TRACE" >"$TMP/timeline"
for line in 'veth veth0 ⇄ eth0 → net [0-9]+' 'addr 10\.1\.0\.5/24 on eth0$' 'route default via 10\.1\.0\.1'; do
  assert_match "the timeline has it" "$(cat "$TMP/timeline")" "$line"
done
assert_trace
finish
