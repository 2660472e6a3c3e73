#!/bin/bash
# build.sh FOLDER: cttrace, cross-built for 64-bit ARM with warnings as errors, and linked with
# Debian's libraries of that machine. What only x86 has does not get through.
. "${0%/*}/../e2e/lib.sh"
folder=${1:?where it may build}
root=$E2E/../..
command -v apt-get >/dev/null || cannot "the libraries of the other machine are Debian's"
need_root # to unpack them
for tool in aarch64-linux-gnu-gcc mmdebstrap; do
  command -v "$tool" >/dev/null ||
    cannot "needs $tool: scripts/install-packages.sh cross could not install it"
done
mkdir -p "$folder"
"$root/tests/vm/sysroot.sh" arm64 "$folder/sysroot" >"$TMP/log" 2>&1 ||
  cannot "Debian's packages for arm64 cannot be fetched: $(tail -n 1 "$TMP/log")"

# As fast as it compiles: whether it is right is what scripts/test-vm.sh tries.
assert "it can be configured" cmake -S "$root" -B "$folder/build" -DCMAKE_BUILD_TYPE= \
  "-DCMAKE_TOOLCHAIN_FILE=$(realpath "$root")/cmake/aarch64-linux-gnu.cmake" \
  "-DCMAKE_SYSROOT=$folder/sysroot" -DCT_WERROR=ON -DBUILD_TESTING=OFF
# (what is wrong is said first, whatever else is built beside it)
cmake --build "$folder/build" -j "$(nproc)" >"$TMP/log" 2>&1
assert_eq "it is built" "$? $(grep -E -A3 '(error|Error|undefined reference)[: ]' "$TMP/log")" "0 "
for file in cli/cttrace api/libcttrace.so samples/vfork; do
  assert_match "$file is for the other machine" "$(readelf -h "$folder/build/$file")" 'Machine: +AArch64'
done
finish
