#!/bin/bash
# podman run on its default network: the container joins a namespace that netavark filled.
. "${0%/*}/../lib.sh"
. "${0%/*}/podman.bash"
enter_testbed "$@"

INSIDE="$INSIDE
echo \"address = \$(ip -4 addr show eth0 | sed -n 's/.*inet \([0-9.]*\).*/\1/p')\""
podman_run crun
assert_podman crun
assert_match "the container has an address" "$(jq -r .address <<<"$SAID")" '^10\.88\.'
assert_jq "$REPORT" "the network namespace was joined, not made by the runtime" \
  '.containers[0].namespaces.net.how == "setns"'
assert_jq "$REPORT" "somebody made it before, by unshare" \
  '[calls("unshare") | change("net").to] | index($said.net) != null'
assert_jq "$REPORT" "netavark is the network's" \
  '[.processes[] | select(.role == "network") | .execs[].path | split("/")[-1]] | index("netavark") != null'
finish
