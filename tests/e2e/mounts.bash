# shellcheck shell=bash
# Mount tables: replayed from the calls, and as the container itself reads its own.

# The container printed its /proc/self/mountinfo, and nothing else.
assert_mount_table() { # DESCRIPTION
  local differences
  assert_eq "$1: it runs as without a tracer" "$STATUS" 0
  assert_jq "$REPORT" "$1: one container, the whole table" \
    '(.containers | length == 1) and .containers[0].mount_table.whole'
  differences=$(jq -r --arg text "$(cat "$OUT")" -f "$E2E/mountinfo.jq" "$REPORT" 2>&1)
  if [ -z "$differences" ] && [ -s "$OUT" ]; then
    ok "$1: $(wc -l <"$OUT") mounts, each as the kernel says"
  else
    not_ok "$1: each mount as the kernel says" "$differences"
  fi
}
mount_at() { # TARGET: the lines of the table, as a jq expression
  echo ".containers[0].mount_table.mounts[] | select(.target == \"$1\")"
}
