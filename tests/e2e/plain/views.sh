#!/bin/bash
# Every view of a recorded start at 80, 120 and 200 columns is as tests/golden/views has it (with
# CT_UPDATE_GOLDENS they are written instead, to be read before they are committed), and what a
# real terminal then shows is that.
. "${0%/*}/../lib.sh"
need tmux
goldens=$E2E/../golden/views
trace=$goldens/start.jsonl

for view in timeline phases tree namespaces mounts isolation network asked; do
  for width in 80 120 200; do
    golden=$goldens/$view-$width.txt
    "$CTTRACE" render --view "$view" --width "$width" "$trace" >"$TMP/drawn" 2>&1
    [ -z "${CT_UPDATE_GOLDENS:-}" ] || cp "$TMP/drawn" "$golden"
    assert "$view at $width columns" diff "$golden" "$TMP/drawn"
    assert "no wider" test "$(LC_ALL=C.UTF-8 wc -L <"$TMP/drawn")" -le "$width"
  done
done

# The terminal says its own width, and that it has colours. What is captured is what a person sees.
plain() { sed -E $'s/\e\\[[0-9;]*m//g; s/ +$//'; }
in_tmux() { tmux -L "$TMUX_NAME" "$@"; }
TMUX_NAME=cttrace-$$
unset TMUX NO_COLOR COLUMNS
at_exit "tmux -L $TMUX_NAME kill-server"
capture() { in_tmux capture-pane -p -t "$1" "${@:2}"; }
is_drawn() { capture "$1" | grep -qx END; }
printf 'set -g status off\n' >"$TMP/tmux.conf"
for width in 80 120 200; do
  in_tmux -u -f "$TMP/tmux.conf" new-session -d -s "at-$width" -x "$width" -y 150 \
    "'$CTTRACE' render '$trace'; echo END; exec sleep 1000"
  assert "it draws on a terminal of $width columns" await is_drawn "at-$width"
  # black is the background anyway
  capture "at-$width" -e | sed $'s/\e\\[49m//g' >"$TMP/seen"
  plain <"$TMP/seen" | sed '/^END$/,$d' >"$TMP/text"
  assert "what is seen is the golden" diff <(sed 's/ *$//' "$goldens/timeline-$width.txt") "$TMP/text"
  assert_match "what failed is red" "$(cat "$TMP/seen")" $'\e\\[[0-9;]*31m.*EAGAIN'
  assert_match "names of processes are cyan" "$(cat "$TMP/seen")" $'\e\\[36m *conmon [0-9]+'
  assert_match "what changes a namespace is yellow" "$(cat "$TMP/seen")" $'\e\\[33m\\+ipc'
done
finish
