#!/bin/bash
# Independent truth: strace sees the same key calls, with the same results, in every task.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need_root
need jq strace

keys=unshare,setns,mount,umount2,pivot_root,chroot,sethostname,setdomainname,execve,execveat
keys+=,setresuid,setresgid,setgroups,capset,fsopen,fsconfig,fsmount,move_mount,open_tree
keys+=,mount_setattr,mknod,mknodat

# A task is known by its place in the order of births; numbers of processes are left out.
by_strace() { # COMMAND…
  local file
  rm -f "$TMP"/log.*
  run_bounded strace -ff -qq -e "trace=$keys" -e signal=none -o "$TMP/log" -- "$@" >/dev/null 2>&1
  for file in $(find "$TMP" -name 'log.*' | sort -V); do
    sed -nE 's/^([a-z0-9_]+)\(.*\) += (-?[0-9]+)( ([A-Z0-9]+) \(.*\))?$/\1 \2 \4/p' "$file" |
      awk '{ print "  " $1, ($3 ? $3 : $2) }' >"$TMP/calls"
    [ ! -s "$TMP/calls" ] || { echo task && cat "$TMP/calls"; }
  done
}
by_cttrace() { # COMMAND…
  run_bounded "$CTTRACE" -q --wait-all --depth full -o "$TMP/trace" -- "$@" >/dev/null 2>&1
  "$CTTRACE" render -f json "$TMP/trace" | jq -r --arg keys "$keys" '
    ($keys | split(",")) as $keys
    | [.events[] | select(.name as $n | $keys | index($n))] | group_by(.tid)[]
    | "task", (.[] | "  \(.name) \(.error // if .kind == "exec" then 0 else .result end)")'
}
compare() { # NAME COMMAND…
  local name=$1
  shift
  by_strace "$@" >"$TMP/strace"
  by_cttrace "$@" >"$TMP/cttrace"
  if diff "$TMP/strace" "$TMP/cttrace" >"$TMP/diff"; then
    ok "$name: $(grep -c '^  ' "$TMP/strace") calls of $(grep -c task "$TMP/strace") tasks"
  else
    not_ok "$name: strace <, cttrace >" "$(cat "$TMP/diff")"
  fi
}
samples=${SAMPLES:?set SAMPLES to the folder of the built samples}
for sample in fork-exec mount-propagation new-mount-api pivot-root set-hostname unshare-pid \
  clone3-namespaces vfork daemon capabilities; do
  [ ! -x "$samples/$sample" ] || compare "sample $sample" "$samples/$sample"
done
for case in vfork-exec exec-fail script-chain clone3 clone-parent mount-api bad-memory pidns-nest \
  leader-gone; do
  compare "case $case" "${HARD:?}/$case"
done
compare "unshare(1)" unshare --mount --uts --pid --fork --mount-proc sh -c 'hostname x; mount -t tmpfs none /mnt'
finish
