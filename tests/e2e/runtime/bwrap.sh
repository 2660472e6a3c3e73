#!/bin/bash
# bubblewrap: no daemon, no image, and an ordinary user may do it.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need bwrap

root=(--ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --tmpfs /tmp)
# (What bwrap runs is not process 1: that is bwrap itself, as the reaper.)
assert_bwrap() {
  assert_eq "bwrap works as without a tracer" "$STATUS" 0
  assert_namespaces
  assert_jq "$REPORT" "bwrap is found as the runtime" '.containers[0].runtime.name == "bwrap"'
  assert_jq "$REPORT" "pivot_root was called" '[calls("pivot_root")] | length >= 1'
  assert_privileges
  assert_jq "$REPORT" "the payload, and how it ended" \
    '.containers[0] | .payload.argv == ["/bin/sh", "-c", ($inside | escaped)] and .exit.status == 0' \
    --arg inside "$INSIDE"
  assert_trace
}

trace root bwrap "${root[@]}" --unshare-all --hostname box /bin/sh -c "$INSIDE"
assert_bwrap
assert_jq "$REPORT" "the host's name" '.containers[0].hostname == $said.hostname'
# The kernel's number of its user namespace is not ours: its capabilities reach nothing here.
assert_jq "$REPORT" "what power it kept is over its own user namespace, and said so" \
  '($said.user != $ours) and (.containers[0].isolation[] | select(.aspect == "capabilities") |
   (.open | not) and .state != "none" and (.detail | test("^over its own user namespace only: cap_.*cap_sys_admin")))' \
  --argjson ours "$(readlink /proc/self/ns/user | tr -cd 0-9)"

# All of the host's files, but for /dev: what is mounted there on the host lies below bwrap's own.
marker=$(mktemp /dev/shm/cttrace.XXXXXX)
at_exit "rm -f '$marker'"
trace host bwrap --ro-bind / / --dev /dev --tmpfs "$TMP" sh -c "[ -e '$marker' ] || echo 'marker = gone'"
assert_eq "the host's /dev/shm is not reached" "$(jq -r .marker <<<"$SAID")" gone
assert_jq "$REPORT" "nor is it told as a path that can be written to, or anything below the host's /dev" \
  '.containers[0].isolation[] | select(.aspect | test("host paths$|host devices")) | (.detail // "") | test("/dev") | not'
assert_jq "$REPORT" "its mount is one that is covered" \
  '.containers[0].mount_table.mounts[] | select(.host == "/dev/shm") | .covered'

as_ordinary_user
trace user bwrap "${root[@]}" --unshare-all /bin/sh -c "$INSIDE"
assert_bwrap
assert_jq "$REPORT" "a user namespace, which maps the user to himself" \
  '.containers[0] | .namespaces.user.how != "shared" and (.id_maps.uid | length) >= 1'
finish
