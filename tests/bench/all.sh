#!/bin/bash
# all.sh [BUILD [RUNS]]: measures everything that docs/performance.md tells, against strace in
# the same run, prints it and writes that file: some ten minutes. BUILD is a release build. Every
# run of a table runs all its variants in random order; the figure is the median of the runs.
# CT_BENCH_DRY=1 writes no file; CT_BENCH_CALLS, _STARTS, _EVENTS, _ROUNDS make it smaller.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(readlink -f "${1:-$here/../../build/release}")
runs=${2:-3}
bench=$build/tests/bench cttrace=$build/cli/cttrace
page=$here/../../docs/performance.md
many=${CT_BENCH_CALLS:-1000000} stops=$((${CT_BENCH_CALLS:-1000000} / 10))
starts=${CT_BENCH_STARTS:-200} events=${CT_BENCH_EVENTS:-1000000} rounds=${CT_BENCH_ROUNDS:-15}
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
  printf 'strace -f --seccomp-bpf -e trace=%s -o LOG %s\ncttrace -q -o TRACE -- %s\n\n' \
    "$only" "$(shown "$@")" "$(shown "$@")" >>"$work/commands"
  awk -v title="$title" -v n="$n" -v u="$untraced" -v s="$strace" -v c="$ours" \
    -v in_strace="$(seen_by_strace "$in_strace")" -v in_trace="$(seen_by_cttrace "$in_trace")" \
    -v gaps="$(gaps)" -v kib="$(cut -d' ' -f2 <"$work/cttrace.times" | sort -n | tail -n 1)" \
    'BEGIN {
       printf "| %s | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f | %d | %d | %d | %.1f |\n", title,
              u / 1e6, s / 1e6, c / 1e6, n / s * 1e6, n / c * 1e6, s / c, in_strace, in_trace,
              gaps, kib / 1024
     }'
}

# A command without the place of this build.
shown() {
  local word line=""
  for word; do
    word=${word//"$build"\//}
    line+=" $([[ $word =~ ^[A-Za-z0-9_./=-]+$ ]] && printf %s "$word" || printf '%s' "'$word'")"
  done
  echo "${line# }"
}

recording() {
  local container=$build/samples/container
  echo "| what is traced | untraced s | strace s | cttrace s | strace /s | cttrace /s | faster | strace saw | cttrace saw | gaps | tracer MiB |"
  echo "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
  say "recording: calls"
  row "$many calls that fail" "$many" umount2 'umount2\(' '"name":"umount2"' \
    "$bench/workload" calls "$many"
  row "$many files opened for writing" "$many" openat 'O_WRONLY' '"text":"O_WRONLY' \
    "$bench/workload" opens "$many"
  row "$many host names set" "$many" sethostname 'sethostname\(' '"name":"sethostname"' \
    "$bench/workload" names "$many"
  row "$stops ids set: each a stop" "$stops" setresuid 'setresuid\(' '"name":"setresuid"' \
    "$bench/workload" stops "$stops"
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

# Once each: what takes seconds is not moved by a moment.
rendering() {
  local sizes=($((events / 100)) $((events / 10)) "$events") n format
  printf '| format'; printf ' | %s events: s' "${sizes[@]}"
  echo " | of these: CPU s | bytes an event |"
  echo "| --- | --: | --: | --: | --: | --: |"
  for n in "${sizes[@]}"; do
    "$bench/big_trace" "$here/../../samples/traces/podman-crun.jsonl" "$n" >"$work/big$n"
  done
  for format in ascii json dot html svg mermaid markdown chrome otlp; do
    say "rendering: $format"
    printf '| %s ' "$format"
    for n in "${sizes[@]}"; do
      "$bench/elapsed" -m "$cttrace" render --format "$format" -o "$work/picture" \
        "$work/big$n" >"$work/times"
      awk '{ printf "| %.2f ", $1 / 1e6 }' "$work/times"
      rm -f "$work/picture"
    done
    awk -v n="$n" '{ printf "| %.2f | %.0f |\n", $3 / 1e6, $2 * 1024 / n }' "$work/times"
  done
}

# -------- podman --------

podman_runs() {
  say "podman"
  if "$here/podman-overhead.sh" "$build" "$rounds" >"$work/podman" 2>"$work/err"; then
    sed -n '/^variant/,$p' "$work/podman" # without what the testbed said when it was made
  else
    echo "Not measured here: $(tail -n 1 "$work/err")"
  fi
}

# -------- the page --------

machine() {
  local model commit
  commit=$(git -C "$here" describe --always --dirty 2>/dev/null || echo unknown)
  model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -n 1)
  echo "$(nproc) × $model, $(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)," \
    "Linux $(uname -r), $(strace -V | head -n 1), $("$cttrace" --version | head -n 1)," \
    "of commit $commit, $(date -u +%Y-%m-%d)"
}

page() {
  local load began=$SECONDS
  load=$(cut -d' ' -f1 /proc/loadavg)
  cat <<END
# Performance

Made by \`tests/bench/all.sh\`, from a release build: nothing here is typed in by hand.

Measured on: $(machine). The load was $load when it began$(
    awk -v now="$load" -v cpus="$(nproc)" 'BEGIN { if (now > cpus / 2) print ": **others were using the machine**, so these times are longer than they should be" }').

## Recording

\`strace -f --seccomp-bpf -e trace=…\` is asked for the calls that the program makes; cttrace
records, as always, whatever belongs to a container's start, every failing call and every task.
Median of $runs runs. "/s": calls, or tasks, in a second. "faster": strace's time divided by cttrace's.
"saw" counts the traced calls, or the ends of tasks, in the log and in the trace; a gap would be
something that was lost. "tracer MiB" is how much of cttrace's tracer was resident at most.

$(recording)

\`\`\`
$(cat "$work/commands")
\`\`\`

A task that lives costs the tracer $(bytes_per_task) bytes (\`workload threads\`: 2000 at once, against one).

## Rendering

A trace of many container starts (\`tests/bench/big_trace\`: the recorded \`podman run\` again and
again, with other tasks, times, namespaces and ids), read and drawn in full by
\`cttrace render --format FORMAT -o FILE TRACE\`. Bytes an event: the most that was resident, divided by
the number of events.

$(rendering)

## A container's start

\`tests/bench/podman-overhead.sh\`: what tracing costs a \`podman run --rm --network=none hello-world\`.
The control, "untraced again", is as far from 1 as chance makes it.

\`\`\`
$(podman_runs)
\`\`\`

All of this took $(((SECONDS - began) / 60)) minutes.
END
}

page >"$work/page"
cat "$work/page"
[ "${CT_BENCH_DRY:-}" ] || cp "$work/page" "$page"
