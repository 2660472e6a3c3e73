#!/bin/bash
# podman-overhead.sh [BUILD [ROUNDS [NETWORK]]]: what tracing costs a `podman run --rm
# --network=NETWORK hello-world`; none without one. Every round runs all variants in random
# order, so that a slow minute of the machine hits all of them; compared are the two runs of one
# round. "untraced again" is the control: how far its ratio is from 1 is how little the other
# ratios mean. `--failures ptrace` is how it goes where BPF is not allowed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(readlink -f "${1:-$here/../../build/release}")
rounds=${2:-20}
network=${3:-none}
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}

if [ -z "${CT_IN_TESTBED:-}" ]; then
  [ -e "$CT_TESTBED/ready" ] || "$here/../e2e/runtimes/setup.sh"
  CT_IN_TESTBED=1 exec "$here/../e2e/runtimes/enter.sh" "$0" "$build" "$rounds" "$network"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What cttrace looks at by default, as far as strace can be asked for it.
calls=clone,clone3,fork,vfork,unshare,setns,execve,execveat,mount,umount2,pivot_root,chroot
calls+=,open_tree,move_mount,fsopen,fsconfig,fsmount,mount_setattr,sethostname,setdomainname
calls+=,setuid,setgid,setresuid,setresgid,setgroups,capset,prctl,seccomp,prlimit64,mknod,mknodat
calls+=,openat,openat2,socket

podman=(podman --runtime crun run --rm --network="$network" localhost/hello-world)
declare -A variants=(
  [1 untraced]=""
  [2 untraced again]=""
  [3 cttrace]="$build/cli/cttrace -q -o $work/trace --"
  [4 cttrace --depth key]="$build/cli/cttrace -q --depth key -o $work/trace --"
  [5 cttrace --failures ptrace]="$build/cli/cttrace -q --failures ptrace -o $work/trace --"
  [6 strace --seccomp-bpf]="strace -f --seccomp-bpf -e trace=$calls -o $work/strace"
  [7 strace -f]="strace -f -o $work/strace"
)

measure() { # VARIANT ROUND
  local prefix microseconds
  read -ra prefix <<<"${variants[$1]}"
  microseconds=$("$build/tests/bench/elapsed" ${prefix[@]:+"${prefix[@]}"} "${podman[@]}")
  echo "$2 $microseconds" >>"$work/$1"
}
for round in $(seq 0 "$rounds"); do
  while IFS= read -r variant; do
    measure "$variant" "$round"
  done < <(printf '%s\n' "${!variants[@]}" | shuf)
  printf '\rround %d of %d' "$round" "$rounds" >&2
done
echo >&2

# Round 0 has warmed the caches and is left out. $1: which number of the line.
median() {
  awk -v column="$1" '$1 > 0 { print $column }' | sort -n |
    awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}
printf '%-26s %12s %18s\n' variant 'median ms' 'ratio to untraced'
printf '%s\n' "${!variants[@]}" | sort | while IFS= read -r variant; do
  ratio=$(join <(sort -k1,1 "$work/1 untraced") <(sort -k1,1 "$work/$variant") |
    awk '{ print $1, $3 / $2 }' | median 2)
  printf '%-26s %12.1f %18.3f\n' "${variant#* }" \
    "$(median 2 <"$work/$variant" | awk '{ print $1 / 1000 }')" "$ratio"
done
echo "$rounds rounds; ratio: the median of the rounds' own ratios"
