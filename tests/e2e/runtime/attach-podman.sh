#!/bin/bash
# podman --remote: the service does the work.
. "${0%/*}/../lib.sh"
. "${0%/*}/attach.bash"
enter_testbed "$@"

podman system service --time 0 "unix://$TMP/socket" >"$TMP/service.log" 2>&1 &
service=$!
at_exit "kill $service; wait $service"
remote() { podman --remote --url "unix://$TMP/socket" "$@"; }
assert "the service is up" await remote version
run() { remote run --rm --network=none localhost/busybox echo "$1"; }

attach run "$service" -p "$service"
assert_eq "podman --remote run works as without a tracer" "$(run first 2>&1)" first
detach "$service"
assert_started '["echo", "first"]'
assert_roles engine=podman monitor=conmon runtime=crun
assert_eq "the next container works, too" "$(run second 2>&1)" second

# Who is killed lets go: nothing of the service depends on the tracer.
attach killed "$service" -p "$service"
{ kill -KILL "$TRACER" && wait "$TRACER"; } 2>/dev/null
assert_eq "a killed tracer is gone at once" "$(tracers_of "$service")" 0
assert_eq "and the service works" "$(run third 2>&1)" third

# When the last of them has ended, so has the recording.
attach end "$service" -p "$service"
kill "$service"
status=0
wait "$TRACER" || status=$?
assert_eq "the end of the service ends the recording" "$status" 0
report
assert_jq "$REPORT" "its exit is in the trace" \
  '[.processes[] | select(.birth == "attached")] | length == 1 and .[0].exit != null'
finish
