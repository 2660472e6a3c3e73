#!/bin/bash
# The command ends at once and leaves a daemon: its status is there at once, and what the daemon
# does later is still recorded.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need jq unshare
need_root

mkfifo "$TMP/go"
daemon="read -r _ <'$TMP/go'; exec unshare --mount sh -c 'mount -t tmpfs none /mnt; exit 3'"
status=0
LIMIT=20 run_bounded "$CTTRACE" -q -o "$TMP/trace" -- \
  sh -c "setsid sh -c \"\$1\" & exit 42" sh "$daemon" >"$TMP/out" 2>"$TMP/err" || status=$?
assert_eq "the status, while the daemon lives" "$status" 42
assert "the trace can be read, and is not called complete" sh -c \
  "'$CTTRACE' render -f json '$TMP/trace' | jq -e '.complete | not'"
echo go >"$TMP/go"
TRACE=$TMP/trace REPORT=$TMP/report
await trace_is_whole
assert "now it is complete" trace_is_whole
assert "with the daemon's mount" jq -se '
  [.[] | select(.ev == "call" and .name == "mount" and .ret == 0 and
    any(.args[]; .str == "/mnt"))] | length == 1' "$TMP/trace"
assert "and its end" jq -se '[.[] | select(.ev == "exit" and .status == 3)] | length == 1' "$TMP/trace"
finish
