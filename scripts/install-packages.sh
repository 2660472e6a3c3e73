#!/bin/bash
# install-packages.sh GROUP…: installs what is missing of the groups build, runtimes,
# daemons, tests, coverage, tidy, cross, vm, lint.
# Asks the package manager only when something is missing. Debian: apt-get, Fedora: dnf.
set -euo pipefail

table='
build     gcc                gcc
build     cmake              cmake
build     make               make
build     pkg-config         pkgconf-pkg-config
build     libjansson-dev     jansson-devel
build     libelf-dev         elfutils-libelf-devel
build     libunwind-dev      libunwind-devel
build     libseccomp-dev     libseccomp-devel
build     liblzma-dev        xz-devel
runtimes  podman             podman
runtimes  crun               crun
runtimes  runc               runc
runtimes  conmon             conmon
runtimes  netavark           netavark
runtimes  iptables           iptables
runtimes  bubblewrap         bubblewrap
runtimes  busybox-static     busybox
runtimes  libc6-dev          glibc-static
runtimes  util-linux         util-linux
runtimes  iproute2           iproute
runtimes  procps             procps-ng
runtimes  passwd             shadow-utils
runtimes  uidmap             shadow-utils
runtimes  slirp4netns        slirp4netns
runtimes  passt              passt
runtimes  catatonit          catatonit
runtimes  containernetworking-plugins containernetworking-plugins
runtimes  jq                 jq
runtimes  musl-tools         musl-gcc
tests     graphviz           graphviz
tests     tmux               tmux
tests     dbus-daemon        dbus-daemon
tests     python3            python3
tests     strace             strace
tests     valgrind           valgrind
tests     chromium           chromium
tests     nodejs             nodejs
tests     python3-jsonschema python3-jsonschema
tests     golang-go          golang
daemons   docker.io          moby-engine
daemons   containerd         containerd
cross     mmdebstrap         mmdebstrap
cross     gcc-aarch64-linux-gnu gcc-aarch64-linux-gnu
coverage  gcovr              gcovr
vm        qemu-system-x86    qemu-system-x86-core
vm        qemu-system-arm    qemu-system-aarch64-core
vm        libc6-dev-arm64-cross sysroot-aarch64-fc41-glibc
vm        busybox-static     busybox
vm        cpio               cpio
vm        e2fsprogs          e2fsprogs
vm        kmod               kmod
lint      shellcheck         ShellCheck
tidy      clang-tidy         clang-tools-extra
lint      lintian            rpmlint
lint      dpkg-dev           dpkg-dev
lint      file               file
lint      g++                gcc-c++
lint      rpm                rpm-build
lint      cpio               cpio
lint      rpmlint            rpmlint
lint      mandoc             mandoc
lint      groff              groff
lint      zsh                zsh
lint      fish               fish
'

if command -v apt-get >/dev/null; then
  column=2
  installed() { [ "$(dpkg-query -W -f='${db:Status-Abbrev}' "$1" 2>/dev/null)" = 'ii ' ]; }
  install() {
    export DEBIAN_FRONTEND=noninteractive
    apt-get -o Acquire::Retries=3 update -q
    apt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 install -y -q --no-install-recommends "$@"
  }
elif command -v dnf >/dev/null; then
  column=3
  installed() { rpm -q "$1" >/dev/null 2>&1; }
  install() { dnf install -y "$@"; }
else
  echo "neither apt-get nor dnf here: install the packages of this list by hand:$table" >&2
  exit 1
fi

missing=()
for group; do
  while read -r package; do
    installed "$package" || missing+=("$package")
  done < <(awk -v group="$group" -v column=$column '$1 == group { print $column }' <<<"$table")
done
# Who reads diagrams, spans and trace events, for the tests of these: npm alone has them.
node_packages() {
  local folder=build/node have
  local wanted=(
    mermaid@11.4.1 jsdom@24.1.3
    @opentelemetry/otlp-transformer@0.53.0 @opentelemetry/api@1.9.0
    speedscope@1.25.0
  )
  cd "$(dirname "$0")/.."
  have=$(cat "$folder/installed" 2>/dev/null || true)
  [ "$have" != "${wanted[*]}" ] || return 0
  command -v npm >/dev/null || install npm || return 1
  mkdir -p "$folder"
  timeout -k 5 150 npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "${wanted[@]}" &&
    echo "${wanted[*]}" >"$folder/installed"
}

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "missing: ${missing[*]} (root can install them)" >&2
    exit 1
  fi
  install "${missing[@]}"
fi
[[ " $* " != *" tests "* ]] || node_packages ||
  echo "no npm packages: the tests leave out the readers of diagrams, spans and trace events" >&2
