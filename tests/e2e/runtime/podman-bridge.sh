#!/bin/bash
# podman run on its default network: the container joins a namespace that netavark filled.
. "${0%/*}/../lib.sh"
. "${0%/*}/podman.bash"
enter_testbed "$@"

INSIDE="$INSIDE
echo \"address = \$(ip -4 addr show eth0 | sed -n 's/.*inet \([0-9./]*\).*/\1/p')\"
echo \"gateway = \$(ip route | sed -n 's/^default via \([0-9.]*\).*/\1/p')\""
podman_run crun
assert_podman crun
assert_match "the container has an address" "$(jq -r .address <<<"$SAID")" '^10\.88\.'
assert_jq "$REPORT" "the network namespace was joined, not made by the runtime" \
  '.containers[0].namespaces.net.how == "setns"'
assert_jq "$REPORT" "somebody made it before, by unshare" \
  '[calls("unshare") | change("net").to] | index($said.net) != null'
assert_jq "$REPORT" "netavark is the network's" \
  '[.processes[] | select(.role == "network") | .execs[].path | split("/")[-1]] | index("netavark") != null'
inside='(.networks[] | select(.inode == $said.net))'
assert_jq "$REPORT" "its interface has the address that ip prints inside" \
  "$inside.interfaces[] | select(.name == \"eth0\") | .addresses == [\$said.address] and .up and .kind == \"veth\""
assert_jq "$REPORT" "its route goes to the gateway that ip prints inside" \
  "$inside.routes == [\"default via \" + \$said.gateway]"
assert_jq "$REPORT" "podman made and named the namespace; netavark and init entered it" \
  ". as \$root | $inside as \$net | (process(\$net.made_by.pid) | .execs[0].path == \"/usr/bin/podman\") and
   (\$net.path | startswith(\"/run/netns/\")) and
   ([\$net.joined_by[].pid] | index(\$root.containers[0].init.pid) != null) and
   ([\$net.joined_by[].pid as \$pid | process(\$pid).role] | index(\"network\") != null)"
# netavark leaves the name of the other end to the kernel, and never asks for it.
assert_jq "$REPORT" "the other end has the name that the kernel gave it: a veth and a number" \
  '[.. | strings | select(test("veth%d"))] == []'
assert_jq "$REPORT" "it is that of the pair" \
  "$inside.interfaces[] | select(.name == \"eth0\") | .peer | test(\"^veth[0-9]+\$\")"
assert_jq "$REPORT" "netavark put the other end on podman's bridge" \
  "$inside.inode as \$box | .networks[] | select(.host).interfaces[] | select(.peer_net == \$box)
   | .master == \"podman0\" and .kind == \"veth\""
gateway=$(podman network inspect podman | jq -r '.[0].subnets[0].gateway')
assert_eq "podman knows the same gateway" "$gateway" "$(jq -r .gateway <<<"$SAID")"
assert_jq "$REPORT" "the isolation summary says so" \
  '.containers[0].isolation[] | select(.aspect == "net namespace").detail
   | startswith("eth0 " + $said.address + " through bridge podman0")'
assert_jq "$REPORT" "every request was granted" '.network_requests[] | .error == null'
finish
