#!/bin/bash
# Runtimes that ask systemd for their cgroup, over D-Bus. There is no systemd in a testbed: a
# peer of ours answers, and what it understood of the messages is what the report must say.
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"
need python3

# runc asks whether this directory is there before it asks anybody else.
mount -t tmpfs tmpfs /run
mkdir -p /run/systemd/system

CGROUPS=()
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
  CGROUPS=(--cgroup /sys/fs/cgroup)
else
  CGROUPS=(--cgroup /sys/fs/cgroup/systemd --cgroup /sys/fs/cgroup/unified)
fi

# Runs a container whose cgroup is a scope. Sets LOG: a line of JSON for each call to the peer.
run_scope() { # NAME RUNTIME TRACER-OPTIONS PEER-OPTION…
  local name=$1 runtime=$2 options=$3 id=cttrace-$1-$$ peer
  shift 3
  LOG=$TMP/$name.log
  python3 "$E2E/../support/systemd_peer.py" "$TMP/$name.bus" "$LOG" "${CGROUPS[@]}" "$@" &
  peer=$!
  at_exit "kill $peer"
  at_exit "rmdir /sys/fs/cgroup/{,*/}cttrace.slice/$name-$id.scope{/container,} /sys/fs/cgroup/{,*/}cttrace.slice"
  await test -S "$TMP/$name.bus" || not_ok "$name: the peer listens"
  bundle "$name" "$runtime" '["/bin/cat", "/proc/self/cgroup"]'
  jq --arg path "cttrace.slice:$name:$id" '.linux.cgroupsPath = $path |
    .linux.resources.memory.limit = 536870912 | .linux.resources.pids.limit = 100' \
    "$TMP/$name/config.json" >"$TMP/$name/new.json"
  mv "$TMP/$name/new.json" "$TMP/$name/config.json"
  # shellcheck disable=SC2086 # the options are words
  DBUS_SYSTEM_BUS_ADDRESS=unix:path=$TMP/$name.bus cttrace "$name" -q $options -o TRACE -- \
    "$runtime" --root "$TMP/state" --systemd-cgroup run -b "$TMP/$name" "$id"
  report
  kill $peer
}
calls_of_peer() { jq -s '[.[] | {serial, member, interface, path}] | sort' "$LOG"; }
asked() { jq -s "[.[] | select(.member == \"$1\")][0].body" "$LOG"; }

assert_conversation() { # NAME
  assert_jq "$REPORT" "$1: the calls are those that the peer got" \
    '[.events[].bus | select(. != null and .kind == "call") | {serial, member, interface, path}]
     | sort == $got' --argjson got "$(calls_of_peer)"
  assert_jq "$REPORT" "$1: the unit has the name and the properties that the peer read" \
    '.containers[0].unit | .name == $asked[0] and
     (.properties | .Slice == "cttrace.slice" and
      .PIDs == "[\($asked[2][] | select(.[0] == "PIDs") | .[1][0])]" and
      ([$asked[2][][0]] - keys) == [])' --argjson asked "$(asked StartTransientUnit)"
  assert_jq "$REPORT" "$1: the process that it is about is in the trace" \
    '[.processes[].pid] | index($asked[2][] | select(.[0] == "PIDs") | .[1][0]) != null' \
    --argjson asked "$(asked StartTransientUnit)"
}

for runtime in crun runc; do
  for eye in "" "--failures ptrace"; do
    run_scope "$runtime${eye:+-ptrace}" "$runtime" "$eye"
    assert_eq "$runtime $eye: runs in its scope" "$STATUS" 0
    assert_match "$runtime $eye: the kernel says so" "$(cat "$OUT")" 'cttrace\.slice/.*\.scope'
    assert_conversation "$runtime $eye"
    assert_jq "$REPORT" "$runtime $eye: systemd has agreed" \
      '.containers[0].unit | .answered and .error == null'
    assert_jq "$REPORT" "$runtime $eye: an answer to each call but none twice" \
      '[.events[].bus | select(.kind == "call") | .answer] | length == (unique | length) and all(. != null)'
    assert_jq "$REPORT" "$runtime $eye: the cgroup is the one the kernel names" \
      '.containers[0].cgroup as $c | $kernel | split("\n") | any(endswith($c))' --rawfile kernel "$OUT"
    assert_match "$runtime $eye: the timeline tells it" \
      "$("$CTTRACE" render --width 200 "$TRACE")" \
      'systemd: StartTransientUnit .*\.scope slice=cttrace\.slice.* PIDs=\[[0-9]+\] +\(answered after'
  done
done

DENIED=org.freedesktop.DBus.Error.AccessDenied
for runtime in crun runc; do
  run_scope "$runtime-refused" "$runtime" "" --refuse "$DENIED" "Sender is not authorized here"
  assert_eq "$runtime: does not run when systemd refuses" "$((STATUS != 0))" 1
  assert_conversation "$runtime refused"
  assert_jq "$REPORT" "$runtime: the refusal has its name" '.containers[0].unit.error == $name' --arg name "$DENIED"
  assert_match "$runtime: the timeline tells why" \
    "$("$CTTRACE" render --width 250 "$TRACE")" 'AccessDenied: Sender is not authorized here'
  "$CTTRACE" explain --format json "$TRACE" >"$TMP/explained.json"
  assert_jq "$TMP/explained.json" "$runtime: the verdict is the answer, not a call" \
    '.kind == "decision" and .signature == "systemd-denied" and .confidence == "high" and
     (.remarks[] | select(.label == "seen") | .text | contains($name))' --arg name "$DENIED"
done

# A bus on which nobody is systemd: the error is the bus daemon's own.
if command -v dbus-daemon >/dev/null; then
  dbus-daemon --session --nofork --address="unix:path=$TMP/real.bus" >/dev/null 2>&1 &
  at_exit "kill $!"
  await test -S "$TMP/real.bus" || not_ok "dbus-daemon listens"
  bundle real crun '["/bin/true"]'
  DBUS_SYSTEM_BUS_ADDRESS=unix:path=$TMP/real.bus trace real \
    crun --root "$TMP/state" --systemd-cgroup run -b "$TMP/real" "cttrace-real-$$"
  "$CTTRACE" explain --format json "$TRACE" >"$TMP/explained.json"
  assert_jq "$TMP/explained.json" "crun and a real bus: systemd is not there" \
    '.kind == "decision" and .signature == "systemd-not-there"'
else
  skip "crun and a real bus" "dbus-daemon is not installed"
fi

# No bus at all.
bundle none runc '["/bin/true"]'
DBUS_SYSTEM_BUS_ADDRESS=unix:path=$TMP/no.bus trace none \
  runc --root "$TMP/state" --systemd-cgroup run -b "$TMP/none" "cttrace-none-$$"
"$CTTRACE" explain --format json "$TRACE" >"$TMP/explained.json"
assert_jq "$TMP/explained.json" "runc without a bus: connect" \
  '.kind == "call" and .call.name == "connect" and .signature == "systemd-no-bus"'
finish
