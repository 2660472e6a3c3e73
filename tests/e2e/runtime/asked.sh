#!/bin/bash
# What config.json asks for beside what crun and runc do: each item, differences provoked
# for real, and hooks. What is true is asked of the container itself.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need crun runc jq

# The bundle of NAME for RUNTIME, changed by a jq program.
bundle() { # NAME RUNTIME JQ-PROGRAM [JQ-OPTION…]
  local name=$1 runtime=$2 program=$3
  shift 3
  mkdir -p "$TMP/$name"
  jq "$@" "$program" "$CT_TESTBED/bundle/$runtime/config.json" >"$TMP/$name/config.json"
}
match() { # ASPECT NAME: of the last report
  jq -r --arg aspect "$1" --arg name "$2" \
    '.containers[0].asked.items[] | select(.aspect == $aspect and (.name // "") == $name) | .match' "$REPORT"
}
finding() { jq -r --arg id "$1" '[.findings[] | select(.id == $id)] | length' "$REPORT"; }

shellcode='
grep -E "^(Uid|Gid|CapBnd|CapEff|NoNewPrivs)" /proc/self/status
echo "files = $(ulimit -Sn):$(ulimit -Hn)"
echo "hostname = $(hostname)"
echo "oom = $(cat /proc/self/oom_score_adj)"
echo "somaxconn = $(cat /proc/sys/net/core/somaxconn)"
echo "groups = $(id -G)"
echo "told = $ASKED_FOR"
echo "cwd = $(pwd)"
echo "extra = $(grep -c " /extra " /proc/self/mountinfo)"
'
# shellcheck disable=SC2016
all='.process.args = ["/bin/sh", "-c", $code] | .hostname = "asked" | .process.oomScoreAdj = 77
  | .process.env += ["ASKED_FOR=a word"] | .process.cwd = "/tmp"
  | .process.user = {uid: 1000, gid: 100, additionalGids: [7, 5]}
  | .linux.rootfsPropagation = "rprivate"
  | .process.rlimits = [{type: "RLIMIT_NOFILE", soft: 100, hard: 200}]
  | .linux.sysctl = {"net.core.somaxconn": "321"}
  | .linux.resources += {pids: {limit: 55}, memory: {limit: 67108864}}
  | .linux.cgroupsPath = $path
  | .linux.seccomp = {defaultAction: "SCMP_ACT_ALLOW", architectures: ["SCMP_ARCH_X86_64"],
      syscalls: [{names: ["swapon", "kexec_load"], action: "SCMP_ACT_ERRNO"},
        {names: ["personality"], action: "SCMP_ACT_ERRNO", args: [{index: 0, value: 8, op: "SCMP_CMP_EQ"}]},
        {names: ["unshare", "setns"], action: "SCMP_ACT_ERRNO",
          args: [{index: 0, value: 268435456, valueTwo: 268435456, op: "SCMP_CMP_MASKED_EQ"}]}]}
  | .mounts += [{destination: "/extra", type: "tmpfs", source: "tmpfs", options: ["nosuid", "ro", "rslave"]}]'

everything() { # RUNTIME
  local runtime=$1 id=cttrace-asked-$1-$$ item
  at_exit "$runtime --root $TMP/state delete -f $id"
  bundle "all-$runtime" "$runtime" "$all" --arg code "$shellcode" --arg path "/cttrace-asked-$$/$id"
  trace "all-$runtime" "$runtime" --root "$TMP/state" run -b "$TMP/all-$runtime" "$id"
  assert_eq "$runtime: it runs" "$STATUS" 0
  # the container says that it is as was asked
  assert_eq "$runtime: hostname, limits and sysctl inside" \
    "$(jq -r '"\(.hostname) \(.files) \(.oom) \(.somaxconn) \(.extra)"' <<<"$SAID")" "asked 100:200 77 321 1"
  assert_eq "$runtime: environment and directory inside" "$(jq -r '"\(.told), \(.cwd)"' <<<"$SAID")" "a word, /tmp"
  assert_match "$runtime: groups inside" "$(jq -r .groups <<<"$SAID")" '^100 (5 7|7 5)$'
  # and so does the report
  for item in program: environment: "working directory:" user: hostname: "root file system:" "namespace:pid" "namespace:net" "mount:/proc" \
    mount:/extra rlimit:RLIMIT_NOFILE oom_score_adj: sysctl:net.core.somaxconn limit:pids.limit \
    limit:memory.limit cgroup: capabilities:bounding capabilities:effective no_new_privs: \
    "groups:" propagation:/ seccomp:default seccomp:calls seccomp:arguments "read-only path:/proc/sys" "masked path:/sys/firmware"; do
    assert_eq "$runtime: $item is as asked" "$(match "${item%%:*}" "${item#*:}")" same
  done
  assert_eq "$runtime: no difference is said" "$(finding as-asked) $(finding asked-differs)" "1 0"
  assert_match "$runtime: the isolation summary says how many" "$("$CTTRACE" render --view isolation "$TRACE")" \
    '[0-9]+ as asked, 0 different, [0-9]+ not seen'
  assert_match "$runtime: so does the timeline" "$("$CTTRACE" render "$TRACE")" \
    "asked and done: all $(jq '[.containers[0].asked.items[] | select(.match == "same")] | length' "$REPORT") things in its config.json are as asked"
  assert_jq "$REPORT" "$runtime: values of variables stay in the trace" \
    '.containers[0].asked | tostring | contains("a word") | not'
  assert_match "$runtime: and shown" "$("$CTTRACE" render --view asked "$TRACE")" ' 0 different \(!\)'
}

# A config.json that is edited after create: what was asked is what the runtime read.
edited() {
  local id=cttrace-edited-$$
  at_exit "crun --root $TMP/state delete -f $id"
  bundle edited crun '.hostname = "before" | .process.args = ["/bin/true"]'
  # shellcheck disable=SC2016
  trace edited sh -c 'crun --root "$1" create -b "$2" "$3" && sed -i s/before/after/ "$2/config.json" &&
    crun --root "$1" start "$3"' sh "$TMP/state" "$TMP/edited" "$id"
  assert_eq "an edited config.json: the one that was read counts" "$(match hostname "")" same
  assert_jq "$REPORT" "and is the one that is shown" \
    '.containers[0].asked.items[] | select(.aspect == "hostname") | .asked == "before"'
}

# More capabilities than the runtime itself has: it cannot give them.
bounded() { # RUNTIME
  local id=cttrace-bounded-$1-$$
  at_exit "$1 --root $TMP/state delete -f $id"
  bundle "bounded-$1" "$1" '.process.capabilities.bounding += ["CAP_SYS_TIME"] | .process.args = ["/bin/true"]'
  trace "bounded-$1" capsh --drop=cap_sys_time -- -c "exec $1 --root $TMP/state run -b $TMP/bounded-$1 $id"
  if [ "$STATUS" -eq 0 ]; then
    assert_eq "$1: a capability that nobody can give is a difference" \
      "$(match capabilities bounding) $(finding asked-differs)" "differs 1"
  else
    assert_eq "$1: a capability that nobody can give: it refuses, nothing ran" \
      "$(jq '.containers[0].payload' "$REPORT")" null
  fi
}

hooks='.process.args = ["/bin/true"] | .hooks = {
  prestart: [{path: $hook, args: ["hook", "prestart"]}],
  createRuntime: [{path: $hook, args: ["hook", "createRuntime"]}],
  createContainer: [{path: $hook, args: ["hook", "createContainer"]}],
  startContainer: [{path: "/bin/sh", args: ["sh", "-c", "cat >/dev/null"]}],
  poststart: [{path: $hook, args: ["hook", "poststart"]}],
  poststop: [{path: $hook, args: ["hook", "poststop"]}]}'

hooks_run() { # RUNTIME
  local runtime=$1 id=cttrace-hooks-$1-$$
  at_exit "$runtime --root $TMP/state delete -f $id"
  # the hook itself writes down that it was run
  printf '#!/bin/sh\ncat >/dev/null\necho "$1" >>"%s"\necho "this is $1" >&2\n' "$TMP/ran-$runtime" >"$TMP/hook-$runtime"
  chmod 755 "$TMP/hook-$runtime"
  bundle "hooks-$runtime" "$runtime" "$hooks" --arg hook "$TMP/hook-$runtime"
  trace "hooks-$runtime" "$runtime" --root "$TMP/state" run -b "$TMP/hooks-$runtime" "$id"
  assert_eq "$runtime: with hooks it runs" "$STATUS" 0
  assert_eq "$runtime: all six are seen, as processes in a role of their own" \
    "$(jq '[.containers[0].asked.items[] | select(.aspect == "hook" and .match == "same")] | length' "$REPORT") $(
      jq '[.processes[] | select(.role == "hook")] | length' "$REPORT")" "6 6"
  assert_eq "$runtime: each is told by its name" \
    "$(jq -r '[.processes[] | select(.role == "hook") | .hook] | sort | join(" ")' "$REPORT")" \
    "createContainer createRuntime poststart poststop prestart startContainer"
  assert_jq "$REPORT" "$runtime: and what it said, though nobody heard it" \
    '.containers[0].asked.items[] | select(.aspect == "hook" and .name != "startContainer") | . as $hook |
     .said == "this is " + $hook.name'
  "$CTTRACE" render "$TRACE" >"$TMP/hooks.txt"
  assert_match "$runtime: the timeline has its name" "$(cat "$TMP/hooks.txt")" 'prestart hook: exec hook prestart'
  assert_match "$runtime: and its words" "$(cat "$TMP/hooks.txt")" 'says this is poststart'
  assert_eq "$runtime: the payload is not taken for one" \
    "$(jq -c '.containers[0].payload.argv' "$REPORT")" '["/bin/true"]'
  # outside of the container, the order is the one in which they wrote
  assert_eq "$runtime: in the order in which they ran" \
    "$(jq -r '[.processes[] | select(.role == "hook") | .execs[0] | select(.argv[0] != "sh")] | sort_by(.t_ns)
      | .[].argv | last' "$REPORT" | sort)" "$(sort "$TMP/ran-$runtime")"
}

hook_fails() { # RUNTIME
  local runtime=$1 id=cttrace-unhappy-$1-$$
  at_exit "$runtime --root $TMP/state delete -f $id"
  bundle "unhappy-$runtime" "$runtime" '.process.args = ["/bin/true"] | .hooks.prestart = [{path: "/bin/sh",
    args: ["sh", "-c", "cat >/dev/null; echo the hook is unhappy >&2; exit 7"]}]'
  trace "unhappy-$runtime" "$runtime" --root "$TMP/state" run -b "$TMP/unhappy-$runtime" "$id"
  assert "$runtime: a failing hook ends the start" test "$STATUS" -ne 0
  assert_jq "$REPORT" "$runtime: the finding names the hook and its status" \
    '.findings[] | select(.id == "hook-failed") | .title | test("prestart hook .* exit status 7")'
}

unreadable() {
  trace unreadable crun --root "$TMP/state" run -b "$TMP/nowhere" "cttrace-nowhere-$$"
  assert_jq "$REPORT" "a config.json that is not there is said" \
    '.containers[0].asked.problem | test("No such file")'
  mkdir -p "$TMP/fifo" && mkfifo "$TMP/fifo/config.json"
  LIMIT=20 cttrace fifo -q -o TRACE -- timeout 3 crun --root "$TMP/state" run -b "$TMP/fifo" "cttrace-fifo-$$"
  report
  assert_jq "$REPORT" "a fifo does not hold the tracer up" '.containers[0].asked.problem | test("Invalid argument")'
}

everything crun
everything runc
edited
bounded crun
bounded runc
hooks_run crun
hooks_run runc
hook_fails crun
hook_fails runc
unreadable
finish
