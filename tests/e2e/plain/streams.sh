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
assert_eq "a closed stdin stays closed" \
  "$("${quiet[@]}" sh -c 'test -e /proc/self/fd/0 && echo open || echo closed' <&-)" closed
inherited='grep -E "^(SigBlk|SigIgn|SigCgt)" /proc/self/status; ulimit -a; umask; pwd; env | grep -v ^_= | sort'
assert_eq "signal masks, limits, umask, directory and environment are as without" \
  "$("${quiet[@]}" sh -c "$inherited")" "$(sh -c "$inherited")"
assert_eq "ignored signals as well" \
  "$(trap '' USR1 CHLD; "${quiet[@]}" grep SigIgn /proc/self/status)" \
  "$(trap '' USR1 CHLD; grep SigIgn /proc/self/status)"

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
