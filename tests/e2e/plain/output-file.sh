#!/bin/bash
# A trace holds secrets, and is often written by root: nobody else reads it, and nobody who can
# write beside it has another file overwritten.
. "${0%/*}/../lib.sh"
need perl

# A mode that the umask does not hide.
umask 022
trace_to() { # FILE ARGUMENT…
  local file=$1
  shift
  STATUS=0
  "$CTTRACE" -q -o "$file" "$@" -- true 2>"$TMP/err" </dev/null || STATUS=$?
}
is_trace() { grep -q '^{"cttrace":1' "$1"; }
file() { stat -c '%F %a %U' "$1"; }
me=$(id -un)

trace_to "$TMP/new"
assert_eq "a new file is its maker's alone" "$STATUS $(file "$TMP/new")" "0 regular file 600 $me"

echo old >"$TMP/there"
ln "$TMP/there" "$TMP/other-name"
exec {reader}<"$TMP/there"
trace_to "$TMP/there"
assert_eq "a file that everybody could read: now it is not" "$STATUS $(file "$TMP/there")" \
  "0 regular file 600 $me"
assert "it is the trace" is_trace "$TMP/there"
assert_eq "who has it open sees nothing new, nor does its other name" \
  "$(cat <&"$reader") $(cat "$TMP/other-name")" "old old"
exec {reader}<&-

for target in "$TMP/other-name" "$TMP/nothing"; do
  ln -sf "$target" "$TMP/link"
  trace_to "$TMP/link"
  assert_eq "a symbolic link: refused" "$STATUS" 125
  assert_match "it is said why" "$(cat "$TMP/err")" 'link: it is a symbolic link$'
done
assert_eq "nothing was written through it" "$(cat "$TMP/other-name"; ls "$TMP/nothing" 2>/dev/null)" old
trace_to "$TMP"
assert_match "a directory: refused" "$STATUS $(cat "$TMP/err")" '^125 cttrace: .*Is a directory$'
mkfifo "$TMP/fifo"
cat "$TMP/fifo" >"$TMP/read" &
trace_to "$TMP/fifo"
wait $!
assert "a fifo: it is written to" is_trace "$TMP/read"
assert "and stays" test -p "$TMP/fifo"

if [ "$(id -u)" -ne 0 ]; then
  skip "-u" "needs root"
  finish
fi
mkdir -m 777 "$TMP/hers"
chown nobody "$TMP/hers"
trace_to "$TMP/hers/trace" -u nobody
assert_eq "-u: where the user may write, it is the user's" "$STATUS $(file "$TMP/hers/trace")" \
  "0 regular file 600 nobody"
mkdir -m 755 "$TMP/ours"
trace_to "$TMP/ours/trace" -u nobody
assert_eq "-u: elsewhere it is ours" "$STATUS $(file "$TMP/ours/trace")" "0 regular file 600 root"
echo old >"$TMP/ours/precious"
ln -s "$TMP/ours" "$TMP/hers/way"
trace_to "$TMP/hers/way/precious" -u nobody
assert_eq "-u: no way of the user's leads to ours" "$STATUS $(cat "$TMP/ours/precious")" "125 old"

# In /tmp, where others may have made a file of that name before.
mkdir -m 1777 "$TMP/sticky"
setpriv --reuid=nobody --clear-groups sh -c 'umask 0; echo hers >"$0"' "$TMP/sticky/trace"
trace_to "$TMP/sticky/trace"
assert_eq "a file that another user has put there is replaced" \
  "$STATUS $(file "$TMP/sticky/trace")" "0 regular file 600 root"
finish
