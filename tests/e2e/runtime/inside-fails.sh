#!/bin/bash
# A container that starts, and whose program then fails: which call of the program that was.
. "${0%/*}/../lib.sh"
enter_testbed "$@"

# The diagnosis of a container's program that must end with an error.
inside() { # NAME PODMAN-ARGUMENT…
  local name=$1
  shift
  trace "$name" podman --runtime crun run --rm --network=none "$@"
  assert "$name: it fails" test "$STATUS" -gt 0
  "$CTTRACE" explain --format json "$TRACE" >"$TMP/$name.diagnosis"
  assert_jq "$TMP/$name.diagnosis" "$name: it is the program's own affair" '.kind == "payload"'
}
seen() { # NAME SIGNATURE CALL
  assert_jq "$TMP/$1.diagnosis" "$1: the call that it speaks of" \
    '.signature == $row and (.remarks[0] | .label == "seen" and (.text | test($call)))' \
    --arg row "$2" --arg call "$3"
}
silent() { # NAME
  assert_jq "$TMP/$1.diagnosis" "$1: no call is blamed" '[.remarks[] | select(.label == "seen")] == []'
}
image=localhost/busybox
inside missing $image cat /etc/nosuch
seen missing inside-missing '"/etc/nosuch".* = ENOENT'
inside denied --user 1234 $image mkdir /root/new
seen denied inside-denied '^mkdir.*"/root/new".* = EACCES'
inside full --tmpfs /t:size=4k $image dd if=/dev/zero of=/t/x bs=8k count=4
seen full inside-full '^write\(.*</t/x>.* = ENOSPC'
assert "full: its bytes are not all told" test "$(jq -r '.remarks[0].text | length' "$TMP/full.diagnosis")" -lt 400
inside port --user 1234 $image nc -l -p 80
seen port inside-port '^bind\(.*=80.* = EACCES'
inside refused $image wget http://127.0.0.1:81/
seen refused inside-refused '^connect\(.*=81.* = ECONNREFUSED'
inside not-empty $image rmdir /etc
seen not-empty "" '^rmdir\("/etc"\) = ENOTEMPTY'
inside script $image sh -ec 'cat /etc/passwd >/dev/null; cd /nosuch; echo not reached'
seen script inside-missing '^chdir\("/nosuch"\) = ENOENT'

# Who ends for another reason does not end because of that.
inside minds-not $image sh -c 'cat /nosuch; exit 7'
silent minds-not
inside says-nothing $image false
silent says-nothing
inside decides $image sh -c 'echo wrong number of arguments >&2; exit 2'
silent decides

# Somebody kills the command, and not what it has started.
trace killed sh -c 'podman --runtime crun run --rm --network=none localhost/busybox sh -c "echo runs; sleep 2" |
  { read -r line; kill -TERM $$; }'
"$CTTRACE" explain --format json "$TRACE" >"$TMP/killed.diagnosis"
assert_jq "$TMP/killed.diagnosis" "the command was killed, the container went on" \
  '.kind == "killed" and (.title | test("was killed by SIGTERM; the container.s program went on"))'
finish
