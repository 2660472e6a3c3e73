#!/bin/bash
# What a container's seccomp filter denies: compared with the profile that the engine was
# given, and with what processes inside get.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

PROFILE=/usr/share/containers/seccomp.json
[ -r "$PROFILE" ] || cannot "there is no $PROFILE"
[ "$(uname -m)" = x86_64 ] || cannot "the profile is read for x86_64"

# The calls that exist here, as the kernel's headers name them.
NATIVE=$(sed -n 's/^#define __NR_\([a-z0-9_]*\) .*/"\1"/p' \
  /usr/include/x86_64-linux-gnu/asm/unistd_64.h /usr/include/asm/unistd_64.h 2>/dev/null | jq -s .)
[ "$NATIVE" != "[]" ] || cannot "the kernel's headers are not installed"

# The answer of a profile to every call that it names: {"mount": "allow", …}. Rules depend on
# capabilities; a rule with arguments makes the answer depend on them.
ANSWERS='
def word: if .action == "SCMP_ACT_ALLOW" then "allow"
  elif .action == "SCMP_ACT_LOG" then "log"
  elif .action == "SCMP_ACT_KILL_PROCESS" then "kill_process"
  else {"1": "EPERM", "13": "EACCES", "22": "EINVAL", "38": "ENOSYS"}[.errnoRet // 1 | tostring] end;
def fits: ((.includes.arches // ["amd64"]) | index("amd64") != null)
  and ((.includes.caps // []) - $caps == [])
  and ((.excludes.caps // []) - $caps == (.excludes.caps // []));
[.syscalls[] | select(fits) | {name: .names[], word: word, free: ((.args // []) == [])}]
| group_by(.name) | map({key: .[0].name, value: (map(select(.free))[0].word // "conditional")})
| map(select(.key as $key | $native | index($key))) | from_entries'

# The report has the names of what is not simply allowed: denied by errno, and the rest.
assert_profile() { # PROFILE DEFAULT
  local capabilities answers
  capabilities=$(jq '[.containers[0].capabilities.bounding[] | ascii_upcase]' "$REPORT")
  answers=$(jq --argjson caps "$capabilities" --argjson native "$NATIVE" "$ANSWERS" "$1")
  assert_jq "$REPORT" "default: $2" '.containers[0].seccomp.default == $default' --arg default "$2"
  assert_jq "$REPORT" "denied with an errno: only what the profile says ($(jq length <<<"$answers") names)" \
    '[.containers[0].seccomp.denied_errno | to_entries[] | {name: .value[], answer: .key}] |
     all(.answer == ($wanted[.name] // $default))' --argjson wanted "$answers" --arg default "$2"
  assert_jq "$REPORT" "and every one of them" \
    '[$wanted | to_entries[] | select(.value | test("^E")) | .key] - .containers[0].seccomp.denied == []' \
    --argjson wanted "$answers"
  assert_jq "$REPORT" "what depends on arguments" \
    '([.containers[0].seccomp.conditional[].name] | sort) ==
     ([$wanted | to_entries[] | select(.value == "conditional") | .key] | sort)' --argjson wanted "$answers"
  if [ "$2" != allow ]; then
    assert_jq "$REPORT" "as many are allowed" \
      '.containers[0].seccomp.allowed_count == ([$wanted[] | select(. == "allow")] | length)' \
      --argjson wanted "$answers"
  fi
}

run() { # NAME COMMAND PODMAN-OPTION…
  local name=$1 command=$2
  shift 2
  cttrace "$name" -q --depth full -o TRACE -- podman run --rm --network=none "$@" \
    localhost/busybox sh -c "$command"
  report
}

# -------- podman's own profile --------

# Both give EPERM: the filter does not know sethostname, the kernel wants CAP_SYS_ADMIN.
run default 'hostname other; mount -t tmpfs none /mnt'
assert_profile "$PROFILE" ENOSYS
assert_jq "$REPORT" "sethostname: the filter's EPERM" \
  'failed("sethostname") | .error == "EPERM" and .answered_by == "filter"'
assert_jq "$REPORT" "mount: the kernel's EPERM" \
  '[failed("mount") | select(.answered_by != null)] |
   length >= 1 and all(.error == "EPERM" and .answered_by == "kernel")'
assert_jq "$REPORT" "all three ways to make a system call are told apart" \
  '.containers[0].seccomp.architectures == ["x86_64", "i386", "x32"]'
# Wide enough for a slow machine's times and for long pids.
"$CTTRACE" render --width 140 "$TRACE" >"$TMP/timeline"
assert_match "the timeline says how much is denied" "$(cat "$TMP/timeline")" \
  "denies $(jq '.containers[0].seccomp.denied | length' "$REPORT") calls"
assert_match "and who denied" "$(cat "$TMP/timeline")" 'sethostname\(.*EPERM: the seccomp filter from crun'
"$CTTRACE" explain "$TRACE" >"$TMP/explained"
assert_match "explain names who refused: the filter" "$(cat "$TMP/explained")" 'other: refused with EPERM, the seccomp filter'
assert_match "and the kernel" "$(cat "$TMP/explained")" '/mnt \(tmpfs\): refused with EPERM, cap_sys_admin is missing'

# The profile depends on capabilities: other rules apply.
run capabilities true --cap-add SYS_PTRACE --cap-add SYS_TIME --cap-drop AUDIT_WRITE
assert_profile "$PROFILE" ENOSYS
assert_jq "$REPORT" "and to socket's arguments" \
  '.containers[0].seccomp.conditional[] | select(.name == "socket") | .answer | test("allow.*EINVAL")'

run unconfined true --security-opt seccomp=unconfined
assert_jq "$REPORT" "no filter" '.containers[0].seccomp == null'
assert_jq "$REPORT" "and nothing that it could have answered" \
  '[.events[] | select(.answered_by != null)] == []'

# -------- a profile of our own --------

cat >"$TMP/profile.json" <<'END'
{ "defaultAction": "SCMP_ACT_ALLOW",
  "archMap": [{ "architecture": "SCMP_ARCH_X86_64", "subArchitectures": [] }],
  "syscalls": [
    { "names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 13 },
    { "names": ["rmdir"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1 },
    { "names": ["sync"], "action": "SCMP_ACT_KILL_PROCESS" },
    { "names": ["umask"], "action": "SCMP_ACT_LOG" },
    { "names": ["kill"], "action": "SCMP_ACT_ERRNO", "errnoRet": 22,
      "args": [{ "index": 1, "value": 10, "op": "SCMP_CMP_EQ" }] } ] }
END
# busybox kill: 10 is SIGUSR1, 12 is SIGUSR2; 999 is nobody.
run custom 'mkdir /new; rmdir /tmp; rmdir /nothing; kill -10 999; kill -12 999; sync; echo "sync = $?"' \
  --security-opt "seccomp=$TMP/profile.json"
assert_profile "$TMP/profile.json" allow
assert_jq "$REPORT" "what kills, what is logged" \
  '.containers[0].seccomp | [.kill_process, .log, .kill_thread, .trap, .notify] == [["sync"], ["umask"], [], [], []]'
assert_jq "$REPORT" "one architecture" '.containers[0].seccomp.architectures == ["x86_64"]'
assert_jq "$REPORT" "EACCES is the filter's" \
  'failed("mkdir") | select(.answered_by) | .error == "EACCES" and .answered_by == "filter"'
assert_jq "$REPORT" "so is EPERM, whether there is such a directory or not" \
  '[failed("rmdir") | select(.answered_by)] | length == 2 and all(.error == "EPERM" and .answered_by == "filter")'
assert_jq "$REPORT" "the argument decides: EINVAL is the filter's, ESRCH the kernel's" \
  '[failed("kill") | select(.answered_by) | [.error, .answered_by]] == [["EINVAL", "filter"], ["ESRCH", "kernel"]]'
assert_jq "$REPORT" "sync is killed, as foretold" '$said.sync == 159' # 128 + SIGSYS

# A start that fails by its own filter: the filter is named, whatever the runtime says.
jq '.syscalls = [{names: ["execve", "execveat"], action: "SCMP_ACT_ERRNO", errnoRet: 1}]' \
  "$TMP/profile.json" >"$TMP/no-exec.json"
run no-exec true --security-opt "seccomp=$TMP/no-exec.json"
assert "the container does not start" [ "$STATUS" -ne 0 ]
assert_jq "$REPORT" "its program never ran, but its filter is known" \
  '.containers[0] | .payload == null and (.seccomp.denied | sort) == ["execve", "execveat"]'
assert_jq "$REPORT" "the filter denied it" \
  '[failed("execve") | select(.answered_by)] | length >= 1 and all(.error == "EPERM" and .answered_by == "filter")'
"$CTTRACE" explain "$TRACE" >"$TMP/explained"
assert_match "explain knows" "$(tr -s '\n ' ' ' <"$TMP/explained")" \
  'a seccomp filter of the task answers execve with EPERM'

# -------- another runtime, another compiler of filters --------

# runc answers ENOSYS to calls that are newer than its profile, whatever the default is.
mkdir "$TMP/bundle"
jq '.process.args = ["/bin/sh", "-c", "hostname other"]
  | .linux.seccomp = {defaultAction: "SCMP_ACT_ERRNO", defaultErrnoRet: 13,
      architectures: ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
      syscalls: [{names: ($native - ["sethostname", "ptrace", "clone3"]), action: "SCMP_ACT_ALLOW"},
                 {names: ["ptrace"], action: "SCMP_ACT_TRACE"}]}' --argjson native "$NATIVE" \
  "$CT_TESTBED/bundle/runc/config.json" >"$TMP/bundle/config.json"
at_exit "runc --root $TMP/state delete -f cttrace-seccomp-$$"
cttrace runc -q --depth full -o TRACE -- runc --root "$TMP/state" run -b "$TMP/bundle" "cttrace-seccomp-$$"
report
assert_jq "$REPORT" "runc: the default, and another answer to newer calls" \
  '.containers[0].seccomp | [.default, .newer] == ["EACCES", "ENOSYS"]'
assert_jq "$REPORT" "runc: denied and traced" \
  '.containers[0].seccomp | (.denied_errno.EACCES | index("sethostname", "clone3") != null) and .trace == ["ptrace"]'
assert_jq "$REPORT" "runc: the filter's EACCES" \
  'failed("sethostname") | .error == "EACCES" and .answered_by == "filter"'
finish
