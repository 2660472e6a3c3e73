#!/bin/bash
# --meters: what containers use, and what their limits do to them. Expected is what the
# kernel's own files say inside the container, and what podman says of its end.
. "$(dirname "$0")/../lib.sh"
enter_testbed "$@"

# The figures of the cgroup as "name = value" lines, of version 1 or 2, without a fork: it
# must work at the limit of pids too.
FIGURES='
for file in /sys/fs/cgroup/cpu.stat /sys/fs/cgroup/cpu/cpu.stat \
  /sys/fs/cgroup/pids.events /sys/fs/cgroup/pids/pids.events; do
  [ ! -r $file ] || while read -r key value; do echo "$key = $value"; done <$file
done
for file in /sys/fs/cgroup/cpuacct/cpuacct.usage /sys/fs/cgroup/pids.peak \
  /sys/fs/cgroup/pids/pids.peak; do
  [ ! -r $file ] || { read -r value <$file && echo "${file##*.} = $value"; }
done
'
meters() { # NAME PODMAN-ARGUMENT…
  local name=$1
  shift
  cd "$TMP" || exit 1 # conmon leaves a file named "oom" where podman was called
  cttrace "$name" --meters=20ms -o TRACE -- podman run --network=none "$@"
  report
}
timeline() { "$CTTRACE" render --width "$1" "$TRACE"; }

# -------- more memory than there may be --------

meters memory --name ct-meters-memory --memory=100m localhost/busybox:latest \
  sh -c 'for m in 20 40 60 80; do dd if=/dev/zero of=/dev/null bs=${m}M count=3; done
         dd if=/dev/zero of=/dev/null bs=93M count=20 # for more than one sample
         exec dd if=/dev/zero of=/dev/null bs=150M count=1'
assert_eq "podman ends as a container that was killed" "$STATUS" 137
# conmon is told of a change of memory.events, but systemd removes the scope when its last
# process has ended, and conmon 2.1 then finds no such file: the kernel's log has it, too.
if [ "$(podman info -f '{{.Host.CgroupManager}}')" = systemd ]; then
  init=$(jq '.containers[0].init.pid' "$REPORT") id=$(jq -r '.containers[0].id' "$REPORT")
  assert_match "the kernel says that it was for lack of memory" "$(dmesg)" \
    "oom-kill:constraint=CONSTRAINT_MEMCG.*,oom_memcg=[^,]*/libpod-$id\\.scope[^,]*,.*,pid=$init,"
else
  # podman 4.3 looks for that file elsewhere, and denies it
  killed=$(podman inspect -f '{{.State.OOMKilled}}' ct-meters-memory)
  assert_match "its monitor saw that it was for lack of memory" \
    "$killed $(find "$TMP" -maxdepth 1 -name oom)" '^true|/oom$'
fi
podman rm -f ct-meters-memory >/dev/null
assert_trace
assert_jq "$REPORT" "the limit is that of --memory" \
  '.containers[0].meters.limits.memory == 100 * 1048576'
assert_jq "$REPORT" "memory came to it, and no further" \
  '.containers[0].meters | .peaks.memory.value == .limits.memory'
assert_jq "$REPORT" "one process was killed for it" \
  '.containers[0].meters | .used.oom_kills == 1 and
   ([.events[] | select(.kind == "oom-kill")] | length) == 1'
assert_jq "$REPORT" "that is the end of the payload, by SIGKILL" \
  '.containers[0] as $c | .events as $e
   | $c.meters.events[] | select(.kind == "oom-kill")
   | .process.pid == $c.init.pid and $e[.event].kind == "exit" and $e[.event].t_ns == .t_ns'
assert_jq "$REPORT" "and a finding" '[.findings[].id] | index("out-of-memory") != null'
for width in 80 120 200; do
  assert_match "the timeline at $width columns has the climb to the limit" \
    "$(timeline $width)" 'memory .*[▁▂▃▄▅▆▇█].* peak 100 MiB of 100 MiB'
  assert_match "and the kill" "$(timeline $width)" 'out of memory .* killed'
done
assert_match "without a word beyond ASCII, too" "$("$CTTRACE" render --ascii "$TRACE")" \
  'memory .*#.* peak 100 MiB of 100 MiB'
"$CTTRACE" render -f chrome "$TRACE" >"$TMP/chrome.json"
assert_jq "$TMP/chrome.json" "Chrome traces have counters" \
  '[.traceEvents[] | select(.ph == "C" and .args.memory) | .args.memory] | max > 90 * 1048576'

# -------- so fast that no sample has seen it --------

cttrace fast --meters=10s -o TRACE -- podman run --rm --network=none --memory=100m \
  localhost/busybox:latest dd if=/dev/zero of=/dev/null bs=150M count=1
report
assert_eq "killed at its first allocation" "$STATUS" 137
# which the kernel's own memory.max_usage_in_bytes, or memory.peak, tells
assert_jq "$REPORT" "a climb to the limit, at the moment of the kill" \
  '.containers[0].meters | .limits.memory as $limit
   | (.events[] | select(.kind == "oom-kill") | .t_ns) as $killed
   | .last.memory_peak == $limit and .peaks.memory.value == $limit and
     (any(.samples[]; .memory > $limit * 0.9) or
      (.between == [{t_ns: $killed, figure: "memory", value: $limit}] and .peaks.memory.t_ns == $killed))'
for width in 80 120 200; do
  assert_match "the timeline at $width columns has it" "$(timeline $width)" \
    'memory .*█.* peak 100 MiB of 100 MiB'
done
"$CTTRACE" render -f chrome "$TRACE" >"$TMP/chrome.json"
assert_jq "$TMP/chrome.json" "so have the counters of Chrome traces" \
  '[.traceEvents[] | select(.ph == "C" and .args.memory) | .args.memory] | max == 100 * 1048576'
"$CTTRACE" render -f svg "$TRACE" >"$TMP/fast.svg"
assert "the figure is well-formed" python3 -c 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])' "$TMP/fast.svg"
assert_match "so has the figure, in words" "$(cat "$TMP/fast.svg")" 'peak 100 MiB of 100 MiB'
# the curve reaches the height of the dashed line
limit=$(sed -n 's/^<path d="M[0-9.]* \([0-9.]*\)H.*stroke-dasharray.*/\1/p' "$TMP/fast.svg" | head -n 1)
assert_match "and as a curve" "$(grep -m 1 'fill="#cfe0f2"' "$TMP/fast.svg")" "V${limit:-none}[HV]"

# -------- more CPU --------

meters cpu --rm --cpus=0.1 localhost/busybox:latest \
  sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done
'"$FIGURES"
assert_eq "a busy loop in a tenth of a CPU ends well" "$STATUS" 0
assert_jq "$REPORT" "the limit is that of --cpus" '.containers[0].meters.limits.cpu_milli == 100'
# Whoever is held back has used 10 ms: so often, at most, after it looked.
assert_jq "$REPORT" "it was throttled, as often as the kernel counted" \
  '((.containers[0].meters.last.cpu - ($said.usage // ($said.usage_usec * 1000))) / 1e7) as $after
   | .containers[0].meters.used.cpu_throttled
   | . >= $said.nr_throttled and . <= $said.nr_throttled + 2 + $after and . > 5'
assert_jq "$REPORT" "it used as much as the kernel counted" \
  '(.containers[0].meters.last.cpu / ($said.usage // ($said.usage_usec * 1000)))
   | . >= 1 and . < 1.2'
assert_jq "$REPORT" "that is told as one event" \
  '.containers[0].payload.t_ns as $begun
   | [.containers[0].meters.events[] | select(.kind == "throttled" and .end_ns > $begun)] | length == 1'
# Where a runtime is slow enough, its own work in that cgroup is held back, too, and a while before.
bursts=$(jq -s --arg cgroup "$(jq -r '.containers[0].meters.cgroup' "$REPORT")" '
  [.[] | select(.ev == "meter" and .cgroup == $cgroup and .cpu_throttled)]
  | reduce .[] as $s ({n: 0}; (if .before and $s.cpu_throttled > .before.cpu_throttled
    then (if .last and .before.t - .last <= 1e9 then . else .n += 1 end) | .last = $s.t else . end) | .before = $s)
  | .n' "$TRACE")
assert_jq "$REPORT" "and nothing else, but what the kernel counted more than a second before" \
  '[.containers[0].meters.events[] | select(.kind == "throttled")] | length == $bursts' --argjson bursts "$bursts"
assert_match "and stands in the timeline" "$(timeline 120)" 'throttled .* limit 0.10 CPUs'

# -------- more processes --------

meters pids --rm --pids-limit=8 localhost/busybox:latest \
  sh -c '(for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5 & done)
'"$FIGURES"
assert_jq "$REPORT" "the limit is that of --pids-limit" '.containers[0].meters.limits.pids == 8'
assert_jq "$REPORT" "the peak is the kernel's" \
  '.containers[0].meters.peaks.pids.value == $said.peak and $said.peak == 8'
assert_jq "$REPORT" "as many forks were refused as the kernel counted" \
  '.containers[0].meters.used.pids_refused == $said.max and $said.max > 0'
assert_jq "$REPORT" "the event is the fork that failed with EAGAIN" \
  '.events as $e | .containers[0].meters.events[] | select(.kind == "fork-refused")
   | $e[.event] | .kind == "call" and .error == "EAGAIN"'
assert_match "and stands in the timeline" "$(timeline 120)" 'fork refused .* limit, 8'

# -------- short, and not at all --------

meters short --rm localhost/busybox:latest true
assert_jq "$REPORT" "a container that ends at once has samples, one after its end" \
  '.containers[0] | (.meters.samples | length) >= 3 and
   .meters.samples[-1].t_ns > .payload.t_ns and .meters.last.cpu > 0'
assert_jq "$REPORT" "they are of its own cgroup" '.containers[0] | .meters.cgroup == .cgroup'
trace none podman run --rm --network=none localhost/busybox:latest true
assert_jq "$REPORT" "without --meters there is none of it" \
  '.containers[0].meters == null and .tracer.meters_ns == null and
   ([.events[] | select(.kind == "meter")] | length) == 0'

# -------- one that runs already --------

podman run -d --rm --name ct-meters-attach --network=none --memory=64m \
  localhost/busybox:latest sh -c 'while :; do :; done' >/dev/null
at_exit 'podman rm -f -t 0 ct-meters-attach'
pid=$(podman inspect -f '{{.State.Pid}}' ct-meters-attach)
TRACE=$TMP/attached.jsonl
"$CTTRACE" --meters=20ms --depth key -q -o "$TRACE" -p "$pid" >/dev/null 2>&1 &
tracer=$!
sampled() { [ "$(grep -c '"ev":"meter"' "$TRACE")" -ge 5 ]; }
assert "an attached container's cgroup is sampled" await sampled
kill -INT $tracer
wait $tracer
assert_eq "with its limit" "$(jq -rs '[.[] | select(.ev == "meter") | .memory_limit] | unique | .[-1]' \
  "$TRACE")" $((64 * 1048576))
assert_match "and shown" "$(timeline 100)" 'CPU .* used'
finish
