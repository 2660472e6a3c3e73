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
