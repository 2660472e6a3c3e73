#!/bin/bash
# A network of podman's own, with names (aardvark-dns), and a port of the host that leads in.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

network=cttrace-net-$$ name=cttrace-dns-$$
at_exit "podman network rm -f $network"
at_exit "podman rm -f -t 0 $name"
podman network create "$network" >/dev/null
trace dns podman run --rm --network="$network" --name "$name" -p 18099:80 localhost/busybox \
  sh -c 'echo "address = $(ip -4 addr show eth0 | sed -n "s/.*inet \([0-9.]*\).*/\1/p")"
    echo "server = $(sed -n "s/^nameserver //p" /etc/resolv.conf | head -n 1)"
    nslookup '"$name"' | sed -n "s/^Address: \([0-9.]*\)$/found = \1/p" | tail -n 1'
assert_eq "it runs" "$STATUS" 0
assert_eq "its name is known to who answers there: the address is its own" \
  "$(jq -r '.found // "none"' <<<"$SAID")" "$(jq -r .address <<<"$SAID")"
assert_jq "$REPORT" "who answers is in the role of the network, started by netavark" \
  '[.processes[] | select(.role == "network" and (.execs | length > 0)) | .execs[0].path | split("/")[-1]] |
   index("netavark") != null and index("aardvark-dns") != null'
assert_jq "$REPORT" "it lives on the host: it has joined no namespace of the container" \
  '.containers[0].namespaces.net.to as $net | [.processes[] | select(.execs[0].path // "" | endswith("/aardvark-dns")) |
   .namespaces[] | select(.to == $net)] == []'
assert_jq "$REPORT" "the server that the container asks is the bridge" \
  '[.networks[] | select(.host) | .interfaces[] | select(.kind == "bridge") | .addresses[] | split("/")[0]] | index($said.server) != null'

# The rule of iptables must end where the container says that it is.
assert_jq "$REPORT" "the port of the host leads to its address" \
  '.networks[] | select(.inode == $net) | .ports == ["18099/tcp → \($said.address):80"]' \
  --argjson net "$(jq '.containers[0].namespaces.net.to' "$REPORT")"
assert_match "the timeline says it" "$("$CTTRACE" render "$TRACE")" "port 18099/tcp → $(jq -r .address <<<"$SAID"):80"
assert_match "the isolation summary, too" "$("$CTTRACE" render --view isolation --width 160 "$TRACE")" \
  "port 18099/tcp → $(jq -r .address <<<"$SAID"):80"
finish
