#!/bin/bash
# stress.sh [ROUNDS [CASE…]]: the hard cases that are races (those whose .expect says so, or the CASEs
# given), ROUNDS times (20) at each depth, beside BUSY (4) processes that take all the time they get.
# Prints a table, and what was wrong below its row; ends with status 1 if any round failed. The build
# is the sanitized one, made if need be, or that in the folder BUILD. Not a part of scripts/test.sh: it
# takes an hour and more.
set -euo pipefail
build=${BUILD:+$(realpath "$BUILD")} # a program is run in a folder of its own
cd "$(dirname "$0")/.."
rounds=${1:-20}
[[ $rounds =~ ^[1-9][0-9]*$ ]] || { echo "usage: ${0##*/} [ROUNDS [CASE...]]" >&2; exit 2; }
shift $(($# > 0))
[ $# -gt 0 ] || { mapfile -t cases < <(grep -lx 'racy: yes' tests/hard/*.expect) && set -- "${cases[@]}"; }

if [ -z "$build" ]; then
  build=$PWD/build/dev
  cmake --preset dev >/dev/null
  cmake --build --preset dev -j "$(nproc)" >"$build/stress-build.log" || { tail -n 30 "$build/stress-build.log"; exit 1; }
fi
# LIMIT: seconds for one run of a case; with less than half a processor, what is slow is no hang
export CTTRACE=$build/cli/cttrace CT_HARD_ROUNDS=$rounds LIMIT=${LIMIT:-120}

started=()
end_started() { kill "${started[@]}" 2>/dev/null || true; }
trap end_started EXIT
trap 'exit 130' INT TERM HUP
# Ends by itself, too, if this script is killed.
keep_busy() {
  local i
  while [ -d "/proc/$$" ]; do for ((i = 0; i < 100000; i++)); do :; done; done
}
for ((n = 0; n < ${BUSY:-4}; n++)); do
  keep_busy &
  started+=($!)
done

row() { printf '%-22s %-7s %5s %9s %8s\n' "$@"; }
failed=0
one_case() { # NAME; a row for each depth, as its line comes
  local name=$1 line status=0 since=$SECONDS result='^(not )?ok [0-9]+ - [^,]+, ([a-z]+), (([0-9]+) of )?([0-9]+) times$'
  exec 3< <(exec tests/hard/run.sh "$build/tests/hard/$name" "tests/hard/$name.expect" 2>&1)
  started[n]=$!
  while IFS= read -r line <&3; do
    if [[ $line =~ $result ]]; then
      row "$name" "${BASH_REMATCH[2]}" "${BASH_REMATCH[5]}" "${BASH_REMATCH[4]:-0}" $((SECONDS - since))
      since=$SECONDS
    else
      [[ $line =~ ^1\.\.[1-9] ]] || printf '  %s\n' "$line"
    fi
  done
  wait "${started[n]}" || status=$?
  unset 'started[n]'
  [ "$status" -eq 0 ] || [ "$status" -eq 77 ] || failed=1
}
row case depth times failures seconds
for case; do
  case=${case##*/}
  one_case "${case%.expect}"
done
exit "$failed"
