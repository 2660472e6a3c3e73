#!/bin/bash
# cttrace demo: the built-in container, as root and as an ordinary user.
. "${0%/*}/../lib.sh"
need jq

assert_demo() { # WHO
  assert_eq "$1: demo ends well" "$STATUS" 0
  report
  assert_match "$1: the container says hello" "$(cat "$OUT")" 'Hello from the container'
  assert_container
  assert_privileges
  assert_jq "$REPORT" "$1: payload" '.containers[0].payload.argv == ["hello"]'
  assert_jq "$REPORT" "$1: one pivot_root" '[calls("pivot_root")] | length == 1'
  assert_jq "$REPORT" "$1: the mounts are as many as the kernel counts, or more" \
    '.containers[0].mounts | length >= $said.mounts'
  assert_trace
}
cttrace self demo -q -o TRACE
assert_demo "as $(id -un)"
if [ "$(id -u)" -eq 0 ]; then
  as_ordinary_user
  cttrace other demo -q -o TRACE
  assert_demo "as an ordinary user"
  assert_jq "$REPORT" "a user namespace with one id, setgroups denied" \
    '.containers[0] | .namespaces.user.how == "clone" and
     (.id_maps | {uid, gid, setgroups}) == {uid: [[0, 65534, 1]], gid: [[0, 65534, 1]], setgroups: "deny"}'
  # The picture is for people: it must say the main things without any option.
  cttrace picture demo
  assert_match "the timeline shows the pivot" "$(cat "$ERR")" pivot_root
  assert_match "and the payload" "$(cat "$ERR")" hello
fi
finish
