#!/bin/bash
# crun on a bundle: run; and create, start, kill, delete.
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"

run_at_once crun
create_and_start crun
finish
