#!/bin/bash
# ip(8) builds a network, recorded by strace and by cttrace: both tell of the same networks.
. "${0%/*}/../lib.sh"
. "${0%/*}/network.bash"
need_root
need strace jq ip

build+='
echo "ours = $(stat -L -c %i /proc/self/ns/net)"
echo "bridge = $(ip -j link show br0 | jq ".[].ifindex")"'

# The number of a namespace is another one in each run; of a link's master strace has the
# number alone.
networks() { # REPORT
  jq -S '([.networks[] | {key: "\(.inode)", value: (if .host then "host" else .path end)}] | from_entries) as $name
    | def named: if . then $name["\(.)"] else . end;
    {networks: [.networks[] | {
      name: (.inode | named), path, made: (.made_by != null), bound: (.bound_by != null),
      joined: (.joined_by | length), routes,
      interfaces: [.interfaces[] | {name, kind, peer, addresses, mtu, up, removed,
        by: (.by != null), peer_net: (.peer_net | named), moved_from: (.moved_from | named)}]
    }] | sort_by(.name),
    requests: [.network_requests[] | {net: (.net | named), type, error, message, answered: (.answer != null),
      words: (.words | gsub("net [0-9]+"; "net N") | sub("on (br0|interface [0-9]+), up"; "on its bridge, up"))}]}' "$1"
}

RUN_AS=(unshare --mount --net --propagation private)
trace ip sh -c "$build"
told=$(networks "$REPORT")
assert_jq "$REPORT" "there is something to be told" '.networks | length == 2'
for options in "-ttt -yy -v" ""; do
  name=log${options// /}
  # shellcheck disable=SC2086
  "${RUN_AS[@]}" strace -f $options -s 65535 -o "$TMP/$name" sh -c "$build" >"$TMP/$name.out" 2>&1
  SAID=$(said "$TMP/$name.out") TRACE=$TMP/$name.jsonl REPORT=$TMP/$name.json
  "$CTTRACE" import -q "$TMP/$name" -o "$TRACE"
  report
  got=$(networks "$REPORT")
  assert_eq "strace $options: the same networks and requests" "$(diff <(echo "$told") <(echo "$got"))" ""
  assert_jq "$REPORT" "strace $options: the bridge of veth0 is the one of that name, or of that number" \
    '.networks[] | select(.host).interfaces[] | select(.name == "veth0").master
     | . == "br0" or . == "interface \($said.bridge)"'
  # without -yy, strace tells no number of a namespace
  [ -z "$options" ] || assert_jq "$REPORT" "a number that the log tells is the kernel's" \
    '.networks[] | select(.host).inode == $said.ours'
done
assert_trace
finish
