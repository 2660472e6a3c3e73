#!/bin/bash
# valgrind finds nothing in a release build that draws and explains the samples, or that
# records a real command. It has no seccomp(2), so that is done without a filter.
. "${0%/*}/../e2e/lib.sh"
need valgrind
traces=${0%/*}/../../samples/traces
check=(valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite
  --errors-for-leak-kinds=definite)

clean() { # DESCRIPTION STATUS COMMAND…
  local what=$1 wanted=$2
  shift 2
  STATUS=0
  "$@" </dev/null >"$TMP/out" 2>"$TMP/err" || STATUS=$?
  if [ "$STATUS" -eq "$wanted" ] && ! grep -q '^==[0-9]*== ' "$TMP/err"; then
    ok "$what"
  else
    not_ok "$what" "status $STATUS"$'\n'"$(head -n 25 "$TMP/err")"
  fi
}

for format in ascii json dot html svg mermaid markdown chrome otlp; do
  clean "render $format" 0 "${check[@]}" "$CTTRACE" render -f "$format" "$traces/crun-bundle.jsonl"
done
for trace in unshare missing-program podman-crun; do
  clean "explain $trace" 0 "${check[@]}" "$CTTRACE" explain "$traces/$trace.jsonl"
done
clean "trace true" 0 "${check[@]}" "$CTTRACE" --detach -o "$TMP/trace" -- /bin/true
clean "trace a shell and its children" 7 "${check[@]}" "$CTTRACE" --detach -o "$TMP/trace" -- \
  sh -c '/bin/true; mkdir /no/such/directory 2>/dev/null; exit 7'
"$CTTRACE" render -f json "$TMP/trace" >"$TMP/report" && ok "and the trace is whole"
finish
