#!/bin/bash
# deb.sh BUILD: the Debian packages, judged by lintian, unpacked, run.
. "$(dirname "$0")/../e2e/lib.sh"
[ -e /etc/debian_version ] || cannot 'this is no Debian'
need lintian dpkg-deb dpkg-shlibdeps cpack

libraries=lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)
if ! (cmake "$1" -DCMAKE_INSTALL_LIBDIR="$libraries" -DCMAKE_INSTALL_SO_NO_EXE=ON &&
  cd "$1" && cpack -G DEB -B "$TMP") >"$TMP/log" 2>&1; then
  not_ok "the packages are made" "$(tail -n 20 "$TMP/log")"
  finish
fi
deb=$(echo "$TMP"/cttrace_*.deb) library=$(echo "$TMP"/libcttrace0_*.deb)
development=$(echo "$TMP"/libcttrace-dev_*.deb)
assert_eq "they are three" "$(cd "$TMP" && echo *.deb | sed 's/_[^ ]*//g')" \
  'cttrace libcttrace-dev libcttrace0'
assert_eq "lintian finds no error" \
  "$(lintian --allow-root --fail-on none "$TMP"/*.deb 2>&1 | grep '^E:')" ''
assert_match "dependencies are those of the linked libraries" \
  "$(dpkg-deb -f "$deb" Depends)" 'libjansson4.*libseccomp2'
version=$(dpkg-deb -f "$deb" Version)
assert_eq "the program does not need the library" \
  "$(dpkg-deb -f "$deb" Depends | grep -c libcttrace)" 0
assert_eq "who builds with the library gets the one of the same version" \
  "$(dpkg-deb -f "$development" Depends)" "libcttrace0 (= $version)"
assert_match "the library has its own dependencies" \
  "$(dpkg-deb -f "$library" Depends)" 'libjansson4.*libseccomp2'
assert_eq "who is linked with it will depend on it" \
  "$(dpkg-deb --info "$library" shlibs)" "libcttrace 0 libcttrace0 (>= $version)"
assert_match "the library is where Debian's linker looks" "$(dpkg-deb -c "$library")" \
  "/usr/$libraries/libcttrace\.so\.0 "
for one in "$TMP"/*.deb; do dpkg-deb -x "$one" "$TMP/root"; done
assert_eq "what was unpacked runs" "$("$TMP/root/usr/bin/cttrace" --version)" \
  "cttrace $version"
assert_match "it has its manual" "$(man -l "$TMP/root/usr/share/man/man1/cttrace.1.gz" 2>&1)" \
  'trace how a container is started'
finish
