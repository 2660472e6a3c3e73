#!/bin/bash
# The first thing to try: a real container's start as a timeline. Installs what is missing
# (Debian: apt-get, Fedora: dnf; as root), builds, and traces `podman run hello-world`; for an
# ordinary user, or without podman, the built-in container.
set -euo pipefail
cd "$(dirname "$0")/.."

groups=(build)
[ "$(id -u)" -ne 0 ] || groups+=(runtimes)
scripts/install-packages.sh "${groups[@]}"
cmake --preset release >/dev/null
cmake --build --preset release -j "$(nproc)"
cttrace=$PWD/build/release/cli/cttrace

if [ "$(id -u)" -ne 0 ] || ! command -v podman >/dev/null; then
  exec "$cttrace" demo
fi
# The image is made here, in a store of our own: no registry is asked.
tests/e2e/runtimes/setup.sh >/dev/null
exec tests/e2e/runtimes/enter.sh "$cttrace" -- \
  podman --runtime crun run --rm localhost/hello-world
