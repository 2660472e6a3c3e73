#!/bin/bash
# What root's tracer keeps of root while it reads what others wrote, from the kernel's own word;
# and that the command keeps all it had.
. "${0%/*}/../lib.sh"
need_root
need jq

# Numbers of capabilities (linux/capability.h): dac_read_search, kill, net_admin, sys_ptrace, sys_admin,
# sys_nice, sys_resource, perfmon, bpf; dac_override for who writes the picture, too.
kept=0
for cap in 2 5 12 19 21 23 24 38 39; do kept=$((kept | 1 << cap)); done
override=$((1 << 1))

set_of() { # PID WHICH: as a number
  echo $((16#$(sed -n "s/^$2:[[:space:]]*//p" "/proc/$1/status")))
}
mine=$(set_of self CapPrm)
threads_of() { # PID: the permitted, effective and inheritable sets of all its threads
  sed -n 's/^Cap\(Prm\|Eff\|Inh\):[[:space:]]*//p' "/proc/$1/task/"*/status | sort -u |
    while read -r set; do echo $((16#$set)); done | sort -n | paste -sd ' '
}
mkfifo "$TMP/ready" "$TMP/go"
"$CTTRACE" -q --meters -o "$TMP/trace" -- sh -c \
  "sed -n 's/^CapPrm:[[:space:]]*//p' /proc/self/status >'$TMP/ready'; read -r _ <'$TMP/go'" &
front=$!
read -r command <"$TMP/ready"
assert_eq "the command has what it would have" "$((16#$command))" "$mine"
tracer=$(pgrep -P "$front" cttrace-tracer)
assert_eq "every thread of the tracer has what it needs, and nothing to pass on" \
  "$(threads_of "$tracer")" "0 $((mine & kept))"
echo >"$TMP/go"
wait "$front"

sleep 300 &
sleeper=$!
at_exit "kill $sleeper"
"$CTTRACE" -q -o "$TMP/attached" -p "$sleeper" &
attached=$!
traced() { grep -q '^TracerPid:[[:space:]]*[1-9]' "/proc/$sleeper/status"; }
await traced
assert_eq "who attaches, and writes the picture, has one more" \
  "$(threads_of "$attached")" "0 $((mine & (kept | override)))"
kill -INT "$attached"
wait "$attached"
finish
