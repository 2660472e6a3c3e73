#!/bin/bash
# docker run: dockerd asks containerd, which starts everything. Both are attached to.
. "${0%/*}/../lib.sh"
. "${0%/*}/attach.bash"
enter_testbed "$@"
need dockerd docker

start_dockerd --bridge=none --iptables=false
run() { docker run --rm --network=none busybox echo "$1"; }

attach run "$CONTAINERD" -p "$DAEMON,$CONTAINERD"
assert_eq "docker run works as without a tracer" "$(run first 2>&1)" first
detach "$DAEMON" "$CONTAINERD"
assert_started '["echo", "first"]'
assert_roles daemon=dockerd daemon=containerd monitor=containerd-shim-runc-v2 runtime=runc
assert_jq "$REPORT" "a cgroup of its own, named after it" \
  '.containers[0] | .id as $id | [.cgroups[].to | select(contains($id))] | length >= 1'
assert_eq "the next container works, too" "$(run second 2>&1)" second

# The picture is the same story.
"$CTTRACE" render "$TRACE" >"$TMP/picture"
assert_match "it says what was attached to" "$(head -n 1 "$TMP/picture")" \
  '^attached to dockerd [0-9]+, containerd [0-9]+ '
finish
