#!/bin/bash
# valgrind on what reads traces: scripts/valgrind.sh BUILD [TRACE…] runs memcheck on every
# command that draws, explains, counts, compares, filters or imports, with each sample (or the
# traces given). BUILD is a build folder without sanitizers. It takes long, so CI does not run it.
set -u
[ $# -ge 1 ] || { echo "usage: ${0##*/} BUILD [TRACE...]" >&2; exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
cttrace=$1/cli/cttrace
shift
[ -x "$cttrace" ] || { echo "${0##*/}: there is no $cttrace" >&2; exit 2; }
! grep -q __asan_init "$cttrace" || { echo "${0##*/}: that build has sanitizers" >&2; exit 2; }
[ $# -gt 0 ] || set -- "$here"/samples/traces/*.jsonl
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
runs=0 bad=0

check() { # ARGUMENT… of cttrace
  local status=0
  valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite,indirect \
    --show-leak-kinds=definite,indirect "$cttrace" "$@" </dev/null >"$out/out" 2>"$out/err" || status=$?
  runs=$((runs + 1))
  if [ "$status" -eq 99 ] || [ "$status" -gt 127 ] || grep -q '^==[0-9]*== ' "$out/err"; then
    bad=$((bad + 1))
    echo "cttrace $*: status $status"
    head -n 25 "$out/err"
  fi
}

for trace; do
  for format in ascii json dot html svg mermaid markdown chrome otlp; do
    check render -f "$format" "$trace"
  done
  check render -v --filter 'error ~ .' "$trace"
  for format in text json markdown; do check explain -f "$format" "$trace"; done
  for format in text csv json; do check stats -f "$format" "$trace"; done
  check diff "$trace" "$1"
done
for log in "$here"/tests/fuzz/seeds/import/*; do
  rm -f "$out/trace"
  check import -o "$out/trace" "$log" # some are refused, as they should be
done
echo "$runs runs, $bad with errors"
[ "$bad" -eq 0 ]
