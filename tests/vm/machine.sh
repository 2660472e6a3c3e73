#!/bin/bash
# What is otherwise on every machine: numbers and registers of calls, 32-bit tasks, stacks of C
# and of Go. Expected is what strace says, the kernel's number for a call, the program's text.
. "${0%/*}/../e2e/lib.sh"
need jq strace python3 podman

# -------- calls and their results --------

files=openat,access,faccessat,faccessat2,execve,readlinkat
strace -qq -e signal=none -e "trace=${files//,/,?}" -o "$TMP/strace" cat /no/such >/dev/null 2>&1
cttrace cat -q --depth full -o TRACE -- cat /no/such
report
assert_eq "what failed is what strace saw fail, in order" \
  "$(jq -r '.events[] | select(.error and (.name | IN($files | split(",")[]))) | "\(.name) \(.error)"' --arg files $files "$REPORT")" \
  "$(sed -nE 's/^([a-z0-9_]+)\(.*\) += -1 (E[A-Z0-9]+) .*/\1 \2/p' "$TMP/strace")"
assert_eq "the machine's name is the kernel's" \
  "$(jq -r 'select(.ev == "call") | .arch // "x86_64"' "$TRACE" | sort -u)" "$(uname -m)"

# -------- stacks --------

stacks() { jq -c '[.events[] | select(.name == $name and .stack) | [.stack[].symbol]][0] // []' --arg name "$1" "$REPORT"; }
cttrace stack -q -k -o TRACE -- "${SAMPLES:?}/pivot-root"
report
# On aarch64 the caller of a function without a frame, here main, is not in it: a known limit.
middle='"main",.*'
[ "$(uname -m)" != aarch64 ] || middle='.*'
assert_match "a stack of C goes from the call to the program's entry" "$(stacks pivot_root)" \
  "^\[\"syscall\",$middle\"__libc_start_main\",\"_start\"\]"
cttrace go -q -k -o TRACE -- podman run --rm --network=none localhost/busybox true
report
assert_match "a stack of Go goes from main.main to runtime.goexit" \
  "$(jq -c '.events[] | select(.stack) | [.stack[].symbol]' "$REPORT" | grep '"runtime.goexit"')" \
  '"main\.main".*"runtime\.main","runtime\.goexit"'
assert "many stacks have main.main in them" test "$(grep -c '"main.main"' "$REPORT")" -gt 3

# -------- a 32-bit task --------

# unshare(CLONE_NEWUTS), sethostname("arm"), open("arm"), exit(7), as a program of 32-bit ARM
if [ "$(uname -m)" = aarch64 ]; then
  python3 - "$TMP/narrow" <<'EOF'
import os, struct, sys
code = [0xE3007151, 0xE3A00404, 0xEF000000,              # r7 = 337 unshare, r0 = 0x04000000
        0, 0xE3A01003, 0xE3A0704A, 0xEF000000,           # r1 = 3, r7 = 74 sethostname
        0, 0xE3A01000, 0xE3A07005, 0xEF000000,           # r1 = 0, r7 = 5 open
        0xE3A00007, 0xE3A07001, 0xEF000000]              # r0 = 7, r7 = 1 exit
text = 4 * len(code)
code[3] = 0xE28F0000 | (text - (3 * 4 + 8))
code[7] = 0xE28F0000 | (text - (7 * 4 + 8))
bytes_ = b"".join(struct.pack("<I", word) for word in code) + b"arm\0"
base, head = 0x10000, 52 + 32
elf = b"\x7fELF" + bytes([1, 1, 1]) + bytes(9) + struct.pack(
    "<HHIIIIIHHHHHH", 2, 40, 1, base + head, 52, 0, 0x05000000, 52, 32, 1, 0, 0, 0)
elf += struct.pack("<IIIIIIII", 1, 0, base, base, head + len(bytes_), head + len(bytes_), 5, 0x1000)
with open(sys.argv[1], "wb") as file:
    file.write(elf + bytes_)
os.chmod(sys.argv[1], 0o755)
EOF
  "$TMP/narrow" 2>"$TMP/why"
  if [ $? -ne 7 ]; then
    skip "a 32-bit task" "this kernel runs none: $(cat "$TMP/why")"
  else
    for how in "--depth full" "--failures ptrace" "--failures bpf"; do
      # shellcheck disable=SC2086 # the words of an option
      cttrace narrow -q $how -o TRACE -- "$TMP/narrow"
      assert_eq "$how: a 32-bit task ends as untraced" "$STATUS" 7
      assert_eq "$how: its calls are known as such" \
        "$(jq -r 'select(.ev == "call" and .arch == "arm") | "\(.name) \(.ret // .errno)"' "$TRACE" | tr '\n' ' ')" \
        "unshare 0 sethostname 0 open 2 "
      assert_eq "$how: and their arguments" \
        "$(jq -r 'select(.ev == "call" and .arch == "arm") | .args[0] | .str // .text' "$TRACE" | tr '\n' ' ')" \
        "CLONE_NEWUTS arm arm "
    done
  fi
fi
finish
