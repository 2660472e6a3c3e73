# shellcheck shell=bash
# Sourced: the same questions to every shell. `offers LINE` prints what is offered, one a line.
ask() { # LINE WANTED…: all of them are offered
  local line=$1 got word
  shift
  got=$(offers "$line")
  for word; do
    assert_eq "'$line' offers $word" "$(grep -Fx -m 1 -e "$word" <<<"$got")" "$word"
  done
}
ask_not() { # LINE WORD
  local got
  got=$(offers "$1")
  assert_eq "'$1' does not offer $2" "$(grep -Fxc -- "$2" <<<"$got")" 0
}
questions() {
  cd "$TMP" || exit 1
  touch a-trace.jsonl
  ask 'cttrace ' render explain stats diff demo
  ask 'cttrace --de' --depth --detach
  ask_not 'cttrace --' --failures
  ask 'cttrace --depth ' auto key full
  ask 'cttrace render --' --view --format
  ask_not 'cttrace render --' --depth
  ask 'cttrace render --format ' svg html ascii
  ask 'cttrace stats -f ' text csv json
  ask 'cttrace render -f svg ' a-trace.jsonl
  ask 'cttrace diff a-trace.jsonl ' a-trace.jsonl
  ask 'cttrace -o ' a-trace.jsonl
  ask 'cttrace -u roo' root
  ask 'cttrace -q -- cat a-' a-trace.jsonl
  ask_not 'cttrace demo ' a-trace.jsonl
}
