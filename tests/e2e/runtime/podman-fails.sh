#!/bin/bash
# Starts that fail, fail under the tracer in the same way, and the trace has the reason.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

run() { # NAME PODMAN-ARGUMENT…
  local name=$1
  shift
  trace "$name" podman --runtime crun run --rm --network=none "$@"
}
run missing localhost/busybox /no/such/program
assert_eq "a program that is not there: 127" "$STATUS" 127
assert_jq "$REPORT" "the failed exec is in the report" \
  '[.events[] | select(.name == ("execve", "execveat", "openat", "newfstatat", "faccessat2", "access", "stat")
   and .error != null) | .args | tostring | select(contains("/no/such/program"))] | length >= 1'
assert_jq "$REPORT" "a finding points at something" '.findings | length >= 1'
run forbidden localhost/busybox /etc/passwd
assert_eq "a file that is no program: 126" "$STATUS" 126
run status localhost/busybox sh -c 'exit 42'
assert_eq "a payload's own failure: its status" "$STATUS" 42
assert_jq "$REPORT" "in the report, too" '.containers[0].exit.status == 42 and .exit.status == 42'
run signal localhost/busybox sh -c 'sh -c "kill -9 \$\$"; exit $?'
assert_eq "killed inside: 137" "$STATUS" 137
run denied localhost/busybox unshare -m true
assert_jq "$REPORT" "what the container's seccomp filter denied is seen" \
  '[failed("unshare") | select(.container != null)] | length >= 1'
finish
