#!/bin/bash
# Several containers in one trace: side by side, one that is joined, a pod, one in another.
# Compared with podman inspect, and with what the kernel says inside.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

one=cttrace-one-$$ two=cttrace-two-$$ pod=cttrace-pod-$$
at_exit "podman pod rm -f -t 0 $pod"
at_exit "podman rm -f -t 0 $one $two"
id_of() { podman inspect "$1" | jq -r '.[0].Id'; }
# The container of the report that has podman's id; the namespaces that $SAID tells are its.
container() { echo "(.containers[] | .id as \$id | select(\$$1 | startswith(\$id)))"; }
its_namespaces() { echo "$(container "$1")"' | .namespaces | to_entries[] | select(.key != "time") |
  .value.to == $said[.key]'; }

# -------- two of them, and somebody who joins the first --------
podman create --name "$one" --network=none localhost/busybox sleep 100 >/dev/null
podman create --name "$two" --network=none localhost/busybox sleep 100 >/dev/null
trace two sh -c "podman start $one $two >/dev/null && podman exec $one sh -c '$INSIDE' && podman stop -t 0 $two >/dev/null"
assert_eq "two: runs" "$STATUS" 0
assert_jq "$REPORT" "two: both have podman's ids, in the order of their start" \
  '[.containers[].id as $id | [$one, $two] | map(startswith($id)) | index(true)] == [0, 1]' \
  --arg one "$(id_of "$one")" --arg two "$(id_of "$two")"
assert_jq "$REPORT" "two: who joins has the namespaces of the first" \
  "$(its_namespaces one)" --arg one "$(id_of "$one")"
assert_jq "$REPORT" "two: he is told as one who joins it, with his exit status" \
  "$(container one)"' | (.older | not) and (.joined | length == 1) and
   .joined[0].argv[0] == "sh" and .joined[0].exit.status == 0' --arg one "$(id_of "$one")"
assert_jq "$REPORT" "two: nobody joins the other" \
  "$(container two)"' | .joined == [] and .shares == []' --arg two "$(id_of "$two")"
assert_jq "$REPORT" "two: each has phases of its own" \
  '.containers[] | .id as $id | ([.phases[].name] | index("create") and index("run")) and
   all(.phases[]; .container == $id)'

assert_jq "$REPORT" "two: what comes before podman is the shell's, and no engine's work" \
  '. as $root | [.phases[] | select(.container == null)] as $all |
   ([.processes[] | select(.execs[0].path // "" | endswith("/podman"))] | first) as $engine |
   $all[0].name == "command" and process($all[0].leader.pid).execs[0].argv[0] == "sh" and
   $all[0].end_ns == $engine.born_ns and
   ([$all[] | select(.name == "engine") | .leader.pid as $pid | $root | process($pid).role] | unique) == ["engine"]'

# -------- a container that is older than the trace --------
trace older podman exec "$one" sh -c "$INSIDE"
assert_eq "older: runs" "$STATUS" 0
assert_jq "$REPORT" "older: one container, and it was there before" \
  '(.containers | length == 1) and .containers[0].older and .containers[0].runtime.name == "crun"'
assert_jq "$REPORT" "older: it has podman's id, and the namespaces that the kernel says" \
  "$(its_namespaces one)" --arg one "$(id_of "$one")"
assert_jq "$REPORT" "older: nothing is created, it is joined" \
  '[.phases[] | select(.step == null) | .name] | index("join") != null and index("create") == null'
assert_match "older: the picture says that it is joined" "$("$CTTRACE" render "$TRACE")" \
  'was there before: this joins it'

# podman has given it a limit: that none was seen is no fact about it.
assert_match "older: it has a limit of processes" "$(podman inspect --format '{{.HostConfig.PidsLimit}}' "$one")" '^[1-9]'
assert_jq "$REPORT" "older: what was done before the trace is not known, and no hole in its walls" \
  '[.containers[0].isolation[] | select(.aspect | test("limit$|^root file|host paths$|host devices|kernel files|engine socket|propagation"))]
   | length == 10 and all(.[]; .state == "not known" and (.open | not))'
assert_jq "$REPORT" "older: nobody in the trace has made what it joins" \
  '.containers[0].isolation[] | select(.state == "joined") | .detail == "it was there before the trace"'

# -------- a pod --------
trace pod sh -c "podman pod create --name $pod --network=none --infra-image=localhost/busybox \
    --infra-command='sleep 100' >/dev/null && podman run --rm --pod $pod localhost/busybox sh -c '$INSIDE'"
assert_eq "pod: runs" "$STATUS" 0
podman pod inspect "$pod" >"$TMP/pod"
assert_jq "$REPORT" "pod: the infra container is the first, and the other one shares with it what podman says" \
  '.containers as [$infra, $member] | ($podman.InfraContainerID | startswith($infra.id)) and
   [$member.shares[] | select(.container == $infra.id) | .namespaces[]] == ($podman.SharedNamespaces | sort)' \
  --argjson podman "$(cat "$TMP/pod")"
assert_jq "$REPORT" "pod: the member's namespaces are the kernel's numbers" \
  '.containers[1].namespaces | to_entries[] | select(.key != "time") | .value.to == $said[.key]'
assert_jq "$REPORT" "pod: whose they are is said of those that it joined, and of no others" \
  '.containers as [$infra, $member] | [$member.isolation[] | select(.state == "joined") | .aspect | rtrimstr(" namespace")] as $joined |
   ($joined | sort) == ($podman.SharedNamespaces | sort) and
   ([$member.isolation[] | select(.state == "joined") | .detail | startswith("that of container \($infra.id[:12])")] | all)' \
  --argjson podman "$(cat "$TMP/pod")"
assert_match "pod: the picture says it" "$("$CTTRACE" render "$TRACE")" \
  "shares ipc net uts with $(jq -r '.containers[0].id[:12]' "$REPORT")"

# -------- one in another --------
trace nested podman run --rm --network=none --privileged localhost/busybox \
  unshare -m -p -f --mount-proc sh -c "$INSIDE"
assert_eq "nested: runs" "$STATUS" 0
assert_jq "$REPORT" "nested: the inner one is inside the outer one" \
  '(.containers | length == 2) and .containers[0].inside == null and
   .containers[1].inside == .containers[0].id'
assert_jq "$REPORT" "nested: its namespaces are the kernel's numbers" \
  '.containers[1].namespaces | to_entries[] | select(.key != "time") | .value.to == $said[.key]'
assert_jq "$REPORT" "nested: it shares with the outer one what it did not make" \
  '[.containers[1].shares[] | .namespaces[]] == ["ipc", "net", "uts"]'
assert_jq "$REPORT" "nested: both have ended well" '.containers[].exit.status == 0'
# Graphviz itself says which cluster is in which.
"$CTTRACE" render -f dot "$TRACE" | dot -Tjson0 >"$TMP/nested.dot.json"
assert_jq "$TMP/nested.dot.json" "nested: its cluster lies in that of the outer one" \
  '[.objects[] | select(.name | startswith("cluster_"))] as $clusters |
   [$clusters[] | select(.subgraphs) | .subgraphs[]] | length == 1'
assert_jq "$REPORT" "nested: that the outer payload made namespaces is told of it" \
  '.containers[0].walls[] | select(.deed == "namespace") | .what == "make namespaces mnt pid" and .outcome == "allowed"'

# -------- one after the other: the kernel gives the numbers of namespaces again --------
run="podman run --rm --network=none localhost/busybox readlink /proc/self/ns/net"
trace again sh -c "$run && $run"
assert_eq "again: both run" "$STATUS" 0
assert_jq "$REPORT" "again: none has anything of the other, whatever its numbers are" \
  '[.containers[].shares] == [[], []]'
assert_jq "$REPORT" "again: each has a network of its own, with the number that it said" \
  '[.networks[] | select(.host | not) | .containers | length] == [1, 1] and
   ([.networks[] | select(.host | not) | "net:[\(.inode)]"] == ($out | split("\n") | map(select(. != ""))))' \
  --arg out "$(cat "$OUT")"
assert_jq "$REPORT" "again: two processes made them" \
  '[.containers[].namespaces.net.by.serial] | unique | length == 2'
finish
