#!/bin/bash
# What containers are made with, recorded by strace and by cttrace: each call that our own
# trace has reads the same in the imported log, and makes the same container.
. "${0%/*}/../lib.sh"
need_root
need strace jq

# Calls, with what one run numbers otherwise than the next taken out of their texts.
calls() { # REPORT
  jq -c '.events[] | select(.kind == "call" and .error == null and (.name | IN(
      "mount", "umount2", "pivot_root", "open_tree", "fsopen", "fsconfig", "fsmount",
      "move_mount", "mount_setattr", "clone3", "unshare", "setns", "prctl", "capset",
      "seccomp", "prlimit64", "sethostname", "setresuid", "setresgid", "setgroups", "write")))
    | [.name, (.args[] | .text // .value | tostring
      | gsub("0x[0-9a-f]+"; "ADDRESS") | gsub("(?<a>[-/\"])[0-9]{2,}"; "\(.a)PID") | gsub("\\[[0-9]+\\]"; "[INODE]"))]
    | select(.[0] != "write" or (.[1] | test("<(/proc|/sys)/")))' "$1" | sort -u
}
containers() { # REPORT
  jq -S '[.containers[] | {seccomp, rlimits, root_change, id_maps, mounts, limits: [.limits[] | {file, value}]}]
    | walk(if type == "object" then del(.t_ns, .event, .pid, .serial) else . end)' "$1"
}

for sample in capabilities clone3-namespaces container new-mount-api user-namespace; do
  trace "$sample" "$SAMPLES/$sample"
  own=$(calls "$REPORT") made=$(containers "$REPORT")
  strace -f -yy -v -s 4096 -o "$TMP/log" "$SAMPLES/$sample" >"$TMP/out" 2>&1
  TRACE=$TMP/$sample.imported REPORT=$TMP/$sample.imported.json
  "$CTTRACE" import -q "$TMP/log" -o "$TRACE"
  report
  assert "$sample: there are calls to compare" test -n "$own"
  assert_eq "$sample: every call of our own trace is in the log, and reads the same" \
    "$(comm -23 <(echo "$own") <(calls "$REPORT"))" ""
  assert_eq "$sample: the same containers, mounts, limits and filters" \
    "$(diff <(echo "$made") <(containers "$REPORT"))" ""
done
imported=$TMP/container.imported.json
assert_jq "$imported" "there is a container to compare, with mounts and a filter" \
  '.containers | length == 1 and (.[0] | (.mounts | length > 3) and .seccomp != null)'
assert_jq "$imported" "what only a mount table tells is not known, and nothing is concluded from that" \
  '.containers[0].isolation | map(select(.aspect | IN("root file system", "mount propagation",
     "writable host paths", "read-only host paths", "engine socket", "kernel files")))
   | length == 6 and all(.state == "not known" and (.open | not))'
finish
