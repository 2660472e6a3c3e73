#!/bin/bash
# The Debian package: made of a build without sanitizers, judged by lintian, unpacked, run.
. "$(dirname "$0")/../e2e/lib.sh"
[ -e /etc/debian_version ] || cannot 'this is no Debian'
need lintian dpkg-deb dpkg-shlibdeps cpack
source=$(cd "$(dirname "$0")/../.." && pwd)

build() {
  cmake -S "$source" -B "$TMP/build" -DBUILD_TESTING=OFF -DCMAKE_INSTALL_PREFIX=/usr &&
    cmake --build "$TMP/build" -j2 && (cd "$TMP/build" && cpack -G DEB)
}
if ! build >"$TMP/log" 2>&1; then
  not_ok "the package is made" "$(tail -n 20 "$TMP/log")"
  finish
fi
deb=$(echo "$TMP"/build/*.deb)
assert_eq "lintian finds no error" \
  "$(lintian --allow-root --fail-on none "$deb" 2>&1 | grep '^E:')" ''
assert_match "dependencies are those of the linked libraries" \
  "$(dpkg-deb -f "$deb" Depends)" 'libjansson4.*libseccomp2'
dpkg-deb -x "$deb" "$TMP/root"
assert_eq "what was unpacked runs" "$("$TMP/root/usr/bin/cttrace" --version)" \
  "cttrace $(dpkg-deb -f "$deb" Version)"
assert_match "it has its manual" "$(man -l "$TMP/root/usr/share/man/man1/cttrace.1.gz" 2>&1)" \
  'trace how a container is started'
finish
