# shellcheck shell=bash disable=SC2034
# (SC2034: what is set here is used by the scenarios.)
# Sourced by every scenario. A scenario runs the tracer ($CTTRACE) on something real, asserts
# with the functions below, and ends with `finish`. Output is TAP; exit status 0, 1, or 77
# when the host cannot do it.
set -u -o pipefail
E2E=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
: "${CTTRACE:?set CTTRACE to the binary under test}"
CTTRACE=$(readlink -f "$CTTRACE")
export CTTRACE
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}

TMP=$(mktemp -d "${TMPDIR:-/tmp}/cttrace-e2e.XXXXXX")
chmod 755 "$TMP" # other users' tracers write below it
passed=0 failed=0 skipped=0
cleanups=()

at_exit() { cleanups+=("$1"); }
clean_up() {
  local i
  for ((i = ${#cleanups[@]} - 1; i >= 0; i--)); do eval "${cleanups[i]}" >/dev/null 2>&1; done
  rm -rf --one-file-system "$TMP"
}
trap clean_up EXIT

# -------- results --------

ok() { passed=$((passed + 1)); echo "ok $((passed + failed + skipped)) - $1"; }
not_ok() { # DESCRIPTION [DETAILS]
  failed=$((failed + 1))
  echo "not ok $((passed + failed + skipped)) - $1"
  [ -z "${2:-}" ] || printf '%s\n' "$2" | head -n 30 | sed 's/^/#   /'
}
# Tests that another program has made: its lines "ok - …" and "not ok - …" are ours.
repeat() { # FILE
  local line
  while read -r line; do
    case $line in
    'ok - '*) ok "${line#ok - }" ;;
    'not ok - '*) not_ok "${line#not ok - }" ;;
    *) echo "$line" ;;
    esac
  done <"$1"
}
skip() { skipped=$((skipped + 1)); echo "ok $((passed + failed + skipped)) - $1 # SKIP $2"; }
finish() {
  echo "1..$((passed + failed + skipped))"
  [ "$failed" -eq 0 ] || exit 1
  [ "$passed" -gt 0 ] || exit 77
  exit 0
}
# The host can never do this: skipped everywhere.
cannot() { echo "1..0 # SKIP $1"; exit 77; }
# Something is not installed: a failure where everything ought to be.
missing() {
  [ "${CI:-}" != true ] || { echo "not ok 1 - $1"; exit 1; }
  cannot "$1"
}
need_root() { [ "$(id -u)" -eq 0 ] || cannot "needs root"; }
need() { local tool; for tool; do command -v "$tool" >/dev/null || missing "needs $tool"; done; }

# -------- assertions --------

assert_eq() { # DESCRIPTION GOT WANTED
  if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got    $2"$'\n'"wanted $3"; fi
}
assert_match() { # DESCRIPTION TEXT REGEX
  if grep -Eq -- "$3" <<<"$2"; then ok "$1"; else not_ok "$1" "no /$3/ in: $2"; fi
}
assert() { # DESCRIPTION COMMAND…
  local what=$1
  shift
  # into a file and not a pipe: a container that lives on would keep the pipe open
  if "$@" >"$TMP/assert" 2>&1 </dev/null; then
    ok "$what"
  else
    not_ok "$what" "$* failed: $(cat "$TMP/assert")"
  fi
}
# The expression must give true, at least once, and nothing else. $said is what the traced
# program printed (see said); expect.jq has the vocabulary.
assert_jq() { # REPORT DESCRIPTION EXPRESSION [JQ-OPTION…]
  local report=$1 what=$2 expression=$3 said output
  shift 3
  said=${SAID:-'{}'}
  output=$(jq -ce --argjson said "$said" "$@" \
    "$(cat "$E2E/expect.jq") [ $expression ] | select(length == 0 or any(. != true))" "$report" 2>&1)
  # jq -e: status 4 when there was no output, which is the good case
  if [ $? -eq 4 ]; then ok "$what"; else not_ok "$what" "$expression"$'\n'"gives $output"; fi
}
# What an .expect file says of $REPORT: a line of words, then, indented, the expression.
assert_expectations() { # FILE
  local what='' expression='' line
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
    '' | '#'*) ;;
    [[:space:]]*) expression+=$line$'\n' ;;
    *)
      [ -z "$expression" ] || assert_jq "$REPORT" "$what" "$expression"
      what=$line expression=''
      ;;
    esac
  done <"$1"
  [ -z "$expression" ] || assert_jq "$REPORT" "$what" "$expression"
}
# "name = value" lines as an object; numbers become numbers.
said() { # FILE
  jq -Rn '[inputs | capture("^(?<key>[A-Za-z_ ]+) = (?<value>.*)$")
    | .value |= (if test("^(0|[1-9][0-9]*)$") then tonumber else . end)] | from_entries' "$1"
}
# Lines of standard error that a tool may print: one, and not empty.
assert_one_line() { # DESCRIPTION FILE
  assert_eq "$1" "$(wc -l <"$2")/$(grep -c . "$2")" 1/1
}
# Waits for a condition, by asking, for at most 20 seconds.
await() { # COMMAND…
  local deadline=$((SECONDS + 20))
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.05
  done
}

# -------- tracing --------

# Runs cttrace. Sets STATUS, OUT (stdout), ERR, TRACE and REPORT, and SAID from what the traced
# program printed. The trace goes where the user who traces may write.
cttrace() { # NAME ARGUMENT…; "TRACE" stands for the trace file
  local name=$1 word arguments=()
  shift
  OUT=$TMP/$name.out ERR=$TMP/$name.err REPORT=$TMP/$name.json STATUS=0
  TRACE=${TRACE_DIR:-$TMP}/$name.jsonl
  for word; do
    [ "$word" != TRACE ] || word=$TRACE
    arguments+=("$word")
  done
  timeout -k 5 "${LIMIT:-100}" ${RUN_AS:+"${RUN_AS[@]}"} "$CTTRACE" "${arguments[@]}" \
    >"$OUT" 2>"$ERR" </dev/null || STATUS=$?
  SAID=$(said "$OUT")
}
trace() { # NAME COMMAND…
  local name=$1
  shift
  cttrace "$name" -q -o TRACE -- "$@"
  report
}
report() {
  "$CTTRACE" render -f json "$TRACE" >"$REPORT" 2>"$REPORT.err" ||
    not_ok "the trace can be rendered" "$(cat "$REPORT.err" "$ERR")"
}
# After the last process of a detached command: the trace has its end, and a report.
trace_is_whole() {
  "$CTTRACE" render -f json "$TRACE" >"$REPORT" 2>/dev/null && jq -e .complete "$REPORT"
}

# What a shell in a container prints about it: the kernel's view, to compare the report with.
INSIDE='
for n in cgroup ipc mnt net pid user uts; do
  echo "$n = $(readlink /proc/self/ns/$n | tr -cd 0-9)"
done
echo "process = $$"
echo "hostname = $(hostname)"
sed -n "s/^\(CapEff\|CapBnd\|NoNewPrivs\|Seccomp_filters\):[[:space:]]*/\1 = /p" /proc/self/status
echo "root_type = $(awk "\$5 == \"/\" { sub(/.* - /, \"\"); print \$1; exit }" /proc/self/mountinfo)"
'
# The same namespaces of this shell: what the traced command started from.
outside() {
  local n
  for n in cgroup ipc mnt net pid user uts; do
    echo "$n = $(readlink "/proc/self/ns/$n" | tr -cd 0-9)"
  done
}

# The one container of the report is the one that $SAID tells about. By numbers: which
# namespaces are other than ours is what the kernel says, inside and outside.
assert_namespaces() {
  outside >"$TMP/outside"
  assert_jq "$REPORT" "there is one container" '.containers | length == 1'
  assert_jq "$REPORT" "its namespaces are the kernel's numbers" \
    '.containers[0].namespaces | to_entries[] | select(.key != "time") | .value.to == $said[.key]'
  assert_jq "$REPORT" "gained: exactly those that differ from ours" \
    '[.containers[0].namespaces | to_entries[] | select(.value.how != "shared") | .key] | sort ==
     [$outside | keys[] | select($said[.] != $outside[.])]' --argjson outside "$(said "$TMP/outside")"
  assert_jq "$REPORT" "they came from ours" \
    '.containers[0].namespaces | to_entries[] | select(.value.how != "shared" and .key != "net")
     | .value.from == $outside[.key]' --argjson outside "$(said "$TMP/outside")"
}
assert_container() {
  assert_namespaces
  assert_jq "$REPORT" "its init is process 1 inside" \
    '.containers[0].init.nspid == $said.process and $said.process == 1'
}
# Capabilities as a number of bits, because the kernel gives a mask and the report names.
assert_privileges() {
  local mask count=0 filters
  mask=$((16#$(jq -r .CapEff <<<"$SAID")))
  while [ "$mask" -ne 0 ]; do count=$((count + (mask & 1))) mask=$((mask >> 1)); done
  assert_jq "$REPORT" "as many effective capabilities as the kernel says ($count)" \
    '.containers[0].capabilities.effective | length == $count' --argjson count "$count"
  # The tracer has a filter of its own on every tracee: what the container has is the rest.
  filters=$("$CTTRACE" -q -o "$TMP/filters" -- sed -n 's/^Seccomp_filters:\t//p' /proc/self/status)
  assert_jq "$REPORT" "a seccomp filter if the kernel says so" \
    '((.containers[0].seccomp.instructions // 0) > 0) == ($said.Seccomp_filters > $ours)' \
    --argjson ours "${filters:-0}"
  assert_jq "$REPORT" "no_new_privs as the kernel says" \
    '(.containers[0].no_new_privs // false) == ($said.NoNewPrivs == 1)'
}

# Of every trace of a real start: its lines are as the schema says, and it can be drawn.
assert_trace() {
  local root=$E2E/../.. status=0
  python3 "$root/tests/schema/check_trace.py" "$root/docs/trace.schema.json" "$TRACE" \
    >"$TMP/schema" 2>&1 || status=$?
  if [ "$status" -eq 77 ] && [ "${CI:-}" != true ]; then
    skip "every line is as the schema says" "python3-jsonschema is not installed"
  else
    assert_eq "every line is as the schema says" "$status $(head -n 5 "$TMP/schema")" "0 "
  fi
  "$CTTRACE" render --width 90 "$TRACE" >"$TMP/picture.txt" 2>&1
  assert_match "the timeline begins with the command" "$(head -n 1 "$TMP/picture.txt")" \
    "^$(jq -r '.command[0]' "$REPORT")"
  assert "and is no wider than it may be" \
    test "$(LC_ALL=C.UTF-8 wc -L <"$TMP/picture.txt")" -le 90
  "$CTTRACE" render -f dot "$TRACE" >"$TMP/graph.dot"
  assert "graphviz draws the graph" dot -Tsvg -o "$TMP/graph.svg" "$TMP/graph.dot"
  assert_match "without a warning" "$(wc -c <"$TMP/assert")" '^0$'
}

# -------- where runtimes work --------

# Runs the scenario again in the testbed: private mounts, network, image store.
enter_testbed() {
  [ -z "${CT_IN_TESTBED:-}" ] || return 0
  need_root
  need podman crun runc jq
  [ -e "$CT_TESTBED/ready" ] || missing "tests/e2e/runtimes/setup.sh has not been run"
  clean_up
  trap - EXIT
  CT_IN_TESTBED=1 exec "$E2E/runtimes/enter.sh" "$0" "$@"
}
# From here on the tracer is an ordinary user's: a copy of it that he can read.
as_ordinary_user() {
  need_root
  install -m 755 "$CTTRACE" "$TMP/cttrace"
  CTTRACE=$TMP/cttrace
  TRACE_DIR=$TMP/traces
  install -d -m 777 "$TRACE_DIR"
  RUN_AS=(env -i "PATH=$PATH" HOME=/ setpriv --reuid 65534 --regid 65534 --clear-groups)
}
