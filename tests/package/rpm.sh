#!/bin/bash
# rpm.sh BUILD: the packages of the spec file, made of a build that is there, unpacked, run.
. "$(dirname "$0")/../e2e/lib.sh"
need rpmbuild rpm rpm2cpio cpio
source=$(cd "$(dirname "$0")/../.." && pwd)

# no debug packages, for which a distribution's own macros would compile all of it again
if ! (cd "$source" && rpmbuild -bb --build-in-place --nodeps --noclean --define "builddir $1" \
  --define "_topdir $TMP" --define 'dist %{nil}' --define '_build_id_links none' \
  --define 'debug_package %{nil}' packaging/cttrace.spec) >"$TMP/log" 2>&1; then
  not_ok "the packages are made" "$(tail -n 20 "$TMP/log")"
  finish
fi
mapfile -t packages < <(find "$TMP/RPMS" -name '*.rpm' | sort)
assert_eq "they are three" "$(rpm -qp --qf '%{name} ' "${packages[@]}")" 'cttrace cttrace-devel cttrace-libs '
of() { rpm -qp "$@"; }
program=${packages[0]} devel=${packages[1]} libs=${packages[2]}
assert_match "the program depends on what it is linked with" "$(of --requires "$program")" 'libjansson\.so\.4.*'
assert_match "the library provides its name" "$(of --provides "$libs")" '^libcttrace\.so\.0\(CTTRACE_0\.1\)'
assert_match "who builds with it gets the same version" "$(of --requires "$devel")" '^cttrace-libs.* = '
assert_eq "the spec has the version of the project" "$(of --qf '%{version}' "$program")" \
  "$("$CTTRACE" --version | sed 's/cttrace //')"
assert_match "the program has its manual" "$(of -d "$program")" 'man1/cttrace\.1\.gz'
mkdir "$TMP/root"
for one in "${packages[@]}"; do rpm2cpio "$one" | (cd "$TMP/root" && cpio -idm --quiet); done
assert_eq "what was unpacked runs" "$("$TMP/root/usr/bin/cttrace" --version)" "$("$CTTRACE" --version)"
assert_eq "the library is where its description says" \
  "$(PKG_CONFIG_PATH=$TMP/root/usr/lib64/pkgconfig pkg-config --variable=libdir cttrace | xargs -I{} readlink -f {})" \
  "$TMP/root/usr/lib64"
if command -v rpmlint >/dev/null; then
  assert_match "rpmlint has looked at them" "$(cd "$source/packaging" && rpmlint -c rpmlint.toml \
    "${packages[@]}" cttrace.spec 2>&1)" '3 packages and 1 specfiles checked; 0 errors'
fi
finish
