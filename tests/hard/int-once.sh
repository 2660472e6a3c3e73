#!/bin/bash
# A signal to the front end, or to the process group that it shares with the command, reaches
# the command once, and says who sent it.
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

# The group's: a handler that writes down who sent what, and is told when to end.
reports='
  use POSIX;
  open my $out, ">", "$ARGV[1]/got"; $out->autoflush(1);
  my $end = 0;
  POSIX::sigaction(POSIX->can("SIG$ARGV[0]")->(), POSIX::SigAction->new(
    sub { my $i = $_[1]; print $out "$i->{code} $i->{pid}\n" }, POSIX::SigSet->new, SA_SIGINFO));
  POSIX::sigaction(SIGALRM, POSIX::SigAction->new(sub { $end = 1 }));
  open my $ready, ">", "$ARGV[1]/ready"; print $ready "$$\n"; close $ready;
  POSIX::pause() until $end;
  exit 0'
got() { [ "$(wc -l <"$TMP/got")" -ge "$1" ]; }
# Of signals that wait at the same time the kernel keeps one: has cttrace passed on what it
# had (it sleeps in poll(2)), and the command taken it?
nothing_waits() {
  [ "$(cut -d' ' -f1 "/proc/$front/syscall")" = 7 ] || return
  ! grep -hq '^ShdPnd:.*[1-9a-f]' "/proc/$front/status" "/proc/$command/status"
}
for signal in INT TERM HUP USR2; do
  setsid "$CTTRACE" -q -o "$TMP/trace" -- perl -e "$reports" "$signal" "$TMP" &
  front=$!
  read -r command <"$TMP/ready"
  for n in 1 2; do
    kill -s "$signal" -- "-$front"
    await got "$n"
    await nothing_waits
  done
  # shellcheck disable=SC2016 # the inner shell expands them
  other=$(sh -c 'kill -s "$0" "$1"; echo "$$"' "$signal" "$front")
  await got 3
  await nothing_waits
  kill -s ALRM "$command"
  wait "$front"
  assert_eq "SIG$signal to the group, twice, and to cttrace alone: three, from whom" \
    "$(cat "$TMP/got")" "$(printf '0 %s\n' $$ $$ "$other")"
done
finish
