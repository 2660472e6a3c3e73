#!/bin/bash
# cttrace check finds out by itself what was taken away from it.
. "$(dirname "$0")/../lib.sh"
need jq setpriv python3
need_root

works() { jq -r --arg name "$1" '.trials[] | select(.name == $name) | .works' "$TMP/out"; }
check() { "$@" "$CTTRACE" check -f json >"$TMP/out"; status=$?; }

check
assert_eq "the JSON says what the exit status says" "$status" "$(jq '
  if all(.trials[]; .works) then 0
  elif all(.trials[] | select(.required); .works) then 1 else 2 end' "$TMP/out")"
assert_eq "here a child can be traced, as strace can" "$(works ptrace)" true
assert_eq "what fails has its cost and a remedy" "$(jq '
  [.trials[] | select(.works | not) | select(.cost and .remedy and .error | not)] | length' \
  "$TMP/out")" 0
assert_eq "and a file descriptor for BPF is had as the tracer has it" "$(works bpf)" "$(
  "$CTTRACE" -q -o "$TMP/trace" -- true && head -n 1 "$TMP/trace" | jq '.failures == "bpf"')"

check setpriv --reuid 65534 --regid 65534 --clear-groups
assert_eq "an ordinary user is no root" "$(works root)" false
assert_eq "and has no BPF" "$(works bpf)" false
assert_eq "but can trace" "$(works ptrace)" true
assert_eq "so it works with less" "$status" 1

# the leak checker of a sanitized build needs /proc for itself
ASAN_OPTIONS=detect_leaks=0 check unshare --mount sh -c 'mount --bind "$0" /proc && exec "$@"' "$TMP"
assert_eq "without /proc it works with less" "$status $(works proc)" "1 false"

ptrace_refused='import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
rows = [(0x20, 0, 0, 0), (0x15, 0, 1, 101), (6, 0, 0, 0x50001), (6, 0, 0, 0x7fff0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rows), ctypes.addressof(code)))
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, program) == 0
os.execv(sys.argv[1], sys.argv[1:])'
# a filter that refuses ptrace(2), number 101 of x86-64, with EPERM
ASAN_OPTIONS=detect_leaks=0 check python3 -c "$ptrace_refused"
assert_eq "under a filter that refuses ptrace nothing can be traced" "$status $(works ptrace)" "2 false"

check unshare --user --map-root-user sh -c \
  'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"' -
assert_eq "without user namespaces that is said" "$(works userns)" false

assert_match "the text says what to do" "$("$CTTRACE" check)" '^(yes|no) +trace a child process'
finish
