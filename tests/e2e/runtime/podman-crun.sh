#!/bin/bash
# podman run with crun, without a network: the start that everything is measured by.
. "${0%/*}/../lib.sh"
. "${0%/*}/podman.bash"
enter_testbed "$@"

podman_run crun --network=none
assert_podman crun
assert_jq "$REPORT" "who moved the init into its cgroup, and by which file" \
  '.containers[0] as $c | [.events[] | select(.cgroup.pid == $c.init.pid and .cgroup.to == $c.cgroup)] |
   length >= 1 and (.[0] | .name == "write" and (text("fd") | contains("/cgroup.procs>")))'
finish
