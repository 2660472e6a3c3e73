# shellcheck shell=bash
# One `podman run` under the tracer, compared with what podman, the kernel and the container
# say. Sourced by podman-*.sh.

# Sets ID, the container's id as podman says it.
podman_run() { # RUNTIME PODMAN-OPTION…
  local runtime=$1
  shift
  trace "$runtime" podman --runtime "$runtime" run --rm --cidfile "$TMP/cid" "$@" \
    localhost/busybox sh -c "$INSIDE"
  ID=$(cat "$TMP/cid")
  assert_eq "podman run works as without a tracer" "$STATUS $(wc -l <"$ERR")" "0 0"
}

assert_podman() { # RUNTIME
  local runtime=$1
  assert_container
  assert_privileges
  assert_jq "$REPORT" "it has podman's id" \
    '.containers[0].id as $id | ($id | length >= 12) and ($wanted | startswith($id))' \
    --arg wanted "$ID"
  assert_jq "$REPORT" "podman is the engine, $runtime the runtime, conmon the monitor" \
    '.containers[0] | .engine == "podman" and .runtime.name == $runtime' --arg runtime "$runtime"
  assert_jq "$REPORT" "roles: the processes" \
    '[.processes[] | select(.role == ("engine", "monitor", "runtime")) | {role, program:
      (.execs[0].path // "" | split("/")[-1])}] |
     contains([{role: "engine", program: "podman"}, {role: "monitor", program: "conmon"},
               {role: "runtime", program: $runtime}])' --arg runtime "$runtime"
  assert_jq "$REPORT" "the payload is what podman was told to run" \
    '.containers[0].payload.argv == ["sh", "-c", ($inside | escaped)]' --arg inside "$INSIDE"
  assert_jq "$REPORT" "its exit status" '.containers[0].exit.status == 0'
  assert_jq "$REPORT" "pivot_root: once, by the container's init" \
    '.containers[0].init.pid as $init | [calls("pivot_root").pid] == [$init]'
  assert_jq "$REPORT" "init went to a cgroup of its own" \
    '[.containers[0].cgroups[].to | select(contains($id))] | length >= 1' --arg id "$ID"
  assert_jq "$REPORT" "init is the payload in the end" \
    'process(.containers[0].init.pid) | .role == "payload" and .nspid == 1'
  assert_jq "$REPORT" "the trace is whole" '.complete and .exit.status == 0'
  assert_trace
}
