#!/bin/bash
# Which files of its image a container changes, and who changes them: through symbolic
# links, and by the engine and its runtime. What became of them is in the upper directory
# of the overlay, which the kernel has filled.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

NAME=cttrace-changes-$$
at_exit "podman rm -f $NAME; podman rmi -f localhost/cttrace-links"
{
  podman run --name "$NAME" --network=none localhost/busybox sh -ec '
    rm /etc/mtab; mkdir -p /opt/real/deep /var/lib && echo 2 >/opt/real/file
    ln -s ../run /var/run && ln -s /opt/real /srv && ln -s passwd /etc/alias && ln -s ../../../opt/real/deep /var/lib/deep' &&
    podman commit -q "$NAME" localhost/cttrace-links
  podman rm -f "$NAME"
} >/dev/null 2>&1
mkdir "$TMP/data"
touch "$TMP/file"
OPTIONS=(--name "$NAME" --network=none -v "$TMP/data:/data/deep" -v "$TMP/file:/etc/given" -v "$TMP/file:/made/file")

upper_of() { podman inspect --format '{{.GraphDriver.Data.UpperDir}}' "$NAME"; }
# What is in the upper directory and no directory, as a list for jq: files and links, or
# the whiteouts of what was removed.
upper() { # files|whiteouts
  local kind=(! -type d ! -type c)
  [ "$1" = files ] || kind=(-type c)
  (cd "$(upper_of)" && find . "${kind[@]}" -printf '/%P\n') | jq -Rn '[inputs] | sort'
}
# Directories that no layer of the image has.
new_directories() {
  local lower directory layers
  IFS=: read -ra layers < <(podman inspect --format '{{.GraphDriver.Data.LowerDir}}' "$NAME")
  (cd "$(upper_of)" && find . -mindepth 1 -type d -printf '/%P\n') | while read -r directory; do
    for lower in "${layers[@]}"; do [ ! -d "$lower$directory" ] || continue 2; done
    echo "$directory"
  done | jq -Rn '[inputs] | sort'
}

# The engine and its runtime alone: a container that was made, and never started.
podman create "${OPTIONS[@]}" localhost/cttrace-links true >/dev/null
podman init "$NAME" >/dev/null
by_runtime=$(upper files) runtime_directories=$(new_directories)
podman rm -f "$NAME" >/dev/null

cttrace changes -q --depth full -o TRACE -- podman run "${OPTIONS[@]}" localhost/cttrace-links sh -ec '
  echo 1 >/var/run/through-relative; echo 1 >/srv/through-absolute; echo 1 >>/srv/file
  echo 1 >>/etc/alias; chmod 600 /etc/alias; echo 1 >/var/lib/deep/up
  ln -s /etc /own; echo 1 >>/own/group; mv /own /moved; echo 1 >>/moved/shadow-; ln -s /dev/shm /away; echo 1 >/away/no
  mkdir /new; echo 1 >/new/in; rm /srv/file; rm -r /opt/real/deep; echo 1 >/new/gone; rm /new/gone'
report
assert_eq "the payload has done it all" "$STATUS" 0
assert_jq "$REPORT" "the files of the upper directory, by the names that they have there" \
  '[.containers[0].changed_files[] | select(.change != "removed") | .path] - $directories | sort == $files' \
  --argjson files "$(upper files)" --argjson directories "$(new_directories)"
assert_jq "$REPORT" "its whiteouts: what was removed, and was in the image" \
  '[.containers[0].changed_files[] | select(.change == "removed" and .layer.number > 0) | .path] | sort == $gone' \
  --argjson gone "$(upper whiteouts)"
assert_jq "$REPORT" "and directories that no layer has" \
  '[.containers[0].changed_files[] | select(.change == "created") | .path] as $created |
   $directories - $created == [] and ($directories | length > 3)' --argjson directories "$(new_directories)"
assert_jq "$REPORT" "the engine and its runtime change what they change in a container that is never started" \
  '[.containers[0].changed_files[] | select(.by_runtime) | .path] | sort == ($files + $directories | sort)' \
  --argjson files "$by_runtime" --argjson directories "$runtime_directories"
assert_jq "$REPORT" "among it mount points, which the image does not have, and what podman writes itself" \
  '[.containers[0].changed_files[] | select(.by_runtime and .change == "created") | .path] as $made |
   ["/etc/mtab", "/etc/given", "/data/deep", "/made/file"] - $made == []'

podman diff --format json "$NAME" >"$TMP/diff.json"
# podman does not tell of /etc/hosts and its like, and tells of directories what the kernel
# does to them: they were copied up.
assert_jq "$REPORT" "what podman finds changed, added and deleted" \
  '[.containers[0].changed_files[] | {path, change}] as $told |
   ($diff.added - [$told[] | select(.change != "removed") | .path]) == [] and
   ([$diff.changed[] | select(. as $path | ["/etc", "/opt", "/opt/real", "/run", "/var", "/var/lib"] |
     index($path) == null)] - [$told[] | select(.change == "written") | .path]) == [] and
   ($diff.deleted - [$told[] | select(.change == "removed") | .path]) == []' \
  --argjson diff "$(cat "$TMP/diff.json")"
assert_jq "$REPORT" "a file behind links of the image: the layer that has it" \
  '.containers[0].changed_files[] | select(.path == "/etc/passwd") | .change == "written" and
   .layer.number == 1 and .layer.of == 2'
assert_match "the view says who" "$("$CTTRACE" render --view mounts -v "$TRACE")" \
  '^ +created +/etc/given +\(by the runtime\)'

# The same question at the default depth, and with key calls alone: who lives in the
# container is seen by the second eye then. Directories that podman calls changed are those
# in which something is new or gone.
NAME=cttrace-payload-$$
at_exit "podman rm -f $NAME"
for depth in auto key; do
  podman rm -f "$NAME" >/dev/null 2>&1
  cttrace "payload-$depth" -q --depth "$depth" -o TRACE -- podman run --name "$NAME" --network=none localhost/cttrace-links sh -ec '
    echo 1 >>/etc/group; sed -i s/root/toor/ /etc/passwd; rm /bin/vi; mkdir /made; ln -s /x /link; ln /bin/gzip /hard
    chmod 700 /bin/busybox; chown -h 3 /bin/ls; touch -h /bin/su; touch /empty; truncate -s 3 /short; mknod /null c 1 3; mkfifo /fifo
    mv /bin/tar /bin/moved; echo 1 <>/both; rm -r /mnt; echo 1 >/passing; rm /passing'
  report
  assert_eq "depth $depth: the program did it all" "$STATUS" 0
  [ "$depth" = key ] || second_eye=$(head -n 1 "$TRACE" | jq -r .failures) # which is not told of depth key
  if [ "$second_eye" != bpf ] || [ ! -e /sys/kernel/btf/vmlinux ]; then
    skip "depth $depth: what podman finds" "BPF does not know the names of files on this host"
    continue
  fi
  podman diff --format json "$NAME" >"$TMP/diff.json"
  assert_jq "$REPORT" "depth $depth: what podman finds changed, added and deleted, and nothing else" \
    '[.containers[0].changed_files[] | select(.by_runtime | not)] as $told | def told($change): [$told[] | select(.change == $change) | .path] | sort;
     ([$told[] | select(.change == "removed" and .layer.number > 0) | .path] | sort) == ($diff.deleted | sort) and
     told("created") == ($diff.added | sort) and told("written") == ($diff.changed - ["/bin", "/etc"] | sort) and
     ([$diff.added, $diff.changed, $diff.deleted | length] | all(.[]; . > 2))' \
    --argjson diff "$(cat "$TMP/diff.json")"
done
finish
