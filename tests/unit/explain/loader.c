/* SPDX-License-Identifier: MIT */
/* What dynamic loaders say, and what cannot be without a tracer. */
#include "scene.h"
#include "test.h"

#include <errno.h>

/* A container whose program says something and ends; the runtime ends alike. */
static struct scene *play(const char *said, int status)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_clone(s, 100, 101);
	scene_call(s, 101, "pivot_root", 0, "/new|/new");
	scene_exec(s, 101, "/app");
	scene_call(s, 101, "openat", ENOENT, "/lib/deep/libx.so.1")->call.args[0].name =
		"pathname";
	scene_call(s, 101, "openat", ENOENT, "/lib/libx.so.1")->call.args[0].name =
		"pathname";
	scene_call(s, 101, "openat", ENOENT, "/opt/libx.so.1")->call.args[0].name =
		"pathname";
	scene_say(s, 101, said);
	scene_exit(s, 101, status);
	scene_exit(s, 100, status);
	scene_diagnose(s);
	return s;
}

static void check(const char *said, int status, const char *signature, const char *why)
{
	struct scene *s = play(said, status);

	CHECK_STR(ct_diagnosis_kind_name(s->diagnosis->kind), "decision");
	CHECK_STR(s->diagnosis->signature, signature);
	CHECK(strstr(scene_remark(s, "why"), why));
	CHECK(*scene_remark(s, "try"));
	scene_free(s);
}

TEST(the_words_of_loaders)
{
	check("/app: error while loading shared libraries: libx.so.1: cannot open shared "
	      "object file: No such file or directory\n",
	      127, "exec-shared-library", ": libx.so.1");
	check("/app: error while loading shared libraries: libx.so.1: failed to map "
	      "segment from shared object\n",
	      127, "exec-library-noexec", ": libx.so.1");
	check("/app: error while loading shared libraries: /lib/libx.so.1: cannot apply "
	      "additional memory protection after relocation: Permission denied\n",
	      127, "mprotect-denied", ": /lib/libx.so.1");
	check("/app: error while loading shared libraries: libx.so.1: wrong ELF class: "
	      "ELFCLASS32\n",
	      127, "exec-library-unusable", ": libx.so.1");
	check("/app: /lib/libc.so.6: version `GLIBC_2.38' not found (required by /app)\n",
	      1, "exec-library-version", "GLIBC_2.38");
	check("/app: symbol lookup error: /app: undefined symbol: wanted\n", 127,
	      "exec-library-symbol", "wanted");
	check("Error loading shared library libx.so.1: No such file or directory (needed "
	      "by /app)\n",
	      127, "exec-shared-library", ": libx.so.1");
	check("Error relocating /app: wanted: symbol not found\n", 127,
	      "exec-library-symbol", "/app");
}

TEST(where_it_has_looked)
{
	struct scene *s =
		play("/app: error while loading shared libraries: libx.so.1: "
		     "cannot open shared object file: No such file or directory\n",
		     127);

	CHECK_STR(scene_remark(s, "seen"), "the loader has looked for it in /lib, /opt");
	scene_free(s);
}

/* Nobody heard the loader: what the tracer has found missing tells it all. */
TEST(libraries_that_are_missing_are_told_with_who_needs_them)
{
	static struct ct_lacked lacks[] = { { "liba.so.1", "/app" },
					    { "libb.so.2", "/lib/libc.so" } };
	struct scene *s = scene_new();
	struct ct_event *end;

	scene_root(s, 100, "/usr/bin/crun");
	scene_clone(s, 100, 101);
	scene_call(s, 101, "pivot_root", 0, "/new|/new");
	scene_exec(s, 101, "/app");
	end = scene_call(s, 101, "exit_group", -1, "");
	end->lacks = lacks;
	end->n_lacks = 2;
	scene_exit(s, 101, 127);
	scene_exit(s, 100, 127);
	CHECK_STR(ct_diagnosis_kind_name(scene_diagnose(s)->kind), "decision");
	CHECK_STR(s->diagnosis->signature, "exec-shared-library");
	CHECK(strstr(scene_remark(s, "why"), ": liba.so.1"));
	CHECK_STR(scene_remark(s, "lacks"), "liba.so.1, which /app needs");
	scene_free(s);
}

/* musl goes on, and misses every symbol of the library. */
TEST(the_first_complaint_of_a_loader_counts)
{
	check("Error loading shared library libx.so.1: No such file or directory (needed "
	      "by /app)\nError relocating /app: wanted: symbol not found\n",
	      127, "exec-shared-library", ": libx.so.1");
}

/* A program may print what it likes, and go on. */
TEST(a_program_that_ended_otherwise_has_not_been_given_up)
{
	struct scene *s = play("/app: /lib/libc.so.6: version `GLIBC_2.38' is fine\n", 1);

	CHECK_STR(ct_diagnosis_kind_name(s->diagnosis->kind), "payload");
	scene_free(s);
}

static void check_tracer(const char *call, int error, const char *args, const char *kind)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/program");
	scene_call(s, 100, call, error, args);
	scene_exit(s, 100, 1);
	CHECK_STR(ct_diagnosis_kind_name(scene_diagnose(s)->kind), kind);
	scene_free(s);
}

TEST(calls_that_a_tracer_makes_fail)
{
	check_tracer("ptrace", EPERM, "PTRACE_TRACEME", "tracer");
	check_tracer("ptrace", EPERM, "PTRACE_SEIZE|77", "tracer");
	check_tracer("prctl", EINVAL, "PR_SET_SECCOMP|SECCOMP_MODE_STRICT", "tracer");
	check_tracer("ptrace", ESRCH, "PTRACE_SEIZE|77", "call");
	check_tracer("ptrace", EPERM, "PTRACE_CONT|77", "call");
}

/* The bit was lost, but nothing was refused for want of it. */
TEST(a_set_uid_program_that_failed_for_another_reason)
{
	struct scene *s = scene_new();
	struct ct_event *note;

	scene_root(s, 100, "/usr/bin/mount");
	note = scene_call(s, 100, "getpid", 0, "");
	note->kind = CT_EVENT_NOTE;
	note->note.count = 0;
	note->note.text = "mount: its set-uid bit has no effect under an unprivileged "
			  "tracer; this works: sudo cttrace -u USER -- mount";
	scene_call(s, 100, "mount", ENOENT, "none|/nope|tmpfs");
	scene_say(s, 100, "mount: /nope: mount point does not exist.\n");
	scene_exit(s, 100, 32);
	CHECK_STR(ct_diagnosis_kind_name(scene_diagnose(s)->kind), "call");
	CHECK_STR(scene_culprit(s)->name, "mount");
	scene_free(s);
}

static void check_no_new_privs(bool by_itself, const char *kind)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/sudo");
	if (by_itself)
		scene_call(s, 100, "prctl", 0, "PR_SET_NO_NEW_PRIVS");
	scene_say(s, 100,
		  "sudo: The \"no new privileges\" flag is set, which prevents sudo from "
		  "running as root: invalid\n");
	scene_exit(s, 100, 1);
	CHECK_STR(ct_diagnosis_kind_name(scene_diagnose(s)->kind), kind);
	scene_free(s);
}

TEST(no_new_privs_is_the_tracers_if_nobody_else_has_set_it)
{
	check_no_new_privs(false, "tracer");
	check_no_new_privs(true, "decision");
}

TEST(a_set_uid_program_under_an_unprivileged_tracer)
{
	struct scene *s = scene_new();
	struct ct_event *note;

	scene_root(s, 100, "/usr/bin/newuidmap");
	note = scene_call(s, 100, "getpid", 0, "");
	note->kind = CT_EVENT_NOTE;
	note->note.count = 0;
	note->note.text =
		"newuidmap: its set-uid bit has no effect under an unprivileged "
		"tracer; this works: sudo cttrace -u USER -- podman";
	scene_call(s, 100, "write", EPERM, "4</proc/77/uid_map>|0 0 1");
	scene_say(s, 100,
		  "newuidmap: write to uid_map failed: Operation not permitted\n");
	scene_exit(s, 100, 1);
	CHECK_STR(ct_diagnosis_kind_name(scene_diagnose(s)->kind), "tracer");
	CHECK_STR(scene_culprit(s)->name, "write");
	CHECK_STR(scene_remark(s, "try"), "sudo cttrace -u USER -- podman");
	CHECK(strstr(scene_remark(s, "why"), "set-uid bit has no effect"));
	scene_free(s);
}
