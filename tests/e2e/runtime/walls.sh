#!/bin/bash
# What a payload tries at its walls, with and without them. The payload says itself which
# errno each attempt got; which wall it was follows from what podman was told.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need gcc

gcc -O1 -static -o "$TMP/walls" "$E2E/runtimes/walls.c"
mkdir -m 777 "$TMP/host" "$TMP/read-only"
podman system service --time=0 "unix://$TMP/api" >/dev/null 2>&1 &
engine=$!
at_exit "kill $engine"
await test -S "$TMP/api"
chmod 755 "$TMP"

# What the report must have for each line that the payload prints.
ATTEMPTS='{
  "mount_tmpfs": "^mount none on /mnt \\(tmpfs\\)$",
  "mknod": "^make device /disk \\(block 254:0\\)$",
  "mount_device": "^mount /disk on /mnt \\(ext4\\)$",
  "chroot": "^chroot to /host \\(the host.s .*/host\\)$",
  "unshare": "^make namespaces mnt uts$",
  "unshare_user": "^make namespaces user$",
  "ptrace": "^trace process 1",
  "process_vm_readv": "^read the memory of process 1",
  "bpf": "^use bpf BPF_MAP_CREATE$",
  "perf": "^measure with perf$",
  "keyctl": "^use keyrings: KEYCTL_JOIN_SESSION_KEYRING$",
  "open_by_handle": "^open a file by its handle$",
  "init_module": "^load a kernel module$",
  "kexec": "^load another kernel$",
  "reboot": "^reboot$",
  "sethostname": "^set the host name to renamed$",
  "raw_socket": "^open a raw socket$",
  "packet_socket": "^open a packet socket$",
  "write_host": "^write /host/written \\(the host.s .*/host/written\\)$",
  "write_read_only": "^write /read-only/written \\(the host.s .*/read-only/written\\)$",
  "engine_socket": "^connect to /engine.sock \\(the host.s .*/api\\)(, where podman listens)?$",
  "pivot_root": "^pivot_root to /mnt$"
}'
ERRORS='{"1": "EPERM", "2": "ENOENT", "9": "EBADF", "13": "EACCES", "16": "EBUSY", "22": "EINVAL",
  "30": "EROFS", "38": "ENOSYS", "111": "ECONNREFUSED", "116": "ESTALE"}'

run() { # NAME PODMAN-OPTION…
  local name=$1
  shift
  rm -f "$TMP/host/written"
  trace "$name" podman run --rm --network=none -v "$TMP/walls:/walls:ro" -v "$TMP/host:/host" \
    -v "$TMP/read-only:/read-only:ro" -v "$TMP/api:/engine.sock" "$@" localhost/busybox /walls
  assert_eq "$name: the payload has tried it all" "$STATUS $(grep -c ' = ' "$OUT")" "0 31"
  assert_jq "$REPORT" "$name: each attempt is told with the errno that the payload got" \
    '.containers[0].walls as $walls | $attempts | delpaths([$except | .[] | [.]]) | to_entries[] |
     . as {$key, $value} | ($said[$key]) as $errno |
     if any($walls[]; (.what | test($value)) and
            .error == (if $errno == 0 then null else $errors["\($errno)"] end))
     then true else "\($key) = \($errno)" end' \
    --argjson attempts "$ATTEMPTS" --argjson except "${EXCEPT:-[]}" --argjson errors "$ERRORS"
  assert_jq "$REPORT" "$name: allowed is what had no error, and only that" \
    '.containers[0].walls[] | (.outcome == "allowed") == (.error == null) and
     (.outcome == "allowed") == (.layer == null)'
}
# Who said no to an attempt, by its name; "allowed" when nobody did.
answer() {
  jq -r --arg what "$(jq -r ".$1" <<<"$ATTEMPTS")" \
    '[.containers[0].walls[] | select(.what | test($what)) | .layer // .outcome][0]' "$REPORT"
}
reaches() { # NAME ATTEMPT true|false
  assert_eq "$1: $2 reaches the host: $3" "$(jq -r --arg what "$(jq -r ".$2" <<<"$ATTEMPTS")" \
    '[.containers[0].walls[] | select(.what | test($what)) | .reaches_host][0]' "$REPORT")" "$3"
}
layers() { jq -r '[.containers[0].walls[].layer | values] | unique | join(" ")' "$REPORT"; }

run default
assert_eq "default: cap_sys_admin is missing" "$(answer mount_tmpfs)" capability
assert_eq "default: the filter denies bpf" "$(answer bpf)" seccomp
assert_eq "default: -v …:ro" "$(answer write_read_only)" mount
assert_eq "default: a process has one tracer" "$(answer ptrace)" tracer
assert_eq "default: the file is there" "$(test -e "$TMP/host/written" && echo yes)" yes
reaches default write_host true
assert_jq "$REPORT" "default: a socket of the host, by the mount that it is on" \
  '.containers[0].walls[] | select(.what | startswith("connect to /engine.sock")) |
   .reaches_host and (.what | contains($api))' --arg api "$TMP/api"
# Nothing in its name says what it is: podman listens there, who is still there to be asked.
assert_eq "default: the engine, as the host sees it" "$(basename "$(readlink "/proc/$engine/exe")")" podman
assert_jq "$REPORT" "default: the socket of an engine, by who listens there" \
  '[.containers[0].walls[] | select(.deed == "engine-socket") | .what, .outcome] ==
   ["connect to /engine.sock (the host'"'"'s \($api)), where podman listens", "allowed"]' --arg api "$TMP/api"
assert_jq "$REPORT" "default: so it is in reach" \
  '.containers[0].isolation[] | select(.aspect == "engine socket") | .open and .state == "mounted" and
   .detail == "\($api) at /engine.sock"' --arg api "$TMP/api"
assert_eq "default: the kernel named that process" \
  "$(jq -c 'select(.peer and .args[1].path == "/engine.sock") | [.peer.pid, .peer.uid // 0]' "$TRACE")" "[$engine,0]"
assert_match "default: the view says it" "$("$CTTRACE" render --view isolation "$TRACE")" \
  'refused +mount none on /mnt \(tmpfs\): EPERM, cap_sys_admin is missing'
assert_match "default: the timeline says it" "$("$CTTRACE" render --width 200 "$TRACE")" \
  'kexec_load.* = EPERM: the seccomp filter from crun'

run unconfined --security-opt seccomp=unconfined
assert_eq "unconfined: no filter says no" "$(layers | grep -c seccomp)" 0
assert_eq "unconfined: bpf" "$(answer bpf)" capability
assert_eq "unconfined: modules" "$(jq '.init_module' <<<"$SAID")/$(answer init_module)" 38/kernel

run capabilities --cap-add=SYS_ADMIN
assert_eq "capabilities: mount" "$(answer mount_tmpfs)" allowed
assert_eq "capabilities: bpf" "$(answer bpf)" allowed
reaches capabilities bpf true
reaches capabilities mount_tmpfs false
assert_eq "capabilities: reboot" "$(answer reboot)" capability

run privileged --privileged
assert_eq "privileged: neither capabilities nor a filter" \
  "$(layers | grep -Ec 'capability|seccomp')" 0
assert_eq "privileged: mount" "$(answer mount_tmpfs)" allowed

# crun passes what is mounted there over a socket, as descriptors.
run user-namespace --userns=auto --cap-add=SYS_ADMIN,MKNOD --security-opt seccomp=unconfined
assert_eq "user namespace: its own mounts" "$(answer mount_tmpfs)" allowed
assert_eq "user namespace: -v …:ro" "$(answer write_read_only)" mount
reaches user-namespace write_host true
assert_eq "user namespace: a disk" "$(answer mount_device)" user-namespace
assert_eq "user namespace: a device node" "$(answer mknod)" user-namespace

# Without the capability this only asks: process 1 has more of them, so it stays untouched.
run host-pid --pid=host
assert_eq "host pid: tracing the host's processes" "$(answer ptrace)" capability
assert_jq "$REPORT" "host pid: it is told that they are the host's" \
  '.containers[0].walls[] | select(.what | startswith("trace process 1")) | .what | endswith("of the host")'

run device --device=/dev/kmsg
assert_eq "device: the payload can write to it" "$(jq .write_kmsg <<<"$SAID")" 0
assert_jq "$REPORT" "device: so it is told" \
  '.containers[0].walls[] | select(.what == "write to device /dev/kmsg") | .outcome == "allowed" and .reaches_host'
# What is read only needs every call to be seen.
read_device() { # NAME DEVICE OUTCOME LAYER PODMAN-OPTION…
  local name=$1 device=$2 outcome=$3 layer=$4
  shift 4
  cttrace "$name" -q --depth full -o TRACE -- podman run --rm --network=none "--device=$device" "$@" \
    localhost/busybox sh -c ": <$device && echo 'read = yes'; : </dev/null </dev/urandom"
  report
  assert_eq "$name: what the payload says" "$(jq -r .read <<<"$SAID")" \
    "$([ "$outcome" = allowed ] && echo yes || echo null)"
  assert_jq "$REPORT" "$name: that it was opened to read it; the devices that everybody has are no news" \
    '[.containers[0].walls[] | select(.deed == "device") | .what, .outcome, .layer // "nobody"] ==
     ["open device \($device)", $outcome, $layer]' \
    --arg device "$device" --arg outcome "$outcome" --arg layer "$layer"
}
read_device read-fuse /dev/fuse allowed nobody
read_device read-log /dev/kmsg allowed nobody --cap-add=SYSLOG
# the kernel may keep its log to those who have the capability
[ "$(cat /proc/sys/kernel/dmesg_restrict)" = 0 ] || read_device read-log-without /dev/kmsg refused capability

# -------- set-user-ID programs: the program says as whom it runs --------
cat >"$TMP/who.c" <<'EOF'
#include <stdio.h>
#include <unistd.h>
int main(void) { return printf("euid = %d\n", (int)geteuid()) < 0; }
EOF
gcc -O1 -static -o "$TMP/who" "$TMP/who.c"
chmod u+s "$TMP/who"
set_id() { # NAME EUID OUTCOME LAYER VOLUME-OPTION PODMAN-OPTION…
  local name=$1 euid=$2 outcome=$3 layer=$4 volume=$5
  shift 5
  trace "$name" podman run --rm --network=none --user 1000 -v "$TMP/who:/who:$volume" "$@" localhost/busybox sh -c '/who; true'
  assert_eq "$name: as whom it ran" "$(jq .euid <<<"$SAID")" "$euid"
  assert_jq "$REPORT" "$name: $outcome by $layer" \
    '[.containers[0].walls[] | select(.deed == "set-id") | [.what, .outcome, .layer // "nobody"]] ==
     [["run /who as user 0", $outcome, $layer]]' --arg outcome "$outcome" --arg layer "$layer"
}
set_id gains 0 allowed nobody suid
set_id nosuid 1000 refused mount nosuid
set_id no-new-privs 1000 refused no-new-privs suid --security-opt=no-new-privileges
assert_match "no-new-privs: the view says it" "$("$CTTRACE" render --view isolation "$TRACE")" \
  'refused +run /who as user 0: it ran without a gain: no_new_privs is on'

# The same walls, built by another runtime.
run runc --runtime=runc
assert_eq "runc: cap_sys_admin is missing" "$(answer mount_tmpfs)" capability
assert_eq "runc: the filter denies bpf" "$(answer bpf)" seccomp
assert_eq "runc: -v …:ro" "$(answer write_read_only)" mount
reaches runc write_host true
finish
