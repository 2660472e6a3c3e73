#!/bin/bash
# unshare(1): a container in one command, known to the model by what it does.
. "${0%/*}/../lib.sh"
need_root
need jq

trace all unshare --mount --uts --ipc --net --pid --fork --cgroup --mount-proc sh -c "$INSIDE"
assert_eq "unshare works as without a tracer" "$STATUS" 0
assert_container
assert_jq "$REPORT" "made by unshare, the pid namespace for the child" \
  '.containers[0].namespaces | [.mnt, .uts, .ipc, .net, .pid, .cgroup][].how == "unshare"'
assert_jq "$REPORT" "/proc was mounted for the new pid namespace" \
  '[calls("mount") | .args | tostring | select(contains("/proc"))] | length >= 1'

trace join unshare --uts sh -c 'echo "made = $(readlink /proc/self/ns/uts | tr -cd 0-9)"
  exec nsenter --uts=/proc/$PPID/ns/uts sh -c "echo joined = \$(readlink /proc/self/ns/uts | tr -cd 0-9)"'
assert_eq "nsenter works" "$STATUS" 0
assert_jq "$REPORT" "making and joining are told apart" \
  '(call("unshare") | change("uts").to == $said.made) and
   (call("setns") | change("uts").to == $said.joined)'
finish
