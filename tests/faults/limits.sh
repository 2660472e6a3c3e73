#!/bin/bash
# What the kernel grants is not enough for the tracer: the size of files, descriptors, memory,
# tasks, /proc. The command ends as it does untraced, or cttrace says in one line why not.
. "${0%/*}/../e2e/lib.sh"
command=(sh -c 'i=0; while [ $i -lt 40 ]; do /bin/true; i=$((i + 1)); done; echo finished; exit 7')

run_within() { # LIMITING-SHELL-CODE; then the command, traced
  STATUS=0
  rm -f "$TMP/trace"
  timeout -k 1 60 bash -c "$1"' && exec "${@:2}"' bash "$1" "$CTTRACE" -q -o "$TMP/trace" -- \
    "${command[@]}" </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
}
# What is wrong with the run; nothing: it is as it should be.
wrong() {
  case $STATUS in
  7) grep -qx finished "$TMP/out" || echo "the command has not done its work" ;;
  125) [ "$(grep -c '^cttrace: ' "$TMP/err")" -ge 1 ] || echo "125 without a reason" ;;
  137) grep -q '^cttrace: out of memory' "$TMP/err" || echo "hangs, or was killed: $(cat "$TMP/err")" ;;
  *) echo "status $STATUS: $(head -c 500 "$TMP/err")" ;;
  esac
  [ ! -s "$TMP/trace" ] || "$CTTRACE" render -f json -o "$TMP/report" "$TMP/trace" 2>&1
}
check() { # DESCRIPTION
  local problem
  problem=$(wrong)
  if [ -z "$problem" ]; then ok "$1"; else not_ok "$1" "$problem"; fi
}

# The signal that ends who writes more is for the command, not for the tracer.
run_within 'ulimit -f 8'
check "files of 8 KiB"
assert_eq "files of 8 KiB: the command does all of its work" "$STATUS $(cat "$TMP/out")" "7 finished"
assert_match "it is said that the trace is cut off" "$(cat "$TMP/err")" '^cttrace: .*cut off.*File too large'
assert_one_line "in one line" "$TMP/err"
assert_match "and the trace says so" "$(head -c 20000 "$TMP/report")" '"complete": false'
big=(sh -c "ulimit -c 0; head -c 20000 /dev/zero >'$TMP/big'; echo \$?")
(ulimit -f 8 && "${big[@]}") >"$TMP/native" 2>/dev/null
(ulimit -f 8 && exec "$CTTRACE" -q -o "$TMP/trace" -- "${big[@]}") >"$TMP/traced" 2>/dev/null
assert_eq "a command that writes too much gets its signal" "$(cat "$TMP/traced")" "$(cat "$TMP/native")"

run_within 'exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; ulimit -n 20'
check "20 descriptors"

# The sanitizers take terabytes of addresses.
if grep -q __asan_init "$CTTRACE"; then
  skip "little memory" "this build has AddressSanitizer"
else
  told=0
  for megabytes in 8 12 16 24 32 48 64 128; do
    run_within "ulimit -v $((megabytes * 1024))"
    problem=$(wrong)
    # too little for the command itself, or for the dynamic loader of cttrace
    if [ "$STATUS" -eq 127 ] && grep -q 'error while loading' "$TMP/err"; then continue; fi
    [ -z "$problem" ] || { not_ok "$megabytes MiB of addresses" "$problem"; continue; }
    told=$((told + 1))
  done
  assert "memory was enough to say something, at $told limits" test "$told" -ge 4
fi

export ASAN_OPTIONS=detect_leaks=0 # of a process that is forked when it may not be
if grep -q __asan_init "$CTTRACE"; then
  skip "without /proc" "this build has AddressSanitizer, which cannot do without"
elif [ "$(id -u)" -ne 0 ] || ! unshare --mount true 2>/dev/null; then
  skip "without /proc" "needs to mount"
else
  STATUS=0
  rm -f "$TMP/trace"
  unshare --mount bash -c 'mount -t tmpfs none /proc && exec "$@"' bash \
    "$CTTRACE" -q -o "$TMP/trace" -- "${command[@]}" </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
  check "without /proc"
  assert_eq "without /proc: the command does all of its work" "$STATUS $(cat "$TMP/out")" "7 finished"
fi

if [ "$(id -u)" -eq 0 ]; then
  # root has no limit on its tasks, but others do
  as_ordinary_user
  STATUS=0
  rm -f "$TRACE_DIR"/*
  ("${RUN_AS[@]}" env ASAN_OPTIONS=detect_leaks=0 bash -c 'ulimit -u 1 && exec "$@"' bash \
    "$CTTRACE" -q -o "$TRACE_DIR/trace" -- /bin/echo finished) </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
  assert_eq "no tasks left: 125" "$STATUS" 125
  assert_one_line "one line says why" "$TMP/err"
  assert_match "which" "$(cat "$TMP/err")" '^cttrace: .*Resource temporarily unavailable'
else
  skip "no tasks left" "needs to be root"
fi
finish
