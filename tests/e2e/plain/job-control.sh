#!/bin/bash
# A traced command as a job of an interactive shell: in the background it may neither read nor,
# after stty tostop, write, and ^Z, bg and fg, and children that stop do what they do untraced.
. "${0%/*}/../lib.sh"
. "${0%/*}/../terminal.bash"
need jq python3

# wait returns when the job has stopped. On the line that starts it, because what a shell tells
# at its next prompt depends on which of the two is faster.
export STOPPED='wait %1; echo stopped=$?; jobs -l'
mkfifo "$TMP/fifo"
export FIFO=$TMP/fifo
assert_signals() { # NAME SIGNAL AT-LEAST
  assert "$1: the trace is whole" await trace_is_whole
  assert_jq "$REPORT" "$1: and has $2" \
    '[.events[] | select(.kind == "signal" and .signal == $signal)] | length >= $least' \
    --arg signal "$2" --argjson least "$3"
}

# It stops at its write, again after bg, and once it may, all is written, once.
cat >"$TMP/writer" <<'STEPS'
wait outer> 
type stty tostop\n
wait outer> 
type $T sh -c 'echo wr""itten; echo fa""iled >&2; exit 3' & eval "$STOPPED"\n
wait Stopped \(tty output\)
wait outer> 
type bg; eval "$STOPPED"\n
wait Stopped \(tty output\)
wait outer> 
type fg\n
wait ^written\r\nfailed\r\n
wait outer> 
type echo status=$?; jobs; stty -a | grep -o '[-]*tostop'; exit 0\n
wait status=3\r\ntostop
STEPS
assert_same_at_terminal writer "$TMP/writer" -q
assert_signals writer SIGTTOU 2

# It stops at its read; the line that is typed after fg is its own.
cat >"$TMP/reader" <<'STEPS'
wait outer> 
type $T sh -c 'read -r word; echo "got <$word>"; exit 4' & eval "$STOPPED"\n
wait Stopped \(tty input\)
wait outer> 
type bg; eval "$STOPPED"\n
wait Stopped \(tty input\)
wait outer> 
type fg\n
wait exit 4'\r\n
type a line\n
wait ^got <a line>
wait outer> 
type echo status=$?; jobs; exit 0\n
wait status=4
STEPS
assert_same_at_terminal reader "$TMP/reader" -q
assert_signals reader SIGTTIN 2

# ^Z while it waits for something; bg lets it wait on, and it ends there, or after fg.
cat >"$TMP/waiter" <<'STEPS'
wait outer> 
type $T sh -c 'echo a""gain; read -r word <$FIFO; echo "got <$word>"; exit 5'\n
wait ^again
type \x1a
wait Stopped
wait outer> 
type echo status=$?; jobs\n
wait status=148
wait outer> 
type bg\n
wait outer> 
type jobs -r\n
wait Running
wait outer> 
type fg\n
wait exit 5'\r\n
foreground
type \x1a
wait Stopped
wait outer> 
type fg\n
wait exit 5'\r\n
until echo one | timeout 15 tee $FIFO
wait ^got <one>
wait outer> 
type echo status=$?\n
wait status=5
wait outer> 
type $T sh -c 'echo a""gain; read -r word <$FIFO; echo "got <$word>"; exit 6' >$FIFO.out\n
until grep -qs again $FIFO.out
type \x1a
wait Stopped
wait outer> 
type bg\n
wait outer> 
until echo two | timeout 15 tee $FIFO
type wait %1; echo status=$?; cat $FIFO.out; rm $FIFO.out\n
wait status=6
wait ^got <two>
wait outer> 
type jobs; exit 0\n
STEPS
assert_same_at_terminal waiter "$TMP/waiter" -q
assert_signals waiter SIGTSTP 1

# Children that stop: one of a script with job control, a whole job by its child, and one
# that its parent lets go on, without any job control.
cat >"$TMP/script" <<'SCRIPT'
set -m
sh -c 'kill -STOP $$; echo went on; exit 7'
echo "stopped=$?"
jobs
fg
echo "ended=$?"
SCRIPT
cat >"$TMP/family" <<'SCRIPT'
sh -c 'kill -TSTP 0; echo all went on; exit 8'
echo "ended=$?"
exec python3 -c '
import os, signal, subprocess, sys
child = subprocess.Popen(["sh", "-c", "kill -STOP $$; echo alone; exit 9"])
status = os.waitpid(child.pid, os.WUNTRACED)[1]
print("stopped by", os.WSTOPSIG(status), flush=True)
os.kill(child.pid, signal.SIGCONT)
sys.exit(child.wait())'
SCRIPT
export SCRIPT=$TMP/script FAMILY=$TMP/family
cat >"$TMP/children" <<'STEPS'
wait outer> 
type $T bash $SCRIPT\n
wait ended=7
wait outer> 
type $T sh $FAMILY\n
wait Stopped
wait outer> 
type fg\n
wait all went on\r\nended=8\r\nstopped by 19\r\nalone
wait outer> 
type echo status=$?\n
wait status=9
wait outer> 
type $T sh -c 'echo a""gain; read -r word <$FIFO; exit 5' >$FIFO.out & until [ -s $FIFO.out ]; do :; done\n
wait outer> 
type kill -STOP %1; eval "$STOPPED"\n
wait Stopped \(signal\)
wait outer> 
type kill -CONT %1; jobs\n
wait Running
wait outer> 
type fg\n
wait FIFO.out\r\n
foreground
type \x03
wait outer> 
type echo status=$?; jobs; rm $FIFO.out; exit 0\n
wait status=130
STEPS
assert_same_at_terminal children "$TMP/children" -q
assert_signals children SIGINT 1
finish
