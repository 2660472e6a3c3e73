# shellcheck shell=bash
# Sourced by the runner and by the scenarios, after ../e2e/lib.sh.

# What may not differ from run to run: numbers of processes may.
stable() { sed -E 's/^([A-Za-z_ ]+ =) -?[0-9]+$/\1/' "$1"; }

# Runs a command of ours that must end by itself. One that does not is ended with all that it
# started, by number: they are known by a variable in their environment.
run_bounded() { # COMMAND…
  local status=0 mark="CT_HARD_RUN=$BASHPID-$RANDOM" environ pid
  env "$mark" timeout -k 5 "${LIMIT:-40}" "$@" </dev/null || status=$?
  if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
    for environ in /proc/[0-9]*/environ; do
      grep -qzxF "$mark" "$environ" 2>/dev/null || continue
      pid=${environ#/proc/} pid=${pid%/environ}
      kill -KILL "$pid" 2>/dev/null
    done
  fi
  return "$status"
}
