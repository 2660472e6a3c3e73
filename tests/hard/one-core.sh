#!/bin/bash
# A command that dumps core leaves one core file, as without a tracer.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"

[ "$(cat /proc/sys/kernel/core_pattern)" = core ] || cannot "core files do not go to the directory"
mkdir "$TMP/cores"
cd "$TMP/cores" || exit 1
ulimit -c 20000
export ASAN_OPTIONS=disable_coredump=0 # a sanitizer would set the limit to 0
for command in 'kill -SEGV $$' 'kill -ABRT $$'; do
  native=0 status=0
  bash -c 'sh -c "$1"; exit $?' bash "$command" 2>/dev/null || native=$?
  wanted=$(find . -name 'core*' | wc -l)
  rm -f core*
  bash -c '"$@"; exit $?' bash "$CTTRACE" -q -o "$TMP/trace" -- sh -c "$command" \
    2>/dev/null || status=$?
  assert_eq "$command: status" "$status" "$native"
  assert_eq "$command: as many core files" "$(find . -name 'core*' | wc -l)" "$wanted"
  rm -f core*
done
finish
