#!/bin/bash
# Ids and privileges: who gave them, and what became of them, as the container's own /proc
# has it. podman with both runtimes and id maps, a bundle, bwrap, unshare(1).
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"
need bwrap unshare

# Files of /proc/self are read by the shell itself: it is who they are about.
WHO='
file() { while read -r line; do printf "%s\\n" "$1 = $line"; done <"/proc/self/$1"; }
all() { printf "%s = " "$1"; while read -r a b c; do printf "%s %s %s;" "$a" "$b" "$c"; done <"/proc/self/$1"; echo; }
all uid_map; all gid_map; file setgroups; file oom_score_adj
while read -r key value; do case $key in
  Uid:|Gid:|Cap*|NoNewPrivs:) echo "${key%:} = ${value%%	*}" ;;
  Groups:) echo "Groups = $value" ;;
esac; done </proc/self/status
echo "nofile_soft = $(ulimit -Sn)"
echo "nofile_hard = $(ulimit -Hn)"
echo "hostname = $(hostname)"
'
# A mask of 64 bits in hexadecimal as the names' numbers: jq has no bits.
bits() { # HEX
  local mask=$((16#$1)) bit=0 list=
  for (( ; mask; mask >>= 1, bit++)); do ((mask & 1)) && list+=${list:+,}$bit; done
  echo "[$list]"
}
names=$(sed -n 's/^#define \(CAP_[A-Z_]*\)[[:space:]]*\([0-9]*\)$/\1 \2/p' \
  /usr/include/linux/capability.h | tr '[:upper:]' '[:lower:]' | jq -Rn '[inputs | split(" ") | {(.[1]): .[0]}] | add')
assert_identity() { # NAME
  local set key
  assert_jq "$REPORT" "$1: the map of user ids" \
    '([.containers[-1].id_maps.uid[] | join(" ") + ";"] | join("")) == $said.uid_map'
  assert_jq "$REPORT" "$1: the map of group ids" \
    '([.containers[-1].id_maps.gid[] | join(" ") + ";"] | join("")) == $said.gid_map'
  assert_jq "$REPORT" "$1: setgroups: allowed unless somebody wrote otherwise" \
    '(.containers[-1].id_maps.setgroups // "allow") == $said.setgroups'
  assert_jq "$REPORT" "$1: somebody wrote these maps, and was not refused" \
    '[.containers[-1].id_maps.writes[] | select(.error == null).file] | contains(["uid_map", "gid_map"])'
  for set in bounding:CapBnd effective:CapEff permitted:CapPrm inheritable:CapInh ambient:CapAmb; do
    key=${set#*:}
    assert_jq "$REPORT" "$1: the ${set%:*} set by name" \
      '.containers[-1].capabilities[$set] == [$bits[] as $bit | $names[$bit | tostring]]' \
      --arg set "${set%:*}" --argjson bits "$(bits "$(jq -r ".$key" <<<"$SAID")")" --argjson names "$names"
  done
  assert_jq "$REPORT" "$1: no_new_privs" '.containers[-1].no_new_privs == ($said.NoNewPrivs == 1)'
}
act() { echo ".containers[-1].acts[] | select(.kind == \"$1\" and .error == null)"; }

podman_ids() { # RUNTIME
  trace "$1" podman --runtime "$1" run --rm --network=none --uidmap 0:100000:1000 --gidmap 0:200000:500 \
    --sysctl net.ipv4.ip_forward=1 --sysctl kernel.msgmax=4096 --hostname boxy --oom-score-adj 500 \
    --ulimit nofile=512:600 --ulimit nproc=1000:1000 --group-add 7 --user 5:6 \
    localhost/busybox sh -c "$WHO"'
echo "forward = $(cat /proc/sys/net/ipv4/ip_forward)"; echo "msgmax = $(cat /proc/sys/kernel/msgmax)"'
  assert_eq "$1: podman run works as without a tracer" "$STATUS" 0
  assert_identity "$1"
  assert_jq "$REPORT" "$1: set*id: what /proc/self/status has" \
    "([$(act user-ids)] | last.value | split(\", \")[0] | tonumber) == \$said.Uid and
     ([$(act group-ids)] | last.value | split(\", \")[0] | tonumber) == \$said.Gid"
  # the kernel sorts them (groups_sort()); runc gives them in any order
  assert_jq "$REPORT" "$1: setgroups" \
    "([$(act groups)] | last.value | [scan(\"[0-9]+\") | tonumber] | sort) ==
     [\$said.Groups | scan(\"[0-9]+\") | tonumber]"
  assert_jq "$REPORT" "$1: sysctls" \
    "[$(act sysctl) | {(.name): (.value | tonumber)}] | add ==
     {\"net.ipv4.ip_forward\": \$said.forward, \"kernel.msgmax\": \$said.msgmax}"
  assert_jq "$REPORT" "$1: a session keyring of its own" "$(act keyring) | .value | contains(\$id)" \
    --arg id "$(jq -r '.containers[0].id' "$REPORT")"
  assert_jq "$REPORT" "$1: the name of the host, oom_score_adj, rlimits" \
    '.containers[0] | .hostname == $said.hostname and .oom_score_adj == ($said.oom_score_adj | tostring) and
     ([.rlimits[] | select(.name == "RLIMIT_NOFILE" and (.failed | not))] | last | [.soft, .hard]) ==
     [$said.nofile_soft, $said.nofile_hard]'
  assert_jq "$REPORT" "$1: the runtime began with more than was left" \
    '.containers[0] | (.capabilities_before.bounding | length) > (.capabilities.bounding | length) and
     .capabilities_before.bounding - .capabilities.bounding -
     [.acts[] | select(.kind == "bounding-set").value | split(", ")[] | ascii_downcase] == []'
  "$CTTRACE" render --width 200 "$TRACE" >"$TMP/timeline"
  assert_match "$1: the timeline has the sysctl" "$(cat "$TMP/timeline")" 'sysctl: .*net\.ipv4\.ip_forward = 1'
  assert_match "$1: and the keyring" "$(cat "$TMP/timeline")" 'session keyring '
  assert_match "$1: the summary says who wrote the map, and what is left out" \
    "$("$CTTRACE" render --view isolation --width 200 "$TRACE")" "all others look like 65534; written by $1"
}
podman_ids crun
assert_jq "$REPORT" "crun: not dumpable while it is built" "[$(act dumpable)] | length > 0 and .[0].value == \"0\""
podman_ids runc

# Maps that podman chooses: of a range that it gives to this container alone, and, without
# root, one in which the user is himself.
for runtime in crun runc; do
  trace "auto-$runtime" podman --runtime "$runtime" run --rm --network=none --userns=auto \
    localhost/busybox sh -c "$WHO"
  assert_eq "--userns=auto with $runtime: runs" "$STATUS" 0
  assert_identity "--userns=auto with $runtime"
done
assert_jq "$REPORT" "--userns=auto: who its root is outside" \
  '.containers[0].isolation[] | select(.aspect == "id maps") |
   .state == "root inside is user \($said.uid_map | split(" ")[1])"'
as_user=$E2E/runtimes/as-user.sh
"$as_user" --end
at_exit "$as_user --end"
"$as_user" podman unshare true # the user namespace of his own, and who keeps it
RUN_AS=("$as_user" --as-root)
cttrace keep-id -u cttrace-e2e -q -o TRACE -- podman --runtime crun run --rm --network=none --userns=keep-id \
  localhost/busybox sh -c "$WHO"'echo "id = $(id -u)"'
RUN_AS=()
report
"$as_user" --end
assert_eq "--userns=keep-id: runs" "$STATUS" 0
assert_identity "--userns=keep-id"
assert_eq "--userns=keep-id: he is himself inside" "$(jq .id <<<"$SAID")" "$(id -u cttrace-e2e)"
assert_jq "$REPORT" "--userns=keep-id: it is told that his map is one within another" \
  'any(.containers[0].id_maps.uid[]; . == [$said.id, 0, 1]) and
   (.containers[0].isolation[] | select(.aspect == "id maps") |
    .detail | test("\($said.id) is 0, .* of the user namespace that it was made in"))'

for runtime in crun runc; do
  bundle "ids-$runtime" "$runtime" "$(jq -nc --arg who "$WHO" '["/bin/sh", "-c", $who]')"
  jq '.linux.namespaces += [{type: "user"}] | .process.capabilities.ambient = ["CAP_KILL"] |
    .process.capabilities.inheritable = ["CAP_KILL"] | .process.noNewPrivileges = true | .process.rlimits = [] |
    .linux.uidMappings = [{containerID: 0, hostID: 0, size: 1000}, {containerID: 5000, hostID: 7000, size: 3}] |
    .linux.gidMappings = [{containerID: 0, hostID: 0, size: 1000}]' "$TMP/ids-$runtime/config.json" >"$TMP/config"
  mv "$TMP/config" "$TMP/ids-$runtime/config.json"
  at_exit "$runtime --root $TMP/state delete -f cttrace-ids-$$"
  trace "bundle-$runtime" "$runtime" --root "$TMP/state" run -b "$TMP/ids-$runtime" "cttrace-ids-$$"
  assert_eq "$runtime bundle: runs" "$STATUS" 0
  assert_identity "$runtime bundle"
done

# busybox sh in bwrap cannot be asked for: the host's own shell is the payload
trace bwrap bwrap --unshare-all --uid 1000 --gid 1000 --hostname boxy --ro-bind / / --proc /proc sh -c "$WHO"
assert_eq "bwrap: runs" "$STATUS" 0
assert_identity bwrap
assert_jq "$REPORT" "bwrap: it forbade setgroups before it wrote the map of groups" \
  '[.containers[-1].id_maps.writes[] | select(.file != "uid_map").file] | .[0:2] == ["setgroups", "gid_map"]'

trace unshare unshare -r -m sh -c "$WHO"
assert_eq "unshare: runs" "$STATUS" 0
assert_identity unshare
assert_jq "$REPORT" "unshare: wrote its own maps" \
  '.processes[0].pid as $pid | [.containers[-1].id_maps.writes[].by.pid] | unique == [$pid]'
finish
