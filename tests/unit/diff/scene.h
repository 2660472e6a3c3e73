/* SPDX-License-Identifier: MIT */
/* Two starts told as scripts (tests/unit/model/script.h), and compared. */
#ifndef CTTRACE_TESTS_DIFF_SCENE_H
#define CTTRACE_TESTS_DIFF_SCENE_H

#include "cttrace/diff.h"
#include "script.h"

struct scene {
	struct script *script[CT_DIFF_SIDES];
	struct ct_diff *diff;
};

struct scene scene_of(const char *a, const char *b);
void scene_end(struct scene *scene);

/* Ends the test unless there is one. */
const struct ct_diff_aspect *scene_aspect(const struct scene *scene, const char *name);
/* How many steps of weight 2 or 3 differ so, repetitions left out. */
size_t scene_steps(const struct scene *scene, enum ct_diff_change change);

/* crun run of a container, by the process that is traced first */
#define SCENE_CRUN(pid, init, id, inodes, caps, program) \
	pid " root\n" SCENE_RUN(pid, init, id, inodes, caps, program)

/* The same by another one. */
#define SCENE_RUN(pid, init, id, inodes, caps, program)                            \
	pid " exec /usr/bin/crun crun run --bundle /b " id " caps:40 nspid:" pid   \
	    "\n" pid " clone " init " NEWNS|NEWPID|NEWUTS ns:mnt=" inodes          \
	    "1,pid=" inodes "2,uts=" inodes "3 nspid:1\n" init                     \
	    " mount - / - private|rec -\n" init                                    \
	    " mount /b/rootfs /b/rootfs - bind|rec -\n" init                       \
	    " mount proc /b/rootfs/proc proc nosuid|nodev|noexec -\n" init         \
	    " write /sys/fs/cgroup/pids/" id "/cgroup.procs " init "\\n\n" init    \
	    " pivot_root /b/rootfs /b/rootfs\n" init " sethostname " id "\n" init  \
	    " exec " program " " program " ns:mnt=" inodes "1,pid=" inodes         \
	    "2,uts=" inodes "3 nspid:1 caps:" caps " nnp:1\n" init " exit 0\n" pid \
	    " exit 0\n"

#endif
