#!/bin/bash
# runc on a bundle: run; and create, start, kill, delete.
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"

run_at_once runc
create_and_start runc
finish
