#!/bin/bash
# A set-uid program has its power under a tracer of root, for another user, too.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need_root
need jq setpriv

dir=$TMP/bin
mkdir "$dir"
install -m 4755 "$(command -v grep)" "$dir/grep"
findmnt -no OPTIONS -T "$dir" | grep -qw nosuid && cannot "set-uid programs have no effect in $TMP"
show=("$dir/grep" -E '^(Uid|NoNewPrivs)' /proc/self/status)
native=$(setpriv --reuid 65534 --regid 65534 --clear-groups "${show[@]}")
assert_match "untraced, it is root" "$native" $'65534\t0\t0'
for depth in key auto full; do
  traced=$("$CTTRACE" -q --depth $depth -o "$TMP/trace" -u nobody -- "${show[@]}")
  assert_eq "under -u nobody, $depth" "$traced" "$native"
  assert "and the trace says so" jq -se 'any(.[]; .ev == "exec" and .state.status.uid[1] == 0
    and .state.status.uid[0] == 65534)' "$TMP/trace"
done
# An exec in the middle, not only the command's own.
traced=$("$CTTRACE" -q -o "$TMP/trace" -- setpriv --reuid 65534 --regid 65534 --clear-groups "${show[@]}")
assert_eq "after the command has become nobody" "$traced" "$native"
finish
