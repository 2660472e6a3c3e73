#!/bin/bash
# sysroot.sh ARCHITECTURE FOLDER: the libraries that cttrace is linked with, of another Debian
# architecture: for cross-building (cmake/aarch64-linux-gnu.cmake), without foreign packages here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian.bash"
arch=${1:?architecture} folder=${2:?where to put it}
version=1 # of what is made here: a tree of another one is made anew
[ "$(cat "$folder/ready" 2>/dev/null)" != "$version" ] || exit 0
rm -rf --one-file-system "$folder"
mkdir -p "${folder%/*}"
unpack "$arch" "$folder" libc6-dev linux-libc-dev libjansson-dev libelf-dev libunwind-dev \
  libseccomp-dev liblzma-dev
# links to / mean the tree's own
find "$folder/usr/lib" -lname '/*' | while read -r link; do
  ln -sfr "$folder$(readlink "$link")" "$link"
done
echo "$version" >"$folder/ready"
