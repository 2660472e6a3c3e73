#!/bin/bash
# docker run -p: a rule of iptables and docker-proxy lead into the container, both made by a
# dockerd that is attached to.
. "${0%/*}/../lib.sh"
. "${0%/*}/attach.bash"
enter_testbed "$@"
need dockerd docker docker-proxy iptables ss

start_dockerd --log-level=warn
port=18098
visit() { exec 3<>"/dev/tcp/127.0.0.1/$1" && cat <&3 >"$TMP/answer" && [ -s "$TMP/answer" ]; }
reach() { (visit "$1") 2>/dev/null; }
# Of the host's two, for its two families, the kernel's list says who has this one.
proxy() { ss -4Hltnp "sport = :$port" | sed -n 's/.*(("docker-proxy",pid=\([0-9]*\),.*/\1/p'; }

attach ports "$CONTAINERD" -p "$DAEMON,$CONTAINERD"
id=$(docker run -d -p $port:80 busybox sh -c 'echo answered | nc -l -p 80')
at_exit "docker rm -f $id"
address=$(docker inspect -f '{{.NetworkSettings.IPAddress}}' "$id")
listener=$(proxy)
rules=$(iptables -t nat -S DOCKER)
assert "a visitor of the port is served" await reach $port
assert_eq "by the container" "$(cat "$TMP/answer")" answered
detach "$DAEMON" "$CONTAINERD"
assert_match "docker says its address" "$address" '^172\.'
assert_match "iptables says the rule" "$rules" "--dport $port -j DNAT --to-destination $address:80"
assert_jq "$REPORT" "both ways are one port of the container's network" \
  '.containers[0].namespaces.net.to as $net | .networks[] | select(.inode == $net) | .ports ==
   ["\($port)/tcp → \($address):80, also through docker-proxy \($listener)"]' \
  --argjson port $port --arg address "$address" --argjson listener "${listener:-0}"
assert_jq "$REPORT" "docker-proxy listens on the host" \
  '(.networks[] | select(.host).inode) as $host |
   [.network_requests[] | select(.by.pid == $listener)] |
   length == 1 and .[0].net == $host and .[0].words == "listens on \($port)/tcp"' \
  --argjson port $port --argjson listener "${listener:-0}"
finish
