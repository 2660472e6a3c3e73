#!/bin/bash
# What the command inherits is what its shell gave: descriptors closed or not, signals ignored
# and blocked. And none of it breaks the tracer.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"

show='for f in /proc/self/fd/*; do [ -e "$f" ] && echo "${f##*/}"; done; exit 6'
compare() { # DESCRIPTION SHELL-CODE; "$@" is run in it
  local native=0 traced=0
  bash -c "$2" bash sh -c "$show" >"$TMP/native" 2>/dev/null || native=$?
  timeout -k 5 30 bash -c "$2" bash "$CTTRACE" -q -o "$TMP/trace" -- sh -c "$show" \
    >"$TMP/traced" 2>/dev/null || traced=$?
  assert_eq "$1: status" "$traced" "$native"
  assert_eq "$1: descriptors" "$(cat "$TMP/traced")" "$(cat "$TMP/native")"
  assert "$1: the trace is whole" jq -se '.[-1].ev == "end"' "$TMP/trace"
}
compare "nothing special" '"$@"'
compare "stdin closed" '"$@" <&-'
compare "stderr closed" '"$@" 2>&-'
compare "stdin and stderr closed" '"$@" <&- 2>&-'
compare "descriptors above" '"$@" 7</dev/null 200</dev/null'
compare "SIGCHLD ignored" 'trap "" CHLD; "$@"'
compare "SIGPIPE, SIGTERM ignored" 'trap "" PIPE TERM INT; "$@"'
compare "few descriptors" 'ulimit -n 40; "$@"'

# All three closed: what is written must go nowhere, least of all into the trace.
status=0
timeout -k 5 30 bash -c '"$@" <&- >&- 2>&-' bash "$CTTRACE" -q -o "$TMP/trace" -- \
  sh -c 'echo into stdout; echo into stderr >&2; exit 6' || status=$?
assert_eq "all closed: status" "$status" 6
assert "all closed: the trace is whole" jq -se '.[-1].ev == "end"' "$TMP/trace"

# Every signal blocked, as a careless parent may leave it.
blocked() {
  perl -MPOSIX -e 'my $all = POSIX::SigSet->new; $all->fillset;
    sigprocmask(SIG_BLOCK, $all); exec @ARGV' "$@"
}
assert_eq "the mask is inherited" \
  "$(blocked timeout -k 5 30 "$CTTRACE" -q -o "$TMP/trace" -- grep SigBlk /proc/self/status)" \
  "$(blocked timeout -k 5 30 grep SigBlk /proc/self/status)"
finish
