#!/bin/bash
# podman run with runc: two stages of clone with CLONE_PARENT, and a Go program besides.
. "${0%/*}/../lib.sh"
. "${0%/*}/podman.bash"
enter_testbed "$@"

podman_run runc --network=none
assert_podman runc
finish
