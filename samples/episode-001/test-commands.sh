#!/bin/bash
# test-commands.sh: runs every command of README.md on this host, in the stage, and compares what
# it prints with what README.md shows. Numbers and ids are other ones in each run: they are
# compared as "N". A picture, and what is other on each host, is marked ```text: there must be
# one. --replay: only the commands that draw recorded traces, of traces/; every letter is
# compared. --accept, with or without --replay: what is printed goes into README.md, and what is
# recorded into traces/ and pictures/.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
accept=false replay=false
for option; do
  case $option in
  --accept) accept=true ;;
  --replay) replay=true ;;
  *) sed -n '2,/^[^#]/s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
if ! $replay && [ -z "${EPISODE_WORK:-}" ]; then
  exec "$here/stage.sh" "$here/test-commands.sh" "$@"
fi
blocks=$(mktemp -d)
trap 'rm -rf "$blocks"' EXIT
if $replay; then
  mkdir "$blocks/bin" "$blocks/stage"
  ln -s "$(readlink -f "${CTTRACE:-$(command -v cttrace)}")" "$blocks/bin/cttrace"
  PATH=$blocks/bin:$PATH
  cp "$here"/traces/*.jsonl "$blocks/stage"
  cd "$blocks/stage"
fi

# N.sh is a command block, N.shown the block after it, N.kind how that one is fenced.
awk -v to="$blocks" '
  fence == "" && /^```/ {
    fence = $0; file = ""
    if (fence == "```sh") file = to "/" ++n ".sh"
    else if (waiting) { file = to "/" n ".shown"; print fence >(to "/" n ".kind") }
    if (file != "") printf "" >file
    next
  }
  fence != "" && $0 == "```" { waiting = fence == "```sh"; fence = ""; next }
  fence != "" { if (file != "") print >file; next }
  NF { waiting = 0 }' "$here/README.md"

alike() { sed -E 's/[0-9a-f]{12,}/N/g; s/[0-9]+([.:][0-9]+)*/N/g; s/[[:space:]]+/ /g' "$1"; }
compare() { # NUMBER
  if $replay; then
    diff "$blocks/$1.shown" "$blocks/$1.printed"
  elif [ "$(cat "$blocks/$1.kind")" = '```text' ]; then
    [ -s "$blocks/$1.printed" ] || echo "nothing is printed"
  else
    diff <(alike "$blocks/$1.shown") <(alike "$blocks/$1.printed")
  fi
}
only_draws() { ! grep -qvE '^cttrace (render|explain) |^  ' "$1"; }

failed=0
for ((n = 1; ; n++)); do
  block=$blocks/$n.sh
  [ -e "$block" ] || break
  ! $replay || only_draws "$block" || continue
  what=$(head -n 1 "$block" | cut -c1-80)
  if ! bash -euo pipefail "$block" >"$blocks/$n.printed" 2>&1 </dev/null; then
    echo "not ok $n - $what"
    sed 's/^/#   /' "$blocks/$n.printed"
    failed=1
  elif ! $accept && [ -e "$blocks/$n.shown" ] && ! compare "$n" >"$blocks/$n.diff"; then
    echo "not ok $n - $what: prints something else than README.md shows"
    sed 's/^/#   /' "$blocks/$n.diff"
    failed=1
  else
    echo "ok $n - $what"
  fi
done
echo "1..$((n - 1))"
if ! $accept || [ "$failed" -ne 0 ]; then exit "$failed"; fi

awk -v from="$blocks" '
  fence == "" && /^```/ {
    fence = $0; print
    if (fence == "```sh") n++
    else if (waiting) {
      file = from "/" n ".printed"
      while ((got = getline text <file) > 0) { print text; copied = 1 }
      taken = got == 0
    }
    next
  }
  fence != "" && $0 == "```" { waiting = fence == "```sh"; fence = ""; taken = 0 }
  fence != "" && taken { next }
  fence == "" && $0 != "```" && NF { waiting = 0 }
  { print }' "$here/README.md" >"$blocks/README.md"
cat "$blocks/README.md" >"$here/README.md"
mkdir -p "$here/traces" "$here/pictures"
install -m 644 ./*.svg "$here/pictures/"
! $replay || exit 0
# which kernel build and which boot it was is nobody's business
boot=00000000-0000-4000-8000-000000000000
for trace in *.jsonl; do
  sed -E '1s/("kernel":"[0-9.]+)[^"]*"/\1"/; 1s/("boot_id":)"[^"]*"/\1"'$boot'"/' "$trace" \
    >"$here/traces/$trace"
done
