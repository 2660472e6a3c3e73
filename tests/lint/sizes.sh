#!/bin/bash
# sizes.sh SOURCES [LINES]: no file of code is longer than a person reads in one go. Tables (.def)
# may be: they have a line for each thing there is. How long a function may be is .clang-tidy's.
set -euo pipefail
cd "${1:?usage: sizes.sh SOURCES [LINES]}"
limit=${2:-350}

mapfile -d '' files < <(find . \( -name .git -o -name build \) -prune -o -type f \
  -regex '.*\.\(c\|h\|js\|css\|html\|py\|sh\|bash\|jq\|cmake\)' ! -path './samples/output/*' -print0)
[ "${#files[@]}" -gt 100 ] || { echo "only ${#files[@]} files below $PWD: is it the sources?"; exit 1; }
long=$(wc -l "${files[@]}" | awk -v limit="$limit" '$2 != "total" && $1 > limit { print $1 " lines: " $2 }')
[ -z "$long" ] || { printf 'longer than %d lines:\n%s\n' "$limit" "$long"; exit 1; }
