#!/bin/bash
# record-samples.sh CTTRACE: records real starts into samples/traces/ and renders them into
# samples/output/. Needs root and the testbed (tests/e2e/runtimes/setup.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
cttrace=$(readlink -f "${1:?usage: record-samples.sh CTTRACE}")
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}
enter=tests/e2e/runtimes/enter.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p samples/traces samples/output

record() { # NAME COMMAND…
  local name=$1
  shift
  echo "== $name"
  "$enter" "$cttrace" -q -o "samples/traces/$name.jsonl" -- "$@"
  picture "$name" ascii txt
  picture "$name" json json
  picture "$name" dot dot
  dot -Tsvg -o "samples/output/$name.svg" "samples/output/$name.dot"
}
picture() { # NAME FORMAT SUFFIX
  "$cttrace" render -f "$2" "samples/traces/$1.jsonl" >"samples/output/$1.$3"
}

for runtime in crun runc; do
  mkdir "$work/$runtime"
  jq '.process.args = ["/bin/echo", "Hello from container"]' \
    "$CT_TESTBED/bundle/$runtime/config.json" >"$work/$runtime/config.json"
  record "$runtime-bundle" "$runtime" --root "$work/state" run -b "$work/$runtime" hello
done
record bwrap bwrap --ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --tmpfs /tmp \
  --unshare-all /bin/echo "Hello from container"
record podman-crun podman --runtime crun run --rm --network=none localhost/hello-world
record podman-bridge podman --runtime crun run --rm localhost/hello-world
