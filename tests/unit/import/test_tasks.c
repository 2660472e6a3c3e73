/* SPDX-License-Identifier: MIT */
/* Several tasks: whose line is whose, halves of calls, descriptors, times. */
#include "log.h"

#include "cttrace/strbuf.h"
#include "test.h"

static void born(struct log *log, uint32_t serial, int pid, uint32_t creator,
		 enum ct_birth how)
{
	for (size_t i = 0; i < log->trace->n_events; i++) {
		const struct ct_event *event = &log->trace->events[i];

		if (event->kind != CT_EVENT_TASK || event->task.serial != serial)
			continue;
		CHECK_INT(event->task.tid, pid);
		CHECK_INT(event->birth.creator.serial, creator);
		CHECK_STR(ct_birth_name(event->birth.how), ct_birth_name(how));
		return;
	}
	CHECK(!"the task is in the trace");
}

TEST(halves_of_calls_make_one)
{
	struct log log =
		log_of("7 0.5 openat(AT_FDCWD, \"/a\", O_RDONLY <unfinished ...>\n"
		       "8 0.1 getpid() = 8\n"
		       "7 0.25 <... openat resumed>) = 3\n"
		       "7 0.1 read(3,  <unfinished ...>\n"
		       "7 0.1 <... read resumed> \"x\", 4) = 1\n");

	CHECK_STR(log_says(&log, 1), "7 openat(AT_FDCWD, \"/a\", O_RDONLY) = 3");
	CHECK_INT(log_event(&log, 3)->dur_ns, 350000000);
	CHECK_STR(log_says(&log, 2), "7 read(3</a>, \"x\", 4) = 1");
	CHECK_INT(log.counts.halves, 0);
	log_free(&log);
}

TEST(a_log_that_begins_and_ends_in_the_middle)
{
	struct log log = log_of("7 <... read resumed>\"x\", 4) = 1\n"
				"7 mount(\"/a\", \"/b\", NULL, MS_BI");

	CHECK_STR(log_says(&log, 0), "7 read() = 1");
	CHECK_STR(log_says(&log, 1), "7 mount(\"/a\", \"/b\", NULL, MS_BI)");
	CHECK_STR(log_says(&log, 2), "gap: calls of which the log has only one half");
	CHECK_INT(log.counts.halves, 2);
	CHECK(!log.trace->footer.root_ended);
	log_free(&log);
}

TEST(children_whose_first_line_comes_before_their_birth)
{
	struct log log = log_of("7 execve(\"/a\", [\"a\"], 0x1 /* 0 vars */) = 0\n"
				"7 clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD "
				"<unfinished ...>\n"
				"8 getpid() = 1\n"
				"7 <... clone resumed>) = 8\n"
				"8 clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|"
				"CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD) = 2\n"
				"9 getpid() = 1\n"
				"8 vfork( <unfinished ...>\n"
				"10 chroot(\"/\") = 0\n");

	born(&log, 1, 7, 0, CT_BIRTH_ROOT);
	born(&log, 2, 8, 1, CT_BIRTH_FORK);
	/* its pid namespace calls it 2: it is who came next */
	born(&log, 3, 9, 2, CT_BIRTH_THREAD);
	born(&log, 4, 10, 2, CT_BIRTH_VFORK);
	CHECK_INT(log_event(&log, 2)->birth.flags, 0x20000000);
	log_free(&log);
}

TEST(a_pid_that_is_used_again)
{
	struct log log = log_of("7 fork() = 8\n"
				"8 getpid() = 8\n"
				"8 +++ exited with 0 +++\n"
				"7 vfork() = 8\n"
				"8 chroot(\"/\") = 0\n");

	born(&log, 2, 8, 1, CT_BIRTH_FORK);
	born(&log, 3, 8, 1, CT_BIRTH_VFORK);
	log_free(&log);
}

TEST(on_a_terminal_only_some_lines_have_a_pid)
{
	struct log log = log_of("execve(\"/a\", [\"a\"], 0x1 /* 0 vars */) = 0\n"
				"fork() = 8\n"
				"strace: Process 8 attached\n"
				"[pid     8] chroot(\"/b\") = 0\n"
				"[pid     7] chroot(\"/a\") = 0\n"
				"[pid     8] +++ exited with 1 +++\n"
				"chroot(\"/c\") = 0\n"
				"+++ exited with 3 +++\n");

	born(&log, 1, 7, 0, CT_BIRTH_ROOT);
	born(&log, 2, 8, 1, CT_BIRTH_FORK);
	CHECK_STR(log_says(&log, 0), "7 runs /a: a");
	CHECK_STR(log_says(&log, 6), "7 chroot(\"/c\") = 0");
	CHECK_STR(log_says(&log, 7), "7 exits 3");
	CHECK_INT(log.trace->footer.root_exit.status, 3);
	log_free(&log);
}

TEST(strace_speaks_in_the_middle_of_a_clone)
{
	struct log log = log_of("execve(\"/a\", [\"a\"], 0x1 /* 0 vars */) = 0\n"
				"clone(child_stack=NULL, flags=CLONE_NEWPID|SIGCHLD"
				"strace: Process 8 attached\n"
				") = 8\n"
				"[pid     8] chroot(\"/b\") = 0\n"
				"[pid     7] chroot(\"/a\") = 0\n");

	born(&log, 1, 7, 0, CT_BIRTH_ROOT);
	born(&log, 2, 8, 1, CT_BIRTH_FORK);
	CHECK_INT(log_event(&log, 3)->birth.flags, 0x20000000);
	CHECK_INT(log.counts.strange, 0);
	log_free(&log);
}

TEST(a_thread_that_executes_takes_over_the_leader)
{
	struct log log = log_of("7 clone(child_stack=0x1, flags=CLONE_VM|CLONE_FS|"
				"CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD) = 8\n"
				"8 execve(\"/b\", [\"b\"], 0x1 /* 0 vars */ "
				"<unfinished ...>\n"
				"7 pause( <unfinished ...>\n"
				"7 +++ superseded by execve in pid 8 +++\n"
				"7 <... execve resumed>) = 0\n"
				"7 +++ exited with 0 +++\n");

	CHECK_STR(log_says(&log, 1), "7 pause()");
	CHECK_STR(log_says(&log, 2), "7 runs /b: b, by 8");
	CHECK_STR(log_says(&log, 3), "7 exits 0");
	CHECK_INT(log.counts.halves, 0);
	log_free(&log);
}

TEST(descriptors_are_followed)
{
	struct log log =
		log_of("7 chdir(\"/d\") = 0\n"
		       "7 openat(AT_FDCWD, \"uid_map\", O_WRONLY) = 3\n"
		       "7 dup2(3, 5) = 5\n"
		       "7 openat(AT_FDCWD, \"/x\", O_RDONLY|O_CLOEXEC) = 6\n"
		       "7 fork() = 8\n"
		       "8 write(5, \"0 0 1\", 5) = 5\n"
		       "8 mount(\"/proc/self/fd/6/a\", \"/b\", NULL, MS_BIND, NULL) = 0\n"
		       "8 execve(\"/b\", [\"b\"], 0x1 /* 0 vars */) = 0\n"
		       "8 write(6, \"x\", 1) = -1 EBADF (Bad file descriptor)\n"
		       "8 close(5) = 0\n"
		       "8 write(5, \"x\", 1) = -1 EBADF (Bad file descriptor)\n"
		       "8 read(9</a\\x20b>, \"\", 1) = 0\n");

	CHECK_STR(log_says(&log, 5), "8 write(5</d/uid_map>, \"0 0 1\", 5) = 5");
	CHECK_STR(ct_call_path(&log_event(&log, 8)->call, "source"), "/x/a");
	CHECK_STR(log_says(&log, 8), "8 write(6, \"x\", 1) = EBADF");
	CHECK_STR(log_says(&log, 10), "8 write(5, \"x\", 1) = EBADF");
	CHECK_STR(log_says(&log, 11), "8 read(9</a b>, \"\", 1) = 0");
	log_free(&log);
}

TEST(programs_of_32_bits)
{
	struct log log = log_of("7 execve(\"/a\", [\"a\"], 0x1 /* 0 vars */) = 0\n"
				"strace: [ Process PID=7 runs in 32 bit mode. ]\n"
				"7 setuid32(1000) = 0\n");
	const struct ct_event_call *call = &log_event(&log, 2)->call;

	CHECK_STR(ct_arch_name(call->arch), "i386");
	CHECK_INT(ct_call_int(call, "uid", 0), 1000);
	log_free(&log);
}

TEST(a_log_of_forks_does_not_take_all_memory)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct log log;

	ct_strbuf_adds(&text, "7 openat(AT_FDCWD, \"/a\", O_RDONLY) = 65535\n");
	for (int pid = 8; pid < 1008; pid++)
		ct_strbuf_addf(&text, "7 fork() = %d\n%d write(65535, \"\", 0) = 0\n",
			       pid, pid);
	log = log_of(text.data);
	CHECK_STR(log_says(&log, 2), "8 write(65535</a>, \"\", 0) = 0");
	CHECK_STR(log_says(&log, 2000), "1007 write(65535, \"\", 0) = 0");
	log_free(&log);
}

TEST(midnight)
{
	struct log log = log_of("7 23:59:59.5 getpid() = 7\n"
				"7 00:00:00.25 getpid() = 7\n");

	CHECK_INT(log_event(&log, 2)->t_ns, 750000000);
	log_free(&log);
}

TEST(mail_has_damaged_it)
{
	struct log log = log_of("> 7 openat(AT_FDCWD, &quot;/a b&quot;,\r\n"
				"> O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or\r\n"
				"> directory)\r\n"
				"> \r\n"
				"> 7 chroot(&quot;/a&quot; &lt;unfinished ...&gt;\r\n"
				"> 7\t&lt;... chroot resumed&gt;)\t= 0\r\n"
				"what a mess\r\n");

	CHECK_STR(log_says(&log, 0),
		  "7 openat(AT_FDCWD, \"/a b\", O_RDONLY|O_CLOEXEC) = ENOENT");
	CHECK_STR(log_says(&log, 1), "7 chroot(\"/a\") = 0");
	CHECK_STR(log_says(&log, 2), "note: what a mess");
	CHECK_INT(log.counts.strange, 1);
	log_free(&log);
}
