/* SPDX-License-Identifier: MIT */
/* Which kind of end it was, and which call. */
#include "scene.h"
#include "test.h"

#include <errno.h>
#include <signal.h>

static void check_kind(const struct ct_diagnosis *d, const char *kind)
{
	CHECK_STR(ct_diagnosis_kind_name(d->kind), kind);
}

TEST(a_start_that_works_has_nothing_to_explain)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_call(s, 100, "openat", ENOENT, "/etc/ld.so.preload");
	scene_exit(s, 100, 0);
	check_kind(scene_diagnose(s), "worked");
	CHECK(!ct_diagnosis_failed(s->diagnosis));
	scene_free(s);
}

/* crun: {int 1, int errno, text} from init over a socket; the parent adds the strerror.
 */
TEST(the_packet_of_a_child_names_task_and_errno)
{
	static const char packet[] = "\1\0\0\0\23\0\0\0mount `none` to `data`";
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_fork(s, 100, 101);
	scene_call(s, 101, "mount", ENODEV, "none|/r/data|nofs");
	scene_write(s, 101, 4, "socket:[5]", packet, sizeof(packet));
	scene_call(s, 100, "mount", ENODEV, "other|/elsewhere");
	scene_call(s, 100, "unlinkat", ENOENT, "/run/crun/c1");
	scene_say(s, 100, "mount `none` to `data`: No such device\n");
	scene_exit(s, 101, 1);
	scene_exit(s, 100, 1);
	check_kind(scene_diagnose(s), "call");
	CHECK_STR(scene_culprit(s)->args[0].str, "none");
	CHECK_INT(s->diagnosis->sure, CT_SURE_HIGH);
	CHECK(strstr(scene_remark(s, "said"), "repeated by crun") ||
	      strstr(scene_remark(s, "said"), "told the process"));
	scene_free(s);
}

/* Rootless podman is a child of itself, and the parent only passes its status on. */
TEST(the_last_word_is_of_who_ended_as_the_command_did)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/podman");
	scene_say(s, 100, "level=error msg=\"cannot find ids for the user\"\n");
	scene_fork(s, 100, 101);
	scene_say(s, 101, "Error: the volume driver is unknown\n");
	scene_exit(s, 101, 125);
	scene_fork(s, 100, 102);
	scene_say(s, 102, "error: nothing to clean up\n");
	scene_exit(s, 102, 1);
	scene_exit(s, 100, 125);
	check_kind(scene_diagnose(s), "decision");
	CHECK(strstr(scene_remark(s, "said"), "the volume driver is unknown"));
	scene_free(s);
}

TEST(an_indented_line_goes_on_with_the_one_above)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/mount");
	scene_call(s, 100, "mount", ENOENT, "none|/nope|tmpfs");
	scene_say(s, 100,
		  "mount: /nope: mount point does not exist.\n"
		  "       dmesg(1) may have more information after failed mount call.\n");
	scene_exit(s, 100, 32);
	check_kind(scene_diagnose(s), "call");
	CHECK(strstr(scene_remark(s, "said"), "/nope: mount point does not exist."));
	scene_free(s);
}

/* Go's programs catch SIGTERM, and end with a status of their own. */
TEST(who_was_asked_to_end_has_been_interrupted)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/runc");
	scene_clone(s, 100, 101);
	scene_signal(s, 100, SIGTERM);
	scene_kill(s, 101, SIGKILL);
	scene_exit(s, 100, 2);
	check_kind(scene_diagnose(s), "hang");
	scene_free(s);
}

/* A container that has come to its limit of tasks is told of it. */
TEST(a_fork_that_the_limit_refused)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_clone(s, 100, 101);
	scene_call(s, 101, "pivot_root", 0, "/new|/new");
	scene_exec(s, 101, "/bin/sh");
	scene_call(s, 101, "fork", EAGAIN, "");
	scene_say(s, 101, "sh: can't fork: Resource temporarily unavailable\n");
	scene_exit(s, 101, 2);
	scene_exit(s, 100, 2);
	check_kind(scene_diagnose(s), "payload");
	CHECK(ct_diagnosis_tells(s->diagnosis));
	CHECK_STR(scene_remark(s, "seen"), "fork: refused with EAGAIN, a limit on tasks");
	CHECK(strstr(scene_remark(s, "try"), "--pids-limit"));
	scene_free(s);
}

/* runc's child writes JSON; its parent wraps it twice; an engine once more. */
TEST(a_message_that_travels_is_one_message)
{
	static const char json[] = "{\"message\":\"error mounting \\\"none\\\" to rootfs "
				   "at \\\"/data\\\": mount "
				   "none:/data (via /proc/self/fd/6): no such device\"}";
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/podman");
	scene_fork(s, 100, 101);
	scene_call(s, 101, "mount", ENODEV, "none|/r/data|nofs");
	scene_write(s, 101, 4, "pipe:[5]", json, sizeof(json) - 1);
	scene_exit(s, 101, 1);
	scene_call(s, 100, "unlinkat", ENODEV, "/data");
	scene_say(s, 100,
		  "time=\"t\" level=error msg=\"runc run failed: error mounting "
		  "\\\"none\\\" to "
		  "rootfs at \\\"/data\\\": mount none:/data (via /proc/self/fd/6): no "
		  "such "
		  "device\"\n");
	scene_exit(s, 100, 125);
	check_kind(scene_diagnose(s), "call");
	CHECK_STR(scene_culprit(s)->name, "mount");
	scene_free(s);
}

/* runc 1.0: "can't get final child's PID from pipe: EOF" names nothing at all. */
TEST(without_an_errno_the_first_that_gave_up_is_asked)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/runc");
	scene_call(s, 100, "futex", EAGAIN, "FUTEX_WAIT");
	scene_fork(s, 100, 101);
	scene_call(s, 101, "write", EINVAL, "4</proc/7/uid_map>|0 0 1");
	scene_call(s, 101, "openat", ENOENT, "/etc/x");
	scene_exit(s, 101, 1);
	scene_call(s, 100, "rmdir", EBUSY, "/sys/fs/cgroup/a");
	scene_say(s, 100,
		  "container_linux.go: can't get final child's PID from pipe: EOF\n");
	scene_exit(s, 100, 1);
	check_kind(scene_diagnose(s), "call");
	CHECK_STR(scene_culprit(s)->args[0].path, "/proc/7/uid_map");
	CHECK_INT(s->diagnosis->sure, CT_SURE_LOW);
	scene_free(s);
}

TEST(a_program_may_decide_by_itself)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/runc");
	scene_call(s, 100, "openat", ENOENT, "/etc/x");
	scene_call(s, 100, "newfstatat", 0, "/script");
	scene_call(s, 100, "chdir", 0, "/");
	scene_say(s, 100, "exec: \"/script\": permission denied\n");
	scene_exit(s, 100, 1);
	check_kind(scene_diagnose(s), "decision");
	CHECK_STR(scene_culprit(s)->name, "newfstatat");
	CHECK(strstr(scene_remark(s, "why"), "no system call failed"));
	scene_free(s);
}

TEST(a_killed_call_is_the_filters_doing)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_fork(s, 100, 101);
	scene_call(s, 101, "mount", -1, "/a|/b");
	scene_kill(s, 101, SIGSYS);
	scene_exit(s, 100, 159);
	check_kind(scene_diagnose(s), "killed");
	CHECK_STR(scene_culprit(s)->name, "mount");
	scene_free(s);
}

static void check_strict(int first, const char *last, const char *kind)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/worker");
	scene_call(s, 100, "prctl", first, "PR_SET_SECCOMP|SECCOMP_MODE_STRICT");
	scene_call(s, 100, last, -1, "1");
	scene_kill(s, 100, SIGKILL);
	check_kind(scene_diagnose(s), kind);
	if (!strcmp(kind, "killed"))
		CHECK_STR(scene_culprit(s)->name, last);
	scene_free(s);
}

TEST(a_call_that_the_strict_mode_forbids)
{
	check_strict(0, "exit_group", "killed");
	check_strict(0, "read", "hang"); /* somebody else has killed it */
	check_strict(EPERM, "exit_group", "hang"); /* it was refused */
}

TEST(an_interrupted_start_says_who_waited)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_fork(s, 100, 101);
	scene_call(s, 101, "openat", -1, "/run/crun/c1/exec.fifo|O_WRONLY");
	scene_kill(s, 101, SIGKILL);
	scene_kill(s, 100, SIGINT);
	check_kind(scene_diagnose(s), "hang");
	CHECK(strstr(scene_remark(s, "waits"), "exec.fifo"));
	CHECK(strstr(scene_remark(s, "waits"), "`start`"));
	scene_free(s);
}

/* The same call with success afterwards: nobody minded the first try. */
TEST(what_was_remedied_is_not_the_reason)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_call(s, 100, "mkdirat", EACCES, "/a/data");
	scene_call(s, 100, "openat", EACCES, "/b/data");
	scene_call(s, 100, "openat", 0, "/b/data");
	scene_say(s, 100, "make directory `/a/data`: Permission denied\n");
	scene_exit(s, 100, 1);
	scene_diagnose(s);
	CHECK_STR(scene_culprit(s)->name, "mkdirat");
	scene_free(s);
}

TEST(a_warning_is_not_the_reason)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/runc");
	scene_call(s, 100, "mount", ENODEV, "none|/data|nofs");
	scene_call(s, 100, "openat", EACCES, "/sys/oom");
	scene_say(s, 100,
		  "time=\"t\" level=warning msg=\"open /sys/oom: permission denied\"\n");
	scene_say(s, 100,
		  "time=\"t\" level=error msg=\"mount none:/data: no such device\"\n");
	scene_exit(s, 100, 1);
	scene_diagnose(s);
	CHECK_STR(scene_culprit(s)->name, "mount");
	scene_free(s);
}

TEST(nothing_known_is_said_to_be_nothing_known)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/bin/false");
	scene_exit(s, 100, 1);
	check_kind(scene_diagnose(s), "unknown");
	scene_free(s);
}

TEST(a_line_may_come_word_by_word)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/bwrap");
	scene_call(s, 100, "openat", ENOENT, "/nope");
	scene_say(s, 100, "bwrap: ");
	scene_say(s, 100, "Can't find source path /nope");
	scene_call(s, 100, "openat", ENOENT, "/usr/share/locale/libc.mo");
	scene_say(s, 100, ": No such file or directory");
	scene_say(s, 100, "\n");
	scene_exit(s, 100, 1);
	check_kind(scene_diagnose(s), "call");
	CHECK_STR(scene_culprit(s)->args[0].str, "/nope");
	scene_free(s);
}
