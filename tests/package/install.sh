#!/bin/bash
# install.sh BUILD: what is installed: the library, whose names are those of its header and of
# its document, a program that is built with it, and the completion where bash looks for it.
. "$(dirname "$0")/../e2e/lib.sh"
need jq pkg-config cmake cc nm
source=$(cd "$(dirname "$0")/../.." && pwd)

DESTDIR=$TMP/root cmake --install "$1" >"$TMP/log" || not_ok "it can be installed" "$(tail "$TMP/log")"
usr=$TMP/root/usr
PKG_CONFIG_PATH=$(dirname "$(find "$usr" -name cttrace.pc)")
libraries=$(dirname "$PKG_CONFIG_PATH")
export PKG_CONFIG_PATH

# names FILE: the functions that a text speaks of, as name()
names() { grep -oE '\bcttrace_[a-z_]+\(' "$1" | tr -d '(' | sort -u; }
assert_eq "the header alone is installed" "$(cd "$usr/include" && find . -type f)" ./cttrace/cttrace.h
assert_eq "the library exports what its header declares, under its version, and nothing else" \
  "$(nm -D --defined-only "$libraries/libcttrace.so" | awk '$2 != "A" { print $3 }' | sort)" \
  "$(names "$usr/include/cttrace/cttrace.h" | sed 's/$/@@CTTRACE_0.1/')"
assert_eq "and its document has each of them" "$(names "$source/docs/api.md")" \
  "$(names "$usr/include/cttrace/cttrace.h")"
assert_eq "its name has the major number only" \
  "$(readelf -d "$libraries/libcttrace.so" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')" libcttrace.so.0
assert_eq "a header that is included twice, by C++ as well" \
  "$(printf '#include <cttrace/cttrace.h>\n#include <cttrace/cttrace.h>\n' |
    c++ -x c++ -std=c++11 -Wall -Wextra -pedantic -Werror -fsyntax-only -I "$usr/include" - 2>&1)" ''

read -ra flags < <(pkg-config --cflags --libs cttrace)
assert_eq "pkg-config has the version" "$(pkg-config --modversion cttrace)" \
  "$("$usr/bin/cttrace" --version | sed 's/cttrace //')"
example=$usr/share/doc/cttrace/examples
cc -std=c11 -Wall -Wextra -Werror "$example/start-summary.c" "${flags[@]}" -o "$TMP/start-summary" ||
  not_ok "the example is built by what pkg-config says" "${flags[*]}"
if ! { cmake -S "$example" -B "$TMP/build" -DCMAKE_PREFIX_PATH="$usr" && cmake --build "$TMP/build"; } \
  >"$TMP/log"; then
  not_ok "and by CMake" "$(tail "$TMP/log")"
fi
export LD_LIBRARY_PATH=$libraries
for trace in "$source"/samples/traces/*.jsonl; do
  want=$("$usr/bin/cttrace" render -f json "$trace" | jq -r -f "${0%/*}/start-summary.jq")
  assert_eq "of $(basename "$trace") it says what the report says" "$("$TMP/start-summary" "$trace")" "$want"
  assert_eq "so does the one that CMake has built" "$("$TMP/build/start-summary" "$trace")" "$want"
done
echo '{"cttrace":99}' >"$TMP/newer"
assert_eq "what cannot be read is an error in words" "$("$TMP/start-summary" "$TMP/newer" 2>&1 >/dev/null; echo $?)" \
  "$TMP/newer has trace format 99, this cttrace reads 1 to 1
1"

completion=$usr/share/bash-completion/completions/cttrace
assert_eq "bash finds the completion under the name of the command" \
  "$(bash --norc -c '. "$1" && complete -p cttrace' - "$completion")" 'complete -F _cttrace cttrace'
finish
