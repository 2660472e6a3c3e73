#!/bin/bash
# verify-cleanup.sh: says what the episode has left behind: processes, mounts, cgroups, network
# devices, files. Exit status 0: nothing. Compared is with what verify-cleanup.sh --remember saw
# before (stage.sh has called it); what others do on this host meanwhile is not ours.
set -u # what has ended meanwhile is no error
state=${EPISODE_WORK:?run it in the stage: ./stage.sh}/state

# The containers of this store since we remember: everything of theirs is named after them.
ids() {
  podman events --stream=false --since "$(cat "$state/since")" --filter event=create \
    --format '{{.ID}}' 2>/dev/null | sort -u
}
named() { grep -F -f "$state/ids" "$@" 2>/dev/null; } # an empty list fits nothing

# Ours are processes with the environment of the stage, unless we are their parents or
# children, those in the cgroup of one of the containers, and those that were told its id.
is_family() { # PID
  local pid=$1
  [[ " $ancestors " != *" $pid "* ]] || return 0
  while [ "${pid:-1}" -gt 1 ]; do
    [ "$pid" != $$ ] || return 0
    pid=$(awk '$1 == "PPid:" { print $2 }' "/proc/$pid/status" 2>/dev/null)
  done
  [ -z "$pid" ] # it has ended
}
processes() {
  local pid ancestors=''
  for ((pid = $$; pid > 1; )); do
    ancestors+=" $pid"
    pid=$(awk '$1 == "PPid:" { print $2 }' "/proc/$pid/status")
  done
  {
    grep -lazxF "EPISODE_WORK=$EPISODE_WORK" /proc/[0-9]*/environ 2>/dev/null
    named -l /proc/[0-9]*/cgroup
    named -la /proc/[0-9]*/cmdline
  } | cut -d/ -f3 | sort -un | while read -r pid; do
    is_family "$pid" || echo "$pid $(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline")"
  done
}
mounts() { awk '{ print $5 }' /proc/self/mountinfo | sort; }
cgroups() { find /sys/fs/cgroup -type d 2>/dev/null | named; }
devices() { find /sys/class/net -mindepth 1 -printf '%f\n' | sort; }
# Named after a container, anywhere; and each layer, whose name is its own.
files() {
  local store run
  read -r store run <"$state/store"
  find "$store" "$run" "$CT_TESTBED/run" /run /var/lib/containers /dev/shm -xdev 2>/dev/null | named |
    sed -E 's,([0-9a-f]{64}[^/]*)/.*,\1,' | sort -u
  find "$store/overlay" -mindepth 1 -maxdepth 1 | sort
}

kinds=(processes mounts cgroups devices files)
if [ "${1:-}" = --remember ]; then
  mkdir -p "$state"
  date +%s >"$state/since"
  : >"$state/ids"
  podman info --format '{{.Store.GraphRoot}} {{.Store.RunRoot}}' >"$state/store"
  for kind in "${kinds[@]}"; do "$kind" >"$state/$kind"; done
  exit 0
fi
ids >"$state/ids"
found=0
for kind in "${kinds[@]}"; do
  left=$("$kind" | sort | comm -13 <(sort "$state/$kind") -)
  if [ -z "$left" ]; then
    printf '%-10s nothing left behind\n' "$kind"
  else
    printf '%-10s LEFT BEHIND:\n%s\n' "$kind" \
      "$(sed -E 's/([0-9a-f]{12})[0-9a-f]{52}/\1…/g; s/^/    /' <<<"$left" | cut -c1-100)"
    found=1
  fi
done
exit "$found"
