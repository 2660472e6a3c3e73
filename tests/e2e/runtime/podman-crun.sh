#!/bin/bash
# podman run with crun, without a network: the start that everything is measured by.
. "${0%/*}/../lib.sh"
. "${0%/*}/podman.bash"
enter_testbed "$@"

podman_run crun --network=none
assert_podman crun
finish
