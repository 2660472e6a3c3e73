#!/bin/bash
# A signal to the front end reaches the command, once.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"

mkfifo "$TMP/ready" "$TMP/done"
for signal in INT TERM HUP USR1 QUIT; do
  # Own interrupts are ignored in the background unless a trap is set by an interactive shell;
  # so a program that sets handlers itself.
  "$CTTRACE" -q -o "$TMP/trace" -- perl -e '
    my $n = 0;
    $SIG{$ARGV[0]} = sub { $n++ };
    open my $ready, ">", "$ARGV[1]/ready"; print $ready "r\n"; close $ready;
    select undef, undef, undef, 5 until $n;
    select undef, undef, undef, 0.3 for 1 .. 2;
    exit 10 + $n' "$signal" "$TMP" &
  front=$!
  read -r _ <"$TMP/ready"
  kill -s "$signal" "$front"
  status=0
  wait "$front" 2>/dev/null || status=$?
  assert_eq "SIG$signal to cttrace: the handler ran once" "$status" 11
done
finish
