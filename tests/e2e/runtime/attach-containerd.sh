#!/bin/bash
# ctr run: the container is no descendant of ctr. So containerd is what is attached to.
. "${0%/*}/../lib.sh"
. "${0%/*}/attach.bash"
enter_testbed "$@"
need containerd ctr

image=localhost/busybox:latest
client() { ctr -a "$TMP/socket" "$@"; }
start_containerd() {
  mount -t tmpfs -o mode=755 tmpfs /run
  cat >"$TMP/config.toml" <<EOF
version = 2
root = "$TMP/root"
state = "$TMP/state"
disabled_plugins = ["io.containerd.grpc.v1.cri"]
[grpc]
  address = "$TMP/socket"
EOF
  containerd -c "$TMP/config.toml" >"$TMP/containerd.log" 2>&1 &
  DAEMON=$!
  at_exit "kill $DAEMON; wait $DAEMON"
  assert "containerd is up" await client version
  podman save -q --format docker-archive -o "$TMP/busybox.tar" "$image"
  client image import "$TMP/busybox.tar" >/dev/null
}
start_containerd
containers=$TMP/containers
run() { client run --rm "$image" "$1" echo "$1"; }

attach live "$DAEMON" -p "$DAEMON"
assert_eq "ctr run works as without a tracer" "$(run first 2>&1)" first
detach "$DAEMON"
assert_started '["echo", "first"]'
assert_roles daemon=containerd monitor=containerd-shim-runc-v2 runtime=runc
assert_jq "$REPORT" "containerd ran before the tracer came" \
  '[.processes[] | select(.birth == "attached") | .pid] == [$pid]' --argjson pid "$DAEMON"
assert_eq "the next container works, too" "$(run second 2>&1)" second

# A container that is there when we come, and stays when we go.
end_container() {
  client task kill -s KILL stays
  await sh -c "ctr -a '$TMP/socket' task ls | grep -q 'stays.*STOPPED'"
  client task rm stays
  client container rm stays
}
at_exit end_container
client run -d "$image" stays sleep 1000 >/dev/null
shim=$(pgrep -P 1 -f "containerd-shim.*-id stays" | head -n 1)
attach named "$shim" --exec-name containerd,containerd-shim-runc-v2
assert_eq "a second process in it" "$(client task exec --exec-id more stays echo more)" more
detach "$DAEMON" "$shim"
assert_jq "$REPORT" "what joined: a runtime at work" \
  '[.processes[] | select(.role == "runtime")] | length >= 1'
client task ls >"$containers"
assert_match "the container runs on" "$(cat "$containers")" 'stays .*RUNNING'

# Only what it starts: its own threads are never stopped.
attach key "$DAEMON" --depth key -p "$DAEMON"
assert "which is said" await grep -q 'only what it starts is seen' "$ERR"
assert_eq "ctr run works" "$(run third 2>&1)" third
detach "$DAEMON"
assert_started '["echo", "third"]'
assert_jq "$REPORT" "no call of containerd itself" \
  '[.events[] | select(.pid == $pid and .args != null and .result != null)] == []' --argjson pid "$DAEMON"
finish
