#!/bin/bash
# Attaching without any runtime: what is seen, what is left behind, what is refused.
. "${0%/*}/../lib.sh"
. "${0%/*}/../runtime/attach.bash"
need_root
need jq

install -m 755 "$(command -v sleep)" "$TMP/own-sleep"
install -m 755 "$(command -v sleep)" "$TMP/own-nap" # run again and again: gone when it is found
# shellcheck disable=SC2016 # $0 is of the inner shell
sh -c 'while :; do "$0" 0.1; done' "$TMP/own-nap" &
busy=$!
at_exit "kill $busy"
attach busy "$busy" -p "$busy,$busy"
assert "it prints what it does, once" await grep -q '^cttrace: attached to' "$ERR"
sleep 0.5
detach "$busy"
assert_jq "$REPORT" "the attached process, with its command line" \
  '[.processes[] | select(.birth == "attached")] | length == 1 and .[0].pid == $pid
   and .[0].execs[0].argv[0] == "sh"' --argjson pid "$busy"
assert_jq "$REPORT" "several runs of our own program" \
  '[.processes[].execs[] | select(.path | endswith("/own-nap"))] | length >= 2'

"$TMP/own-sleep" 1000 &
sleeper=$!
at_exit "kill $sleeper"
await grep -qx own-sleep "/proc/$sleeper/comm" # it has that name from its exec on
attach name "$sleeper" --exec-name own-sleep
detach "$sleeper"
assert_jq "$REPORT" "found by name" '[.processes[].pid] | index($pid) != null' --argjson pid "$sleeper"

# -------- what it waits in --------
mkfifo "$TMP/fifo"
cat "$TMP/fifo" &
reader=$!
at_exit "kill $reader"
await grep -q '^257 ' "/proc/$reader/syscall"
attach fifo "$reader" -p "$reader"
detach "$reader"
assert_jq "$REPORT" "it waits in openat of the fifo" \
  '[.events[] | select(.ongoing)] | length == 1 and .[0].name == "openat" and (.[0].dur_ns > 0)
   and (.[0] | text("pathname") | contains($fifo))' --arg fifo "$TMP/fifo"
"$CTTRACE" render --width 150 "$TRACE" >"$TMP/picture"
assert_match "which is the last word" "$(tail -n 1 "$TMP/picture")" \
  '^  cat [0-9]+ +openat\(AT_FDCWD, ".*/fifo", O_RDONLY\) +for at least '

# -------- who is killed lets go --------
attach killed "$busy" -p "$busy"
{ kill -KILL "$TRACER" && wait "$TRACER"; } 2>/dev/null
assert_eq "a killed tracer is gone at once" "$(tracers_of "$busy")" 0
assert "and the process lives" kill -0 "$busy"

# -------- what is refused --------
refused() { # DESCRIPTION REGEX ARGUMENT…
  local what=$1 regex=$2 OUT ERR TRACE REPORT STATUS SAID
  shift 2
  cttrace refused "$@"
  assert_eq "$what: status 125" "$STATUS" 125
  assert_one_line "$what: one line" "$ERR"
  assert_match "$what: why" "$(cat "$ERR")" "$regex"
}
refused "no such process" 'there is no process 4194300' -p 4194300
refused "a kernel thread" '2 is a kernel thread' -p 2
refused "no number" "-p needs process ids, not 'x'" -p "$busy,x"
refused "nobody of that name" "no process runs 'no-such-name'" --exec-name no-such-name
refused "an ancestor" 'is an ancestor of cttrace' -p $$
refused "a command as well" 'either -p or a command' -p "$busy" -- true
refused "options of a command" 'are for a command' --wait-all -p "$busy"
attach first "$busy" -p "$busy"
refused "traced already" "process $busy is traced already, by cttrace \($TRACER\)" -p "$busy"
detach "$busy"
as_ordinary_user
refused "somebody else's" 'not permitted to trace|ptrace_scope' -p "$busy"
finish
