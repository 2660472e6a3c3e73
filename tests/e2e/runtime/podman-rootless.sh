#!/bin/bash
# An ordinary user's podman. Cold: it makes a user namespace with newuidmap and leaves a pause
# process in it; a tracer must be root to let newuidmap have its privilege. Warm: it joins the
# pause process's namespaces, which an ordinary user's tracer sees as well.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need newuidmap slirp4netns

as_user=$E2E/runtimes/as-user.sh
"$as_user" --end
at_exit "$as_user --end"
run=(podman --runtime crun run --rm)

assert_rootless() { # HOW
  assert_eq "$1: podman run works as without a tracer" "$STATUS" 0
  assert_container
  assert_jq "$REPORT" "$1: the payload, and how it ended" \
    '.containers[0] | .payload.argv == ["sh", "-c", ($inside | escaped)] and .exit.status == 0' \
    --arg inside "$INSIDE"
  assert_jq "$REPORT" "$1: roles" \
    '[.processes[].role] | contains(["engine", "monitor", "runtime", "payload"])'
  assert_jq "$REPORT" "$1: the container's pivot_root" \
    '.containers[0].init.pid as $init | [calls("pivot_root") | select(.pid == $init)] | length == 1'
  assert_trace
}
map='map = $(sed -n "s/^ *1  *\([0-9]*\) .*/\1/p" /proc/self/uid_map)'
INSIDE="$INSIDE
echo \"$map\""

RUN_AS=("$as_user" --as-root)
cttrace cold -u cttrace-e2e -o TRACE -- "${run[@]}" --network=none localhost/busybox sh -c "$INSIDE"
assert_eq "cold: one line says that the pause process is still traced" "$(grep -c 'live on' "$ERR")" 1
"$as_user" --end
assert "cold: when it has ended, the trace is whole" await trace_is_whole
assert_rootless cold
assert_jq "$REPORT" "cold: newuidmap and newgidmap are seen at work" \
  '[.processes[] | select(.role == "idmap") | .execs[].path | split("/")[-1]] | sort == ["newgidmap", "newuidmap"]'
first_id=$(awk -F: '$1 == "cttrace-e2e" { print $2 }' /etc/subuid)
assert_eq "cold: the user's own range of ids is mapped" "$(jq .map <<<"$SAID")" "$first_id"
assert_jq "$REPORT" "cold: the report says so, too" \
  '.containers[0].id_maps.uid | any(.[0] == 1 and .[1] == $first)' --argjson first "$first_id"

assert_jq "$REPORT" "cold: its maps were written by newuidmap and newgidmap" \
  '. as $root | [.containers[0].id_maps.writes[] | select(.error == null) | . as $write |
    $root | process($write.by.pid) | "\($write.file) \(.execs[-1].path | split("/")[-1])"] |
   contains(["uid_map newuidmap", "gid_map newgidmap"])'

# This one makes the pause process for the next ones, untraced.
"$as_user" podman unshare true
cttrace warm -u cttrace-e2e -q -o TRACE -- "${run[@]}" localhost/busybox \
  sh -c "$INSIDE; echo \"address = \$(ip -4 addr show tap0 | sed -n 's/.*inet \([0-9.]*\).*/\1/p')\""
report
assert_eq "warm, with a network: works as without a tracer" "$STATUS" 0
assert_container
assert_match "it has slirp4netns's address" "$(jq -r .address <<<"$SAID")" '^10\.0\.2\.'
assert_jq "$REPORT" "slirp4netns is the network's" \
  '[.processes[] | select(.role == "network") | .execs[].path | split("/")[-1]] | index("slirp4netns") != null'
assert_jq "$REPORT" "slirp4netns entered the container's network namespace" \
  '. as $root | .networks[] | select(.inode == $said.net)
   | [.joined_by[].pid as $pid | $root | process($pid).role] | index("network") != null'
assert_jq "$REPORT" "the user namespace of the pause process is joined, not made" \
  '[calls("setns") | change("user").to] | unique == [$said.user]'

as_ordinary_user
RUN_AS=("$as_user")
trace user "${run[@]}" --network=none localhost/busybox sh -c "$INSIDE"
assert_rootless "ordinary user"
finish
