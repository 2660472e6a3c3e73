#!/bin/bash
# test-vm.sh [amd64|arm64] [SCENARIO…]: the end-to-end tests on a machine with systemd and cgroup
# v2 alone, emulated: Debian's kernel and runtimes of that architecture. Prints TAP; the status is
# 0 if all passed. A SCENARIO is a file of tests/ (all of tests/vm/ARCHITECTURE.list without one).
# What the machine leaves (traces, its console) is in build/vm-ARCHITECTURE/out.
# Needs root and Debian. Half an hour or more: not a part of scripts/test.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
arch=${1:-amd64}
case $arch in
amd64) cc=gcc ;;
arm64) cc=aarch64-linux-gnu-gcc ;;
*) echo "usage: $0 [amd64|arm64] [SCENARIO…]" >&2; exit 125 ;;
esac
shift || true
scenarios=("$@")
[ $# -gt 0 ] || mapfile -t scenarios < <(grep -v '^#' "tests/vm/$arch.list")

say() { echo "# $(date +%T) $*"; }
say "packages"
scripts/install-packages.sh build cross vm >&2
folder=build/vm-$arch
image=$folder/image payload=$folder/payload
say "image"
tests/vm/image.sh "$arch" "$image" >&2
say "build"
options=(-DCMAKE_BUILD_TYPE=RelWithDebInfo -DCT_WERROR=ON -DBUILD_TESTING=OFF)
if [ "$arch" = arm64 ]; then
  tests/vm/sysroot.sh arm64 "$folder/sysroot" >&2
  options+=("-DCMAKE_TOOLCHAIN_FILE=$PWD/cmake/aarch64-linux-gnu.cmake" "-DCMAKE_SYSROOT=$PWD/$folder/sysroot")
fi
cmake -S . -B "$folder/build" "${options[@]}" >&2
cmake --build "$folder/build" -j "$(nproc)" >&2

rm -rf --one-file-system "$payload"
mkdir -p "$payload/samples/built" "$payload/hard"
cp -r tests docs scripts README.md "$payload/"
cp samples/*.expect "$payload/samples/"
cp --parents tracer/decode/syscalls.def "$payload/" # scenarios look calls up in it
find "$folder/build/samples" -maxdepth 1 -type f -executable -exec cp {} "$payload/samples/built/" \;
cp "$folder/build/cli/cttrace" "$payload/"
for source in tests/hard/*.c; do
  name=$(basename "$source" .c)
  [[ " ${scenarios[*]} " != *" tests/hard/$name."* ]] ||
    "$cc" -D_GNU_SOURCE -O1 -g -pthread -o "$payload/hard/$name" "$source"
done
"$cc" -O2 -Wall -static -s -o "$payload/hello" tests/e2e/runtimes/hello.c
printf 'exec /bin/bash /payload/tests/vm/guest.sh%s\n' "$(printf ' %q' "${scenarios[@]}")" >"$payload/run.sh"
say "boot"
status=0
tests/vm/boot.sh "$arch" "$image" "$payload" "$folder/out" || status=$?
say "end, status $status"
exit "$status"
