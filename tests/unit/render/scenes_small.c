/* SPDX-License-Identifier: MIT */
/* Scenes without a container that is built: a plain command, a daemon, an enemy. */
#include "build.h"

#include <errno.h>

void build_ls(struct build *b)
{
	int ls;

	build_init(b, "ls -l");
	ls = build_process(b, 0, 812, -1, CT_ROLE_UNKNOWN, "ls");
	build_exec(b, ls, US(300), "/usr/bin/ls", "ls -l");
	build_fail(b,
		   build_call(b, ls, US(700), TAG(BENIGN), "access",
			      "pathname=\"/etc/ld.so.preload\"|mode=R_OK"),
		   ENOENT);
	build_exit(b, ls, US(1900), 0);
}

void build_attached(struct build *b)
{
	int daemon, shim;

	build_init(b, "");
	b->model.root = -1;
	daemon = build_process(b, 0, 700, -1, CT_ROLE_DAEMON, "containerd");
	b->model.processes[daemon].how = CT_BIRTH_ATTACHED;
	shim = build_process(b, US(1500000), 810, daemon, CT_ROLE_MONITOR, "containerd");
	build_exec(b, shim, US(1500400), "/usr/bin/containerd-shim-runc-v2",
		   "/usr/bin/containerd-shim-runc-v2 -namespace default -id web start");
	build_note(b, CT_EVENT_NOTE, US(2300000), "attached without a filter", 0);
}

/* A call that had not returned; its time so far, -1: not known. */
static void ongoing(struct build *b, size_t event, int64_t dur_ns)
{
	struct ct_event *e = (struct ct_event *)b->model.facts[event].event;

	e->call.result = CT_RESULT_ONGOING;
	e->dur_ns = dur_ns;
}

void build_hang(struct build *b)
{
	static const char fifo[] = "pathname=\"/run/crun/web/exec.fifo\"|flags=O_WRONLY";
	int crun, init, cat, daemon;

	build_init(b, "crun create web");
	crun = build_process(b, 0, 6460, -1, CT_ROLE_RUNTIME, "crun");
	build_exec(b, crun, US(400), "/usr/bin/crun", "crun create web");
	init = build_process(b, US(20000), 6461, crun, CT_ROLE_INIT, "crun");
	cat = build_process(b, US(30000), 6470, crun, CT_ROLE_UNKNOWN, "cat");
	daemon = build_process(b, 0, 700, -1, CT_ROLE_DAEMON, "containerd");
	b->model.processes[daemon].how = CT_BIRTH_ATTACHED;
	build_call(b, init, US(40000), TAG(FILE), "close", "fd=7");
	/* told twice, at two signals: the last one counts */
	ongoing(b, build_call(b, init, US(50000), TAG(FILE), "openat", fifo),
		US(3000000));
	ongoing(b, build_call(b, init, US(50000), TAG(FILE), "openat", fifo),
		US(12000000));
	/* the filter did not trap it: nobody knows since when */
	ongoing(b, build_call(b, cat, US(12050000), 0, "read", "fd=0"), -1);
	/* it came back after all */
	ongoing(b, build_call(b, crun, US(12050000), 0, "wait4", "pid=6470"), -1);
	build_call(b, crun, US(12060000), 0, "wait4", "pid=6470");
	ongoing(b, build_call(b, daemon, US(12050000), 0, "futex", "uaddr=0x1234"), -1);
}

void build_hostile(struct build *b)
{
	static const char *const names[] = {
		"\033[2J\033]0;owned\a",    "a\xff\xc0\xaf",
		"\u202egpj.exe\u202c",      "line\nbreak\ttab",
		"\xe7\xb5\x84\xe3\x81\xbf", "e\xcc\x81\xcc\x82",
		"say \"hi\" \\ $(id)"
	};
	int parent;

	build_init(b, "sh -c \033[31mred");
	parent = build_process(b, 0, 1, -1, CT_ROLE_UNKNOWN, names[0]);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		int p = build_process(b, US(1000 * (int)i), 10 + (int)i, parent,
				      CT_ROLE_PAYLOAD, names[i]);
		const char *args = ct_arena_printf(&b->arena, "target=\"%s\"", names[i]);

		build_exec(b, p, US(1000 * (int)i + 100), names[i], names[i]);
		build_fail(b,
			   build_call(b, p, US(1000 * (int)i + 200), TAG(MOUNT), "mount",
				      args),
			   EPERM);
		build_exit(b, p, US(1000 * (int)i + 300), 1);
	}
	build_container(b, names[2], parent)->cgroup = names[0];
	b->model.complete = false;
	build_note(b, CT_EVENT_GAP, US(9000), "records dropped \033[1m", 3);
}
