#!/bin/bash
# Two starts compared: the same twice, and others whose difference is the options that were given,
# or what podman inspect says.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

run() { # NAME PODMAN-OPTION-OR-ARGUMENT…: NAME.jsonl, and NAME.inspect
  local name=$1
  shift
  rm -f "$TMP/cid"
  trace "$name" podman run --cidfile "$TMP/cid" --network=none "$@"
  podman inspect "$(cat "$TMP/cid" 2>/dev/null)" >"$TMP/$name.inspect" 2>/dev/null
  podman rm -f "$(cat "$TMP/cid" 2>/dev/null)" >/dev/null 2>&1
}
compare() { # A B [OPTION…]; sets STATUS and REPORT
  local a=$1 b=$2
  shift 2
  REPORT=$TMP/$a-$b.json STATUS=0
  "$CTTRACE" diff -f json "$@" "$TMP/$a.jsonl" "$TMP/$b.jsonl" >"$REPORT" 2>"$TMP/err" || STATUS=$?
  assert_eq "$a, $b: nothing on stderr" "$(cat "$TMP/err")" ""
}
aspect() { echo "(.aspects[] | select(.name == \"$1\"))"; }
same() { # ASPECT…
  local name
  for name; do assert_jq "$REPORT" "no difference in $name" "$(aspect "$name").same"; done
}
busybox=(localhost/busybox sh -c "echo hello")

run first "${busybox[@]}" # the store and the cgroups are warm from here on
for n in 1 2 3; do run "same$n" "${busybox[@]}"; done
for pair in "1 2" "2 3" "1 3"; do
  compare "same${pair% *}" "same${pair#* }"
  assert_jq "$REPORT" "runs $pair: nothing that the start or its container has is different" \
    '[.aspects[] | select(.same | not)] == []'
  # a race in podman may cost one mount more
  assert_jq "$REPORT" "runs $pair: at most two of more than 400 steps are" \
    '([.processes[].steps[] | select(.weight >= 2 and (.again | not))] | length) <= 2 and .steps_alike > 400'
  assert_jq "$REPORT" "runs $pair: every process has its counterpart" '[.processes[] | select(.a == null or .b == null)] == []'
done
cp "$TMP/same1.jsonl" "$TMP/copy.jsonl"
compare same1 copy
assert_eq "a trace and its copy: exit status 0" "$STATUS" 0
assert_jq "$REPORT" "and nothing else" '.same and ([.processes[].steps[]] == [])'

run privileged --privileged "${busybox[@]}"
compare same1 privileged
assert_eq "privileged: exit status 1" "$STATUS" 1
assert_jq "$REPORT" "privileged: the capabilities are those that podman inspect has more" \
  '[.aspects[] | select(.name == "capabilities").items[] | select(.a == null and (.b | contains("effective"))).name | ascii_upcase] | sort
   == ($b[0][0].EffectiveCaps - $a[0][0].EffectiveCaps | sort)' \
  --slurpfile a "$TMP/same1.inspect" --slurpfile b "$TMP/privileged.inspect"
assert_jq "$REPORT" "privileged: no seccomp filter" "$(aspect seccomp)"' | .b == "no filter" and (.same | not)'
assert_jq "$REPORT" "privileged: no masked paths" "$(aspect "masked paths")"' | .b == "0" and (.items | all(.b == null))'
assert_jq "$REPORT" "privileged: devices of the host" "$(aspect "device nodes")"' | any(.items[]; .a == null)'
same namespaces user program limits "host name" cgroup
status=0
python3 "$E2E/../schema/check_trace.py" --whole "$E2E/../../docs/diff.schema.json" "$REPORT" >"$TMP/schema" 2>&1 || status=$?
case $status in
77) skip "the object is as the schema says" "python3-jsonschema is not installed" ;;
*) assert_eq "the object is as the schema says" "$status $(head -n 3 "$TMP/schema")" "0 " ;;
esac

limit=67108864
run limited --memory "$limit" --pids-limit 50 --ulimit nofile=1000:1000 --ulimit nproc=900:900 --read-only \
  --volume "$TMP:/data:ro" --hostname limited --cap-add SYS_PTRACE --cap-drop KILL "${busybox[@]}"
compare same1 limited
assert_jq "$REPORT" "limited: memory and pids as they were asked for" \
  "$(aspect limits)"' | [.items[] | select(.name == ("pids.max", "memory.max", "memory.limit_in_bytes")).b] | sort == ["50", $limit]' \
  --arg limit "$limit"
assert_jq "$REPORT" "limited: resource limits" \
  "$(aspect "resource limits")"' | [.items[] | .b] | sort == ["1000:1000", "900:900"]'
assert_jq "$REPORT" "limited: one capability more, one less" \
  "$(aspect capabilities)"' | [.items[] | {name, more: (.a == null)}] ==
   [{name: "cap_kill", more: false}, {name: "cap_sys_ptrace", more: true}]'
assert_jq "$REPORT" "limited: the root file system is read-only" "$(aspect "root file system")"' | any(.items[]; .b | tostring | test("read-only"))'
assert_jq "$REPORT" "limited: the volume is there, read-only" \
  "$(aspect mounts)"' | any(.items[]; .name == "/data" and .a == null and (.b | test(" ro,|\\bro\\b")))'
assert_jq "$REPORT" "limited: its host name" "$(aspect "host name")"' | .b == "limited"'
same namespaces user program "masked paths"

run runc --runtime runc "${busybox[@]}"
run crun --runtime crun "${busybox[@]}"
compare crun runc
assert_jq "$REPORT" "crun, runc: the runtime" "$(aspect "started by")"' | .items == [{name: "runtime", a: "crun", b: "runc"}]'
same namespaces user capabilities seccomp program "resource limits" "read-only paths"
assert_jq "$REPORT" "crun, runc: they are each other's counterparts" \
  'any(.processes[]; .a.role == "runtime" and .b.role == "runtime" and (.same_program | not))'
assert_jq "$REPORT" "crun, runc: so are the containers'"' inits' \
  '[.processes[] | select(.a.role == "payload" or .b.role == "payload") | .a.role == .b.role] | all and length > 0'

as_user=$E2E/runtimes/as-user.sh
"$as_user" --end
at_exit "$as_user --end"
"$as_user" podman unshare true # makes the pause process, untraced
RUN_AS=("$as_user" --as-root)
cttrace rootless -u cttrace-e2e -q -o TRACE -- podman --runtime crun run --rm --network=none "${busybox[@]}"
RUN_AS=()
assert "rootless: the trace is whole" await trace_is_whole
compare crun rootless
assert_jq "$REPORT" "root, rootless: of the namespaces the user namespace alone" \
  "$(aspect namespaces)"' | [.items[].name] == ["user"] and .items[0].a == "the host'"'"'s"'
assert_jq "$REPORT" "root, rootless: who it is on the host" \
  "$(aspect user)"' | .a == "root of the host" and .b == "user \($uid) of the host"' --argjson uid "$(id -u cttrace-e2e)"
same program "how the program ended" "started by" no_new_privs

run failing localhost/busybox /no/such/program
compare crun failing
assert_jq "$REPORT" "failing: the call that looked for its program is where it went wrong" \
  '.deviations | length == 1 and .[0].failed == "b" and .[0].b.error == "ENOENT" and .[0].a == null
   and (.[0].b.args | any(contains("/no/such/program")))'
assert_jq "$REPORT" "failing: by the container's init, after steps that both did" \
  '.deviations[0] | .b.process.role == "init" and .last_common.t_ns < .b.t_ns'
assert_jq "$REPORT" "failing: how it ended, the program" \
  '[.aspects[] | select(.name == ("how it ended", "program")) | .b] == ["exit 127", "never ran"]'
same namespaces
compare failing crun
assert_jq "$REPORT" "the other way round it is the first" '.deviations[0].failed == "a"'

"$CTTRACE" diff --width 90 "$TMP/crun.jsonl" "$TMP/failing.jsonl" >"$TMP/text"
assert_match "text: the failure comes first" "$(sed -n 4,7p "$TMP/text")" '^where failing failed and the other went on$'
assert "text: no wider than it may be" test "$(LC_ALL=C.UTF-8 wc -L <"$TMP/text")" -le 90
"$CTTRACE" diff -f html -o "$TMP/page.html" "$TMP/crun.jsonl" "$TMP/failing.jsonl"
assert_match "html: its policy" "$(grep -c "Content-Security-Policy.*default-src 'none'" "$TMP/page.html")" '^1$'
assert_eq "html: no script" "$(grep -ci '<script\|javascript:\| on[a-z]*=' "$TMP/page.html")" 0
finish
