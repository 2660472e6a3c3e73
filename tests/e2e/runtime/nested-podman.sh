#!/bin/bash
# podman in a container of podman: two engines, monitors, runtimes and containers, one in the
# other. Each says itself what it is; the ids are those of the two podmans.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

cp -a "$CT_TESTBED/busybox" "$TMP/busybox"
# The outer container has the host's programs; the inner podman a store of its own.
# shellcheck disable=SC2016
inner='env -u CONTAINERS_CONF -u CONTAINERS_STORAGE_CONF podman --root /inner/root --runroot /inner/run \
  --tmpdir /inner/tmp --storage-driver=vfs --cgroup-manager=cgroupfs --events-backend=none run --rm \
  --cidfile /inner/id.inner --network=none --cgroups=disabled --hostname within --ulimit nofile=1000:1000 \
  --ulimit nproc=1000:1000 --rootfs /inner/busybox:O sh -c "$INSIDE"'
INSIDE="$INSIDE"'
echo "layers = $(awk "\$5 == \"/\" { print \$NF }" /proc/self/mountinfo | sed "s/.*lowerdir=\([^,]*\).*/\1/")"
echo new >/new; echo more >>/etc/group'
trace podman podman run --rm --privileged --network=none --hostname around --cidfile "$TMP/id" -e "INSIDE=$INSIDE" \
  -v "$TMP:/inner" --rootfs /:O sh -c "$inner"
assert_eq "both work as without a tracer" "$STATUS $(jq -r .hostname <<<"$SAID")" "0 within"

assert_jq "$REPORT" "two containers, the second in the first" \
  '(.containers | length == 2) and .containers[0].inside == null and .containers[1].inside == .containers[0].id'
assert_jq "$REPORT" "each of podman and crun" '[.containers[] | .engine, .runtime.name] == ["podman", "crun", "podman", "crun"]'
assert_jq "$REPORT" "their ids are what the two podmans wrote" '[.containers[].id] == [$outer, $inner]' \
  --arg outer "$(cat "$TMP/id")" --arg inner "$(cat "$TMP/id.inner" 2>/dev/null || true)"
assert_jq "$REPORT" "the inner one's namespaces are what the kernel says in there" \
  '.containers[1].namespaces | to_entries[] | select(.key != "time") | .value.to == $said[.key]'
assert_jq "$REPORT" "what it has not got of its own is the outer one's" \
  '.containers as [$outer, $inner] | [$inner.namespaces | to_entries[] | select(.value.how == "shared") | .key] | all(.[];
   $inner.namespaces[.].to == $outer.namespaces[.].to)'
assert_jq "$REPORT" "each has its own host name" '[.containers[].hostname] == ["around", $said.hostname]'
assert_jq "$REPORT" "the layers of its root are what its mountinfo says" \
  '.containers[1].mount_table.mounts[] | select(.target == "/") | .overlay.lower == ($said.layers | split(":"))'
assert_jq "$REPORT" "the files that it has changed are told of it, and not of the outer one" \
  '.containers as [$outer, $inner] | (["/new", "/etc/group"] - [$inner.changed_files[].path] == []) and
   ([$outer.changed_files[].path] | index("/new") == null)'
assert_jq "$REPORT" "the process of the outer one that builds is a runtime, its monitor a monitor" \
  '.containers[1].id as $inner | [.processes[] | select(.container == $inner) | .role] | index("runtime") != null and
   index("monitor") != null'
"$CTTRACE" render --width 160 "$TRACE" >"$TMP/nested.txt"
assert_match "the picture says which is in which" "$(cat "$TMP/nested.txt")" \
  "^ *inside container $(jq -r '.containers[0].id[:12]' "$REPORT")"
"$CTTRACE" render -f dot "$TRACE" | dot -Tjson0 >"$TMP/nested.dot.json"
# the inner podman's own mount namespace may be a box between them
assert_jq "$TMP/nested.dot.json" "the graph: the cluster of the second is in that of the first" \
  '.objects as $all | def within: ., (.subgraphs[]? as $id | $all[$id] | within);
   [$all[] | select(.label // "" | startswith("container "))] as $containers |
   ($containers | length == 2) and ([$containers[0] | within | .label] | index($containers[1].label) != null)'
finish
