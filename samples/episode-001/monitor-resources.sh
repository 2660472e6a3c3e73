#!/bin/bash
# monitor-resources.sh [-i SECONDS] [-n TIMES] [CONTAINER…]: what containers use, beside their
# limits, read from the files of their cgroups (versions 1 and 2): for a second terminal. All of
# them, or those whose cgroup is named after a CONTAINER. Ends with Ctrl-C, or after TIMES lines.
set -euo pipefail
interval=1 times=-1
while getopts i:n: option; do
  case $option in
  i) interval=$OPTARG ;;
  n) times=$OPTARG ;;
  *) sed -n '2,/^[^#]/s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))

# The first processes of the pid namespaces below ours: containers, whatever made them.
inits() {
  local ours
  ours=$(stat -L -c %i /proc/self/ns/pid)
  stat -L -c '%i %n' /proc/[0-9]*/ns/pid 2>/dev/null | awk -v ours="$ours" '
    $1 != ours { split($2, part, "/"); print part[3] }' | while read -r pid; do
    [ "$(awk '$1 == "NSpid:" { print $NF }' "/proc/$pid/status" 2>/dev/null)" != 1 ] || echo "$pid"
  done
}
declare -A mounted # where the hierarchy of a controller is; "" is version 2
while read -r point type options; do
  if [ "$type" = cgroup2 ]; then mounted[2]=$point; continue; fi
  for option in ${options//,/ }; do mounted[$option]=$point; done
done < <(awk '/ - cgroup2? / { print $5, $(NF - 2), $NF }' /proc/self/mountinfo)

# The directory of a process's cgroup.
directory() { # PID CONTROLLER
  awk -F: -v name="$2" -v v1="${mounted[$2]:-}" -v v2="${mounted[2]:-}" '
    v1 != "" && ("," $2 ",") ~ ("," name ",") { print v1 $3; found = 1 }
    $1 == 0 { unified = v2 $3 }
    END { if (!found) print unified }' "/proc/$1/cgroup" 2>/dev/null
}
# What is in the first of these files that is there.
first() { # FILE…
  local file
  for file; do [ ! -r "$file" ] || { cat "$file" 2>/dev/null && return; }; done
  echo -
}
memory() { # DIRECTORY
  local used limit
  used=$(first "$1/memory.current" "$1/memory.usage_in_bytes")
  limit=$(first "$1/memory.max" "$1/memory.limit_in_bytes")
  # version 1 says a number that no machine has, for none
  awk -v used="$used" -v limit="$limit" 'BEGIN {
    printf "%.1f of %s", used / 1048576,
      limit ~ /^[0-9]+$/ && limit < 2 ^ 60 ? sprintf("%.1f MiB", limit / 1048576) : "any" }'
}
pids() { # DIRECTORY
  local limit
  limit=$(first "$1/pids.max")
  printf '%s of %s' "$(first "$1/pids.current")" "${limit/max/any}"
}
# CPU time in microseconds, and the limit in CPUs.
cpu_used() { # PID
  local nanoseconds
  nanoseconds=$(first "$(directory "$1" cpuacct)/cpuacct.usage")
  if [ "$nanoseconds" != - ]; then echo $((nanoseconds / 1000)); else
    awk '$1 == "usage_usec" { print $2 }' "$(directory "$1" cpu)/cpu.stat" 2>/dev/null
  fi
}
cpu_limit() { # DIRECTORY
  local quota period
  read -r quota period < <(first "$1/cpu.max" "$1/cpu.cfs_quota_us")
  [ -n "$period" ] || period=$(first "$1/cpu.cfs_period_us")
  awk -v q="$quota" -v p="$period" 'BEGIN { if (q > 0) printf "%.2f", q / p; else print "any" }'
}

declare -A used_before at_before
line() { # PID
  local pid=$1 group name used at busy=-
  group=$(directory "$pid" pids) || return 0 # it has just ended
  name=$(grep -oE '[0-9a-f]{64}' <<<"$group" | tail -n 1) || name=pid-$pid
  [ $# -eq 1 ] || grep -qF "$(printf '%s\n' "${@:2}")" <<<"$name" || return 0
  used=$(cpu_used "$pid") || return 0
  at=${EPOCHREALTIME//[.,]/}
  [ -n "$used" ] || return 0
  if [ -n "${used_before[$pid]:-}" ]; then
    busy=$(awk -v u=$((used - used_before[$pid])) -v t=$((at - at_before[$pid])) \
      'BEGIN { printf "%.2f", u / t }')
  fi
  used_before[$pid]=$used at_before[$pid]=$at
  printf '%(%T)T  %-12.12s  %-20s  %-13s  %s of %s\n' -1 "$name" \
    "$(memory "$(directory "$pid" memory)")" "$(pids "$group")" "$busy" \
    "$(cpu_limit "$(directory "$pid" cpu)")"
}
printf '%-8s  %-12s  %-20s  %-13s  %s\n' time container memory pids CPUs
while [ "$times" -ne 0 ]; do
  for pid in $(inits); do line "$pid" "$@"; done
  times=$((times - 1))
  [ "$times" -eq 0 ] || sleep "$interval"
done
