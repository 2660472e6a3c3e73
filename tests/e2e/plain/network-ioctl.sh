#!/bin/bash
# Networks that are made with ioctl(2), and with sockets that another task has opened: BusyBox,
# slirp4netns, pasta. The report has them as the kernel has them at the end.
. "${0%/*}/../lib.sh"
need_root
need jq ip busybox slirp4netns pasta
[ -c /dev/net/tun ] || cannot "needs /dev/net/tun"

# What the kernel says of a network namespace: links with their addresses, and routes.
truth=$TMP/truth
cat >"$truth" <<'TRUTH'
#!/bin/bash
links='map(select(.ifname != "lo")) | map({name: .ifname, mtu, master, up: (.flags | index("UP") != null),
  addresses: [.addr_info[] | select(.scope == "global") | "\(.local)/\(.prefixlen)"]})'
routes='map(select(.protocol != "kernel") |
  (if .dst == "default" or (.dst | contains("/")) then .dst else .dst + "/32" end) +
  (if .gateway then " via \(.gateway)" else " dev \(.dev)" end)) | sort'
echo "net = $(stat -L -c %i /proc/self/ns/net)"
echo "links = $(ip -j addr | jq -c "$links")"
echo "routes = $({ ip -j route; ip -j -6 route; } | jq -cs "add | $routes")"
echo "lo = $(ip -j link show lo | jq '.[].flags | index("UP") != null')"
TRUTH
chmod 755 "$truth"
net='(.networks[] | select(.inode == $said.net))'

assert_network() { # NAME
  assert_eq "$1: works as without a tracer" "$STATUS" 0
  assert_jq "$REPORT" "$1: interfaces, addresses and what is up, as the kernel says" \
    "[$net.interfaces[] | select(.name != \"lo\") | {name, up, addresses}] ==
     [\$said.links | fromjson[] | {name, up, addresses}]"
  assert_jq "$REPORT" "$1: the mtu, where somebody has set it" \
    "$net.interfaces[] | select(.mtu) | .mtu as \$mtu | .name as \$name |
     (\$said.links | fromjson[] | select(.name == \$name).mtu) == \$mtu"
  assert_jq "$REPORT" "$1: the loopback" \
    "$net.interfaces[] | select(.name == \"lo\") | .up == (\$said.lo == \"true\")"
  assert_jq "$REPORT" "$1: routes" \
    "[$net.routes[] | if contains(\" via \") then sub(\" dev .*\"; \"\") else . end] | sort ==
     (\$said.routes | fromjson)"
}

# -------- BusyBox: all by ioctl; its sockets are of three address families --------
trace busybox unshare -n sh -c "busybox ifconfig lo up
  busybox tunctl -t tap7 >/dev/null
  busybox ifconfig tap7 10.9.0.1 netmask 255.255.255.0 up mtu 1300
  busybox ifconfig tap7 10.9.0.9
  busybox ifconfig tap7 add fd00::1/64
  busybox route add -net 10.10.0.0 netmask 255.255.0.0 gw 10.9.0.2
  busybox route add -host 10.44.0.1 dev tap7
  busybox route add default gw 10.9.0.3
  busybox route del default gw 10.9.0.3
  busybox brctl addbr br7 && busybox brctl addif br7 tap7
  busybox ifconfig br7 192.168.7.1
  busybox ifconfig br7 up && busybox ifconfig br7 down
  busybox route add -net 10.77.0.0 netmask 255.255.0.0 gw 172.31.0.1 2>'$TMP/refused'
  $truth"
assert_network busybox
assert_jq "$REPORT" "busybox: the tap is a port of the bridge" \
  "$net.interfaces[] | select(.name == \"tap7\") | .kind == \"tap\" and .master == (\$said.links | fromjson[0].master)"
assert_jq "$REPORT" "busybox: one request was refused, for the reason that route prints" \
  '[.network_requests[] | select(.error)] | length == 1 and
   (.[0] | .type == "SIOCADDRT" and .error == "ENETUNREACH" and .words == "route 10.77.0.0/16 via 172.31.0.1")'
assert_match "busybox: route prints that" "$(cat "$TMP/refused")" 'SIOCADDRT: Network is unreachable'
"$CTTRACE" render "$TRACE" >"$TMP/timeline"
for line in 'tap tap7$' 'addr 10\.9\.0\.1 on tap7$' 'netmask /24 on tap7$' 'tap7 on br7$'; do
  assert_match "busybox: the timeline has it" "$(cat "$TMP/timeline")" "$line"
done
assert_match "busybox: the view says how" "$("$CTTRACE" render --view network "$TRACE")" \
  'requests over netlink and by ioctl'
assert_trace

# -------- slirp4netns: in a child that joins, by ioctl --------
cat >"$TMP/slirp" <<SLIRP
unshare -n sleep 100 & box=\$!
until [ "\$(readlink /proc/\$box/ns/net)" != "\$(readlink /proc/self/ns/net)" ]; do :; done
mkfifo "$TMP/ready"
slirp4netns --configure --mtu=1400 --ready-fd=3 \$box tap0 3>"$TMP/ready" >/dev/null 2>&1 & slirp=\$!
read -r -n 1 ready <"$TMP/ready"
nsenter -t \$box -n "$truth"
kill \$slirp \$box
SLIRP
trace slirp bash "$TMP/slirp"
assert_network slirp4netns
assert_jq "$REPORT" "slirp4netns: has its role, and every request is its" \
  '. as $root | [.network_requests[].by.pid as $pid | $root | process($pid) | .role, .comm] | unique ==
   ["network", "slirp4netns"]'

# -------- pasta: over netlink, by a socket that its child has opened for it --------
cat >"$TMP/pasta" <<PASTA
mount -t tmpfs tmpfs /run
ip link add outer0 type veth peer name outer1
ip addr add 10.55.0.2/24 dev outer0; ip link set outer0 up; ip link set outer1 up
ip route add default via 10.55.0.1; ip netns add pod
pasta --foreground --config-net --ipv4-only --runas 0 --netns /run/netns/pod >"$TMP/pasta.log" 2>&1 & pasta=\$!
for ((i = 0; i < 400; i++)); do
  ip -n pod route | grep -q ^default && break
  sleep 0.05
done
nsenter --net=/run/netns/pod "$truth"
kill \$pasta
PASTA
RUN_AS=(unshare --mount --net --propagation private)
trace pasta bash "$TMP/pasta"
assert_network pasta
assert_jq "$REPORT" "pasta: has its role; the namespace is ip's" \
  ". as \$root | $net as \$net | (process(\$net.made_by.pid).comm == \"ip\") and
   \$net.path == \"/run/netns/pod\" and
   ([.network_requests[] | select(.net == \$said.net).by.pid as \$pid | \$root | process(\$pid).role] | unique ==
    [\"network\"])"
assert_jq "$REPORT" "pasta: every request has its answer" \
  '.network_requests[] | select(.net == $said.net) | .answer != null and .error == null'
finish
