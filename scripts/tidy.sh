#!/bin/bash
# tidy.sh [FILE…]: clang-tidy with .clang-tidy over all C files, or those that are named: the sizes
# of functions (lines, nesting, parameters, cognitive complexity) and what may be wrong. Ends with
# status 1 if it has found something. The analysis of all takes half an hour of one processor;
# CHECKS='-*,readability-function-*' tests the sizes alone, in three minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
build=build/tidy
checks=${CHECKS:-}

scripts/install-packages.sh build tidy
cmake -S . -B $build -DCMAKE_BUILD_TYPE=Debug -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null
files=("$@")
# what is made while building is not ours to read
[ $# -gt 0 ] || mapfile -t files < <(sed -n "s|^ *\"file\": \"$PWD/\(.*\)\".*|\1|p" $build/compile_commands.json |
  grep -v '^build/' | sort -u)
printf '%s\0' "${files[@]}" |
  xargs -0 -n 8 -P "$(nproc)" clang-tidy --quiet -p $build ${checks:+"--checks=$checks"} 2> >(grep -v 'warnings generated' >&2)
