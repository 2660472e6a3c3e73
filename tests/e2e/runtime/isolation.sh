#!/bin/bash
# What keeps a container apart: each option that takes a wall away, and a hardened start.
# Compared with podman inspect, and with what the container's own /proc/self/status says.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

STATUS_INSIDE="$INSIDE"'
sed -n "s/^\(Uid\|Seccomp\):[[:space:]]*\([0-9]*\).*/\1 = \2/p" /proc/self/status
echo "groups = $(sed -n "s/^Groups:[[:space:]]*//p" /proc/self/status)"
for mount in shared slave private; do
  echo "$mount = $(awk "\$5 == \"/$mount\" { for (i = 7; \$i != \"-\"; i++) printf \"%s \", \$i }" /proc/self/mountinfo)"
done
echo "cpus = $(cat /sys/fs/cgroup/cpuset/cpuset.cpus /sys/fs/cgroup/cpuset.cpus 2>/dev/null)"
'
run() { # NAME PODMAN-OPTION…; sets INSPECT
  local name=$1
  shift
  at_exit "podman rm -f cttrace-$name-$$"
  trace "$name" podman run --name "cttrace-$name-$$" "$@" localhost/busybox sh -c "$STATUS_INSIDE"
  assert_eq "$name: runs" "$STATUS" 0
  INSPECT=$(podman inspect "cttrace-$name-$$" | jq '.[0]')
}
# The row of an aspect; open: whether it is marked.
aspect() { echo ".containers[0].isolation[] | select(.aspect == \"$1\")"; }
assert_open() { # NAME ASPECT STATE-REGEX
  assert_jq "$REPORT" "$1: $2: open" "$(aspect "$2")"' | .open and (.state | test($state))' --arg state "$3"
}
assert_kept() { # NAME ASPECT STATE-REGEX
  assert_jq "$REPORT" "$1: $2: kept apart" "$(aspect "$2")"' | (.open | not) and (.state | test($state))' \
    --arg state "$3"
}
# Facts that both sides know, whatever the options were.
assert_facts() { # NAME
  local mask count=0
  mask=$((16#$(jq -r .CapEff <<<"$SAID")))
  while [ "$mask" -ne 0 ]; do count=$((count + (mask & 1))) mask=$((mask >> 1)); done
  assert_jq "$REPORT" "$1: capabilities as the kernel counts them ($count)" \
    "$(aspect capabilities)"' | .state == (if $n == 0 then "none" else "\($n) of 41" end)' --argjson n "$count"
  assert_jq "$REPORT" "$1: no_new_privs as the kernel says" \
    "$(aspect no_new_privs)"' | .state == (if $said.NoNewPrivs == 1 then "on" else "off" end)'
  assert_jq "$REPORT" "$1: the user as the kernel says" \
    "$(aspect user)"' | .open == ($said.Uid == 0)'
  outside >"$TMP/outside"
  assert_jq "$REPORT" "$1: namespaces: shared are those with our numbers" \
    '[.containers[0].isolation[] | select(.aspect | test("^(mnt|pid|ipc|uts|user|cgroup) namespace$")) |
      select((.state == "shared with the host") !=
             ($said[.aspect | split(" ")[0]] == $outside[.aspect | split(" ")[0]]))] == []' \
    --argjson outside "$(said "$TMP/outside")"
  assert_eq "$1: the root is read-only if podman says so" \
    "$(jq -r "$(aspect "root file system") | .state == \"read-only\"" "$REPORT")" \
    "$(jq -r .HostConfig.ReadonlyRootfs <<<"$INSPECT")"
  assert_eq "$1: a limit of processes if podman says so" \
    "$(jq -r "$(aspect "pids limit") | .detail // \"\" | ltrimstr(\"pids.max = \")" "$REPORT")" \
    "$(jq -r '.HostConfig.PidsLimit | select(. > 0)' <<<"$INSPECT")"
}

run default --network=none
assert_facts default
assert_kept default "pid namespace" '^private$'
assert_kept default "net namespace" '^private$'
assert_kept default seccomp 'instructions'
assert_jq "$REPORT" "default: how many calls its filter denies, as many as the report names" \
  '(.containers[0].seccomp.denied | length) as $n | $n > 40 and
   ('"$(aspect seccomp)"' | .detail | startswith("denies \($n) calls ("))'
assert_kept default "host devices" usual
assert_kept default "kernel files" protected
assert_kept default "writable host paths" '^none$'
assert_kept default "engine socket" 'not in reach'
assert_kept default "pids limit" '2048 processes'
assert_open default "memory limit" '^none$'
assert_open default "root file system" '^writable$'
cp "$REPORT" "$TMP/plain.json"

mkdir "$TMP/peer"
mount -t tmpfs peer "$TMP/peer"
mount --make-shared "$TMP/peer"
at_exit "umount -l $TMP/peer"
run facts --network=none --cpuset-cpus=0 --group-add 20 --group-add 44 \
  -v "$TMP/peer:/shared:rshared" -v "$TMP/peer:/slave:rslave" -v "$TMP/peer:/private:rprivate"
assert_facts facts
assert_jq "$REPORT" "facts: supplementary groups as the kernel lists them" \
  "$(aspect user)"' | ($said.groups | rtrimstr(" ")) as $groups | $groups == "20 44" and
   (.detail | endswith("in groups \($groups) of the host"))'
assert_jq "$REPORT" "facts: they are those of config.json" \
  '.containers[0].asked.items[] | select(.aspect == "groups") | (.asked | split(" ") | sort) == ["20", "44"] and .match == "same"'
assert_jq "$REPORT" "facts: what reaches the host, and what comes from there, as mountinfo has it" \
  "$(aspect "mount propagation")"' | .open and
   ($said.shared | startswith("shared:")) and ($said.slave | startswith("master:")) and $said.private == "" and
   (.detail | split(", ") | sort) == ["/shared to the host and back", "/slave from the host"]'
assert_jq "$REPORT" "facts: which is what config.json asked for" \
  '[.containers[0].asked.items[] | select(.aspect == "mount" and (.name | test("^/(shared|slave|private)$"))) |
    .match] == ["same", "same", "same"]'
assert_jq "$REPORT" "facts: CPUs as the kernel has them, told once" \
  '[.containers[0].limits[] | select(.file == "cpuset.cpus" and .above == null and (.replaced | not))] as $cpus |
   ($cpus | length) == 1 and $cpus[0].value == "\($said.cpus)" and $said.cpus == 0'
assert_eq "facts: in the view, too" "$("$CTTRACE" render --view isolation "$TRACE" |
  grep 'cpuset.cpus = ' | grep -vc 'all of')" 1

run privileged --network=none --privileged
assert_facts privileged
assert_open privileged capabilities '^[0-9]{2} of 41$'
assert_jq "$REPORT" "privileged: the dangerous ones are marked, the others not" \
  "$(aspect capabilities)"' | .detail | test("cap_sys_admin \\(!\\)") and test("cap_chown,")'
assert_open privileged seccomp 'no filter'
assert_open privileged "host devices" '^[0-9]+$'
assert_open privileged "kernel files" open
assert_match "privileged: the view says why it matters" \
  "$("$CTTRACE" render --view isolation "$TRACE")" 'a disk or memory device goes around'

mkdir -p "$TMP/engine"
: >"$TMP/engine/podman.sock" # that it is no socket makes no difference to a mount
run socket --network=none -v "$TMP/engine/podman.sock:/run/podman/podman.sock"
assert_facts socket
assert_open socket "engine socket" mounted
assert_jq "$REPORT" "socket: which one" "$(aspect "engine socket")"' | .detail | contains($path)' \
  --arg path "$TMP/engine/podman.sock"
assert_open socket "writable host paths" '^1$'

run volumes --network=none -v "$TMP/engine:/rw" -v /etc:/ro:ro
assert_jq "$REPORT" "volumes: writable ones, and the others" \
  "($(aspect "writable host paths")) as \$rw | ($(aspect "read-only host paths"))"' as $ro |
   $rw.detail == "\($host) at /rw" and $ro.detail == "/etc at /ro" and $rw.open and ($ro.open | not)' \
  --arg host "$TMP/engine"

run host-network --network=host
assert_facts host-network
assert_open host-network "net namespace" 'shared with the host'
assert_kept host-network "pid namespace" '^private$'

run host-pid --network=none --pid=host
assert_facts host-pid
assert_open host-pid "pid namespace" 'shared with the host'

run all-capabilities --network=none --cap-add=ALL
assert_facts all-capabilities
assert_open all-capabilities capabilities '^[0-9]{2} of 41$'
assert_kept all-capabilities "host devices" usual

run no-seccomp --network=none --security-opt seccomp=unconfined
assert_facts no-seccomp
assert_open no-seccomp seccomp 'no filter'

run hardened --network=none --user 1000:1000 --cap-drop=ALL --read-only \
  --security-opt=no-new-privileges --memory 512m --cpus 0.5 --pids-limit 64
assert_facts hardened
assert_kept hardened capabilities '^none$'
assert_kept hardened user '^user 1000'
assert_kept hardened no_new_privs '^on$'
assert_kept hardened "root file system" '^read-only$'
assert_kept hardened "memory limit" '^512 MiB at most'
assert_kept hardened "cpu limit" '^half a CPU'
assert_kept hardened "pids limit" '^64 processes'
assert_eq "hardened: podman's idea of its memory" "$(jq .HostConfig.Memory <<<"$INSPECT")" $((512 << 20))

# They come out different from each other, and from a start without options.
for name in privileged socket host-network host-pid all-capabilities no-seccomp hardened; do
  assert_eq "$name: not the summary of a plain start" \
    "$(jq -s '.[0].containers[0].isolation == .[1].containers[0].isolation' "$TMP/plain.json" "$TMP/$name.json")" \
    false
done
finish
