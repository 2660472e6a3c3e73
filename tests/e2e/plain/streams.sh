#!/bin/bash
# stdin, stdout, stderr, descriptors and the terminal belong to the traced command.
. "${0%/*}/../lib.sh"

quiet=("$CTTRACE" -q -o "$TMP/trace" --)
head -c 300000 /dev/urandom >"$TMP/bytes"
"${quiet[@]}" cat <"$TMP/bytes" >"$TMP/copy"
assert "stdin and stdout pass every byte" cmp "$TMP/bytes" "$TMP/copy"
"${quiet[@]}" sh -c 'echo to-stdout; echo to-stderr >&2' >"$TMP/out" 2>"$TMP/err"
assert_eq "stdout has the command's output alone" "$(cat "$TMP/out")" to-stdout
assert_eq "with -q, stderr too" "$(cat "$TMP/err")" to-stderr

descriptors='ls -l /proc/self/fd | sed -n "s/.* \([0-9]*\) -> .*/\1/p" | sort -n | tr "\n" " "'
assert_eq "no descriptor of ours is left open" \
  "$("${quiet[@]}" sh -c "$descriptors")" "$(sh -c "$descriptors")"
inherited='grep -E "^(SigBlk|SigIgn|SigCgt)" /proc/self/status; ulimit -a; umask; pwd; env | grep -v ^_= | sort'
assert_eq "signal masks, limits, umask, directory and environment are as without" \
  "$("${quiet[@]}" sh -c "$inherited")" "$(sh -c "$inherited")"
for state in ignore block; do
  assert_eq "signals to $state as well" \
    "$(env --$state-signal=USR1,CHLD,TERM "${quiet[@]}" grep -E '^Sig(Blk|Ign)' /proc/self/status)" \
    "$(env --$state-signal=USR1,CHLD,TERM grep -E '^Sig(Blk|Ign)' /proc/self/status)"
done
status=0
env --ignore-signal=CHLD "${quiet[@]}" bash -c 'exit 3' || status=$?
assert_eq "who ignores SIGCHLD gets the status all the same" $status 3
# What is open is told through 9 and without another process, whose pipe would take the place.
is_open='open=; for fd in 0 1 2; do test -e /proc/$$/fd/$fd && open=$open$fd; done; echo $open >&9; exit 4'
for closed in '<&-' '>&-' '2>&-' '<&- >&- 2>&-'; do
  told=$(eval "'$CTTRACE' -q -o '$TMP/closed' -- sh -c '$is_open' 9>&1 $closed"; echo $?)
  assert_eq "closed with $closed" "$told" "$(eval "sh -c '$is_open' 9>&1 $closed"; echo $?)"
  assert "the trace is a trace" "$CTTRACE" render -f json "$TMP/closed"
done

# script(1) gives the tracer a terminal of its own.
if command -v script >/dev/null; then
  in_terminal() { script -qec "$1" /dev/null </dev/null | tr -d '\r'; }
  terminal='tty -s && echo terminal; ps -o stat= -p $$ | grep -q "+" && echo foreground'
  wanted=$(in_terminal "sh -c '$terminal'")
  assert_eq "the command has the terminal, in the foreground" \
    "$(in_terminal "'$CTTRACE' -q -o '$TMP/trace' -- sh -c '$terminal'")" "$wanted"
  assert_match "(as it has without)" "$wanted" terminal
else
  skip "the command has the terminal" "script(1) is not installed"
fi
finish
