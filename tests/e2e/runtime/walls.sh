#!/bin/bash
# What a payload tries at its walls, with and without them. The payload says itself which
# errno each attempt got; which wall it was follows from what podman was told.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need gcc

gcc -O1 -static -o "$TMP/walls" "$E2E/runtimes/walls.c"
mkdir -m 777 "$TMP/host" "$TMP/read-only"
podman system service --time=0 "unix://$TMP/api" >/dev/null 2>&1 &
at_exit "kill $!"
await test -S "$TMP/api"
chmod 755 "$TMP"

# What the report must have for each line that the payload prints.
ATTEMPTS='{
  "mount_tmpfs": "^mount none on /mnt \\(tmpfs\\)$",
  "mknod": "^make device /disk \\(block 254:0\\)$",
  "mount_device": "^mount /disk on /mnt \\(ext4\\)$",
  "chroot": "^chroot to /host( |$)",
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
  "write_host": "^write /host/written ",
  "write_read_only": "^write /read-only/written ",
  "engine_socket": "^connect to /engine.sock ",
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

# crun passes what is mounted there over a socket, as descriptors: whose files those are is
# not known, and what is written to the container's own files is no news.
EXCEPT='["write_host"]' run user-namespace --userns=auto --cap-add=SYS_ADMIN,MKNOD --security-opt seccomp=unconfined
assert_eq "user namespace: its own mounts" "$(answer mount_tmpfs)" allowed
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
finish
