#!/bin/bash
# At a terminal, under a shell with job control: ^Z, fg, ^C do to a traced command what they do
# to any other. script(1) makes the terminal, a fifo is its keyboard; env(1) undoes that what a
# shell starts in the background ignores SIGINT.
. "${0%/*}/../lib.sh"
need jq script

mkfifo "$TMP/keyboard"
exec 3<>"$TMP/keyboard"
echo "PS1='ready> '" >"$TMP/bashrc"
TERM=dumb env --default-signal script -qefc "bash --rcfile '$TMP/bashrc' -i" "$TMP/screen" \
  <"$TMP/keyboard" >"$TMP/out" 2>&1 3>&- &
at_exit "kill $!"
type_() { printf '%b' "$1" >&3; }
shows() { await grep -aq -- "$1" "$TMP/screen"; }
# The state of the traced command, as the kernel says it.
is_in_state() { [ "$(ps -o stat= -p "$1" | cut -c1)" = "$2" ]; }

assert "there is a prompt" shows 'ready> '
TRACE=$TMP/job.jsonl REPORT=$TMP/job.json
type_ "'$CTTRACE' -q -o '$TRACE' -- sh -c 'echo pid=\$\$; read -r word; echo got-\$word; exec sleep 60'\n"
assert "the command runs" shows '^pid=[0-9]'
pid=$(sed -n 's/^pid=\([0-9]*\).*/\1/p' "$TMP/screen")
type_ 'hello\n'
assert "it reads from the terminal" shows '^got-hello'
assert "it sleeps" await is_in_state "$pid" S

type_ '\x1a'
assert "^Z: the shell says that it has stopped" shows 'Stopped'
# a tracee that has stopped is shown as traced, the front end as stopped
assert "the command has stopped" await is_in_state "$pid" t
type_ 'fg\n'
assert "fg: it goes on" await is_in_state "$pid" S
type_ '\x03'
type_ 'echo status=$?\n'
assert "^C ends it, with the status of SIGINT" shows '^status=130'
report
assert_jq "$REPORT" "the trace has it all" \
  '.complete and .exit.signal == "SIGINT" and
   ([.events[] | select(.kind == "signal").signal] | index("SIGTSTP") < index("SIGINT"))'

type_ "'$CTTRACE' -q -o '$TMP/background' -- sleep 60 &\n"
assert "in the background it is a job" shows '^\[1\] [0-9]'
type_ 'kill %1; wait %1; echo status=$?-\n'
assert "kill %1 ends it" shows '^status=143-'
type_ "'$CTTRACE' -q -o '$TMP/reader' -- cat &\n"
has_stopped() { type_ '\n' && grep -aq 'Stopped.* cat' "$TMP/screen"; } # told at a prompt
assert "a background job that reads from the terminal is stopped" await has_stopped
type_ 'kill -KILL %1; exit 0\n'
finish
