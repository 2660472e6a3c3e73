# shellcheck shell=bash
# Recording a service that runs already, while a client of it starts a container. Sourced by
# attach-*.sh.

# Who traces a process; every thread of it must have the same answer.
tracers_of() { # PID
  awk '$1 == "TracerPid:" { print $2 }' "/proc/$1"/task/*/status | sort -u | paste -sd ' '
}
is_traced() { [ "$(tracers_of "$1")" != 0 ]; }

# A daemon of our own, and an image for it. Sets DAEMON, CONTAINERD.
start_dockerd() { # OPTION…
  export DOCKER_HOST=unix://$TMP/socket DOCKER_CONFIG=$TMP
  mount -t tmpfs -o mode=755 tmpfs /run
  dockerd --data-root "$CT_TESTBED/docker" --exec-root "$TMP/exec" --pidfile "$TMP/docker.pid" \
    --host "$DOCKER_HOST" "$@" >"$TMP/dockerd.log" 2>&1 &
  DAEMON=$!
  at_exit "kill $DAEMON; wait $DAEMON; umount -R '$TMP/exec'"
  assert "dockerd is up" await docker version
  CONTAINERD=$(pgrep -P "$DAEMON" containerd)
  assert "and its containerd" test -n "$CONTAINERD"
  docker image inspect busybox >"$TMP/image" 2>&1 ||
    docker import -c 'CMD ["/bin/sh"]' "$CT_TESTBED/busybox.tar" busybox >"$TMP/image"
}

# Starts cttrace in the background. Sets TRACER, ERR, TRACE, REPORT.
attach() { # NAME PID ARGUMENT…
  local name=$1 pid=$2
  shift 2
  ERR=$TMP/$name.err TRACE=$TMP/$name.jsonl REPORT=$TMP/$name.json
  "$CTTRACE" -o "$TRACE" "$@" 2>"$ERR" </dev/null &
  TRACER=$!
  at_exit "kill $TRACER"
  assert "attached: every thread is traced" await is_traced "$pid"
}

# Ends it as Ctrl-C does. All goes on as if nothing had been.
detach() { # PID…
  local pid status=0
  kill -INT "$TRACER"
  wait "$TRACER" || status=$?
  assert_eq "Ctrl-C ends the recording, with status 0" "$status" 0
  for pid; do
    assert_eq "process $pid runs on, without a tracer" "$(tracers_of "$pid")" 0
  done
  report
  assert_jq "$REPORT" "the trace is whole" '.complete and .exit == null and .command == []'
}

# The container that was started meanwhile: what is known of it without its client.
assert_started() { # PAYLOAD-AS-JSON
  assert_jq "$REPORT" "there is one container" '.containers | length == 1'
  assert_jq "$REPORT" "its payload ran" '.containers[0].payload.argv == $argv' --argjson argv "$1"
  assert_jq "$REPORT" "its init is process 1 inside" '.containers[0].init.nspid == 1'
  assert_jq "$REPORT" "namespaces of its own" \
    '.containers[0].namespaces | .mnt.how, .pid.how, .ipc.how, .uts.how | . != "shared" and . != null'
  assert_jq "$REPORT" "pivot_root: once, by init" \
    '.containers[0].init.pid as $init | [calls("pivot_root").pid] == [$init]'
}
assert_roles() { # ROLE=PROGRAM…
  local word
  for word; do
    assert_jq "$REPORT" "${word#*=} is $(sed 's/^[aeiou]/an &/; t; s/^/a /' <<<"${word%%=*}")" \
      '[.processes[] | select(.execs[].path // "" | split("/")[-1] == $program) | .role] |
       unique | contains([$role])' --arg role "${word%%=*}" --arg program "${word#*=}"
  done
}
