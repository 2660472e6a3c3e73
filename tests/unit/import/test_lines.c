/* SPDX-License-Identifier: MIT */
/* One line at a time, in the forms that options and versions of strace give it. */
#include "log.h"

#include "cttrace/strbuf.h"
#include "test.h"

static void says(const char *line, const char *want)
{
	struct log log = log_of(line);

	CHECK_STR(log_says(&log, 0), want);
	CHECK_INT(log.counts.strange, 0);
	log_free(&log);
}

TEST(prefixes_of_options)
{
	static const char *const prefixes[] = {
		"7 ",
		"7     ",
		"[pid     7] ",
		"[pid 7] ",
		"7 23:59:01 ",
		"[pid     7] 23:59:01.000123 ",
		"7 1700000000.123456 ",
		"7 1700000000.123456789 ",
		"7      0.000123 ",
		"7 23:59:01 (+     0.000000) ",
		"7<sh> ",
		"[pid     7<podman>] ",
		"7 [00007f7e99f00c47] ",
		"7 [????????????????] ",
		"7 [  12] [00007f7e99f00c47] ",
		"7 [unconfined_u:unconfined_r:unconfined_t:s0-s0:c0.c1023] ",
		"7 [container_t] 10:00:00 [  12] [00007f7e99f00c47] ",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;

		ct_strbuf_addf(&line, "%schroot(\"/a\") = 0\n", prefixes[i]);
		says(line.data, "7 chroot(\"/a\") = 0");
	}
}

TEST(results)
{
	says("7 getpid() = 12\n", "7 getpid() = 12");
	says("7 chdir(\"/a\") = -1 ENOENT (No such file or directory)\n",
	     "7 chdir(\"/a\") = ENOENT");
	/* French, from a strace under another locale */
	says("7 chdir(\"/a\") = -1 EACCES (Permission non accord\xc3\xa9"
	     "e)\n",
	     "7 chdir(\"/a\") = EACCES");
	says("7 chdir(\"/a\") = -1 (errno 524)\n", "7 chdir(\"/a\") = ENOTSUPP");
	says("7 pause() = ? ERESTARTNOHAND (To be restarted if no handler)\n",
	     "7 pause() restarts");
	says("7 exit_group(0) = ?\n", "7 exit_group(0)");
	says("7 chroot(\"/a\") = 0 (INJECTED)\n", "7 chroot(\"/a\") = 0");
	says("7 brk(NULL) = 0x1000\n", "7 brk(NULL) = 4096");
	says("7 umask(022)                        = 077\n", "7 umask(022) = 63");
	says("7 pause( <detached ...>\n", "7 pause() goes on");
}

TEST(durations_of_T)
{
	struct log log = log_of("7 chroot(\"/a<0.1>\") = 0 <0.000123>\n");

	CHECK_INT(log_event(&log, 1)->dur_ns, 123000);
	CHECK_STR(log_says(&log, 0), "7 chroot(\"/a<0.1>\") = 0");
	log_free(&log);
}

TEST(signals_and_ends)
{
	says("7 --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=8} ---\n",
	     "7 gets SIGCHLD");
	says("7 --- SIGCHLD (Child exited) @ 0 (0) ---\n", "7 gets SIGCHLD");
	says("7 +++ exited with 42 +++\n", "7 exits 42");
	says("7 +++ killed by SIGSEGV (core dumped) +++\n", "7 killed by SIGSEGV, core");
	says("7 +++ killed by SIGKILL +++\n", "7 killed by SIGKILL");
}

TEST(flags_in_words_raw_and_both)
{
	static const char want[] =
		"7 mount(\"/a\", \"/b\", NULL, MS_BIND|MS_REC, NULL) = 0";

	says("7 mount(\"/a\", \"/b\", NULL, MS_BIND|MS_REC, NULL) = 0\n", want);
	says("7 mount(\"/a\", \"/b\", NULL, 0x5000, NULL) = 0\n", want);
	says("7 mount(\"/a\", \"/b\", NULL, 0x5000 /* MS_BIND|MS_REC */, NULL) = 0\n",
	     want);
	says("7 unshare(CLONE_NEWNS|CLONE_NEWUSER) = 0\n",
	     "7 unshare(CLONE_NEWNS|CLONE_NEWUSER) = 0");
	says("7 openat(-100, \"/a\", 0x80000) = 3\n",
	     "7 openat(AT_FDCWD, \"/a\", O_RDONLY|O_CLOEXEC) = 3");
	says("7 clone(child_stack=NULL, flags=0x20000 /* CLONE_NEWNS */|0x11 "
	     "/* SIGCHLD */) = 8\n",
	     "7 clone(CLONE_NEWNS|SIGCHLD, NULL) = 8");
	/* what no table knows keeps its words, and has no number */
	says("7 unshare(CLONE_NEWMOON|CLONE_NEWNS) = 0\n",
	     "7 unshare(CLONE_NEWMOON|CLONE_NEWNS) = 0");
}

TEST(calls_that_are_newer_than_strace_have_numbers)
{
	says("7 syscall_0x1b3(0x7ffd4382ab60, 0x58, 0, 0x7f88b958b6d0, 0, 0) = 0x18ff\n",
	     "7 clone3(0x7ffd4382ab60, 88) = 6399");
	says("7 syscall_442(0xffffff9c, 0x559cacc6e54a, 0x8000, 0x7ffd4382aa50, 0x20, "
	     "0x7f) = -1 "
	     "(errno "
	     "38)\n",
	     "7 mount_setattr(AT_FDCWD, 0x559cacc6e54a, AT_RECURSIVE, 0x7ffd4382aa50, "
	     "32) = "
	     "ENOSYS");
	says("7 syscall_9999(0x1, 0, 0, 0, 0, 0) = -1 (errno 38)\n",
	     "7 syscall_9999(0x1, 0, 0, 0, 0, 0) = ENOSYS");
	says("7 syscall_0x1b3(0x7ffd4382ab60, 0x58, 0, 0, 0, 0 <unfinished ...>\n"
	     "7 <... syscall_0x1b3 resumed> )      = 0x18ff\n",
	     "7 clone3(0x7ffd4382ab60, 88) = 6399");
}

TEST(what_a_log_lacks_is_said_in_the_trace)
{
	struct log log = log_of("7 write(1, \"abc\"..., 4096) = 4096\n"
				"7 syscall_0x1b3(0x7ffd4382ab60, 0x58, 0, 0, 0, 0) = 8\n"
				"7 write(1, \"abc\", 3) = 3\n");

	CHECK_INT(log.counts.cut, 1);
	CHECK_INT(log.counts.newer, 1);
	CHECK_INT(log.counts.halves, 0);
	CHECK_INT(log.trace->n_events, 1 + 3 + 2);
	CHECK_INT(log_event(&log, 4)->kind, CT_EVENT_GAP);
	CHECK_STR(log_event(&log, 4)->note.text,
		  "calls newer than strace, without their structs");
	CHECK_INT(log_event(&log, 5)->kind, CT_EVENT_NOTE);
	CHECK_INT(log_event(&log, 5)->note.count, 1);
	log_free(&log);
}

TEST(structs_and_lists)
{
	struct log log =
		log_of("7 clone3({flags=CLONE_NEWNS|CLONE_NEWPID, exit_signal=SIGCHLD, "
		       "stack=NULL, stack_size=0} => {parent_tid=[9]}, 88) = 9\n"
		       "7 capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, "
		       "{effective=1<<CAP_CHOWN|1<<CAP_KILL, permitted=0x21, "
		       "inheritable=0}) = 0\n"
		       "7 prlimit64(0, RLIMIT_NOFILE, {rlim_cur=1024, "
		       "rlim_max=4*1024}, NULL) = 0\n"
		       "7 mknod(\"/n\", S_IFCHR|0666, makedev(0x1, 0x3)) = 0\n");
	const struct ct_arg *arg = ct_call_arg(&log_event(&log, 1)->call, "cl_args");

	CHECK_INT(arg->type, CT_VALUE_FIELDS);
	CHECK_STR(arg->items[0].name, "flags");
	CHECK_INT(arg->items[0].i, 0x20020000);
	arg = ct_call_arg(&log_event(&log, 2)->call, "datap");
	CHECK_INT(arg->items[0].i, 0x21);
	CHECK_INT(arg->items[1].i, 0x21);
	CHECK_STR(arg->items[1].text, "CAP_CHOWN|CAP_KILL");
	arg = ct_call_arg(&log_event(&log, 3)->call, "new_limit");
	CHECK_INT(arg->items[1].i, 4096);
	CHECK_INT(ct_call_int(&log_event(&log, 4)->call, "dev", 0), 0x103);
	log_free(&log);
}

TEST(strings_escapes_and_cuts)
{
	struct log log =
		log_of("7 write(1, \"a\\n\\33[1m\\\"\\x41\\0\"..., 4096) = 4096\n");
	const struct ct_arg *arg = ct_call_arg(&log_event(&log, 1)->call, "buf");

	CHECK_INT(arg->len, 9);
	CHECK(!memcmp(arg->str, "a\n\33[1m\"A\0", 9));
	CHECK(arg->truncated);
	log_free(&log);
}

TEST(execve_with_and_without_its_environment)
{
	says("7 execve(\"/bin/sh\", [\"sh\", \"-c\", \"true\"], 0x7ffc /* 41 vars */) = "
	     "0\n",
	     "7 runs /bin/sh: sh -c true");
	says("7 execve(\"/bin/sh\", [\"sh\", \"-c\", ...], [\"A=1\", \"B=2\"]) = 0\n",
	     "7 runs /bin/sh: sh -c ...");
	says("7 execve(\"/bin/sh\", [\"sh\"], [/* 3 vars */]) = -1 ENOENT (x)\n",
	     "7 execve(\"/bin/sh\", [\"sh\"], [/* 3 vars */]) = ENOENT");
}

TEST(stacks_of_k)
{
	struct log log = log_of("7 chroot(\"/a\") = 0\n"
				" > /usr/lib/libc.so.6(chroot+0xb) [0xfc]\n"
				" > /opt/x (1)/prog() [0x7]\n"
				" > /bin/a(main+0x3) [0x30] main.c:7\n"
				"7 getpid() = 7\n");
	const struct ct_event *event = log_event(&log, 1);

	CHECK_INT(event->n_stack, 3);
	CHECK_STR(event->stack[0].module, "/usr/lib/libc.so.6");
	CHECK_STR(event->stack[0].symbol, "chroot");
	CHECK_INT(event->stack[0].offset, 0xb);
	CHECK_STR(event->stack[1].module, "/opt/x (1)/prog");
	CHECK_STR(event->stack[1].symbol, "");
	CHECK_STR(event->stack[2].source, "main.c:7");
	CHECK_INT(log_event(&log, 2)->n_stack, 0);
	log_free(&log);
}

static void requests(const char *buffer, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf line = CT_STRBUF_INIT;
	struct log log;

	ct_strbuf_addf(&line, "7 sendto(3, %s, 40, 0, NULL, 0) = 40\n", buffer);
	log = log_of(line.data);
	CHECK_STR(ct_call_arg(&log_event(&log, 1)->call, "buf")->text, want);
	log_free(&log);
}

TEST(structs_read_as_in_a_trace_of_our_own)
{
	says("7 capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, "
	     "{effective=1<<CAP_CHOWN|1<<CAP_KILL, permitted=1<<CAP_CHOWN, "
	     "inheritable=0}) = 0\n",
	     "7 capset({version=_LINUX_CAPABILITY_VERSION_3, pid=0}, "
	     "{effective=CAP_CHOWN|CAP_KILL, permitted=CAP_CHOWN, inheritable=0}) = 0");
	says("7 prlimit64(0, RLIMIT_NPROC, {rlim_cur=32*1024, rlim_max=RLIM64_INFINITY}, "
	     "NULL) = 0\n",
	     "7 prlimit64(0, RLIMIT_NPROC, {rlim_cur=32768, rlim_max=RLIM_INFINITY}, "
	     "NULL) = 0");
	says("7 clone3({flags=CLONE_NEWPID, exit_signal=SIGCHLD, stack=NULL, "
	     "stack_size=0} => {parent_tid=[8]}, 88) = 8\n",
	     "7 clone3({flags=CLONE_NEWPID, exit_signal=SIGCHLD}, 88) = 8");
	says("7 mount_setattr(AT_FDCWD, \"/\", AT_RECURSIVE, {attr_set=0, attr_clr=0, "
	     "propagation=MS_PRIVATE, userns_fd=0}, 32) = 0\n",
	     "7 mount_setattr(AT_FDCWD, \"/\", AT_RECURSIVE, {attr_set=0, attr_clr=0, "
	     "propagation=MS_PRIVATE}, 32) = 0");
	says("7 prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE) = 0\n",
	     "7 prctl(PR_SET_DUMPABLE, 0) = 0");
	/* what is cut stays so */
	says("7 prlimit64(0, RLIMIT_NPROC, {rlim_cur=2*1024, ...}, NULL) = 0\n",
	     "7 prlimit64(0, RLIMIT_NPROC, {rlim_cur=2048, ...}, NULL) = 0");
}

TEST(messages_of_netlink_are_as_our_decoder_has_them)
{
	/* of 5.x and later, and before */
	requests(
		"[{nlmsg_len=40, nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST, "
		"nlmsg_seq=7, nlmsg_pid=0}, {ifi_family=AF_UNSPEC, "
		"ifi_index=if_nametoindex(\"veth0\"), ifi_flags=IFF_UP, ifi_change=0x1}, "
		"[{nla_len=8, nla_type=IFLA_MTU}, 1400]]",
		"[{nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
		"ifi_family=AF_UNSPEC, ifi_index=if_nametoindex(\"veth0\"), "
		"ifi_flags=IFF_UP, ifi_change=0x1, IFLA_MTU=1400}]");
	requests("{{len=40, type=RTM_NEWADDR, flags=NLM_F_REQUEST, seq=7, pid=0}, "
		 "{ifa_family=AF_INET, ifa_prefixlen=24}, [{{nla_len=8, "
		 "nla_type=IFA_LOCAL}, inet_addr(\"10.9.0.2\")}, {{nla_len=8, "
		 "nla_type=IFA_ADDRESS}, inet_addr(\"10.9.0.2\")}]}",
		 "[{nlmsg_type=RTM_NEWADDR, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
		 "ifa_family=AF_INET, ifa_prefixlen=24, IFA_LOCAL=\"10.9.0.2\", "
		 "IFA_ADDRESS=\"10.9.0.2\"}]");
	/* an answer, and the request in it */
	requests("[{nlmsg_len=36, nlmsg_type=NLMSG_ERROR, nlmsg_flags=NLM_F_CAPPED, "
		 "nlmsg_seq=7, nlmsg_pid=1}, {error=-EEXIST, msg={nlmsg_len=56, "
		 "nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
		 "nlmsg_pid=0}}]",
		 "[{nlmsg_type=NLMSG_ERROR, nlmsg_flags=NLM_F_CAPPED, nlmsg_seq=7, "
		 "error=-EEXIST, request=RTM_NEWLINK}]");
	/* one with the kernel's words, to a request that strace has left in bytes */
	requests("[{nlmsg_len=96, nlmsg_type=NLMSG_ERROR, nlmsg_flags=NLM_F_ACK_TLVS, "
		 "nlmsg_seq=7, nlmsg_pid=1}, [{error=-EEXIST, msg=[{nlmsg_len=40, "
		 "nlmsg_type=0x14 /* NLMSG_??? */, nlmsg_flags=NLM_F_REQUEST, "
		 "nlmsg_seq=7, nlmsg_pid=0}, \"\\x02\\x18\"]}, [{nla_len=35, "
		 "nla_type=NLMSGERR_ATTR_MSG}, \"Address already assigned\"]]]",
		 "[{nlmsg_type=NLMSG_ERROR, nlmsg_flags=NLM_F_ACK_TLVS, nlmsg_seq=7, "
		 "error=-EEXIST, request=0x14 /* NLMSG_??? */, "
		 "NLMSGERR_ATTR_MSG=\"Address already assigned\"}]");
}

TEST(what_strace_leaves_of_netlink_in_bytes_is_decoded)
{
	/* on a socket of another network namespace it does not know the family */
	requests("[{nlmsg_len=40, nlmsg_type=0x14 /* NLMSG_??? */, "
		 "nlmsg_flags=NLM_F_REQUEST|NLM_F_ACK|0x600, nlmsg_seq=7, nlmsg_pid=0}, "
		 "\"\\x02\\x18\\x00\\x00\\x03\\x00\\x00\\x00\\x08\\x00\\x02\\x00"
		 "\\x0a\\x09\\x00\\x02\"]",
		 "[{nlmsg_type=RTM_NEWADDR, nlmsg_flags="
		 "NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE, nlmsg_seq=7, "
		 "ifa_family=AF_INET, ifa_prefixlen=24, ifa_index=3, "
		 "IFA_LOCAL=10.9.0.2}]");
	/* the other end of a pair */
	requests(
		"[{nlmsg_len=92, nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST, "
		"nlmsg_seq=7, nlmsg_pid=0}, {ifi_index=0}, [{nla_len=48, "
		"nla_type=IFLA_LINKINFO}, [[{nla_len=8, nla_type=IFLA_INFO_KIND}, "
		"\"veth\"...], [{nla_len=36, nla_type=IFLA_INFO_DATA}, "
		"\"\\x20\\x00\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00"
		"\\x00\\x00\\x00\\x00\\x00\\x00\\x09\\x00\\x03\\x00\\x65\\x74\\x68\\x30"
		"\\x00\\x00\\x00\\x00\"]]]]",
		"[{nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST, nlmsg_seq=7, "
		"ifi_index=0, IFLA_LINKINFO={IFLA_INFO_KIND=\"veth\", "
		"IFLA_INFO_DATA={VETH_INFO_PEER={ifi_flags=0, IFLA_IFNAME=\"eth0\"}}}}]");
}
