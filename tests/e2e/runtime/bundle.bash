# shellcheck shell=bash
# An OCI runtime on a bundle, without an engine. Sourced by crun-bundle.sh and runc-bundle.sh.

# Cgroups of version 2 alone, in this mount namespace.
only_cgroup2() {
  [ "$(stat -f -c %T /sys/fs/cgroup)" != cgroup2fs ] || return 0
  umount -R -l /sys/fs/cgroup
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
}

# A bundle of its own for this test, from the testbed's.
bundle() { # NAME RUNTIME ARGUMENTS-AS-JSON
  mkdir -p "$TMP/$1"
  jq --argjson args "$3" '.process.args = $args | .hostname = "bundle-host"' \
    "$CT_TESTBED/bundle/$2/config.json" >"$TMP/$1/config.json"
}

run_at_once() { # RUNTIME
  local runtime=$1 id=cttrace-run-$$
  at_exit "$runtime --root $TMP/state delete -f $id"
  bundle run "$runtime" "$(jq -nc --arg inside "$INSIDE" '["/bin/sh", "-c", $inside]')"
  trace "$runtime" "$runtime" --root "$TMP/state" run -b "$TMP/run" "$id"
  assert_eq "$runtime run works as without a tracer" "$STATUS $(wc -l <"$ERR")" "0 0"
  assert_container
  assert_privileges
  assert_jq "$REPORT" "$runtime is found, and no engine" \
    '.containers[0] | .runtime.name == $runtime and (.engine // "") == ""' --arg runtime "$runtime"
  assert_jq "$REPORT" "the id is the one we gave" '.containers[0].id == $id' --arg id "$id"
  assert_jq "$REPORT" "the host's name" '.containers[0].hostname == $said.hostname'
  assert_jq "$REPORT" "pivot_root: once, by init" \
    '.containers[0].init.pid as $init | [calls("pivot_root").pid] == [$init]'
  assert_jq "$REPORT" "a cgroup of its own" \
    '[.containers[0].cgroups[].to | select(contains($id))] | length >= 1' --arg id "$id"
  assert_jq "$REPORT" "payload and exit status" \
    '.containers[0] | .payload.argv == ["/bin/sh", "-c", ($inside | escaped)] and .exit.status == 0' \
    --arg inside "$INSIDE"
  assert_jq "$REPORT" "roles of the runtime and of its child" \
    '[process(.containers[0].init.pid).role] == ["payload"] and any(.processes[]; .role == "runtime")'
  assert_trace
}

# create and start are two commands: init waits in between, and outlives the first.
create_and_start() { # RUNTIME
  local runtime=$1 id=cttrace-life-$$ run=("$1" --root "$TMP/state")
  at_exit "${run[*]} delete -f $id"
  bundle life "$runtime" '["/bin/sleep", "1000"]'
  TRACE=$TMP/create.jsonl REPORT=$TMP/create.json
  assert "create returns" timeout 30 "$CTTRACE" -q -o "$TRACE" -- \
    "${run[@]}" create -b "$TMP/life" "$id"
  "${run[@]}" state "$id" >"$TMP/state.json"
  assert_eq "it is created" "$(jq -r .status "$TMP/state.json")" created
  local pid
  pid=$(jq .pid "$TMP/state.json")
  cut -d: -f3- "/proc/$pid/cgroup" >"$TMP/cgroups"
  assert "start works on a container whose init is traced" "${run[@]}" start "$id"
  assert_eq "it runs" "$("${run[@]}" state "$id" | jq -r .status)" running
  # a trace of its own, of somebody who joins what was there before
  "$CTTRACE" -q -o "$TMP/exec.jsonl" -- "${run[@]}" exec "$id" sh -c "$INSIDE" >"$TMP/exec.out"
  "$CTTRACE" render -f json "$TMP/exec.jsonl" >"$TMP/exec.json"
  SAID=$(said "$TMP/exec.out") assert_jq "$TMP/exec.json" "exec: one container, older, with the id that was told, and the kernel's numbers" \
    '(.containers | length == 1) and (.containers[0] | .older and .id == $id and .runtime.name == $runtime and
      .namespaces.mnt.to == $said.mnt and .namespaces.pid.to == $said.pid and .namespaces.net.to == $said.net)' \
    --arg id "$id" --arg runtime "$runtime"
  assert "kill works" "${run[@]}" kill "$id" KILL
  assert "its end is seen" await sh -c "${run[*]} state $id | jq -e '.status == \"stopped\"'"
  assert "delete works" "${run[@]}" delete "$id"
  assert "the trace ends with the container" await trace_is_whole
  assert_jq "$REPORT" "init is the one that $runtime state names" '.containers[0].init.pid == $pid' \
    --argjson pid "$pid"
  assert_jq "$REPORT" "its cgroup is one that /proc/PID/cgroup names" \
    '.containers[0].cgroup as $c | $c != null and ($paths | split("\n") | index($c) != null)' \
    --rawfile paths "$TMP/cgroups"
  assert_jq "$REPORT" "the payload ran, although another command let it" \
    '.containers[0].payload.argv == ["/bin/sleep", "1000"]'
  assert_jq "$REPORT" "and was killed" '.containers[0].exit.signal == "SIGKILL"'
}
