#!/bin/bash
# The completion for bash, asked as readline asks.
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/questions.bash"
pages=$1

offers() {
  bash --norc -c '
    . "$1"
    read -ra COMP_WORDS <<<"$2"
    [ "${2: -1}" != " " ] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$2 COMP_POINT=${#2}
    _cttrace
    printf "%s\n" "${COMPREPLY[@]}"' - "$pages/cttrace.bash" "$1"
}
questions
ask 'cttrace --depth = k' key
if command -v shellcheck >/dev/null; then
  assert_eq "shellcheck has nothing to say" "$(shellcheck -s bash "$pages/cttrace.bash")" ''
fi
finish
