#!/bin/bash
# all.sh [BUILD [RUNS]]: measures everything that docs/performance.md tells, against strace in
# the same run, prints it and writes that file. BUILD is a release build. Every run of a table
# runs all its variants in random order; the figure is the median of the runs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(readlink -f "${1:-$here/../../build/release}")
runs=${2:-3}
bench=$build/tests/bench cttrace=$build/cli/cttrace
page=$here/../../docs/performance.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What cttrace looks at by default, as far as strace can be asked for it.
calls=clone,clone3,fork,vfork,unshare,setns,execve,execveat,mount,umount2,pivot_root,chroot
calls+=,open_tree,move_mount,fsopen,fsconfig,fsmount,mount_setattr,sethostname,setdomainname
calls+=,setuid,setgid,setresuid,setresgid,setgroups,capset,prctl,seccomp,prlimit64,mknod,mknodat

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
say() { echo "$*" >&2; }

# -------- recording --------

run_one() { # VARIANT STRACE-CALLS COMMAND… : appends "microseconds KiB-of-the-tracer"
  local prefix=() variant=$1 only=$2 microseconds
  shift 2
  case $variant in
  strace) prefix=(strace -f --seccomp-bpf -e "trace=$only" -o "$work/strace") ;;
  cttrace) prefix=("$cttrace" -q -o "$work/trace" --) ;;
  esac
  microseconds=$("$bench/elapsed" ${prefix[@]:+"${prefix[@]}"} "$@" 2>"$work/err")
  echo "$microseconds $(tail -n 1 "$work/err")" >>"$work/$variant.times"
}

# How many there are in strace's log, and in the trace; the footer knows of every loss.
seen_by_strace() { grep -cE "$1" "$work/strace" || true; }
seen_by_cttrace() { grep -cE "$1" "$work/trace" || true; }
gaps() { tail -n 1 "$work/trace" | grep -oE '"gaps":[0-9]+' | cut -d: -f2 || true; }

row() { # TITLE N STRACE-CALLS STRACE-PATTERN TRACE-PATTERN COMMAND…
  local title=$1 n=$2 only=$3 in_strace=$4 in_trace=$5 variant untraced strace ours
  shift 5
  rm -f "$work"/*.times
  for _ in $(seq "$runs"); do
    for variant in $(shuf -e untraced strace cttrace); do run_one "$variant" "$only" "$@"; done
  done
  untraced=$(cut -d' ' -f1 <"$work/untraced.times" | median)
  strace=$(cut -d' ' -f1 <"$work/strace.times" | median)
  ours=$(cut -d' ' -f1 <"$work/cttrace.times" | median)
  awk -v title="$title" -v n="$n" -v u="$untraced" -v s="$strace" -v c="$ours" \
    -v in_strace="$(seen_by_strace "$in_strace")" -v in_trace="$(seen_by_cttrace "$in_trace")" \
    -v gaps="$(gaps)" -v kib="$(cut -d' ' -f2 <"$work/cttrace.times" | sort -n | tail -n 1)" \
    'BEGIN {
       printf "| %s | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f | %d | %d | %d | %.1f |\n", title,
              u / 1e6, s / 1e6, c / 1e6, n / s * 1e6, n / c * 1e6, s / c, in_strace, in_trace,
              gaps, kib / 1024
     }'
}

recording() {
  local starts=${CT_BENCH_STARTS:-200} many=${CT_BENCH_CALLS:-1000000}
  local container=$build/samples/container
  echo "| what is traced | untraced s | strace s | cttrace s | strace /s | cttrace /s | faster | strace saw | cttrace saw | gaps | tracer MiB |"
  echo "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
  say "recording: calls"
  row "$many calls that fail" "$many" umount2 'umount2\(' '"name":"umount2"' \
    "$bench/workload" calls "$many"
  row "$many files opened for writing" "$many" openat 'O_WRONLY' '"text":"O_WRONLY' \
    "$bench/workload" opens "$many"
  say "recording: tasks"
  row "10000 short processes" 10000 fork,clone,clone3,vfork 'exited with' '"ev":"exit"' \
    "$bench/workload" processes 10000
  row "2000 threads at once" 2000 fork,clone,clone3,vfork 'exited with' '"ev":"exit"' \
    "$bench/workload" threads 2000
  say "recording: containers"
  # shellcheck disable=SC2016 # the inner shell expands them
  row "$starts container starts in a row" "$starts" "$calls" 'pivot_root\(' \
    '"name":"pivot_root"' bash -c \
    'for _ in $(seq "$1"); do "$2" /bin/true || exit; done 2>/dev/null; exec "$3" memory 0' \
    bash "$starts" "$container" "$bench/workload"
}

# What 2000 more tasks that live at the same time cost the tracer.
bytes_per_task() {
  local few many
  "$cttrace" -q -o "$work/trace" -- "$bench/workload" threads 1 2>"$work/err"
  few=$(tail -n 1 "$work/err")
  "$cttrace" -q -o "$work/trace" -- "$bench/workload" threads 2001 2>"$work/err"
  many=$(tail -n 1 "$work/err")
  echo $(((many - few) * 1024 / 2000))
}

# -------- rendering --------

rendering() {
  local n format line
  echo "| format | 10⁴ events: s | 10⁵: s | 10⁶: s | 10⁶: bytes an event |"
  echo "| --- | --: | --: | --: | --: |"
  for n in 10000 100000 1000000; do
    "$bench/big_trace" "$here/../../samples/traces/podman-crun.jsonl" "$n" >"$work/big$n"
  done
  for format in ascii json dot html svg mermaid markdown chrome otlp; do
    say "rendering: $format"
    printf '| %s ' "$format"
    for n in 10000 100000 1000000; do
      rm -f "$work/cttrace.times"
      for _ in $(seq "$runs"); do
        "$bench/elapsed" -m "$cttrace" render --format "$format" -o "$work/picture" \
          "$work/big$n" >>"$work/cttrace.times"
      done
      line=$(cut -d' ' -f1 <"$work/cttrace.times" | median)
      awk -v us="$line" 'BEGIN { printf "| %.2f ", us / 1e6 }'
    done
    awk -v n="$n" '$2 > kib { kib = $2 } END { printf "| %.0f |\n", kib * 1024 / n }' \
      "$work/cttrace.times"
  done
}

# -------- the page --------

machine() {
  local model
  model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
  echo "$(nproc) × $model, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)," \
    "Linux $(uname -r), $(strace -V | head -n 1), $("$cttrace" --version | head -n 1)," \
    "$(date -u +%Y-%m-%d), median of $runs runs"
}

page() {
  cat <<END
# Performance

Made by \`tests/bench/all.sh\`, from a release build: nothing here is typed in by hand. What
tracing costs a \`podman run\` is measured by \`tests/bench/podman-overhead.sh\`.

Measured on: $(machine). The load was $(cut -d' ' -f1 /proc/loadavg) when it began.

## Recording

\`strace -f --seccomp-bpf -e trace=…\` is asked for the calls that the program makes; cttrace
records, as always, whatever belongs to a container's start, every failing call and every task.
"saw" counts the traced calls, or the ends of tasks, in the log and in the trace; a gap would be
something that was lost. "tracer MiB" is how much of cttrace's tracer was resident at most.

$(recording)

A task that lives costs the tracer $(bytes_per_task) bytes (2000 threads at once, against one).

## Rendering

A trace of many container starts (\`tests/bench/big_trace\`: the recorded \`podman run\` again and
again, with other tasks, times, namespaces and ids), read and drawn in full. Bytes an event: the most
that was resident, divided by the number of events.

$(rendering)
END
}

page >"$work/page"
cat "$work/page"
[ "${CT_BENCH_DRY:-}" ] || cp "$work/page" "$page"
