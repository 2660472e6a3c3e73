#!/bin/bash
# A start recorded by strace and one by cttrace: the imported log tells the same story.
. "${0%/*}/../lib.sh"
enter_testbed "$@"
need strace bwrap

# What both must say alike. (Without -p nothing in a log is about another start.)
story() { # REPORT
  jq -S '{
    containers: [.containers[] | {
      engine, runtime: .runtime.name,
      gained: [.namespaces | to_entries[] | select(.value.how != "shared") | .key],
      payload: .payload.argv, exit: .exit.status, init_nspid: .init.nspid,
      mounts: [.mounts[]?.target] | sort
    }],
    processes: ([.processes[] | [.role, (.execs[0].path // "" | split("/")[-1])]] | sort),
    phases: [.phases[].name] | unique,
    exit
  }' "$1"
}
# Records a command twice, and imports. What one run calls otherwise than the next, ID, is
# the same in both. Leaves $STORY (cttrace) and $TOLD (strace).
both() { # NAME STRACE-OPTIONS COMMAND…
  local name=$1 options=$2
  shift 2
  # shellcheck disable=SC2086
  strace -f $options -o "$TMP/$name.log" "$@" >"$TMP/$name.strace.out" 2>&1 </dev/null
  trace "$name" "$@"
  STORY=$(story "$REPORT")
  "$CTTRACE" import "$TMP/$name.log" -o "$TMP/$name.imported" 2>"$TMP/$name.summary"
  assert_one_line "$name: one line sums up" "$TMP/$name.summary"
  TRACE=$TMP/$name.imported REPORT=$TMP/$name.imported.json
  report
  TOLD=$(story "$REPORT")
}
same() { # DESCRIPTION
  if [ "$TOLD" = "$STORY" ]; then ok "$1"; else not_ok "$1" "$(diff <(echo "$STORY") <(echo "$TOLD"))"; fi
}

podman=(podman --runtime crun run --rm --network=none localhost/busybox)
both podman "-ttt -T -s 4096" "${podman[@]}" sh -c 'echo hello'
same "podman with crun: containers, processes, roles, namespaces, phases"
assert_trace
assert_jq "$REPORT" "a log says nothing of inode numbers, and none are made up" \
  '.containers[0].namespaces.mnt.to == null'
# A call begins on a line of its own. (It need not end: a thread may die in it; and of one
# that dies at its entry, strace cannot say which call: "???(".)
calls=$(grep -cE '^[0-9]+ +[0-9.]+ ([a-z0-9_]+|\?+)\(' "$TMP/podman.log")
execs=$(jq '[.events[] | select(.kind == "exec")] | length' "$REPORT")
assert_eq "every call of the log is in the trace, once" \
  "$(($(jq '[.events[] | select(.kind == "call")] | length' "$REPORT") + execs))" "$calls"
assert_eq "as many tasks as the log has pids" \
  "$(jq -s '[.[] | select(.ev == "task")] | length' "$TRACE")" "$(cut -d' ' -f1 "$TMP/podman.log" | sort -u | wc -l)"

both runc "-tt -yy -s 4096" runc --root "$TMP/state" run -b "$CT_TESTBED/bundle/runc" cttrace-import
assert_jq "$REPORT" "runc: one container, its namespaces, its payload" \
  '.containers | length == 1 and (.[0] | .runtime.name == "runc" and .payload.argv == ["/bin/true"])'
assert_eq "runc: the same roles" "$(jq -c '.processes | map(.[0]) | unique' <<<"$TOLD")" \
  "$(jq -c '.processes | map(.[0]) | unique' <<<"$STORY")"
assert_eq "runc: the same namespaces" "$(jq -c '.containers[0].gained' <<<"$TOLD")" \
  "$(jq -c '.containers[0].gained' <<<"$STORY")"

box=(bwrap --ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --unshare-all /bin/sh -c 'exit 3')
for options in "-tt" "-r -T -i" "-X raw -ttt" "-X verbose -ttt --decode-pids=comm,pidns" "-k -t" "-yy -v"; do
  both "bwrap${options// /}" "$options" "${box[@]}"
  same "bwrap, strace $options"
done
strace -ff -ttt -o "$TMP/set" "${box[@]}" >"$TMP/set.out" 2>&1
"$CTTRACE" import -q "$TMP/set" -o "$TMP/set.jsonl"
TRACE=$TMP/set.jsonl REPORT=$TMP/set.json
report
TOLD=$(story "$REPORT")
same "bwrap, the files of strace -ff"
strace -f "${box[@]}" >"$TMP/terminal.out" 2>"$TMP/terminal"
sed 's/^/> /; s/</\&lt;/g; s/>/\&gt;/2g; s/"/\&quot;/g' "$TMP/terminal" | "$CTTRACE" import -q - -o "$TMP/mailed.jsonl"
TRACE=$TMP/mailed.jsonl REPORT=$TMP/mailed.json
report
TOLD=$(story "$REPORT")
same "bwrap, what strace wrote to a terminal, quoted in a mail"

# -------- a start that fails --------
verdict() { "$CTTRACE" explain -f json "$1" | jq -c '{kind, signature, call: (.call | {name, error, role: .process.role, path: [.args[].path // empty]})}'; }
both fails "-ttt -s 4096" podman --runtime crun run --rm --network=none localhost/busybox /no/such/program
assert_eq "explain finds the same cause" "$(verdict "$TRACE")" "$(verdict "$TMP/fails.jsonl")"

head -n 300 "$TMP/podman.log" | head -c -40 >"$TMP/cut.log"
"$CTTRACE" import -q "$TMP/cut.log" -o "$TMP/cut.jsonl"
TRACE=$TMP/cut.jsonl REPORT=$TMP/cut.json
report
assert_jq "$REPORT" "a log that was cut off: it is said" 'any(.findings[]; .id == "gap")'
finish
