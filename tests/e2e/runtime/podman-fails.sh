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
assert_jq "$REPORT" "crun's init has looked for it" \
  '.containers[0].init.pid as $init | [.events[] | select(.pid == $init and .error == "ENOENT")
   | .args[] | select(.path == "/no/such/program")] | length >= 1'
assert_jq "$REPORT" "crun says so" \
  'first(.processes[] | select(.role == "runtime")).pid as $crun
   | [.events[] | select(.tags | index("message")) | select(text("buf") | contains("/no/such/program")).pid]
     | index($crun) != null'
assert_jq "$REPORT" "a finding says that the payload never ran" \
  '.findings | any(.id == "payload-never-ran" and .severity == "error")'
assert_jq "$REPORT" "and does not blame the clean-up" \
  'first(.processes[] | select(.role == "runtime")).exited_ns as $gone | .events as $events
   | [.findings[] | select(.id == "payload-never-ran" and .event != null) | $events[.event]
     | select(.t_ns > $gone)] == []'
assert_trace
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

# What the walls of its container did not let it do is said before the picture, and once.
cttrace walls -- podman --runtime crun run --rm --network=none localhost/busybox mount -t tmpfs none /tmp
assert_eq "a program that may not mount: its status" "$STATUS" 1
assert_match "which wall it was" "$(cat "$ERR")" 'seen +mount none on /tmp \(tmpfs\): refused with EPERM, '
assert_match "and how to open it" "$(cat "$ERR")" 'try +if it must be able to: '
assert_eq "its status is told in the headline only" "$(grep -c 'exited with status' "$ERR")" 0
cttrace quiet -- podman --runtime crun run --rm --network=none localhost/busybox sh -c 'exit 42'
assert_eq "no wall, no reason" "$(grep -c 'the container ran; its program' "$ERR")" 0
finish
