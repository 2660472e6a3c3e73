#!/bin/bash
# The completion for zsh: a key is pressed in a real one, on a terminal of its own.
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/questions.bash"
need zsh
pages=$1

cat >"$TMP/ask.zsh" <<'END'
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "unset zle_bracketed_paste; fpath=($1 \$fpath); autoload -U compinit
compinit -D -u; bindkey '^I' list-choices; LISTMAX=10000; stty cols 250; print rea''dy"
zpty -r -m z out '*ready*'
zpty -w -n z "$2"$'\t'
# erases the line: what is printed then ends the list of what was offered
zpty -w -n z $'\C-a\C-kprint do\'\'ne\n'
zpty -r -m z out '*done*'
print -r -- $out
END
offers() {
  timeout 30 zsh -f "$TMP/ask.zsh" "$pages" "$1" |
    sed 's/\x1b\[[?0-9;]*[a-zA-Z]//g' | tr '\r' '\n' | sed 's/ -- .*//' | tr -s ' ' '\n'
}
questions
finish
