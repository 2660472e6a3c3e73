#!/bin/bash
# build.sh FOLDER: a build as packages are made of it: optimised, without sanitizers.
set -eu
source=$(cd "$(dirname "$0")/../.." && pwd)
rm -rf "$1"
cmake -S "$source" -B "$1" -DBUILD_TESTING=OFF -DCMAKE_INSTALL_PREFIX=/usr
cmake --build "$1" -j2
