#!/bin/bash
# What the user gets wrong, and what a trace may contain: one line, status 125, no crash.
. "${0%/*}/../lib.sh"
need jq

refused() { # DESCRIPTION ARGUMENT…
  local what=$1 status=0
  shift
  timeout -k 5 20 "$CTTRACE" "$@" >"$TMP/out" 2>"$TMP/err" </dev/null || status=$?
  assert_eq "$what: status" "$status" 125
  assert_one_line "$what: one line says why" "$TMP/err"
  assert_eq "$what: nothing on stdout" "$(wc -c <"$TMP/out")" 0
}
refused "no command" --
refused "an unknown option" --no-such-option -- true
refused "an unknown format" -q -f no-such-format -o "$TMP/x" -- true
refused "an unknown depth" --depth no-such-depth -- true
refused "a trace that is not there" render "$TMP/no-such-trace"
refused "a directory as the trace" render "$TMP"
refused "an output that cannot be made" -q -o "$TMP/no/such/dir/trace" -- true
if [ "$(id -u)" -eq 0 ] && mknod "$TMP/full" c 1 7; then # a /dev/full of our own
  refused "a full disk" -q -o "$TMP/full" -- true
  assert "a device that was written to is still there" test -c "$TMP/full"
fi
refused "an import of nothing" import -o "$TMP/x"
refused "an import to nowhere" import "$0"
refused "a log that is not there" import "$TMP/no-such-log" -o "$TMP/x"
head -c 4096 /dev/zero >"$TMP/zeros"
refused "a log that is none" import "$TMP/zeros" -o "$TMP/x"
assert "help is help" "$CTTRACE" --help
trace plain true
assert_jq "$REPORT" "what breaks a start is looked for unless asked otherwise" '.tracer.depth == "auto"'

# -------- hostile traces --------
trace good sh -c 'true; exit 5'
hostile() { # DESCRIPTION FILE: must be refused in one line, or rendered without control bytes
  local what=$1 file=$2 format status
  for format in ascii json dot; do
    status=0
    timeout -k 5 20 "$CTTRACE" render -f "$format" "$file" >"$TMP/out" 2>"$TMP/err" || status=$?
    case $status in
    0 | 125) ;;
    *) not_ok "$what, $format: status $status" "$(cat "$TMP/err")"; continue ;;
    esac
    if LC_ALL=C grep -q $'[\x01-\x08\x0b-\x1f\x7f]' "$TMP/out" "$TMP/err"; then
      not_ok "$what, $format: control bytes get through"
    else
      ok "$what, $format: $([ $status -eq 0 ] && echo rendered || echo refused)"
    fi
  done
}
lines=$(wc -l <"$TRACE")
: >"$TMP/empty" && hostile "an empty file" "$TMP/empty"
head -c 100 "$TRACE" >"$TMP/cut-header" && hostile "a header cut off" "$TMP/cut-header"
head -n $((lines / 2)) "$TRACE" >"$TMP/half" && hostile "half a trace" "$TMP/half"
"$CTTRACE" render -f json "$TMP/half" >"$TMP/half.json"
assert_jq "$TMP/half.json" "half a trace is not called complete" '.complete == false'
head -c 65536 /dev/urandom >"$TMP/noise" && hostile "noise" "$TMP/noise"
head -c 1048576 /dev/zero | tr '\0' '[' >"$TMP/deep" && hostile "a million brackets" "$TMP/deep"
sed 's/"sh"/"\\u001b[31mred\\u0007\\u202e"/g' "$TRACE" >"$TMP/escapes"
hostile "terminal escapes in the command" "$TMP/escapes"
sed -E 's/("(t_ns|t|tid|serial|pid)": ?)-?[0-9]+/\19223372036854775807/g' "$TRACE" >"$TMP/huge"
hostile "huge numbers" "$TMP/huge"
awk 'NR == 1 || NR % 2 == 0' "$TRACE" >"$TMP/holes" && hostile "every second line gone" "$TMP/holes"
(head -n 1 "$TRACE"; tail -n +2 "$TRACE" | tac) >"$TMP/backwards"
hostile "backwards" "$TMP/backwards"
finish
