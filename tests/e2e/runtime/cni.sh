#!/bin/bash
# The CNI plug-ins bridge and host-local, called by hand: as a runtime of Kubernetes does it.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
plugins=/usr/lib/cni
[ -d $plugins ] || plugins=/usr/libexec/cni
[ -x $plugins/bridge ] || missing "needs $plugins/bridge"

cat >"$TMP/config" <<'CONFIG'
{"cniVersion": "0.4.0", "name": "test", "type": "bridge", "bridge": "cni7", "isGateway": true,
 "ipam": {"type": "host-local", "dataDir": "/run/cni-ipam", "subnet": "10.77.0.0/24",
          "routes": [{"dst": "0.0.0.0/0"}]}}
CONFIG
build="mount -t tmpfs tmpfs /run && ip netns add pod
export CNI_COMMAND=ADD CNI_CONTAINERID=one CNI_NETNS=/run/netns/pod CNI_IFNAME=eth0 CNI_PATH=$plugins
$plugins/bridge <'$TMP/config' >'$TMP/result' || exit 1
echo \"pod = \$(stat -c %i /run/netns/pod)\"
echo \"address = \$(ip -n pod -j addr show eth0 | jq -r '.[].addr_info[] | select(.family == \"inet\") | \"\(.local)/\(.prefixlen)\"')\"
echo \"gateway = \$(ip -n pod -j route show default | jq -r '.[].gateway')\"
ip -n pod -d link show eth0 >/dev/null"
RUN_AS=(unshare --mount --net --propagation private)
trace cni sh -c "$build"
assert_eq "the plug-in works as without a tracer" "$STATUS" 0
assert_eq "it says the address that ip sees" "$(jq -r '.ips[0].address' "$TMP/result")" \
  "$(jq -r .address <<<"$SAID")"
pod='(.networks[] | select(.inode == $said.pod))'
assert_jq "$REPORT" "so does the report, for the same interface" \
  "$pod.interfaces[] | select(.name == \"eth0\") | .addresses == [\$said.address] and .up"
assert_jq "$REPORT" "and the gateway" \
  "$pod.routes == [\"default via \" + \$said.gateway + \" dev eth0\"]"
assert_jq "$REPORT" "a program in Go asks, and whichever of its threads reads: every request has its answer" \
  '[.network_requests[] | select(.type | startswith("RTM_"))] | length >= 10 and all(.[]; .answer != null)'
other=$(jq -r '.interfaces[1].name' "$TMP/result")
assert_jq "$REPORT" "the other end is on the bridge, under the name that the plug-in says" \
  '.networks[] | select(.host).interfaces[] | select(.name == $other)
   | .master == "cni7" and .up and .peer == "eth0"' --arg other "$other"
assert_jq "$REPORT" "plug-ins are the network's" \
  '[.processes[] | select(.role == "network") | .execs[].path | split("/")[-1]]
   | contains(["bridge", "host-local"])'
assert_trace
finish
