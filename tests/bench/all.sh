#!/bin/bash
# all.sh [BUILD [RUNS]]: measures everything that docs/performance.md tells, against strace in
# the same run, prints it and writes that file: some five minutes. BUILD is a release build. Every
# run of a table runs all its variants in random order; the figure is the median of the runs. There
# are up to RUNS of them (9), fewer if they take long: how many is in the table.
# CT_BENCH_DRY=1 writes no file; CT_BENCH_CALLS, _TASKS, _STARTS, _EVENTS, _TRACES, _ROUNDS and
# _SECONDS (for each row) make it smaller; _ROUNDS=0 is without podman.
# It fails if something was lost.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(readlink -f "${1:-$here/../../build/release}")
most=${2:-9}
bench=$build/tests/bench cttrace=$build/cli/cttrace
page=$here/../../docs/performance.md
many=${CT_BENCH_CALLS:-1000000} tasks=${CT_BENCH_TASKS:-10000} starts=${CT_BENCH_STARTS:-200}
events=${CT_BENCH_EVENTS:-1000000} traces=${CT_BENCH_TRACES:-1000} rounds=${CT_BENCH_ROUNDS:-15}
seconds=${CT_BENCH_SECONDS:-12}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What cttrace looks at by default, as far as strace can be asked for it.
calls=clone,clone3,fork,vfork,unshare,setns,execve,execveat,mount,umount2,pivot_root,chroot
calls+=,open_tree,move_mount,fsopen,fsconfig,fsmount,mount_setattr,sethostname,setdomainname
calls+=,setuid,setgid,setresuid,setresgid,setgroups,capset,prctl,seccomp,prlimit64,mknod,mknodat

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
say() { echo "$*" >&2; }
# What is said of a loss is said at the end, too, and by the exit status.
lost() { say "LOST: $*"; echo "$*" >>"$work/lost"; }

# -------- recording --------

run_one() { # VARIANT STRACE-CALLS COMMAND… : appends "microseconds KiB-of-the-tracer"
  local prefix=() variant=$1 only=$2 microseconds
  shift 2
  case $variant in
  strace) prefix=(strace -f --seccomp-bpf -e "trace=$only" -o "$work/strace") ;;
  cttrace*) prefix=("$cttrace" -q -o "$work/trace" --) ;;
  esac
  microseconds=$("$bench/elapsed" ${prefix[@]:+"${prefix[@]}"} "$@" 2>"$work/err")
  echo "$microseconds $(tail -n 1 "$work/err")" >>"$work/$variant.times"
}

# How many there are in strace's log, and in the trace; the footer knows of every loss.
seen_by_strace() { grep -cE "$1" "$work/strace" || true; }
seen_by_cttrace() { grep -cE "$1" "$work/trace" || true; }
gaps() { tail -n 1 "$work/trace" | grep -oE '"gaps":[0-9]+' | cut -d: -f2 || true; }
middle() { cut -d' ' -f1 <"$work/$1.times" | median; }

check_row() { # TITLE N SEEN GAPS
  if [ "$3" -lt "$2" ] || [ "${4:-0}" -gt 0 ]; then
    lost "$1: $3 of $2 are in the trace, ${4:-0} gaps"
  fi
}

row() { # TITLE N STRACE-CALLS STRACE-PATTERN TRACE-PATTERN COMMAND…
  local title=$1 n=$2 only=$3 in_strace=$4 in_trace=$5 variant began=$SECONDS round=0 seen gaps
  shift 5
  say "recording: $title"
  rm -f "$work"/*.times
  # another one only if it ends in time
  while [ $round -lt "$most" ] && {
    [ $round -eq 0 ] || [ $((SECONDS - began + (SECONDS - began) / round)) -le "$seconds" ]
  }; do
    for variant in $(shuf -e untraced strace cttrace cttrace-again); do
      run_one "$variant" "$only" "$@"
    done
    round=$((round + 1))
  done
  printf 'strace -f --seccomp-bpf -e trace=%s -o LOG %s\ncttrace -q -o TRACE -- %s\n\n' \
    "$only" "$(shown "$@")" "$(shown "$@")" >>"$work/commands"
  seen=$(seen_by_cttrace "$in_trace") gaps=$(gaps)
  check_row "$title" "$n" "$seen" "$gaps"
  awk -v title="$title" -v n="$n" -v runs="$round" -v u="$(middle untraced)" \
    -v s="$(middle strace)" -v c="$(middle cttrace)" -v again="$(middle cttrace-again)" \
    -v in_strace="$(seen_by_strace "$in_strace")" -v in_trace="$seen" -v gaps="$gaps" \
    -v kib="$(cut -d' ' -f2 <"$work/cttrace.times" | sort -n | tail -n 1)" \
    'BEGIN {
       printf "| %s | %d | %.2f | %.2f | %.2f | %.0f | %.0f | %.2f | %.2f | %d | %d | %d | %.1f |\n",
              title, runs, u / 1e6, s / 1e6, c / 1e6, n / s * 1e6, n / c * 1e6, s / c,
              again / c, in_strace, in_trace, gaps, kib / 1024
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
  local container=$build/samples/container tenth=$(((many + 9) / 10))
  local threads=$(((tasks + 4) / 5))
  echo "| what is traced | runs | untraced s | strace s | cttrace s | strace /s | cttrace /s | faster | again | strace saw | cttrace saw | gaps | tracer MiB |"
  echo "| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |"
  row "$many calls that fail" "$many" umount2 'umount2\(' '"name":"umount2"' \
    "$bench/workload" calls "$many"
  row "$tenth calls that fail" "$tenth" umount2 'umount2\(' '"name":"umount2"' \
    "$bench/workload" calls "$tenth"
  row "$tenth files opened for writing" "$tenth" openat 'O_WRONLY' '"text":"O_WRONLY' \
    "$bench/workload" opens "$tenth"
  row "$tenth host names set" "$tenth" sethostname 'sethostname\(' '"name":"sethostname"' \
    "$bench/workload" names "$tenth"
  row "$tenth ids set: each a stop" "$tenth" setresuid 'setresuid\(' '"name":"setresuid"' \
    "$bench/workload" stops "$tenth"
  row "$tasks short processes" "$tasks" fork,clone,clone3,vfork 'exited with' '"ev":"exit"' \
    "$bench/workload" processes "$tasks"
  row "$threads threads at once" "$threads" fork,clone,clone3,vfork 'exited with' '"ev":"exit"' \
    "$bench/workload" threads "$threads"
  # shellcheck disable=SC2016 # the inner shell expands them
  row "$starts container starts in a row" "$starts" "$calls" 'pivot_root\(' \
    '"name":"pivot_root"' bash -c \
    'for _ in $(seq "$1"); do "$2" /bin/true || exit; done 2>/dev/null; exec "$3" memory 0' \
    bash "$starts" "$container" "$bench/workload"
}

tracer_of() { awk '$1 == "TracerPid:" { print $2 }' "/proc/$1/status"; }

# The same starts, by a process that ran before the tracer came: a daemon.
attached() {
  local container=$build/samples/container daemon tracer began
  say "recording: attached"
  mkfifo "$work/go"
  # shellcheck disable=SC2016 # the inner shell expands them
  bash -c 'read -r _ <"$1"; for _ in $(seq "$2"); do "$3" /bin/true || exit; done 2>/dev/null
           exec "$4" memory 0' bash "$work/go" "$starts" "$container" "$bench/workload" \
    2>"$work/err" &
  daemon=$!
  "$cttrace" -q -o "$work/trace" -p "$daemon" &
  tracer=$!
  until [ "$(tracer_of "$daemon")" != 0 ]; do
    kill -0 "$tracer" || { lost "attached: cttrace -p has ended" && return; }
    sleep 0.01
  done
  began=$(date +%s%N)
  echo go >"$work/go"
  wait "$daemon"
  wait "$tracer"
  check_row attached "$starts" "$(seen_by_cttrace '"name":"pivot_root"')" "$(gaps)"
  awk -v n="$starts" -v ns="$(($(date +%s%N) - began))" -v kib="$(tail -n 1 "$work/err")" \
    -v seen="$(seen_by_cttrace '"name":"pivot_root"')" -v gaps="$(gaps)" 'BEGIN {
      printf "%d starts by a process that `cttrace -p` was attached to took %.2f s: %d are in ",
             n, ns / 1e9, seen
      printf "the trace, with %d gaps; the tracer had %.1f MiB.\n", gaps, kib / 1024
    }'
}

# What so many more tasks that live at the same time cost the tracer.
bytes_per_task() {
  local few many more=$(((tasks + 4) / 5))
  "$cttrace" -q -o "$work/trace" -- "$bench/workload" threads 1 2>"$work/err"
  few=$(tail -n 1 "$work/err")
  "$cttrace" -q -o "$work/trace" -- "$bench/workload" threads $((more + 1)) 2>"$work/err"
  many=$(tail -n 1 "$work/err")
  echo "A task that lives costs the tracer $(((many - few) * 1024 / more)) bytes" \
    "(\`workload threads\`: $((more + 1)) at once, against one)."
}

# -------- rendering --------

sizes=($((events / 100)) $((events / 10)) "$events")

# Once each: what takes seconds is not moved by a moment.
reading_row() { # TITLE TRACES ARGUMENT… : @ is the trace
  local title=$1 copies=$2 n
  shift 2
  say "rendering: $title"
  printf '| %s ' "$title"
  for n in "${sizes[@]}"; do
    "$bench/elapsed" -m "$cttrace" "${@//@/$work/big$n}" >"$work/times"
    awk '{ printf "| %.2f ", $1 / 1e6 }' "$work/times"
  done
  awk -v n="$((n * copies))" \
    '{ printf "| %.2f | %.0f |\n", $3 / 1e6, $2 * 1024 / n }' "$work/times"
  rm -f "$work/picture"
}

rendering() {
  local n format view
  printf '| picture'
  printf ' | %s events: s' "${sizes[@]}"
  echo " | of these: CPU s | bytes an event |"
  echo "| --- | --: | --: | --: | --: | --: |"
  for n in "${sizes[@]}"; do
    "$bench/big_trace" "$here/../../samples/traces/podman-crun.jsonl" "$n" >"$work/big$n"
  done
  for format in ascii json dot html svg mermaid markdown chrome otlp; do
    reading_row "\`-f $format\`" 1 render -f "$format" -o "$work/picture" @
  done
  for view in tree phases namespaces mounts isolation network asked; do
    reading_row "\`--view $view\`" 1 render --view "$view" -o "$work/picture" @
  done
  reading_row "\`-vv\`: every event" 1 render -vv -o "$work/picture" @
  reading_row '`cttrace explain`' 1 explain -o "$work/picture" @
  reading_row '`cttrace stats`' 1 stats -o "$work/picture" @
  reading_row '`cttrace diff`, two of them' 2 diff -o "$work/picture" @ @
}

instructions() { # EVENTS
  "$bench/big_trace" "$here/../../samples/traces/podman-crun.jsonl" "$1" >"$work/small"
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$cttrace" render \
    -o "$work/picture" "$work/small" 2>&1 | awk '/refs/ { gsub(",", "", $NF); print $NF }'
}

# A time is moved by whoever else uses the machine, this is not.
growing() {
  local few=$((events / 500)) more=$((events / 50))
  if [ "$few" -lt 1000 ] || ! command -v valgrind >/dev/null; then
    echo "Instructions were not counted: too few events, or no valgrind."
    return
  fi
  say "rendering: instructions"
  awk -v few="$few" -v more="$more" -v a="$(instructions "$few")" -v b="$(instructions "$more")" \
    'BEGIN {
       printf "By callgrind, \"-f ascii\" of %d events takes %.0f million instructions, of %d events ",
              few, a / 1e6, more
       printf "%.0f million: %.2f times as many for %.0f times the events.\n", b / 1e6, b / a,
              more / few
     }'
}

many_traces() {
  local i=0 file
  say "stats"
  mkdir "$work/traces"
  while [ $i -lt "$traces" ]; do
    for file in "$here"/../../samples/traces/*.jsonl; do
      [ $i -ge "$traces" ] || ln -s "$(readlink -f "$file")" "$work/traces/$i.jsonl"
      i=$((i + 1))
    done
  done
  "$bench/elapsed" -m "$cttrace" stats -o "$work/picture" "$work"/traces/* >"$work/times"
  awk -v n="$traces" '{ printf "`cttrace stats` of %d traces takes %.2f s (%.2f s of CPU time) and " \
    "%.0f MiB.\n", n, $1 / 1e6, $3 / 1e6, $2 / 1024 }' "$work/times"
}

# -------- podman --------

podman_runs() { # NETWORK
  say "podman, network $1"
  if [ "$rounds" -eq 0 ]; then
    echo "Not measured: CT_BENCH_ROUNDS=0."
  elif "$here/podman-overhead.sh" "$build" "$rounds" "$1" >"$work/podman" 2>"$work/err"; then
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

load_now() { cut -d' ' -f1 /proc/loadavg; }

page() { # LOAD
  local load=$1
  cat <<END
# Performance

Made by \`tests/bench/all.sh\`, from a release build: nothing here is typed in by hand.

Measured on: $(machine). The load was $load when it began$(
    awk -v now="$load" -v cpus="$(nproc)" 'BEGIN { if (now > cpus / 2) print ": **others were using the machine**, so these times are longer than they should be" }').

## Recording

\`strace -f --seccomp-bpf -e trace=…\` is asked for the calls that the program makes; cttrace
records, as always, whatever belongs to a container's start, every failing call and every task.
Medians of the runs, in which the variants take turns in random order. "/s": calls, or tasks, in a
second. "faster": strace's time divided by cttrace's. "again": the time of the same cttrace, measured
once more, divided by the first; how far it is from 1 is how little the other ratios mean. "saw" counts the traced calls, or the ends of tasks, in the log
and in the trace; a gap would be something that was lost. "tracer MiB" is how much of cttrace's
tracer was resident at most.

$(cat "$work/recording")

\`\`\`
$(cat "$work/commands")
\`\`\`

$(cat "$work/attached")

$(cat "$work/per-task")

## Reading and rendering

A trace of many container starts (\`tests/bench/big_trace\`: the recorded \`podman run\` again and
again, with other tasks, times, namespaces and ids), read and drawn in full by
\`cttrace render … -o FILE TRACE\`. Bytes an event: the most that was resident, divided by
the number of events.

$(cat "$work/rendering")

$(cat "$work/growing")

$(cat "$work/many-traces")

## A container's start

\`tests/bench/podman-overhead.sh\`: what tracing costs a \`podman run --rm --network=none hello-world\`.
The control, "untraced again", is as far from 1 as chance makes it.

\`\`\`
$(cat "$work/podman-none")
\`\`\`

The same with \`--network=bridge\`, podman's default: netavark makes the network.

\`\`\`
$(cat "$work/podman-bridge")
\`\`\`

All of this took $SECONDS s; the load was $(load_now) when it ended.
END
}

load=$(load_now)
recording >"$work/recording"
attached >"$work/attached"
bytes_per_task >"$work/per-task"
rendering >"$work/rendering"
growing >"$work/growing"
many_traces >"$work/many-traces"
podman_runs none >"$work/podman-none"
podman_runs bridge >"$work/podman-bridge"
page "$load" >"$work/page"
cat "$work/page"
if [ -e "$work/lost" ]; then
  say "$(cat "$work/lost")"
  exit 1
fi
[ "${CT_BENCH_DRY:-}" ] || cp "$work/page" "$page"
