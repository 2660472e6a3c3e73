#!/bin/bash
# A pod with a port, and two containers in it, one after the other: the second one's mount and
# pid namespaces often get the numbers of the first one's, which are gone by then.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

pod=cttrace-pod-$$ port=18094
at_exit "podman pod rm -f -t 0 $pod"
said_by() { # NAME
  printf '%s\n' "for n in ipc mnt net pid uts; do
    echo \"$1_\$n = \$(readlink /proc/self/ns/\$n | tr -cd 0-9)\"; done
    echo \"$1_address = \$(ip -4 addr show eth0 | sed -n 's/.*inet \([0-9.]*\).*/\1/p')\""
}
printf '%s\n' "podman pod create --name $pod -p $port:80 --infra-image=localhost/busybox \
  --infra-command='sleep 100' >/dev/null" \
  "podman run --rm --pod $pod localhost/busybox sh -c '$(said_by one | sed "s/'/'\\\\''/g")'" \
  "podman run --rm --pod $pod localhost/busybox sh -c '$(said_by two | sed "s/'/'\\\\''/g")'" \
  "podman pod inspect $pod >$TMP/pod" "podman pod rm -f -t 0 $pod >/dev/null" >"$TMP/script"
trace pod sh -e "$TMP/script"
assert_eq "it runs" "$STATUS" 0
assert_jq "$REPORT" "three containers: the infra container, one, two" \
  '[.containers[] | .namespaces.mnt.to] | length == 3 and .[1:] == [$said.one_mnt, $said.two_mnt]'
assert_jq "$REPORT" "who shares the network is in the one that the kernel says" \
  '[.containers[].namespaces.net.to] | unique == [$said.one_net] and $said.one_net == $said.two_net'
assert_jq "$REPORT" "one and two share with the infra container what podman says, and no more with each other" \
  '($pod[0].SharedNamespaces | sort) as $shared | .containers |
   [.[1:][] | .shares | map(.namespaces)] == [[$shared, $shared], [$shared, $shared]]' \
  --slurpfile pod "$TMP/pod"
assert_jq "$REPORT" "what config.json asks of namespaces is done" \
  '[.containers[].asked.items[] | select(.aspect == "namespace")] |
   map(select(.name == "net").match) == ["same", "same", "same"] and
   map(select(.match == "differs")) == []'
assert_jq "$REPORT" "the port of the pod leads to the address that both have" \
  '.networks[] | select(.inode == $said.one_net) |
   .ports == ["\($port)/tcp → \($said.one_address):80"] and $said.one_address == $said.two_address' \
  --argjson port $port
assert_match "the timeline says who shares what" "$("$CTTRACE" render "$TRACE" | grep -c 'shares ipc net uts with')" '^2$'
finish
