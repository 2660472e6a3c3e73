# shellcheck shell=bash disable=SC2034
# (SC2034: what is set here is used by the scenarios.)
# The same keys at the same shell, twice: without a tracer and with one. What comes back must be
# the same, byte for byte. Sourced by the scenarios about terminals; typist.py has the steps.

# What comes at a time of its own: a line editor asks where the cursor is, and draws its prompt
# again when the window has changed; wait warns of a job that had stopped before. And a job's
# process has a number of its own.
settled() {
  sed -zE 's/\x1b\[6n//g; s/\r[^\r\n]*# \x1b\[J//g
    s/bash: warning: wait_for_job: job [0-9]+ is stopped\r\n//g
    s/(^|\n)(\[[0-9]+\][+-]?) +[0-9]+([ \r])/\1\2 PID\3/g' "$1"
}

# An interactive shell with job control types STEPS. $T before a command is the tracer there.
at_terminal() { # NAME STEPS TRACER-COMMAND
  printf '%s\n' "PS1='outer> '" 'unset HISTFILE' >"$TMP/bashrc"
  STATUS=0 SCREEN=$TMP/$1.screen
  TERM=dumb T=$3 python3 "$E2E/typist.py" "$2" bash --noediting --rcfile "$TMP/bashrc" -i \
    >"$SCREEN.raw" 2>"$TMP/$1.typist" </dev/null || STATUS=$?
  settled "$SCREEN.raw" >"$SCREEN"
  [ "$STATUS" -ne 99 ] || tail -n 3 "$SCREEN" >>"$TMP/$1.typist"
}
show() { cat -v "$1"; }

# Both runs; the second one's trace becomes $REPORT. SCREEN is the untraced one.
assert_same_at_terminal() { # NAME STEPS [CTTRACE-OPTION…]
  local name=$1 steps=$2
  shift 2
  TRACE=$TMP/$name.jsonl REPORT=$TMP/$name.json
  at_terminal "$name-bare" "$steps" ''
  assert_eq "$name: untraced, all steps were done" "$STATUS $(cat "$TMP/$name-bare.typist")" "0 "
  at_terminal "$name-traced" "$steps" "$CTTRACE $* -o $TRACE --"
  assert_eq "$name: and traced" "$STATUS $(cat "$TMP/$name-traced.typist")" "0 "
  SCREEN=$TMP/$name-bare.screen
  assert_eq "$name: what is on the terminal is the same, byte for byte" \
    "$(diff <(show "$SCREEN") <(show "$TMP/$name-traced.screen"))" ''
}
# The terminal's modes, at every place where the steps have asked for them.
assert_modes_are_restored() { # NAME
  assert_eq "$1: the terminal has its modes back" \
    "$(grep -aEc '^([0-9a-f]+:){30,}' "$SCREEN") $(grep -aE '^([0-9a-f]+:){30,}' "$SCREEN" | sort -u | wc -l)" "2 1"
}
