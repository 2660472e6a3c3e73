#!/bin/bash
# Two filters on one container, written by hand: of their answers the stricter one counts, and
# of two errnos the newer one. Arguments decide, too; and one call is for a listener to judge.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need bwrap
[ "$(uname -m)" = x86_64 ] || cannot "the filters have x86_64's numbers"
bwrap --help | grep -q add-seccomp-fd || cannot "this bwrap takes one filter only"

instruction() { # CODE JUMP-IF-TRUE JUMP-IF-FALSE NUMBER: struct sock_filter, as linux/filter.h has it
  local byte
  for byte in $(($1)) 0 "$2" "$3" $(($4 & 255)) $(($4 >> 8 & 255)) $(($4 >> 16 & 255)) $(($4 >> 24)); do
    printf '%b' "\\x$(printf %x "$byte")"
  done
}
load() { instruction 0x20 0 0 "$1"; }            # the word at this offset of struct seccomp_data
answer() { instruction 0x06 0 0 "$1"; }          # SECCOMP_RET_…
call() { instruction 0x15 0 1 "$1" && answer "$2"; } # one call has this answer
allow=0x7fff0000 errno=0x00050000 notify=0x7fc00000
number=0 argument=16 mkdir=83 rmdir=84 mknodat=259 unshare=272 new_user=0x10000000

{
  load $number
  call $mkdir $((errno + 1))     # EPERM
  call $mknodat $notify          # nobody listens: the kernel makes that ENOSYS
  instruction 0x15 0 3 $unshare  # other calls: go to the last line
  load $argument
  instruction 0x45 0 1 $new_user # a new user namespace?
  answer $((errno + 1))
  answer $allow
} >"$TMP/older"
{
  load $number
  call $mkdir $((errno + 13))    # EACCES
  call $rmdir $((errno + 17))    # EEXIST
  answer $allow
} >"$TMP/newer"

cttrace stack -q --depth full -o TRACE -- bash -c 'exec bwrap "$@" 10<"$0/older" 11<"$0/newer"' "$TMP" \
  --add-seccomp-fd 10 --add-seccomp-fd 11 \
  --ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --tmpfs /tmp --unshare-pid --cap-drop ALL \
  /bin/sh -c 'mkdir /tmp/d; rmdir /tmp; mknod /tmp/p p; unshare -U true; unshare -n true'
report
assert_match "mkdir gets the newer filter's errno" "$(cat "$ERR")" "/tmp/d.*Permission denied"
assert_match "mknod gets what there is without a listener" "$(cat "$ERR")" "/tmp/p.*Function not implemented"

assert_jq "$REPORT" "both filters count" \
  '.containers[0].seccomp | .filters == 2 and .instructions == $instructions' \
  --argjson instructions $(($(cat "$TMP/older" "$TMP/newer" | wc -c) / 8))
assert_jq "$REPORT" "denied: by the newer one where both do" \
  '.containers[0].seccomp.denied_errno == {EACCES: ["mkdir"], EEXIST: ["rmdir"]}'
assert_jq "$REPORT" "notified of" '.containers[0].seccomp.notify == ["mknodat"]'
assert_jq "$REPORT" "allowed with some arguments" \
  '.containers[0].seccomp.conditional == [{name: "unshare", answer: "allow or EPERM"}]'
assert_jq "$REPORT" "all else is allowed, in any architecture" \
  '.containers[0].seccomp | .default == "allow" and .newer == "allow" and .architectures == []'

assert_jq "$REPORT" "the filters denied mkdir and rmdir" \
  '[failed("mkdir", "rmdir") | select(.answered_by) | [.error, .answered_by]] ==
   [["EACCES", "filter"], ["EEXIST", "filter"]]'
assert_jq "$REPORT" "who denied mknod is not known" \
  'failed("mknodat") | .error == "ENOSYS" and .answered_by == "unknown"'
assert_jq "$REPORT" "EPERM twice: of the filter, and of the kernel" \
  '[failed("unshare") | select(.answered_by) | [.error, .answered_by]] == [["EPERM", "filter"], ["EPERM", "kernel"]]'
finish
