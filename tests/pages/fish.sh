#!/bin/bash
# The completion for fish, asked by its own `complete -C`.
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/questions.bash"
need fish
pages=$1
export HOME=$TMP XDG_CONFIG_HOME=$TMP/.config XDG_DATA_HOME=$TMP/.local

offers() {
  # shellcheck disable=SC2016 # they are fish's
  fish -c 'source $argv[1]; complete -C $argv[2]' "$pages/cttrace.fish" "$1" | cut -f 1
}
questions
finish
