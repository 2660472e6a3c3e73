#!/bin/bash
# Starts that fail for a known reason, and starts that work: is the reason found?
. "${0%/*}/../lib.sh"
enter_testbed "$@"
. "${0%/*}/faults.bash"
need musl-gcc
FILES=$TMP/files
make_programs "$FILES"
both="crun runc"
run='.process.args = '
bind='.mounts += [{type: "bind", options: ["bind"]} + '
userns='.mounts |= map(if .destination == "/dev/pts" then .options -= ["gid=5"] else . end) |
  .linux.namespaces += [{type: "user"}] |
  .linux.uidMappings = [{containerID: 0, hostID: 0, size: 1}] |
  .linux.gidMappings = [{containerID: 0, hostID: 0, size: 1}] | '
look='newfstatat|statx|stat|lstat|access|faccessat|faccessat2'
opens='open|openat|openat2'

# -------- the program --------
fault missing "$both" "$run"'["/no/such/program"]' "$look|execve" ENOENT /no/such/program
fault interpreter "$both" "$run"'["/t/interpreter"]' execve ENOENT /t/interpreter
fault crlf "$both" "$run"'["/t/crlf"]' execve ENOENT /t/crlf
fault no-shebang "$both" "$run"'["/t/plain"]' execve ENOEXEC /t/plain
fault empty "$both" "$run"'["/t/empty"]' execve ENOEXEC /t/empty
fault mode "$both" "$run"'["/t/mode"]' "$look|execve|decision" EACCES /t/mode
fault directory "$both" "$run"'["/etc"]' "$look|execve|decision" 'EACCES|EISDIR' /etc
fault machine "$both" "$run"'["/t/arm"]' execve ENOEXEC /t/arm
fault loader "$both" "$run"'["/t/loader"]' execve ENOENT /t/loader
loads='.mounts += [{destination: "/lib64", type: "bind", source: ($files + "/lib64"), options: ["bind"]}] | '
fault no-library "$both" "$loads$run"'["/t/dynamic"]' exec-shared-library
assert_told no-library lacks '^libselinux\.so\.1, which /t/dynamic needs$'
# nobody hears what the loader says
fault silent-library "$both" "$loads$run"'["/bin/sh", "-c", "exec 2>&-; exec /t/dynamic"]' exec-shared-library
assert_told silent-library lacks '^libselinux\.so\.1, which /t/dynamic needs$'
fault musl-loader "$both" "$run"'["/t/musl-program"]' execve ENOENT /t/musl-program
assert_told musl-loader why 'dynamic loader \(PT_INTERP\) /lib/ld-musl-x86_64\.so\.1 does not exist'
fault musl-library "$both" '.mounts += [{destination: "/lib", type: "bind", source: ($files + "/musl"), options: ["bind"]}] | '"$run"'["/t/musl-program"]' \
  exec-shared-library
assert_told musl-library lacks '^libpart\.so, which /t/musl-program needs$'
fault broken-library "$both" "$loads$run"'["/t/dynamic"] | .process.env += ["LD_LIBRARY_PATH=/t/lib-broken"]' \
  exec-library-unusable\|exec-shared-library
fault script-circle "$both" "$run"'["/t/loop"]' execve 'ELOOP|ENOEXEC' /t/loop
fault too-long "$both" "$run"'["/bin/true", ("x" * 140000)]' execve E2BIG /bin/true
fault noexec "$both" "$run"'["/n/true"] | '"$bind"'{destination: "/n", source: $files, options: ["bind", "noexec"]}]' \
  "execve|$look" EACCES /n/true
fault cwd-is-file "$both" '.process.cwd = "/etc/passwd"' "chdir|mkdir|mkdirat|decision|$opens" 'ENOTDIR|EEXIST' /etc/passwd
fault seccomp-execve "$both" '.linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW",
  syscalls: [{names: ["execve"], action: "SCMP_ACT_ERRNO"}]}' execve EPERM /bin/true

# -------- mounts and the root file system --------
fault no-source "$both" "$bind"'{destination: "/data", source: "/no/such/source"}]' "$look|mount|$opens" ENOENT /no/such/source
fault source-circle "$both" "$bind"'{destination: "/data", source: ($files + "/circle")}]' "$look|mount|$opens" ELOOP circle
fault file-on-directory "$both" "$bind"'{destination: "/root", source: "/etc/passwd"}]' "mount|$opens|mkdir|mkdirat" 'ENOTDIR|EISDIR|EEXIST' ''
fault directory-on-file "$both" "$bind"'{destination: "/etc/passwd", source: $files}]' "mount|mkdir|mkdirat|$opens|decision" 'ENOTDIR|EEXIST' ''
fault no-such-type "$both" '.mounts += [{destination: "/data", type: "nosuchfs", source: "none"}]' mount ENODEV nosuchfs
fault bad-option "$both" '.mounts += [{destination: "/data", type: "tmpfs", source: "tmpfs", options: ["nosuchoption=1"]}]' mount EINVAL nosuchoption
fault bad-size "$both" '.mounts += [{destination: "/data", type: "tmpfs", source: "tmpfs", options: ["size=much"]}]' mount EINVAL size=much
fault no-block-device "$both" '.mounts += [{destination: "/data", type: "ext4", source: "/no/such/disk"}]' "mount|$look|$opens" ENOENT /no/such/disk
fault not-a-block-device "$both" '.mounts += [{destination: "/data", type: "ext4", source: "/dev/null"}]' mount ENOTBLK /dev/null
fault in-proc "$both" "$bind"'{destination: "/proc/nosuch", source: $files}]' "mkdir|mkdirat|mount|$opens|decision" 'ENOENT|EPERM|EACCES' ''
fault long-destination "$both" "$bind"'{destination: ("/" + "n" * 300), source: $files}]' \
  "mkdir|mkdirat|$opens|mount|$look|readlink|readlinkat" ENAMETOOLONG nnnn
fault no-rootfs "$both" '.root.path = "/no/such/rootfs"' "$look|mount|$opens|decision|chdir" ENOENT /no/such/rootfs
fault rootfs-is-file "$both" '.root.path = "/etc/passwd"' "$look|mount|$opens|decision|mkdir|mkdirat|chdir|pivot_root" 'ENOTDIR|EEXIST' ''

# -------- namespaces and ids --------
fault netns-file "$both" '.linux.namespaces |= map(if .type == "network" then .path = "/etc/passwd" else . end)' setns EINVAL ''
fault netns-missing "$both" '.linux.namespaces |= map(if .type == "network" then .path = "/no/such/ns" else . end)' "$opens|$look" ENOENT /no/such/ns
fault netns-other-type "$both" '.linux.namespaces |= map(if .type == "network" then .path = "/proc/self/ns/uts" else . end)' "setns|decision" EINVAL ''
fault pidns-missing "$both" '.linux.namespaces |= map(if .type == "pid" then .path = "/no/such/pid" else . end)' "$opens|$look" ENOENT /no/such/pid
fault uid-map-overlap "$both" "$userns"'.linux.uidMappings += [{containerID: 0, hostID: 5, size: 1}]' write EINVAL uid_map
fault gid-map-overlap "$both" "$userns"'.linux.gidMappings += [{containerID: 0, hostID: 5, size: 1}]' write EINVAL gid_map
fault unmapped-user "$both" "$userns"'.process.user.uid = 1000' 'setresuid|setuid|setreuid|fchown|chown|fchownat|decision' EINVAL 1000
fault unmapped-group "$both" "$userns"'.process.user.gid = 1000' 'setresgid|setgid|setgroups|fchown|fchownat|chown|decision' EINVAL 1000
fault hostname-long "$both" '.hostname = "h" * 100' sethostname EINVAL hhhh

# -------- limits, cgroups, settings --------
fault nofile "$both" '.process.rlimits = [{type: "RLIMIT_NOFILE", hard: 2000000000, soft: 2000000000}]' 'prlimit64|setrlimit' EPERM RLIMIT_NOFILE
fault rlimit-order "$both" '.process.rlimits = [{type: "RLIMIT_CORE", hard: 10, soft: 1000}]' 'prlimit64|setrlimit' EINVAL RLIMIT_CORE
fault oom-range "$both" '.process.oomScoreAdj = 2000' write EINVAL oom_score_adj
fault cpuset "$both" '.linux.resources.cpu = {cpus: "77"}' write 'EINVAL|EACCES|ERANGE|ENOSPC' 77
fault cpu-quota "$both" '.linux.resources.cpu = {quota: 10}' write EINVAL cpu.cfs_quota_us
fault memory-swap "$both" '.linux.resources.memory = {limit: 1000000000, swap: 500000000}' 'write|decision' EINVAL memory.
fault sysctl-missing "$both" '.linux.sysctl = {"net.ipv4.no_such_setting": "1"}' "$opens|$look" ENOENT no_such_setting
fault sysctl-value "$both" '.linux.sysctl = {"net.ipv4.ip_forward": "much"}' write EINVAL ip_forward
fault sysctl-range "$both" '.linux.sysctl = {"net.ipv4.ping_group_range": "many"}' write EINVAL ping_group_range
fault hook-missing "$both" '.hooks.prestart = [{path: "/no/such/hook"}]' "execve|$look" ENOENT /no/such/hook
fault hook-fails "$both" '.hooks.prestart = [{path: "/bin/false"}]' decision '' ''
fault hook-says "$both" '.hooks.createRuntime = [{path: ($files + "/hook"), args: ["hook", "add"]}]' hook-failed
assert_told hook-says hook "createRuntime hook of config.json: run $FILES/hook; process [0-9]+, exit status 3"
assert_told hook-says said 'hook: "the bridge went away"'

fault masked-below-file "$both" '.linux.maskedPaths += ["/etc/passwd/x"]' "mount|$opens" ENOTDIR etc/passwd/x
fault no-such-profile "$both" '.process.apparmorProfile = "nosuchprofile"' "write|$opens|lsm-off" 'EINVAL|ENOENT' ''
fault idmap-host crun "$bind"'{destination: "/data", source: "/etc", options: ["rbind", "idmap"]}]' mount_setattr EPERM IDMAP

# -------- through an engine --------
image=localhost/busybox
podman_fault missing "$look|execve|decision" ENOENT /no/such/program "$image" /no/such/program
podman_fault mode "$look|execve" EACCES /t/mode -v "$FILES:/t" "$image" /t/mode
podman_fault no-library exec-shared-library '' '' -v "$FILES:/t" -v "$FILES/lib64:/lib64" "$image" /t/dynamic
podman_fault interpreter execve ENOENT /t/interpreter -v "$FILES:/t" "$image" /t/interpreter
podman_fault no-shebang execve ENOEXEC /t/plain -v "$FILES:/t" "$image" /t/plain
podman_fault nofile 'prlimit64|setrlimit' EPERM RLIMIT_NOFILE --ulimit nofile=2000000000:2000000000 "$image" true
podman_fault no-source "$look|decision|statfs" ENOENT /no/such/source -v /no/such/source:/data "$image" true
podman_fault no-device "$look|decision|statfs|$opens" ENOENT /dev/nosuch --device /dev/nosuch "$image" true
podman_fault cwd 'chdir|mkdir|mkdirat|decision' 'ENOTDIR|EEXIST' '' -w /etc/passwd "$image" true
podman_fault sysctl "$opens|$look" ENOENT no_such_setting --sysctl net.ipv4.no_such_setting=1 "$image" true
podman_fault hostname sethostname EINVAL '' --hostname "$(printf 'h%.0s' {1..100})" "$image" true
podman_fault cpuset 'write|decision' 'EINVAL|EACCES|ERANGE|ENOSPC' '' --cpuset-cpus 77 "$image" true
podman_fault tmpfs-size mount EINVAL size=much --tmpfs /x:size=much "$image" true
podman_fault tmpfs-on-file mount ENOTDIR '' --mount type=tmpfs,dst=/etc/passwd "$image" true
podman_fault memory 'killed|decision|write' '' '' --memory 4k "$image" true

# -------- other tools, and what programs decide by themselves --------
root=$CT_TESTBED/busybox
tool_fault bwrap-source 'readlink|stat|newfstatat' ENOENT /no bwrap --ro-bind "$root" / --bind /no/such /mnt true
tool_fault bwrap-program execve ENOENT /no/such bwrap --ro-bind "$root" / /no/such/program
tool_fault bwrap-read-only 'mkdir|mkdirat' EROFS nowhere bwrap --ro-bind "$root" / --tmpfs /nowhere/x true
tool_fault bwrap-options option-conflict '' '' bwrap --ro-bind / / --uid 5 true
tool_fault unshare-network unshare EPERM CLONE_NEWNET \
  setpriv --reuid 65534 --regid 65534 --clear-groups unshare --net true
tool_fault unshare-root chroot ENOTDIR /etc/passwd unshare --mount --root=/etc/passwd true
tool_fault unshare-range idmap-range '' '' unshare --user --map-users=0,0,1 --map-users=5,5,100000 true
# An engine's questions, and who only joins, are not seen without the second eye: then it is said
# that not every call was recorded.
unseen=$([ "$EYE" != ptrace ] || echo '|decision')
tool_fault nsenter-path "$opens$unseen" ENOENT netns nsenter --net=/run/netns/nowhere true
tool_fault nsenter-file setns EINVAL CLONE_NEWNS nsenter --mount=/etc/hostname true
tool_fault chroot-program execve ENOENT /bin/nothing chroot "$root" /bin/nothing
tool_fault nsenter-gone "$opens$unseen" ENOENT 99999999 nsenter --target 99999999 --net true
tool_fault overlay-lower mount-overlay-directory '' '' mount -t overlay none -o lowerdir=/no/such,upperdir=/tmp,workdir=/tmp /mnt
tool_fault real-time "sched_setscheduler$unseen" EPERM '' setpriv --reuid 65534 --clear-groups chrt -f 50 true
tool_fault exclusive option-conflict '' '' unshare --user --map-user=7 --setgroups allow --map-group=7 true
tool_fault network network-unknown '' '' podman run --rm --network=nowhere "$image" true
podman_fault user user-unknown '' '' --user nobodyhere "$image" true
podman_fault capability capability-unknown '' '' --cap-add=NOTHING "$image" true
podman_fault seccomp "$opens$unseen" ENOENT /no/such --security-opt seccomp=/no/such.json "$image" true
podman_fault file-as-device device-not-a-node '' '' --device /etc/passwd "$image" true
tool_fault silent-runtime runtime-silent '' '' podman --runtime /bin/false run --rm --network=none "$image" true
tool_fault no-runtime runtime-unknown '' '' podman --runtime /no/such run --rm "$image" true

# -------- and these work --------
control plain 0 .
control status 3 "$run"'["/bin/sh", "-c", "exit 3"]'
control complains 1 "$run"'["/bin/sh", "-c", "echo error: permission denied >&2; exit 1"]'
control cannot-execute 126 "$run"'["/bin/sh", "-c", "exit 126"]'
control bind 0 "$bind"'{destination: "/data", source: $files, options: ["bind", "ro"]}]'
control tmpfs 0 '.mounts += [{destination: "/data", type: "tmpfs", source: "tmpfs", options: ["size=1m"]}]'
control userns 0 "$userns"'.'
control limit 0 '.process.rlimits = [{type: "RLIMIT_CORE", hard: 0, soft: 0}]'
control setting 0 '.linux.sysctl = {"net.ipv4.ip_forward": "1"}'
control user 0 '.process.user = {uid: 1000, gid: 1000}'
control cgroup 0 '.linux.resources.pids = {limit: 50}'
control writable 0 '.root.readonly = false'
# it reads what it is told: crun fails, traced or not, when a hook has ended before it is (EPIPE)
control hook 0 '.hooks.prestart = [{path: "/bin/grep", args: ["grep", "-q", "ociVersion"]}]'
podman_control plain 0 "$image" true
podman_control status 7 "$image" sh -c 'exit 7'
podman_control tasks 2 --pids-limit 1 "$image" sh -c 'ls | cat'
podman_control complains 1 "$image" ls /no/such/file

assert_score
finish
