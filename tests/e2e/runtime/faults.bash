# shellcheck shell=bash disable=SC2153
# (SC2153: STATUS is lib.sh's, no misspelt status.)
# Starts that are made to fail in a known way, and what `cttrace explain` must say about them.
# Sourced by faults-*.sh. A fault is one line; there is no code for one of them alone.

right=0 wrong=0 sure_and_wrong=0
: "${EYE:=auto}" # how failing calls are seen: --failures

# Files that cannot be executed, each for another reason; bound to /t in the container.
make_programs() { # DIRECTORY
  mkdir -p "$1/noexec"
  printf '#!/no/such/interpreter\n' >"$1/interpreter"
  printf '#!/bin/sh\r\ntrue\r\n' >"$1/crlf"
  printf 'true\n' >"$1/plain"
  printf '#!/bin/sh\n' >"$1/mode"
  printf '#!/t/loop\n' >"$1/loop"
  : >"$1/empty"
  # the class, type and machine of an ELF file, and nothing that could run
  printf '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\xb7\0\x01\0\0\0' >"$1/arm"
  head -c 64 /dev/zero >>"$1/arm"
  # a dynamic program whose loader has another name
  sed 's,/lib64/ld-linux-x86-64,/lib64/ld-other-x86-64,' /bin/true >"$1/loader"
  cp "$CT_TESTBED/busybox/bin/busybox" "$1/true"
  # a dynamic program and its loader, without the C library; or with one that is none
  cp /bin/ls "$1/dynamic"
  mkdir -p "$1/lib64" "$1/lib-broken"
  cp /lib64/ld-linux-x86-64.so.2 "$1/lib64"
  printf 'no library' >"$1/lib-broken/libc.so.6"
  cp "$(ldd /bin/ls | sed -n 's/.*libselinux.* => \([^ ]*\) .*/\1/p')" "$1/lib-broken"
  # programs of another C library: its loader is called otherwise
  mkdir -p "$1/musl"
  cp /lib/x86_64-linux-musl/libc.so "$1/musl/ld-musl-x86_64.so.1"
  echo 'int part(void) { return 0; }' | musl-gcc -shared -fPIC -o "$1/libpart.so" -x c -
  echo 'int part(void); int main(void) { return part(); }' >"$1/needs.c"
  musl-gcc -o "$1/musl-program" "$1/needs.c" -L"$1" -lpart
  rm "$1/libpart.so"
  ln -s circle "$1/circle"
  # a hook whose shell writes its complaint, which has no word of an error, to descriptor 1
  printf '#!/bin/sh\necho "the bridge went away" >&2\nexit 3\n' >"$1/hook"
  chmod 755 "$1"/[!c]* "$1/crlf"
  chmod 644 "$1/mode"
}

# Writes $TMP/NAME/config.json: the runtime's own default, with the files at /t, changed by JQ.
make_bundle() { # NAME RUNTIME JQ
  mkdir -p "$TMP/$1"
  jq --arg files "$FILES" '.mounts += [{destination: "/t", type: "bind", source: $files,
       options: ["bind"]}] | '"$3" "$CT_TESTBED/bundle/$2/config.json" >"$TMP/$1/config.json"
}

explain() { # sets DIAGNOSIS: the file
  mkdir -p "$TMP/diagnoses"
  DIAGNOSIS=$TMP/diagnoses/$(basename "$TRACE" .jsonl).json
  "$CTTRACE" explain -f json "$TRACE" >"$DIAGNOSIS" 2>"$TMP/explain.err" ||
    not_ok "the trace can be explained" "$(cat "$TMP/explain.err")"
}

# Is it the known answer? CALLS is a|b|c, ERRNO too; "decision" and "killed" are kinds, and
# the id of a signature is an answer as well.
is_answer() { # CALLS ERRNO ARGUMENT
  jq -e --arg calls "^($1)$" --arg errno "^($2)$" --arg argument "$3" '
    ([.kind, .signature] as $told | $calls | ltrimstr("^(") | rtrimstr(")$") | split("|")
     | any(. as $call | $told | index($call) != null))
    or (.kind == "call" and (.call.name | test($calls)) and ((.call.error // "") | test($errno)) and
        ($argument == "" or any(.call.args[]; (.text + " " + (.path // "")) | contains($argument))))
  ' "$DIAGNOSIS" >/dev/null
}

told() {
  jq -r '"\(.kind) \(.confidence): \(.call.process.role // "") \(.call.name // "")(\([.call.args[]?.text]
    | join(", "))) \(.call.error // "")"' "$DIAGNOSIS" | cut -c 1-150
}

# What the explanation of a fault says about it, whatever the runtime.
assert_told() { # NAME LABEL REGEX
  local runtime
  for runtime in ${RUNTIMES:-crun runc}; do
    assert_match "$1 $runtime: $2" \
      "$(jq -r --arg about "$2" '.remarks[] | select(.label == $about).text' "$TMP/diagnoses/$1-$runtime.json")" "$3"
  done
}

judge() { # NAME CALLS ERRNO ARGUMENT
  if is_answer "$2" "$3" "$4"; then
    right=$((right + 1))
    return
  fi
  wrong=$((wrong + 1))
  echo "# wrong: $1: wanted $2 $3 $4"
  echo "#        told   $(told)"
  echo "#        said   $(head -n 1 "$ERR" | cut -c 1-150)"
  if [ "$(jq -r .confidence "$DIAGNOSIS")" = high ]; then
    sure_and_wrong=$((sure_and_wrong + 1))
  fi
}

fault() { # NAME RUNTIMES JQ CALLS ERRNO [ARGUMENT]
  local runtime
  for runtime in ${RUNTIMES:-crun runc}; do
    [[ $2 == *$runtime* ]] || continue
    make_bundle "$1-$runtime" "$runtime" "$3"
    cttrace "$1-$runtime" -q --failures "$EYE" -o TRACE -- "$runtime" --root "$TMP/state" run -b "$TMP/$1-$runtime" \
      "$1-$runtime-$$"
    explain
    judge "$1 $runtime" "$4" "${5:-}" "${6:-}"
  done
}

podman_fault() { # NAME CALLS ERRNO ARGUMENT PODMAN-ARGUMENT…
  local name=$1 calls=$2 errno=$3 argument=$4
  shift 4
  cttrace "podman-$name" -q --failures "$EYE" -o TRACE -- podman --runtime crun run --rm --network=none "$@"
  explain
  judge "$name podman" "$calls" "$errno" "$argument"
}

tool_fault() { # NAME CALLS ERRNO ARGUMENT COMMAND…
  local name=$1 calls=$2 errno=$3 argument=$4
  shift 4
  cttrace "tool-$name" -q --failures "$EYE" -o TRACE -- "$@"
  explain
  judge "$name" "$calls" "$errno" "$argument"
}

# A start that works, or whose program has a status of its own, has no diagnosis.
control() { # NAME STATUS JQ
  local runtime
  for runtime in ${RUNTIMES:-crun runc}; do
    make_bundle "$1-$runtime" "$runtime" "$3"
    cttrace "$1-$runtime" -q --failures "$EYE" -o TRACE -- "$runtime" --root "$TMP/state" run -b "$TMP/$1-$runtime" \
      "$1-$runtime-$$"
    assert_eq "control $1 $runtime works" "$STATUS" "$2"
    explain
    assert_jq "$DIAGNOSIS" "control $1 $runtime has no diagnosis" '.failed == false'
  done
}
podman_control() { # NAME STATUS PODMAN-ARGUMENT…
  local name=$1 status=$2
  shift 2
  cttrace "podman-$name" -q --failures "$EYE" -o TRACE -- podman --runtime crun run --rm --network=none "$@"
  assert_eq "control $name podman works" "$STATUS" "$status"
  explain
  assert_jq "$DIAGNOSIS" "control $name podman has no diagnosis" '.failed == false'
}

assert_score() {
  local status=0
  python3 "$E2E/../schema/check_trace.py" --whole "$E2E/../../docs/diagnosis.schema.json" \
    "$TMP"/diagnoses/*.json >"$TMP/schema" 2>&1 || status=$?
  if [ "$status" -eq 77 ] && [ "${CI:-}" != true ]; then
    skip "every diagnosis is as the schema says" "python3-jsonschema is not installed"
  else
    assert_eq "every diagnosis is as the schema says" "$status $(head -n 5 "$TMP/schema")" "0 "
  fi
  echo "# score: $right of $((right + wrong)) right, $sure_and_wrong wrong with high confidence"
  assert "nine of ten are right" [ $((10 * right)) -ge $((9 * (right + wrong))) ]
  assert_eq "none is wrong and sure of it" "$sure_and_wrong" 0
}
