/* SPDX-License-Identifier: MIT */
/* The beginnings of starts that are about mounts. */
#ifndef CTTRACE_TESTS_MODEL_MOUNT_SCRIPT_H
#define CTTRACE_TESTS_MODEL_MOUNT_SCRIPT_H

#define HOST                                 \
	"0 table / ext4 id:1 parent:0\n"     \
	"0 table /proc proc id:2 parent:1\n" \
	"0 table /srv ext4 id:3 parent:1 root:/export\n"
#define CONTAINER   \
	"10 root\n" \
	"10 unshare NEWNS|NEWUTS ns:mnt=1,uts=2\n"
#define PAYLOAD "10 exec /bin/sh sh\n"

#endif
