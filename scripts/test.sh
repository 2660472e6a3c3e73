#!/bin/bash
# Installs what is missing, builds, and runs all tests: first the sanitized build with every
# test, then the optimised one with the end-to-end tests. Ends with ctest's summaries.
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1

say() { printf '\n==> %s\n' "$*"; }
stop() { echo "$1" >&2; exit 1; }

say "packages"
scripts/install-packages.sh build runtimes tests lint || stop "some packages are missing"
scripts/install-packages.sh cross || echo "no cross compiler: the cross-build is skipped" >&2
if [ "$(id -u)" -eq 0 ]; then
  say "testbed for container runtimes"
  tests/e2e/runtimes/setup.sh || stop "the testbed could not be made"
fi
for preset in dev release; do
  say "build: $preset"
  cmake --preset "$preset" >/dev/null || stop "the $preset build cannot be configured"
  cmake --build --preset "$preset" -j "$(nproc)" || stop "the $preset build failed"
done

say "tests: dev (AddressSanitizer, UndefinedBehaviorSanitizer)"
ctest --preset dev | tee build/dev/ctest.log
dev=$?
say "tests: release"
ctest --preset release -L e2e | tee build/release/ctest.log
release=$?

for preset in dev release; do
  say "$preset"
  sed -n '/tests passed/,$p' "build/$preset/ctest.log"
done
[ "$dev" -eq 0 ] && [ "$release" -eq 0 ]
