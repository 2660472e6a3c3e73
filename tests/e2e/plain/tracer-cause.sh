#!/bin/bash
# What works alone and fails under a tracer: the explanation says that it is the tracer.
. "${0%/*}/../lib.sh"
need jq strace perl

diagnose() { # NAME COMMAND…: the command works without us, and not with us
  local name=$1
  shift
  cttrace "$name" -q -o TRACE -- "$@"
  assert "$name fails under a tracer" test "$STATUS" -ne 0
  "$CTTRACE" explain -f json "$TRACE" >"$TMP/$name.diagnosis"
}
assert_tracer() { # NAME SIGNATURE WHY
  assert_jq "$TMP/$1.diagnosis" "$1: the tracer is named as the cause" \
    '.kind == "tracer" and .failed and .signature == $wanted' --arg wanted "$2"
  assert_match "$1: with a reason" \
    "$(jq -r '.remarks[] | select(.label == "why").text' "$TMP/$1.diagnosis")" "$3"
}

assert "strace works alone" strace -o /dev/null true
diagnose strace strace -o "$TMP/strace" true
assert_tracer strace tracer-refusal 'a process has one tracer at most'

# The strict mode allows nothing that perl ends with: SIGKILL.
strict='exit(syscall(157, 22, 1) ? 3 : 0)'
bash -c 'perl -e "$0"; exit "$?"' "$strict" 2>/dev/null
assert_eq "the strict mode works alone" "$?" 137
diagnose strict perl -e "$strict"
assert_eq "and in the same way here" "$STATUS" 137
assert_jq "$TMP/strict.diagnosis" "strict: the mode is named as the cause, not the tracer" \
  '.kind == "killed" and .failed and .call.name == $last' \
  --arg last "$(strace perl -e "$strict" 2>&1 | sed -n 's/^\([a-z_0-9]*\)(.*= ?$/\1/p')"
assert_match "strict: with a reason" \
  "$(jq -r '.remarks[] | select(.label == "why").text' "$TMP/strict.diagnosis")" 'exit_group too'

careful='open(my $status, "<", "/proc/self/status"); my ($tracer) = join("", <$status>) =~ /TracerPid:\s+(\d+)/;
  if ($tracer) { print STDERR "error: a debugger was found, giving up\n"; exit 1 }'
assert "a program that looks for debuggers works alone" perl -e "$careful"
diagnose careful perl -e "$careful"
assert_tracer careful tracer-seen 'TracerPid'

# Another reason is not the tracer's.
cttrace other -q -o TRACE -- cat /no/such/file
"$CTTRACE" explain -f json "$TRACE" >"$TMP/other.diagnosis"
assert_jq "$TMP/other.diagnosis" "what fails alone, too, is not" '.kind != "tracer"'

# A set-uid program asks for what only root may do; its tracer is not root.
if as_ordinary_user 2>/dev/null; then
  install -m 4755 "$(command -v chroot)" "$TMP/set-uid-chroot"
  assert "a set-uid program works alone" "${RUN_AS[@]}" "$TMP/set-uid-chroot" / true
  diagnose set-uid "$TMP/set-uid-chroot" / true
  assert_tracer set-uid tracer-privileges 'set-uid bit'
  assert_match "what would work is told" \
    "$(jq -r '.remarks[] | select(.label == "try").text' "$TMP/set-uid.diagnosis")" 'sudo cttrace -u'
  # In a user namespace root is nobody, and a set-uid bit gives nothing, whoever traces.
  cttrace inside -q -o TRACE -- unshare --user --map-root-user "$TMP/set-uid-chroot" /no/such true
  "$CTTRACE" explain -f json "$TRACE" >"$TMP/inside.diagnosis"
  assert_jq "$TMP/inside.diagnosis" "a set-uid bit that means nothing is not blamed" '.kind != "tracer"'
  assert_eq "and not warned of" "$(grep -c 'has no effect' "$TRACE")" 0
fi
finish
