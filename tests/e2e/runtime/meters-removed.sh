#!/bin/bash
# A cgroup that somebody removes in the moment in which its last process leaves it, as systemd
# does with scopes: its figures up to the end are in the trace. What it used is what the process
# says of itself.
. "$(dirname "$0")/../lib.sh"
enter_testbed "$@"
need python3

top=/sys/fs/cgroup
[ "$(stat -f -c %T $top)" = cgroup2fs ] || top=$top/unified
group=$top/cttrace-removed-$$
mkdir "$group"
at_exit "rmdir $group"

# Removes it as soon as the kernel lets it: while a process is there, it is busy.
python3 -c '
import os, sys
while not open(sys.argv[1] + "/cgroup.procs").read():
    pass
print(flush=True)
while True:
    try:
        os.rmdir(sys.argv[1])
        break
    except OSError:
        pass
' "$group" >"$TMP/seen" &
remover=$!

cttrace removed -q --meters=10s -o TRACE -- python3 -c '
import os, sys, time
open(sys.argv[1] + "/cgroup.procs", "w").write("0")
before = time.process_time_ns()
while time.process_time_ns() < before + 300000000:
    pass
# the file has whole microseconds
print("used =", (time.process_time_ns() - before) // 1000 * 1000, flush=True)
os._exit(3)
' "$group"
report
wait $remover
assert_eq "it ends as untraced, and the cgroup is gone" "$STATUS $(test -d "$group" && echo there)" "3 "
assert_jq "$REPORT" "the last sample has what it used up to its end" \
  '[.events[] | select(.kind == "meter") | .meter.figures.cpu] | max >= $said.used'
assert_trace
finish
