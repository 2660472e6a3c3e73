#!/bin/bash
# cttrace check finds out by itself what was taken away from it.
. "$(dirname "$0")/../lib.sh"
need jq setpriv python3
need_root

works() { jq -r --arg name "$1" '.trials[] | select(.name == $name) | .works' "$TMP/out"; }
n=0
check() {
  "$@" "$CTTRACE" check -f json >"$TMP/out"
  status=$? n=$((n + 1))
  cp "$TMP/out" "$TMP/check-$n.json"
}

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

# refusing NUMBER COMMAND…: under a filter that refuses the call of x86-64 with EPERM
refuse='import ctypes, os, struct, sys
libc = ctypes.CDLL(None, use_errno=True)
rows = [(0x20, 0, 0, 0), (0x15, 0, 1, int(sys.argv[1])), (6, 0, 0, 0x50001), (6, 0, 0, 0x7fff0000)]
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *row) for row in rows))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(rows), ctypes.addressof(code)))
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, program) == 0
os.execv(sys.argv[2], sys.argv[2:])'
refusing() { python3 -c "$refuse" "$@"; }
cost() { jq -r --arg name "$1" '.trials[] | select(.name == $name) | .cost' "$TMP/out"; }

ASAN_OPTIONS=detect_leaks=0 check refusing 101
assert_eq "under a filter that refuses ptrace nothing can be traced" "$status $(works ptrace)" "2 false"
assert_eq "it says which error that was, and what it costs" \
  "$(jq -r '.trials[] | select(.name == "ptrace") | .error' "$TMP/out"), $(cost ptrace)" \
  "EPERM, no command can be traced"
assert_eq "the trials that need no ptrace are made all the same" "$(works seccomp)" true

check refusing 321
assert_eq "under a filter that refuses bpf it works with less" "$status $(works bpf)" "1 false"
assert_match "and costs time" "$(cost bpf)" 'stopped at each of its calls.* more slowly'
assert_eq "but children are traced" "$(works ptrace)" true
"$CTTRACE" -q -o "$TMP/trace" -- true
refusing 321 "$CTTRACE" -q -o "$TMP/refused" -- true
assert_eq "which is what the tracer does there" "$(head -n 1 "$TMP/refused" | jq -r .failures)" ptrace

check unshare --user --map-root-user sh -c \
  'echo 0 >/proc/sys/user/max_user_namespaces && exec "$@"' -
assert_eq "without user namespaces that is said" "$(works userns)" false

# an ordinary user, with other ranges of ids: `unshare --map-auto` asks for them by the same programs
owning() { # LINE COMMAND…
  echo "$1" >"$TMP/ranges"
  shift
  unshare --mount sh -c 'mount --bind "$0" /etc/subuid && mount --bind "$0" /etc/subgid &&
    exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"' "$TMP/ranges" "$@"
}
for line in "$(id -un 65534):300000:65536" 65534:300000:65536 "somebody:300000:65536"; do
  can=false
  ! owning "$line" unshare --user --map-auto --map-root-user true 2>/dev/null || can=true
  check owning "$line"
  assert_eq "who has the range $line can map it, or not: it was tried" "$(works newuidmap)" "$can"
done
assert_eq "and that it is not allowed is said" \
  "$(jq -r '.trials[] | select(.name == "newuidmap") | .details' "$TMP/out")" \
  '/etc/subuid has no range for user 65534'

assert_eq "the format is json or text" "$("$CTTRACE" check -f xml >/dev/null 2>&1; echo $?)" 125
if python3 -c 'import jsonschema' 2>/dev/null; then
  for out in "$TMP"/check-*.json; do
    assert "$(basename "$out") is as docs/check.schema.json says" python3 "$E2E/../schema/check_trace.py" \
      --whole "$E2E/../../docs/check.schema.json" "$out"
  done
  assert "and docs/usage.md has all its names" python3 "$E2E/../schema/check_trace.py" --documented \
    "$E2E/../../docs/check.schema.json" "$E2E/../../docs/usage.md" "$TMP"/check-*.json
fi
assert_match "the text says what to do" "$("$CTTRACE" check)" '^(yes|no) +trace a child process'
finish
