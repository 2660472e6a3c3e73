#!/bin/bash
# Calls that fail in a tight loop take no stop, and come faster than anybody can write them
# down: every one is in the trace, in its thread's order, however slow the recorder is, and
# nobody waits for ever.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need_root
need jq unshare

flood=${HARD:?}/flood
"$CTTRACE" -q --failures bpf -o "$TMP/probe" -- true 2>/dev/null || cannot "no BPF here"

# Prints what is wrong: a call that is missing, there twice, or out of its thread's order; a gap.
check() { # N
  grep -oE '"str":"/no/such/[0-9]+/[0-9]+"|"ev":"gap"' "$TMP/trace" |
    awk -F '[/"]' -v n="$1" '
      /gap/ { print "a gap"; next }
      $8 != next_of[$7] + 0 { print "thread " $7 ": " $8 " where " next_of[$7] + 0 " was due" }
      { next_of[$7] = $8 + 1; seen++ }
      END { if (seen != n) print seen + 0 " of " n " calls" }' | head -n 5
}

assert_whole() { # DESCRIPTION THREADS N COMMAND…
  local what=$1 threads=$2 n=$3 status=0
  shift 3
  timeout -k 1 100 "$CTTRACE" -q -o "$TMP/trace" "$@" "$flood" "$threads" "$n" \
    2>"$TMP/err" || status=$?
  assert_eq "$what: the command ends well" "$status $(cat "$TMP/err")" "0 "
  assert_eq "$what: all are told, once, in order" "$(check "$n")" ""
}
assert_whole "one thread" 1 300000 --
assert_whole "four threads" 4 300000 --
assert_whole "in a pid namespace" 2 50000 -- unshare --pid --fork
assert_whole "at depth key" 2 50000 --depth key --failures bpf --
assert_whole "a ring that holds a dozen" 3 48000 --failures-ring 8192 --
assert_whole "a builder" 2 5000 -- unshare --mount

# Nobody reads what the recorder writes: the loop stands still. Others do not.
mkfifo "$TMP/trace.fifo" "$TMP/go"
exec {reader}<>"$TMP/trace.fifo"
# shellcheck disable=SC2016 # the inner shell expands them
"$CTTRACE" -q -o "$TMP/trace.fifo" -- sh -c \
  '"$1" 1 100000 & echo "$!" >"$0/pid"; read -r _ <"$0/go"; (: >"$0/alive"); wait "$!"' \
  "$TMP" "$flood" 2>"$TMP/err" &
tracer=$!
# It has no other stops than this one.
stands() { [ -s "$TMP/pid" ] && grep -q '^State:.t' "/proc/$(cat "$TMP/pid")/task/"*/status; }
# Nor has the recorder anything left to do once it sleeps in write(2): before that, it takes
# what the ring holds, and the loop goes on for a while.
recorder_waits() {
  local task call fd _
  for task in /proc/[0-9]*/task/[0-9]*; do
    read -r call fd _ <"$task/syscall" && [ "$call" = 1 ] &&
      [ "$task/fd/$((fd))" -ef "$TMP/trace.fifo" ] && return
  done 2>/dev/null
  return 1
}
assert "with nobody to read, the recorder waits" await recorder_waits
assert "and so does the loop" await stands
echo >"$TMP/go"
assert "and does not keep another process from its birth and its work" await test -e "$TMP/alive"
assert "while it still waits" stands
cat <"$TMP/trace.fifo" >"$TMP/trace" {reader}<&- &
cat=$!
exec {reader}<&-
wait "$tracer"
assert_eq "when somebody reads, it goes on to its end" "$? $(cat "$TMP/err")" "0 "
wait "$cat"
assert_eq "and nothing is missing" "$(check 100000)" ""
finish
