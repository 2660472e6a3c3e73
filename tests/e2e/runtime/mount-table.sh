#!/bin/bash
# The mount tables of real containers, replayed, and as they read them themselves.
. "${0%/*}/../lib.sh"
. "${0%/*}/../mounts.bash"
enter_testbed "$@"

SHOW=(cat /proc/self/mountinfo)
mkdir "$TMP/host"
podman_table() { # NAME RUNTIME PODMAN-OPTION…
  local name=$1 runtime=$2
  shift 2
  trace "$name" podman --runtime "$runtime" run --rm --network=none "$@" localhost/busybox "${SHOW[@]}"
  assert_mount_table "$name"
}

podman_table default crun
assert_jq "$REPORT" "the root is an overlay with its layers" \
  "$(mount_at /)"' | .type == "overlay" and (.overlay.upper | startswith("/")) and
   (.overlay.lower | length >= 1)'
assert_jq "$REPORT" "no target shows how the runtime names it" \
  '[.containers[0].mount_table.mounts[].target | select(test("/proc/self/fd|/merged"))] == []'
assert_jq "$REPORT" "masked and read-only parts of /proc" \
  '[.containers[0].mount_table.mounts[] | select(.masked or .read_only_path) | .target] |
   index("/proc/keys") != null and index("/proc/sys") != null'
assert_jq "$REPORT" "which protects the files that can be read no more" \
  "$(mount_at /proc/keys)"' | .masked and (.flags | startswith("ro"))'

podman_table options crun -v "$TMP/host:/data" -v /etc:/host-etc:ro --tmpfs /scratch \
  --mount type=volume,target=/volume
assert_jq "$REPORT" "-v: where it is on the host" "$(mount_at /data)"' | .host == $host' --arg host "$TMP/host"
assert_jq "$REPORT" "-v …:ro" "$(mount_at /host-etc)"' | .host == "/etc" and (.flags | startswith("ro"))'
assert_jq "$REPORT" "--tmpfs" "$(mount_at /scratch)"' | .type == "tmpfs" and .host == null'
assert_jq "$REPORT" "a volume is a directory of the host" "$(mount_at /volume)"' | .host | endswith("/_data")'
table=$("$CTTRACE" render --view mounts --width 120 "$TRACE")
assert_match "the view: a tree by target" "$table" '^ +pts +devpts +rw nosuid noexec'
assert_match "the view: where a bind mount comes from" "$table" "^ +data .* from $TMP/host"
assert_match "the view: masked" "$table" '^ +keys +masked +ro'

# The sources are opened outside of the user namespace, and passed over a socket.
podman_table user-namespace crun --userns=auto -v "$TMP/host:/data" -v /etc:/host-etc:ro
assert_jq "$REPORT" "a user namespace: where it is on the host" "$(mount_at /data)"' | .host == $host' --arg host "$TMP/host"
assert_jq "$REPORT" "a user namespace: -v …:ro" "$(mount_at /host-etc)"' | .host == "/etc" and (.flags | startswith("ro"))'

podman_table read-only crun --read-only
assert_jq "$REPORT" "--read-only" "$(mount_at /)"' | .flags | startswith("ro")'
podman_table privileged crun --privileged
assert_jq "$REPORT" "--privileged: nothing is masked" \
  '[.containers[0].mount_table.mounts[] | select(.masked or .read_only_path)] == []'
podman_table runc runc -v "$TMP/host:/data:ro" --tmpfs /scratch --read-only
podman_table runc-privileged runc --privileged

for runtime in crun runc; do
  mkdir "$TMP/$runtime"
  jq '.process.args = ["/bin/cat", "/proc/self/mountinfo"]' \
    "$CT_TESTBED/bundle/$runtime/config.json" >"$TMP/$runtime/config.json"
  trace "bundle-$runtime" "$runtime" --root "$TMP/state" run -b "$TMP/$runtime" "cttrace-table-$$"
  assert_mount_table "a bundle with $runtime"
  assert_jq "$REPORT" "the root is the bundle's, by its name on the host" \
    "$(mount_at /)"' | .host == $root' --arg root "$CT_TESTBED/busybox"
done

# Files that are shown with other owners: the kernel's word for such a mount is idmapped. Not
# every file system can do that; a tmpfs can, where the kernel can at all.
mkdir "$TMP/mapped" "$TMP/idmap"
mount -t tmpfs tmpfs "$TMP/mapped"
at_exit "umount '$TMP/mapped'"
touch "$TMP/mapped/file" && chown 1000:1000 "$TMP/mapped/file"
idmapped() { # CODE: the configuration of a container with one such mount, and one without
  jq --arg from "$TMP/mapped" --arg code "$1" '{containerID: 1000, hostID: 5000, size: 1} as $map | .process.args = ["/bin/sh", "-c", $code]
    | .mounts += [{destination: "/plain", type: "bind", source: $from, options: ["bind"]},
        {destination: "/mapped", type: "bind", source: $from, options: ["bind"], uidMappings: [$map], gidMappings: [$map]}]' \
    "$CT_TESTBED/bundle/crun/config.json" >"$TMP/idmap/config.json"
}
idmapped "stat -c %u /mapped/file"
if [ "$(crun --root "$TMP/state" run -b "$TMP/idmap" "cttrace-idmap-$$" 2>/dev/null </dev/null)" = 5000 ]; then
  idmapped "cat /proc/self/mountinfo"
  trace idmap crun --root "$TMP/state" run -b "$TMP/idmap" "cttrace-idmap-$$"
  assert_match "the kernel calls it idmapped" "$(cat "$OUT")" ' /mapped rw,relatime,idmapped '
  assert_mount_table "a mount with ids of its own"
  assert_jq "$REPORT" "it was asked for, and done" '.containers[0].asked.items[] | select(.aspect == "mount" and .name == "/mapped")
    | .match == "same" and (.asked | endswith("with ids mapped")) and (.done | contains("idmapped"))'
else
  skip "a mount with ids of its own" "this kernel or crun cannot do that"
fi

# Copy on write: what the calls tell, and what podman finds in the layers.
at_exit "podman rm -f cttrace-files-$$"
cttrace files -q --depth full -o TRACE -- podman run --name "cttrace-files-$$" --network=none \
  localhost/busybox sh -c 'echo x >>/etc/passwd; echo y >/new; echo z >/dev/shm/no; rm /etc/group'
report
podman diff --format json "cttrace-files-$$" >"$TMP/diff.json"
assert_jq "$REPORT" "the files of the image that podman finds changed, added or deleted" \
  '[.containers[0].changed_files[] | select(.by_runtime | not)]
   | (map(select(.change != "removed") | .path) | sort) ==
       ([$diff.changed[], $diff.added[]] | map(select(. != "/etc")) | sort) and
     map(select(.change == "removed") | .path) == $diff.deleted' \
  --argjson diff "$(cat "$TMP/diff.json")"
assert_match "the view has them" "$("$CTTRACE" render --view mounts "$TRACE")" '^ +written +/etc/passwd +copied up from layer 1 of 1$'

# An image of three layers, in which files were made, changed, removed and made again. Which
# of them shows a file is what the kernel says: it is in an overlay of that layer and those
# above it, and not in one of those above alone.
layer() { # NAME BASE SCRIPT
  podman run --name "cttrace-$1-$$" --network=none "$2" sh -ec "$3" && podman commit -q "cttrace-$1-$$" "localhost/cttrace-$1"
  podman rm -f "cttrace-$1-$$"
}
shown_by() { # PATH: 1 is the lowest layer; 0: none
  local n number=0
  for n in 3 2 1; do
    if [ "$number" = 0 ] && { [ -e "$TMP/top-$n$1" ] || [ -L "$TMP/top-$n$1" ]; }; then number=$n; fi
  done
  echo "$number"
}
at_exit "podman rmi -f localhost/cttrace-second localhost/cttrace-third"
{
  layer second localhost/busybox 'mkdir -p /opt/old; for f in one two gone; do echo 2 >/etc/$f; done; echo 2 >/opt/old/in'
  layer third localhost/cttrace-second 'echo 3 >/etc/two; rm /etc/gone; rm -r /opt/old; mkdir /opt/old; echo 3 >/opt/old/new'
} >/dev/null 2>&1
podman rm -f "cttrace-files-$$" >/dev/null
cttrace layers -q --depth full -o TRACE -- podman run --name "cttrace-files-$$" --network=none localhost/cttrace-third \
  sh -c 'cd /etc; for f in one two gone passwd new; do echo 4 >>$f; done; rm two; mv group grp; chmod 600 shadow
    echo 4 >/opt/old/in; echo 4 >>/opt/old/new; ln -s one link; ln one hard; mkdir dir; echo 4 >dir/in'
report
IFS=: read -ra lower < <(podman inspect --format '{{.GraphDriver.Data.LowerDir}}' "cttrace-files-$$")
podman diff --format json "cttrace-files-$$" >"$TMP/diff.json"
assert_eq "three layers" "${#lower[@]}" 3
mkdir "$TMP/empty"
for n in 3 2 1; do
  mkdir "$TMP/top-$n"
  at_exit "umount $TMP/top-$n"
  mount -t overlay -o "lowerdir=$(IFS=:; echo "${lower[*]:0:4-n}"):$TMP/empty" overlay "$TMP/top-$n"
done
# podman does not know opaque directories: to it /opt/old/in is still there, and changed.
assert_jq "$REPORT" "what podman finds changed, added and deleted there" \
  '[.containers[0].changed_files[] | select((.by_runtime | not) and .path != "/opt/old/in")] |
   (map(select(.change != "removed") | .path) | sort) == ([$diff.changed[], $diff.added[]] -
     ["/etc", "/opt", "/opt/old", "/opt/old/in"] | sort) and
   (map(select(.change == "removed") | .path) | sort) == ($diff.deleted | sort) and
   (map(select(.change == "created") | .path) | sort) == ($diff.added | sort)' \
  --argjson diff "$(cat "$TMP/diff.json")"
while read -r path; do
  assert_jq "$REPORT" "$path: the layer that has it" \
    '.containers[0].changed_files[] | select(.path == $path and (.by_runtime | not)) |
     .layer.of == 3 and .layer.number == $number' \
    --arg path "$path" --argjson number "$(shown_by "$path")"
done < <(jq -r '.containers[0].changed_files[] | select(.by_runtime | not) | .path' "$REPORT")
assert_match "the view says it" "$("$CTTRACE" render --view mounts "$TRACE")" \
  '^ +written +/etc/one +copied up from layer 2 of 3$'

if command -v bwrap >/dev/null; then
  trace bwrap bwrap --ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --tmpfs /tmp \
    --bind "$TMP/host" /mnt --unshare-all "${SHOW[@]}"
  assert_mount_table bwrap
fi
finish
