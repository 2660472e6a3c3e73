#!/bin/bash
# coverage.sh [PERCENT]: which lines the unit tests, the samples and the end-to-end tests that need
# no container runtime execute. Prints a table of folders (those that count have a star), then the
# files with most of the lines that are not executed. Ends with status 1 if a folder that counts has
# less than PERCENT (90), or a test fails. Its build is in build/coverage. Not a part of
# scripts/test.sh: it is one more build of all, and its tests.
set -euo pipefail
cd "$(dirname "$0")/.."
percent=${1:-90}
build=$PWD/build/coverage
counts='model tracer/decode tracer/kernel tracer/proc render'

scripts/install-packages.sh build tests coverage
mkdir -p "$build"
# who ends by _exit, as the tracer does, has its counters written, too
cc -O1 -c -o "$build/exit.o" tests/coverage/exit.c
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_C_FLAGS=--coverage \
  -DCMAKE_EXE_LINKER_FLAGS="-Wl,--wrap=_exit $build/exit.o" >/dev/null
cmake --build "$build" -j "$(nproc)" >"$build/build.log"
find "$build" -name '*.gcda' -delete
# some tests run as another user
chmod -R a+rwX "$build"
umask 0

failed=0
plain=$(basename -s .sh tests/e2e/plain/*.sh | paste -sd '|')
GCOV_ERROR_FILE=/dev/null ctest --test-dir "$build" -R "^(unit\.|sample\.|hard\.|e2e\.($plain)\$)" \
  --output-on-failure >"$build/tests.log" || failed=1
[ "$failed" -eq 0 ] || sed -n '/tests passed/,$p' "$build/tests.log"

gcovr --root . --object-directory "$build" --gcov-ignore-parse-errors --csv --exclude tests/ \
  --exclude samples/ --exclude build/ -o "$build/lines.csv" "$build" 2>"$build/gcovr.log"
folders() {
  awk -F, -v counts="$counts" -v percent="$percent" '
    BEGIN { for (n = split(counts, name, " "); n; n--) must[name[n]] = 1 }
    FNR > 1 { sub("/[^/]*$", "", $1); lines[$1] += $2; covered[$1] += $3 }
    END {
      for (folder in lines) {
        share = 100 * covered[folder] / lines[folder]
        mark = !(folder in must) ? "" : share < percent ? "* less than " percent : "*"
        printf "%-20s %6d of %6d lines %6.1f %% %s\n", folder, covered[folder], lines[folder], share, mark
      }
    }' "$build/lines.csv" | sort
}
folders
printf '\nlines that are not executed\n'
awk -F, 'FNR > 1 { printf "%5d %s\n", $2 - $3, $1 }' "$build/lines.csv" | sort -rn | sed 20q
folders | grep -q 'less than' && failed=1
exit "$failed"
