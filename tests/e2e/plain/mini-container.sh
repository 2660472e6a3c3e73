#!/bin/bash
# The mini container runtime by itself, without a tracer: statuses, clean-up, refusal.
. "${0%/*}/../lib.sh"
need jq unshare
container=${SAMPLES:?set SAMPLES to the folder of the built samples}/container

status_of() { STATUS=0; "$@" >"$TMP/out" 2>"$TMP/err" </dev/null || STATUS=$?; }
status_of "$container" sh -c 'exit 7'
assert_eq "the command's status" "$STATUS" 7
status_of "$container" sh -c 'kill -9 $$; sh -c "kill -9 \$\$"; exit $?'
assert_eq "process 1 is safe from itself, the others are not" "$STATUS" 137
status_of "$container" /no/such/program
assert_eq "not there: 127" "$STATUS" 127
status_of "$container" /usr
assert_eq "not executable: 126" "$STATUS" 126
status_of "$container" sh -c 'echo no >/x'
assert_match "its root is read-only" "$(cat "$TMP/err")" 'Read-only file system'
status_of "$container" ls /home /root
assert_match "the host's other directories are not there" "$(cat "$TMP/err")" 'No such file'
assert_eq "no cgroup is left behind" "$(find /sys/fs/cgroup -name 'cttrace-demo-*' 2>/dev/null)" ""
assert_eq "no mount is left behind" "$(grep -c ' - tmpfs rootfs ' /proc/self/mountinfo)" 0

# A host that gives no user namespaces, made with one that it gave.
refusing='echo 0 >/proc/sys/user/max_user_namespaces && exec setpriv --bounding-set -sys_admin "$1"'
if unshare --user --map-root-user true 2>/dev/null; then
  status_of unshare --user --map-root-user sh -c "$refusing" sh "$container"
  assert_eq "no user namespaces: 125" "$STATUS" 125
  assert_one_line "one line says so" "$TMP/err"
  assert_match "and what to look at" "$(cat "$TMP/err")" max_user_namespaces
else
  skip "no user namespaces: 125" "there are none here, and nothing to make the case with"
fi
finish
