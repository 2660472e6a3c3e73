#!/bin/bash
# SIGKILL to the tracer, at any moment: nobody stays behind whose calls would give ENOSYS.
. "${0%/*}/../e2e/lib.sh"
. "${0%/*}/hard.sh"
need jq

mkfifo "$TMP/ready"
left=0 lies=0 wrong=0
ended() { ! grep -q '^State:[[:space:]]*[^ZX]' "/proc/$1/status" 2>/dev/null; }
for round in 1 2 3 4; do
  # A daemon in a session of its own, and a busy child.
  "$CTTRACE" -q --depth full -o "$TMP/trace" -- sh -c \
    "setsid sleep 300 & a=\$!; (while :; do cd /; cd /tmp; done) & echo \$\$ \$a \$! >'$TMP/ready'; wait" \
    2>"$TMP/err" &
  front=$!
  read -r -a tracees <"$TMP/ready"
  kill -KILL "$(pgrep -P "$front" cttrace-tracer)"
  status=0
  wait "$front" 2>/dev/null || status=$?
  [ "$status" -eq 137 ] || wrong=$((wrong + 1))
  for pid in "${tracees[@]}"; do
    await ended "$pid" || left=$((left + 1))
  done
  if "$CTTRACE" render -f json "$TMP/trace" >"$TMP/report" 2>/dev/null; then
    jq -e '.complete | not' "$TMP/report" >/dev/null || lies=$((lies + 1))
  fi
done
assert_eq "no tracee is left, in $round rounds" "$left" 0
assert_eq "the command has died by SIGKILL, and so the status says" "$wrong" 0
assert_match "it is said why" "$(cat "$TMP/err")" 'tracer was killed'
assert_eq "no such trace is called complete" "$lies" 0

# Without a filter they can do without it, unless this is asked for.
killed() { # ARGUMENT…: what the command says after its tracer was killed, and its status
  local go
  mkfifo "$TMP/go"
  exec {go}<>"$TMP/go" # a command that has died does not read it
  : >"$TMP/said"
  "$CTTRACE" -q --detach "$@" -o "$TMP/trace" -- sh -c \
    "echo \$\$ >'$TMP/ready'; read -r _ <'$TMP/go'; /bin/echo lives >'$TMP/said'" 2>"$TMP/err" &
  front=$!
  read -r command <"$TMP/ready"
  kill -KILL "$(pgrep -P "$front" cttrace-tracer)"
  await untraced "$command"
  echo >&"$go"
  status=0
  wait "$front" 2>/dev/null || status=$?
  exec {go}>&-
  rm "$TMP/go"
  echo "$status $(cat "$TMP/said")"
}
untraced() { ! grep -q '^TracerPid:[[:space:]]*[1-9]' "/proc/$1/status" 2>/dev/null; }
assert_eq "--detach: who is traced lives on, and can execute programs" "$(killed)" "0 lives"
assert_eq "--detach --kill-on-exit: it dies" "$(killed --kill-on-exit)" "137 "
finish
