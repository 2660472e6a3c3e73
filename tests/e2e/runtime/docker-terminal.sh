#!/bin/bash
# docker run -it at a terminal, the client traced: a shell in a container, used as people use one.
# All that comes back from it is as untraced.
. "${0%/*}/../lib.sh"
. "${0%/*}/../terminal.bash"
. "${0%/*}/attach.bash"
enter_testbed "$@"
need python3 dockerd docker

start_dockerd --log-level=warn
mkdir "$TMP/shared"
export SHARED=$TMP/shared IMAGE=busybox RUN="docker run -it --network none --hostname box"
# Docker tells a container the size when it runs already, and a line editor draws its line again.
export SIZED='{ [ "$(stty size </proc/$(docker inspect -f {{.State.Pid}} $(docker ps -q))/fd/0)" = "24 80" ]; } 2>/dev/null'

assert_same_at_terminal session "${0%/*}/session.steps"
assert_modes_are_restored session
assert "session: the trace is whole" await trace_is_whole
assert_trace
assert_jq "$REPORT" "and ends as the container's shell does" '.exit.status == 7'
finish
