#!/bin/bash
# Every view of a recorded start at 80, 120 and 200 columns is as tests/golden/views has it (with
# CT_UPDATE_GOLDENS they are written instead, to be read before they are committed), and what a
# real terminal then shows is that.
. "${0%/*}/../lib.sh"
need tmux
goldens=$E2E/../golden/views
trace=$goldens/start.jsonl
declare -A more=([asked]=-v) # without it: what was done as asked is not listed

for view in timeline phases tree namespaces mounts isolation network asked; do
  for width in 80 120 200; do
    golden=$goldens/$view-$width.txt
    "$CTTRACE" render --view "$view" --width "$width" ${more[$view]:+"${more[$view]}"} "$trace" >"$TMP/drawn" 2>&1
    [ -z "${CT_UPDATE_GOLDENS:-}" ] || cp "$TMP/drawn" "$golden"
    assert "$view at $width columns" diff "$golden" "$TMP/drawn"
    assert "no wider" test "$(LC_ALL=C.UTF-8 wc -L <"$TMP/drawn")" -le "$width"
  done
done

# docs/views.md shows parts of them.
shown() { # the blocks of the document, one a line, \n for a newline; the first word is the golden's
  awk '/^```text / { golden = $2; text = ""; inside = 1; next }
       /^```/ { if (inside) print golden, text; inside = 0; next }
       inside { text = text $0 "\\n" }' "$E2E/../../docs/views.md"
}
n=0
while read -r golden text; do
  n=$((n + 1))
  whole=$(cat "$goldens/$golden.txt") part=$(printf '%b' "${text//\\x/\\\\x}")
  assert "the document's excerpt of $golden" test "${whole/"$part"/}" != "$whole"
done < <(shown)
assert_eq "one of each view, and the headline" "$n" 9

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

# Wide, combining and joined characters take as many cells there as the lines were made for:
# none is broken in two, and columns stand below each other.
mkdir "$TMP/names"
for name in 組み込み $'e\u0302n\u0303e' $'\U1f469\u200d\U1f467-family'; do ln -s /bin/true "$TMP/names/$name"; done
cttrace wide -q -o TRACE -- sh -c 'for p in "$0"/*; do "$p" "$p" "$(printf "%099d" 0 | sed s/0/込/g)"; done' "$TMP/names"
for width in 80 120 200; do
  for view in timeline tree; do
    "$CTTRACE" render --view "$view" --width "$width" "$TRACE" >"$TMP/wide-$view"
    in_tmux new-session -d -s "$view-$width" -x "$width" -y 60 "cat '$TMP/wide-$view'; echo END; exec sleep 1000"
    assert "wide characters: the $view of $width columns is drawn" await is_drawn "$view-$width"
    capture "$view-$width" | sed '/^END$/,$d; s/ *$//' >"$TMP/text"
    assert "as it was meant" diff <(sed 's/ *$//' "$TMP/wide-$view") "$TMP/text"
  done
done
assert_match "they are there" "$(cat "$TMP/text")" 組み込み
finish
