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
assert_match "the view has them" "$("$CTTRACE" render --view mounts "$TRACE")" '^ +written +/etc/passwd$'

if command -v bwrap >/dev/null; then
  trace bwrap bwrap --ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --tmpfs /tmp \
    --bind "$TMP/host" /mnt --unshare-all "${SHOW[@]}"
  assert_mount_table bwrap
fi
finish
