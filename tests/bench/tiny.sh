#!/bin/bash
# tiny.sh BUILD: all that all.sh measures, in small numbers: what must not rot is that nothing is lost,
# and that each figure of the page is there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
page=$(mktemp)
trap 'rm -f "$page"' EXIT

CT_BENCH_DRY=1 CT_BENCH_CALLS=50 CT_BENCH_TASKS=20 CT_BENCH_STARTS=2 CT_BENCH_EVENTS=2000 \
  CT_BENCH_TRACES=2 CT_BENCH_ROUNDS=0 CT_BENCH_SECONDS=0 "$here/all.sh" "$1" 1 >"$page"

expect() { # WHAT PATTERN COUNT
  [ "$(grep -cE "$2" "$page")" -eq "$3" ] || { echo "not $3 $1:"; cat "$page"; exit 1; }
}
expect "rows of recording" '^\| [0-9]+ [^|]*\| 1 (\| [0-9]+\.[0-9]{2} ){3}(\| [0-9]+ ){2}(\| [0-9.]+ ){2}(\| [0-9]+ ){3}\| [0-9.]+ \|$' 8
expect "rows of reading" '^\| `[^|]*(\| [0-9]+\.[0-9]{2} ){4}\| [0-9]+ \|$' 20
expect "attached daemons" '^2 starts by .*: [0-9]+ are in the trace, with 0 gaps; the tracer had [0-9.]+ MiB' 1
expect "costs of a task" '^A task that lives costs the tracer -?[0-9]+ bytes' 1
expect "sets of traces" 'stats` of 2 traces takes [0-9.]+ s' 1
