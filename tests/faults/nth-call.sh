#!/bin/bash
# The calls that cttrace makes of some functions fail, one in each run: each of the first ones,
# then ever fewer. Then the command ends as it does untraced, or cttrace says why not and ends
# with 125; nobody hangs or crashes; the trace, as far as it came, can be read; and if it claims
# to be whole, it has as many tasks, programs and ends as one of a run without a fault.
#
# Not ESRCH of ptrace(2): from the kernel it means that the stop is over, which is normal.
. "${0%/*}/../e2e/lib.sh"
: "${FAULTY:?set FAULTY to the copy of cttrace that fails}"
first=${FAULT_FIRST:-8} # of which none is left out

# The command tells that it has done all of its work.
command=(sh -c '/bin/true; mkdir /no/such/directory; echo finished; exit 7')

run_with_fault() { # FUNCTION ERRNO N
  rm -f "$TMP/hit" "$TMP/trace"
  STATUS=0
  CT_FAULT=$1,$2,$3 CT_FAULT_HIT=$TMP/hit timeout -k 1 "${LIMIT:-20}" \
    "$FAULTY" -q -o "$TMP/trace" -- "${command[@]}" \
    </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
}

events() { grep -oE '^\{"ev":"(task|exec|exit)"' "$TMP/trace" | sort | uniq -c | tr -s ' \n' ' '; }
is_whole() {
  tail -n 1 "$TMP/trace" | grep -q '^{"ev":"end"' && ! grep -q '^{"ev":"gap"' "$TMP/trace"
}

run_with_fault none 0 1
[ "$STATUS" -eq 7 ] || { not_ok "without a fault" "status $STATUS: $(cat "$TMP/err")"; finish; }
reference=$(events)
assert_match "without a fault there are tasks, programs and ends" "$reference" 'exec.*exit.*task'

# What is wrong with the run; nothing: it is as it should be.
wrong() {
  case $STATUS in
  7) grep -qx finished "$TMP/out" || echo "the command has not done its work" ;;
  125) grep -q '^cttrace: ' "$TMP/err" || echo "125 without a reason" ;;
  # without memory the tracer ends, and the kernel ends the tracees with it
  137) grep -q '^cttrace: out of memory' "$TMP/err" || echo "hangs, or was killed" ;;
  124) echo "hangs, or was killed" ;;
  *) echo "status $STATUS: $(head -c 300 "$TMP/err")" ;;
  esac
  [ "$STATUS" -ne 7 ] || ! is_whole || [ "$(events)" = "$reference" ] ||
    echo "events: $(events), without the fault: $reference"
  [ ! -s "$TMP/trace" ] || "$CTTRACE" render -f json -o /dev/null "$TMP/trace" 2>&1
}

try() { # FUNCTION ERRNO-NAME ERRNO [FIRST]
  local n bad="" tried=0 first=${4:-$first}
  for ((n = 1; ; n = n < first ? n + 1 : n * 3 / 2)); do
    run_with_fault "$1" "$3" "$n"
    [ -e "$TMP/hit" ] || break
    tried=$((tried + 1))
    bad+=$(wrong | sed "s/^/call $n: /")
  done
  if [ "$tried" -eq 0 ]; then
    not_ok "$1 fails with $2" "it was never called: the test tests nothing"
  elif [ -z "$bad" ]; then
    ok "$1 fails with $2 at $tried of its calls"
  else
    not_ok "$1 fails with $2" "$bad"
  fi
}

try ptrace EIO 5
try ptrace EPERM 1
try process_vm_readv EFAULT 14
try write ENOSPC 28
try write EINTR 4
try write EIO 5
try read EINTR 4
try open EMFILE 24
try readlink ENAMETOOLONG 36
try eventfd EMFILE 24
try pthread_create EAGAIN 11
try mmap ENOMEM 12
try calloc ENOMEM 12
try realloc ENOMEM 12
try read EIO 5 2
try fopen EMFILE 24 2
try pipe2 EMFILE 24 2
try fork EAGAIN 11 2
try wait4 EINTR 4 2
try poll EINTR 4 2
try memfd_create EMFILE 24 2
try seccomp EINVAL 22 2
try bpf ENOMEM 12 2
try bpf EPERM 1 2

# For ever: nothing of a tracee's memory, of /proc or by links can be read any more.
try_for_ever() { # FUNCTION ERRNO-NAME ERRNO
  local problem
  run_with_fault "$1" "$3" 1+
  problem=$(wrong)
  [ -e "$TMP/hit" ] || problem+="it was never called: the test tests nothing"
  if [ -z "$problem" ]; then ok "$1 fails with $2 always"; else not_ok "$1 fails with $2 always" "$problem"; fi
}
try_for_ever process_vm_readv EPERM 1
try_for_ever open EACCES 13
try_for_ever readlink EACCES 13
try_for_ever fopen EACCES 13
try_for_ever bpf EPERM 1
try_for_ever mmap ENOMEM 12
try_for_ever ptrace EPERM 1

# A disk that is full, and no descriptors left: the real things.
if [ "$(id -u)" -eq 0 ] && mkdir "$TMP/small" &&
  mount -t tmpfs -o size=64k tmpfs "$TMP/small" 2>/dev/null; then
  at_exit "umount '$TMP/small'"
  STATUS=0
  timeout -k 1 60 "$CTTRACE" -q --depth full -o "$TMP/small/trace" -- \
    sh -c 'i=0; while [ $i -lt 300 ]; do /bin/true; i=$((i + 1)); done; echo finished; exit 7' \
    </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
  assert_eq "a full disk: the command does all of its work" "$(cat "$TMP/out")" finished
  assert_eq "a full disk: the status is the command's own" "$STATUS" 7
  assert_match "a full disk is named" "$(cat "$TMP/err")" 'No space left on device'
  "$CTTRACE" render -f json "$TMP/small/trace" >"$TMP/report" 2>"$TMP/err" ||
    not_ok "what has fitted can be read" "$(cat "$TMP/err")"
  assert_match "and says that it is not whole" "$(head -c 20000 "$TMP/report")" '"complete": false'
else
  skip "a full disk" "needs to mount"
fi

for descriptors in 4 6 8 10 12 14 16; do
  STATUS=0
  # what we have inherited would count, too
  (exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- && ulimit -n "$descriptors" && exec timeout -k 1 20 "$CTTRACE" -q -o "$TMP/trace" -- "${command[@]}") \
    </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
  problem=$(wrong)
  if [ -z "$problem" ]; then
    ok "with $descriptors descriptors"
  else
    not_ok "with $descriptors descriptors" "$problem"
  fi
done
finish
