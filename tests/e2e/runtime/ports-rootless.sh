#!/bin/bash
# A published port of an ordinary user's container: no packet filter is his to change, so a
# process listens on the host and takes what comes into the container's network.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need newuidmap slirp4netns ss

as_user=$E2E/runtimes/as-user.sh
"$as_user" --end
at_exit "$as_user --end"
"$as_user" podman unshare true
RUN_AS=("$as_user" --as-root)

# The kernel's own list says who listens; between its fork and exec a child seems to, as well.
listens() { [ "$(ss -Hltnp "sport = :$1" | grep -o pid= | wc -l)" = 1 ]; }
listener() { ss -Hltnp "sport = :$1" | sed -n 's/.*(("\([^"]*\)",pid=\([0-9]*\),.*/\2 \1/p'; }
visit() { exec 3<>"/dev/tcp/127.0.0.1/$1" && cat <&3 >"$TMP/answer" && [ -s "$TMP/answer" ]; }
reach() { (visit "$1") 2>/dev/null; }
# The container answers one visitor, and ends.
visitor() { # PORT
  await listens "$1"
  listener "$1" >"$TMP/listener"
  await reach "$1"
}
inside='echo "address = $(ip -4 addr show tap0 | sed -n "s/.*inet \([0-9.]*\).*/\1/p")"
  echo answered | nc -l -p 80'


port=18095
visitor $port &
cttrace rootless -u cttrace-e2e -q -o TRACE -- podman --runtime crun run --rm -p $port:80 \
  --network slirp4netns localhost/busybox sh -c "$inside"
report
wait $!
assert_eq "it runs" "$STATUS" 0
assert_eq "a visitor of the port is in the container" "$(cat "$TMP/answer")" answered
assert_jq "$REPORT" "the port leads to the container's address, through who listens" \
  '.containers[0].namespaces.net.to as $net | .networks[] | select(.inode == $net) | .ports ==
   ["\($port)/tcp → \($said.address):80, through \($program) \($listener)"]' \
  --argjson port $port --argjson listener "$(cut -d ' ' -f 1 "$TMP/listener")" \
  --arg program "$(cut -d ' ' -f 2 "$TMP/listener")"
assert_jq "$REPORT" "who listens is not in the container, and works for its network" \
  'process($listener) | .role == "network"' --argjson listener "$(cut -d ' ' -f 1 "$TMP/listener")"
assert_match "the timeline says it" "$("$CTTRACE" render "$TRACE")" "listens on $port/tcp"

# slirp4netns's child makes the tap device where the container is, and passes it to its parent.
assert_jq "$REPORT" "the tap device is handed over, from who is in the container's network to who is not" \
  '. as $root | .containers[0].namespaces.net.to as $net |
   [.handovers[] | select(.label == "descriptor: /dev/net/tun") |
    . as $over | $root | process($over.from.pid) as $from | process($over.to.pid) as $to |
    ($from.namespaces | any(.to == $net)) and ($to.namespaces | all(.to != $net)) and
    $from.creator.pid == $to.pid] == [true]'
finish
