#!/bin/bash
# Labels of a security module, asked for where the kernel has no module that takes them: who
# tries what, and what the kernel answers. It is asked again by a program of our own.
. "${0%/*}/../lib.sh"
. "${0%/*}/bundle.bash"
enter_testbed "$@"
need python3 gcc

# What the kernel says to a label: an errno by its name, or "written".
answer() { # FILE LABEL
  python3 - "$1" "$2" <<'EOF'
import errno, os, sys
try:
    fd = os.open("/proc/self/attr/" + sys.argv[1], os.O_WRONLY)
    os.write(fd, sys.argv[2].encode())
    print("written")
except OSError as e:
    print(errno.errorcode[e.errno])
EOF
}
if [ "$(answer exec 'exec docker-default') $(answer keycreate docker-default)" != "EINVAL EINVAL" ]; then
  cannot "this kernel has a security module that takes labels"
fi

refused() { # RUNTIME KEY-OF-CONFIG FILE VALUE
  local name=$1-$2
  bundle "$name" "$1" '["/bin/true"]'
  jq --arg key "$2" '.process[$key] = "docker-default"' "$TMP/$name/config.json" >"$TMP/$name/new.json"
  mv "$TMP/$name/new.json" "$TMP/$name/config.json"
  trace "$name" "$1" --root "$TMP/state" run -b "$TMP/$name" "cttrace-label-$$"
  assert_eq "$name: does not run" "$((STATUS != 0))" 1
  assert_jq "$REPORT" "$name: the attempt, and the kernel's answer" \
    '[.containers[0].acts[] | select(.kind == "lsm-label") | [.name, .value, .error]] ==
     [[$file, $value, $answer]]' --arg file "$3" --arg value "$4" --arg answer "$(answer "$3" "$4")"
  assert_jq "$REPORT" "$name: the isolation summary has it" \
    '.containers[0].isolation[] | select(.aspect == "LSM profile") |
     .open and .state == "none set" and .detail == "\($value) was written to attr/\($file): EINVAL"' \
    --arg file "$3" --arg value "$4"
  "$CTTRACE" explain --format json "$TRACE" >"$TMP/explained.json"
  assert_jq "$TMP/explained.json" "$name: explained by that call, and by what the kernel lacks" \
    '.kind == "call" and .call.name == "write" and .call.error == "EINVAL" and .signature == "no-security-module"'
}
refused runc apparmorProfile exec "exec docker-default"
refused crun selinuxLabel keycreate docker-default

# A start that goes on without the label: this program builds a container of its own.
cat >"$TMP/label.c" <<'EOF'
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	int status, fd;

	if (argc < 2 || unshare(CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS))
		return 2;
	if (fork())
		return wait(&status) < 0 || status;
	fd = open("/proc/self/attr/exec", O_WRONLY);
	printf("label = %d\n", write(fd, "exec lenient", 12) < 0 ? errno : 0);
	fflush(stdout);
	if (chroot(argv[1]) || chdir("/"))
		return 3;
	execl("/bin/true", "true", NULL);
	return 4;
}
EOF
gcc -O1 -o "$TMP/label" "$TMP/label.c"
trace own "$TMP/label" "$CT_TESTBED/busybox"
assert_eq "own: runs without the label" "$STATUS" 0
assert_jq "$REPORT" "own: the attempt, and the errno that the program got" \
  '[.containers[0].acts[] | select(.kind == "lsm-label") | [.value, .error]] == [["exec lenient", "EINVAL"]] and
   $said.label == 22'
assert_match "own: the view has both" "$("$CTTRACE" render --view isolation "$TRACE")" \
  'exec lenient was written to attr/exec: EINVAL'
finish
