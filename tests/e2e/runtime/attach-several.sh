#!/bin/bash
# Several containers that a daemon starts at the same time, on its own bridge: each has its own
# events, and none of another's. What is true of each, it says itself, and docker inspect.
. "${0%/*}/../lib.sh"
. "${0%/*}/attach.bash"
enter_testbed "$@"
need dockerd docker ip

start_dockerd --bip=172.31.0.1/24

names=(ct-one ct-two ct-three)
# shellcheck disable=SC2016
inside='echo "net = $(stat -L -c %i /proc/self/ns/net)"
echo "mnt = $(stat -L -c %i /proc/self/ns/mnt)"
echo "address = $(ip -4 -o addr show eth0 | sed -n "s/.*inet \([0-9.\/]*\).*/\1/p")"
echo "gateway = $(ip route | sed -n "s/^default via \([0-9.]*\).*/\1/p")"
echo "hostname = $(hostname)"'

attach several "$CONTAINERD" -p "$DAEMON,$CONTAINERD"
clients=()
for name in "${names[@]}"; do
  docker run --name "$name" busybox sh -c "$inside" "$name" >"$TMP/$name" 2>&1 &
  clients+=($!)
done
status=0
for pid in "${clients[@]}"; do wait "$pid" || status=$?; done
assert_eq "all of them run as without a tracer" "$status" 0
detach "$DAEMON" "$CONTAINERD"

assert_jq "$REPORT" "there are as many containers" '.containers | length == 3'
assert_jq "$REPORT" "of everybody but the daemons, all events are of one container at most" \
  '[.events[] | select(.container)] | group_by(.pid)[] | map(.container) | unique | length == 1'
bridge=$(docker network inspect bridge | jq -r '.[0].Options["com.docker.network.bridge.name"]')
for name in "${names[@]}"; do
  SAID=$(said "$TMP/$name")
  id=$(docker inspect --format '{{.Id}}' "$name")
  mine='(.containers[] | select(.id == $id))'
  assert_jq "$REPORT" "$name: docker's id, with its own command" \
    "$mine.payload.argv[-1] == \$name" --arg id "$id" --arg name "$name"
  assert_jq "$REPORT" "$name: its namespaces are the kernel's numbers" \
    "$mine.namespaces | .net.to == \$said.net and .mnt.to == \$said.mnt" --arg id "$id"
  assert_jq "$REPORT" "$name: its cgroups and its bundle have its id, its hostname is its own" \
    "$mine | (.bundle | endswith(\$id)) and ([.cgroups[].to | contains(\$id)] | all) and .hostname == \$said.hostname" \
    --arg id "$id"
  assert_jq "$REPORT" "$name: what was asked for in its config.json was done to it" \
    "$mine.asked.items | length > 30 and all(.[]; .match != \"differs\")" --arg id "$id"
  assert_jq "$REPORT" "$name: interface, address and route, as ip says inside" \
    "$mine.id as \$mine | .networks[] | select(.inode == \$said.net) | .containers == [\$mine] and
     .routes == [\"default via \" + \$said.gateway + \" dev eth0\"] and
     ([.interfaces[] | select(.name == \"eth0\")] | length == 1 and .[0].addresses == [\$said.address])" --arg id "$id"
  assert_jq "$REPORT" "$name: dockerd has put it on its bridge" \
    "$mine.isolation[] | select(.aspect == \"net namespace\").detail
     | startswith(\"eth0 \" + \$said.address + \" through bridge \" + \$bridge)" --arg id "$id" --arg bridge "$bridge"
  docker rm "$name" >/dev/null
done
assert_jq "$REPORT" "every request over netlink has its answer" \
  '[.network_requests[] | select(.type | startswith("RTM_"))] | length >= 30 and all(.[]; .answer != null)'
assert_roles daemon=dockerd daemon=containerd monitor=containerd-shim-runc-v2 runtime=runc
finish
