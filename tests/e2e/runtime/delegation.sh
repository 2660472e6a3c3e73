#!/bin/bash
# cgroups that a runtime may not make, or that lack what was asked for: version 2 alone, as root
# and as an ordinary user. What is there, and to whom it belongs, is what the kernel's files say.
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"

only_cgroup2
as_user=$E2E/runtimes/as-user.sh
uid=$(id -u cttrace-e2e)
top=/sys/fs/cgroup/cttrace-delegation-$$
mkdir "$top"
at_exit "rmdir $top/*/* $top/* $top"

configure() { # NAME RUNTIME JQ-EXPRESSION
  bundle "$1" "$2" '["/bin/true"]'
  jq --argjson uid "$uid" --arg cgroup "${top#/sys/fs/cgroup}/$1" \
    "(.linux.cgroupsPath = \$cgroup) | $3" "$TMP/$1/config.json" >"$TMP/$1/new.json"
  mv "$TMP/$1/new.json" "$TMP/$1/config.json"
}
explained() { # NAME
  report
  assert_eq "$1: does not run" "$((STATUS != 0))" 1
  "$CTTRACE" explain --format json "$TRACE" >"$TMP/$1.explained.json"
}
verdict() { jq -r '[.call.name, .call.error, .signature] | join(" ")' "$TMP/$1.explained.json"; }

# -------- a controller that the cgroup does not have --------

if grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
  skip "a controller that is not delegated" "version 2 has memory here, and root's runtimes enable it themselves"
else
  for runtime in crun runc; do
    name=no-memory-$runtime
    configure "$name" "$runtime" '.linux.resources = {memory: {limit: 100000000}}'
    trace "$name" "$runtime" --root "$TMP/state" run -b "$TMP/$name" "cttrace-$name-$$"
    explained "$name"
    assert_match "$runtime: its message names the file" "$(cat "$ERR")" 'memory\.max.*[Nn]o such file'
    assert_match "$runtime: which is the verdict, and why it is not there" "$(verdict "$name")" \
      '^openat2? ENOENT cgroup-no-file$'
  done
fi

# -------- a cgroup that is not his --------

as_him='.linux.resources = {pids: {limit: 100}} | .linux.namespaces += [{type: "user"}] |
  .linux.uidMappings = [{containerID: 0, hostID: $uid, size: 1}] | .linux.gidMappings = .linux.uidMappings |
  .linux.namespaces |= map(select(.type != "network")) |
  .mounts |= map(select(.destination != "/sys") | if .destination == "/dev/pts" then .options -= ["gid=5"] else . end)'
run_as_him() { # NAME RUNTIME
  configure "$1" "$2" "$as_him"
  install -d -m 755 -o cttrace-e2e "$TMP/$1.state"
  install -d -m 777 "$TMP/$1.traces"
  TRACE_DIR=$TMP/$1.traces
  RUN_AS=("$as_user" --as-root)
  cttrace "$1" -u cttrace-e2e -q -o TRACE -- "$2" --root "$TMP/$1.state" run -b "$TMP/$1" "cttrace-$1-$$"
  RUN_AS=()
}
assert_eq "the cgroup is root's" "$(stat -c %u "$top")" 0
for runtime in crun runc; do
  name=not-his-$runtime
  run_as_him "$name" "$runtime"
  explained "$name"
  assert_match "$runtime: its message: it may not" "$(cat "$ERR")" 'cttrace-delegation.*[Pp]ermission denied'
  assert_match "$runtime: which is the verdict, and whose cgroup it is" "$(verdict "$name")" \
    '^[a-z0-9]+ EACCES cgroup-(denied|subtree-denied|procs-denied)$'
  assert_jq "$TMP/$name.explained.json" "$runtime: the user that it was refused to is told" \
    '[.remarks[].text] | any(contains("uid \($uid)"))' --argjson uid "$uid"
done
finish
