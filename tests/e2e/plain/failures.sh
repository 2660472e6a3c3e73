#!/bin/bash
# Failing calls: those that strace sees, each once and in each task's order, whether the
# tracer finds them by BPF or by stopping who builds a container.
. "${0%/*}/../lib.sh"
need jq strace python3
need_root

# Paths are found without a search, so that the calls do not depend on the caller's PATH.
export PATH=/usr/bin:/bin
SCRIPT='
exec >/dev/null 2>&1
cat /no/such/file
(ls /no/such/folder; cd /no/such/place) &
wait
mount -t no-such-type none /no/such/target
getent passwd no-such-user # asks nscd first, whose socket is not there
unshare --mount sh -c "umount /no/such/mount; rmdir /no/such/folder; cat /proc/self/mem"
exec ls /no/such/end
'
# Errors of these say nothing and are not recorded; the numbers of a restarted call are
# the kernel's own.
quiet=$(sed -n 's/^SYSCALL([0-9]*, \([a-z0-9_]*\), [A-Z_]*, [A-Z_| ]*QUIET.*/\1/p' \
  "$E2E/../../tracer/decode/syscalls.def" | paste -sd '|')

# A line a task, its failing calls in order; tasks have no names in common, so: sorted.
by_strace() { # LOG
  grep -E '^[0-9]+ +[a-z0-9_]+\(.* = -1 E' "$1" | grep -Ev "^[0-9]+ +($quiet)\(|ERESTART" |
    sed -E 's/^([0-9]+) +([a-z0-9_]+)\(.* = -1 (E[A-Z0-9]+).*/\1 \2:\3/' | join_tasks
}
by_cttrace() { # REPORT
  jq -r '.events[] | select(.error != null) | "\(.pid)/\(.serial) \(.name):\(.error)"' "$1" | join_tasks
}
join_tasks() { awk '{ calls[$1] = calls[$1] " " $2 } END { for (t in calls) print calls[t] }' | sort; }
failures_of() { jq -r 'select(.failures).failures' <(head -n 1 "$TRACE"); }

strace -f -qq -o "$TMP/strace" sh -c "$SCRIPT"
by_strace "$TMP/strace" >"$TMP/wanted"
assert_match "which errors say nothing is known" "|$quiet|" '\|ioctl\|'
assert "strace has seen failing calls" test "$(wc -w <"$TMP/wanted")" -gt 50

assert_same() { # DESCRIPTION TIMES CTTRACE-OPTION…
  local what=$1 times=$2 i differences=""
  shift 2
  for ((i = 0; i < times; i++)); do
    cttrace same -q "$@" -o TRACE -- sh -c "$SCRIPT"
    report
    by_cttrace "$REPORT" >"$TMP/got"
    differences+=$(diff "$TMP/wanted" "$TMP/got")
  done
  assert_eq "$what: what strace sees" "$differences" ""
}
assert_same "traced in full" 2 --depth full
cttrace probe -q --failures bpf -o TRACE -- true
if [ "$STATUS" -ne 0 ]; then
  skip "by BPF" "$(cat "$ERR")"
  finish
fi
assert_same "by BPF, 20 times" 20 --failures bpf
assert_eq "the header says how" "$(failures_of)" bpf
assert_jq "$REPORT" "a path is seen" \
  '[.events[] | select(.error == "ENOENT") | .args[] | select(.path == "/no/such/end")] | length >= 1'

# The second eye ends the calls that the first one began.
assert_jq "$REPORT" "a call with both has its result and its time" \
  '[failed("connect") | .dur_ns] | length >= 1 and all(. > 0)'

# A filter that denies answers before the tracer's own one: only the second eye sees it.
trace denied "$SAMPLES/seccomp-filter"
assert_jq "$REPORT" "what a filter denies is seen, once" \
  '[failed("mkdirat") | select(.error == "EPERM")] | length == 1'

# Who builds a container is stopped there, too: then it has a stack, and what /proc says.
trace stopped setpriv --inh-caps -sys_chroot --bounding-set -sys_chroot unshare --mount --root=/ true
assert_jq "$REPORT" "the command fails as without a tracer" '.exit.status == 1'
jq -c 'select(.name == "chroot")' "$TRACE" >"$TMP/chroot"
assert_eq "a builder's failed call comes once" "$(wc -l <"$TMP/chroot")" 1
assert_jq "$TMP/chroot" "with the stack of who called it" '[.stack[].symbol] | any(. == "chroot")'
assert_jq "$TMP/chroot" "with the user namespace that owns its mounts, as the kernel says" \
  '.circumstances.owners.mnt == $userns and .state.ns.user == $userns' \
  --argjson userns "$(readlink /proc/self/ns/user | tr -cd 0-9)"
assert_jq "$TMP/chroot" "with the mount that the path lies on" '.circumstances.mount.target == "/"'
"$CTTRACE" explain "$TRACE" >"$TMP/explained"
others=$(setpriv --inh-caps -sys_chroot --bounding-set -sys_chroot python3 -c '
for line in open("/proc/self/status"):
    if line.startswith("CapEff:"):
        print(bin(int(line.split()[1], 16)).count("1"))')
case $others in
"$(cat /proc/sys/kernel/cap_last_cap)") others='every capability but that one' ;; # counted from 0
*) others+=' other capabilities' ;;
esac
assert_match "and the capability that is missing is named, with how many the kernel left it" \
  "$(tr -s ' \n' ' ' <"$TMP/explained")" \
  "chroot needs cap_sys_chroot in its user namespace; the task has $others"
# A signal that the tracer takes away must not be seen by anybody else.
cttrace stops -q -o TRACE -- unshare --mount sh -c \
  'echo $$ >"$0"; kill -STOP $$; echo went on' "$TMP/pid" &
stopping=$!
# (A tracee stands still at every stop, with the same letter: so the trace must have the signal.)
is_stopped() {
  jq -e --argjson signal "$(kill -l STOP)" -s 'any(.[]; .ev == "signal" and .signal == $signal)' "$TMP/stops.jsonl" &&
    grep -q '^State:.[tT]' "/proc/$(cat "$TMP/pid")/status"
}
assert "a real SIGSTOP stops it" await is_stopped
kill -CONT "$(cat "$TMP/pid")"
wait "$stopping"
assert_eq "and SIGCONT ends that" "$(cat "$TMP/stops.out")" "went on"

# More than the ring holds: who fills it waits, and nothing is lost. (In a round the shell makes
# one call that fails: chdir, or, if it is bash, a stat of each directory on the way.)
cttrace flood -q --failures bpf --failures-ring 4096 -o TRACE -- \
  sh -c 'i=0; while [ $i -lt 20000 ]; do cd /no-such-place; i=$((i + 1)); done 2>/dev/null'
report
assert_eq "a flood changes nothing for the command" "$STATUS" 0
seen=$(jq '[.events[] | select(.error == "ENOENT" and any(.args[]; .path == "/no-such-place"))] | length' "$REPORT")
assert_eq "all were seen" "$seen" 20000
assert_eq "none was lost" "$(jq -c 'select(.ev == "gap")' "$TRACE")" ""
jq -c 'select(.ev == "end")' "$TRACE" >"$TMP/end"
assert "the trace has its end" test -s "$TMP/end"

# Who may not use BPF has the other way.
if as_ordinary_user 2>/dev/null; then
  cttrace user -q -o TRACE -- sh -c 'exit 3'
  assert_eq "an ordinary user's command works" "$STATUS" 3
  assert_eq "and the header says how" "$(failures_of)" ptrace
  cttrace refused -q --failures bpf -o TRACE -- true
  assert_eq "who insists is told" "$STATUS" 125
  assert_one_line "in one line" "$ERR"
fi
finish
