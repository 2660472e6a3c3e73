#!/bin/bash
# A command that waits for ever is interrupted: who waited for whom, in which call, on what?
. "${0%/*}/../lib.sh"
need jq perl
mkfifo "$TMP/fifo"

# Before it waits, the program makes a file; CALL is the number of the call that it waits in.
waits() { # NAME PERL CALL WHAT
  local name=$1
  TRACE=$TMP/$name.jsonl
  "$CTTRACE" -q -o "$TRACE" -- perl -MSocket -e "$ready$2" "$TMP/$name.ready" </dev/null >"$TMP/out" 2>&1 &
  local tracer=$! task
  await test -e "$TMP/$name.ready"
  # it is in that call when the kernel says so
  in_call() {
    task=$(jq -r 'select(.ev == "task" and .how == "root").task[0]' "$TRACE") &&
      grep -q "^$3 " "/proc/$task/syscall"
  }
  assert "$name: the kernel has it wait in call $3" await in_call "$@"
  kill -INT "$tracer"
  assert "$name: the tracer tells who waits" await grep -q '"ongoing":true' "$TRACE"
  jq -r 'select(.ev == "task").task[0]' "$TRACE" | xargs -r kill -KILL 2>/dev/null
  wait "$tracer" 2>/dev/null
  "$CTTRACE" explain -f json "$TRACE" >"$TMP/$name.hang"
  assert_jq "$TMP/$name.hang" "$name: it is a hang" '.kind == "hang"'
  assert_match "$name: and what it waits for" \
    "$(jq -r '.remarks[] | select(.label == "waits").text' "$TMP/$name.hang")" "$4"
}
ready='sub ready { open(my $f, ">", $ARGV[0]) } $SIG{INT} = "IGNORE"; '
child='my $child = fork() // die; if (!$child) { sleep 1000; exit } '
waits pipe 'pipe(my $r, my $w); '"$child"'close $w; ready(); sysread($r, my $x, 9);' 0 \
  'read\(.*<pipe:.*its child perl [0-9]+ may hold the other end of the pipe'
waits socket 'socketpair(my $a, my $b, AF_UNIX, SOCK_STREAM, 0); '"$child"'ready(); sysread($a, my $x, 9);' 0 \
  'read\(.*<socket:.*may hold the other end of the socket'
waits full 'pipe(my $r, my $w); '"$child"'ready(); 1 while syswrite($w, "x" x 1000000);' 1 \
  'write\(.*<pipe:.*the other side does not read'
waits fifo 'ready(); open(my $f, ">", "'"$TMP"'/fifo");' 257 'openat\(.*/fifo".*until somebody opens the other end'
waits wait4 "$child"'ready(); waitpid($child, 0);' 61 'wait4\(.*it waits for perl [0-9]+ to end'
waits futex 'my $word = pack("L", 0); ready(); syscall(202, $word, 0, 0, 0, 0, 0);' 202 \
  'futex\(.*it waits for another thread'
finish
