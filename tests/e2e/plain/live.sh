#!/bin/bash
# --live: the timeline while it is made; a status line where a run is long and a terminal is
# there. What is on the screen is worked out from what a real terminal (pty) gets.
. "${0%/*}/../lib.sh"
need jq python3 tmux

# -------- the lines, against the trace of the same run --------
TRACE=$TMP/live.jsonl REPORT=$TMP/live.json
"$CTTRACE" --live -q --color always --width 200 -o "$TRACE" -- \
  sh -c '/bin/true; unshare --uts --fork sh -c "hostname inside; exit 3"; exit 4' 2>"$TMP/colour"
assert_eq "ends as the command" "$?" 4
report
sed 's/\x1b\[[0-9;]*m//g' "$TMP/colour" >"$TMP/lines"
count() { grep -Ec -- "$1" "$TMP/lines"; }
assert_eq "a line for each process that begins" \
  "$(count '(is started|fork|clone( \+[a-z]+ → [0-9]+)?)$')" "$(jq '.processes | length' "$REPORT")"
assert_eq "a line for each exec" "$(count '^ *[0-9.]+ .* exec ')" \
  "$(jq '[.events[] | select(.kind == "exec")] | length' "$REPORT")"
assert_eq "a line for each process that fails" "$(count ' exit [1-9]$')" \
  "$(jq '[.processes[] | select(.exit.status > 0)] | length' "$REPORT")"
assert_match "steps have their numbers" "$(cat "$TMP/lines")" ' 1 unshare \+uts [0-9]+ → '
assert_eq "nobody is told before its creator" "$(
  jq -r '.processes[] | "\(.pid) \(.creator.pid // 0)"' "$REPORT" | while read -r pid creator; do
    first=$(grep -nE -m 1 " $pid( → [0-9]+)?  " "$TMP/lines" | cut -d: -f1)
    other=$(grep -nE -m 1 " $creator( → [0-9]+)?  " "$TMP/lines" | cut -d: -f1)
    [ "${other:-0}" -lt "${first:-0}" ] || echo "$pid"
  done
)" ""
# In the words of the picture that is drawn at the end, when that tells each step, too. (How
# wide a column is depends on the length of pids.)
"$CTTRACE" --live -q -v --width 200 -o "$TRACE" -- sh -c 'unshare --uts --fork sh -c "hostname inside; exit 3"' 2>"$TMP/lines"
"$CTTRACE" render -v --width 200 "$TRACE" >"$TMP/picture"
words() {
  grep -E '^ *[0-9]+\.[0-9]{3}  ' "$1" | grep -oE '  (1 )?(unshare \+uts [0-9].*|exec .*|hostname .*|exit [0-9]|receives SIG.*)$' |
    sed -E 's/ {3,}[0-9.]+ ms$//; s/^ +(1 )?//; s/ +/ /g' | sort
}
assert_eq "-v: in the words of the timeline" "$(words "$TMP/lines")" "$(words "$TMP/picture")"
assert_eq "in a pipe: nothing that steers a terminal" "$(grep -c $'[\x01-\x09\x0b-\x1f]' "$TMP/lines")" 0

# -------- at a terminal --------
at_terminal() { python3 "$E2E/screen.py" "$@"; }
status='cttrace: [0-9]+ s, [0-9]+ process(es)?, [0-9]+ events'
# they end when the status has been seen, or not: a line is typed then
silent="exec >'$TMP/written' 2>&1; read -r line; echo ended"
at_terminal "$status" 60 "$CTTRACE" --live -o "$TMP/t1" -- sh -c "$silent" >"$TMP/live" &
at_terminal "$status" 60 sh -c '"$@" >/dev/null' cttrace "$CTTRACE" -o "$TMP/t2" -- sh -c "$silent" >"$TMP/elsewhere" &
at_terminal "$status" 60 sh -c '"$@" >/dev/null' cttrace "$CTTRACE" -o "$TMP/t3" -- \
  sh -c 'printf begun- >&2; read -r line; echo ended >&2; seq 100 199 >&2' >"$TMP/between" &
at_terminal "$status" 3.5 "$CTTRACE" -o "$TMP/t4" -- sh -c 'printf begun-; read -r line; echo ended' >"$TMP/own"
wait
assert_jq "$TMP/live" "--live: a long run has a status line" '.came != null and .status == 0'
assert_jq "$TMP/live" "--live: at the right edge, in the last row" \
  '.came | split("\n") | map(select(test("cttrace: [0-9]+ s"))) | length == 1 and (.[0] | length) == 100'
assert_jq "$TMP/live" "--live: there and nowhere else" '.came | split("\n")[-1] | test("^ +cttrace: [0-9]+ s")'
assert_jq "$TMP/live" "--live: nothing is left of it" '.end | test("cttrace: [0-9]") | not'
assert_jq "$TMP/live" "--live: all lines are there" '.end | test("is started\n.* exec sh -c .*\n.* exit 0\n")'
assert_jq "$TMP/elsewhere" "a command that writes elsewhere: the status line is there, too" \
  '.came | test("cttrace: [0-9]+ s, 1 process, ")'
assert_jq "$TMP/elsewhere" "and nothing is left of it" '.end | test("cttrace: [0-9]") | not'
assert_jq "$TMP/between" "it takes nothing of what the command writes" \
  '(.came | test("begun-\n+ +cttrace: ")) and (.end | test("begun-ended"))'
assert_jq "$TMP/between" "what scrolls takes no copy of it along" '(.end | test("cttrace: [0-9]") | not) and
  ([.end | scan("(?m)^1[0-9][0-9]$")] | . == [range(100; 200) | tostring])'
for run in live elsewhere between own; do
  assert_jq "$TMP/$run" "$run: the terminal has all its rows back" '.margins == [0, 39]'
done
assert_jq "$TMP/own" "a command that has the screen keeps it for itself" \
  '.came == null and .status == 0 and (.end | test("begun-ended"))'

# -------- in a terminal that somebody else has made --------
in_tmux() { tmux -L "cttrace-live-$$" "$@"; }
unset TMUX
at_exit "tmux -L cttrace-live-$$ kill-server"
printf 'set -g status off\nset -g history-limit 1000\n' >"$TMP/tmux.conf"
waits='until [ -e "$0.$1" ]; do sleep 0.1; done'
in_tmux -f "$TMP/tmux.conf" new-session -d -x 100 -y 24 \
  "'$CTTRACE' -o '$TMP/t5' -- sh -c 'set -- go; $waits; seq 100 199 >&2; set -- end; $waits' '$TMP/file' >'$TMP/none' ; echo END; exec sleep 1000"
screen() { in_tmux capture-pane -p "$@"; }
copies() { screen -S - | grep -Ec 'cttrace: [0-9]+ s, '; }
is_last() { screen | tail -n 1 | grep -Eq '^ +cttrace: [0-9]+ s, '; }
written() { screen -S - | grep -x '1[0-9][0-9]'; }
is_written() { [ "$(written | tail -n 1)" = 199 ] && is_last; }
assert "the status line is in the last row" await is_last
touch "$TMP/file.go"
assert "and there it stays when lines scroll" await is_written
is_once() { [ "$(copies)" = 1 ]; }
assert "once" await is_once
touch "$TMP/file.end"
has_ended() { screen -S - | grep -qx END; }
assert "the run ends" await has_ended
assert_eq "nothing is left of it, on the screen or above it" "$(copies)" 0
assert_eq "every line that was written is there" "$(written)" "$(seq 100 199)"
finish
