/* SPDX-License-Identifier: MIT */
/*
 * From a descriptor to the names of its file, as fs/d_path.c goes: from a name to its
 * parent, and from the root of a mount to where that is mounted. One function, called by
 * bpf_loop(), does one step of any walk: the verifier looks at it once, not at each
 * round.
 */
#include "frame.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define ROUNDS 96 /* a name, or a mount, or the start of a walk */
#define W      CT_WALKED
#define WORD   CT_WALK_WORD

enum {
	ROUND = CT_LABEL_WALK,
	DESCRIPTOR,
	STEP,
	NAME,
	END,
	DIR,
	FOUND,
	STOP,
	CGROUP,
	NAME_IS_LONG,
	STOP_IT,
	NO_STOP,
	NO_NETLINK,
};

/* Copies len bytes of the kernel's memory, at r3 + offset, into ours; r0 to r5 are lost.
 */
static void copy(struct ct_asm *a, short to, uint32_t offset, int len)
{
	CT_ASM(a, ADDI(3, (int)offset), MOV(1, 8), ADDI(1, to), MOVI(2, len),
	       CALL(probe_read_kernel));
}

/* The same from where a pointer in our memory points. */
static void copy_from(struct ct_asm *a, short pointer, uint32_t offset, short to, int len)
{
	CT_ASM(a, LOAD64(3, 8, pointer));
	copy(a, to, offset, len);
}

static void go_on(struct ct_asm *a)
{
	CT_ASM(a, MOVI(0, 0), EXIT);
}

/* other = the next request, which is taken from the list */
static void take_request(struct ct_asm *a)
{
	CT_ASM(a, LOAD64(1, 8, W(request)), STORE64(8, W(other), 1));
	ct_asm_jump(a, IF_EQ(1, CT_REQUEST_END), STOP);
	for (int i = 0; i < CT_PIECES; i++)
		CT_ASM(a, LOAD64(2, 8, (short)(W(request) + 8 * (i + 1))),
		       STORE64(8, (short)(W(request) + 8 * i), 2));
	ct_asm_jump(a, IF_EQ(1, CT_REQUEST_NONE), ROUND);
}

/* Is the file, whose mode is known and whose private data are in `fdt`, a socket of
 * netlink? */
static void find_netlink(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	CT_ASM(a, LOAD32(1, 8, CT_FIELD(file.mode)), ANDI(1, S_IFMT));
	ct_asm_jump(a, IF_NE(1, S_IFSOCK), NO_NETLINK);
	CT_ASM(a, STORE64I(8, W(other), 0));
	copy_from(a, W(fdt), l->socket_sk, W(fdt), 8);
	copy_from(a, W(fdt), l->sock_family, W(other), 2);
	CT_ASM(a, LOAD64(1, 8, W(other)));
	ct_asm_jump(a, IF_NE(1, AF_NETLINK), NO_NETLINK);
	CT_ASM(a, STORE64I(8, W(netlink), 1));
	ct_asm_jump(a, ALWAYS, FOUND);
	ct_asm_label(a, NO_NETLINK);
}

/* What kind of file it is that is in `value`; only one of the kernel's may be wanted. */
static void tell_kind(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	static const int magics[] = { PROC_SUPER_MAGIC, CGROUP_SUPER_MAGIC,
				      CGROUP2_SUPER_MAGIC };

	copy_from(a, W(value), l->file_flags, CT_FIELD(file.flags), 4);
	copy_from(a, W(value), l->file_private_data, W(fdt), 8);
	copy_from(a, W(value), l->file_inode, W(value), 8);
	copy_from(a, W(value), l->inode_mode, CT_FIELD(file.mode), 2);
	copy_from(a, W(value), l->inode_ino, CT_FIELD(file.ino), 8);
	copy_from(a, W(name), l->dentry_sb, W(value), 8);
	copy_from(a, W(value), l->sb_magic, CT_FIELD(file.magic), 8);
	find_netlink(a, l);
	CT_ASM(a, LOAD64(1, 8, W(file_only)));
	ct_asm_jump(a, IF_EQ(1, 0), FOUND);
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(file.magic)));
	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		ct_asm_jump(a, IF_EQ(1, magics[i]), FOUND);
	CT_ASM(a, STORE64I(8, W(drop), 1));
	ct_asm_jump(a, ALWAYS, STOP);
}

/* From the request in `other` to a place to start at. */
static void begin(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	CT_ASM(a, LOAD64(1, 8, W(other)), SHRI(1, CT_REQUEST_MAGIC_BIT));
	ct_asm_jump(a, IF_EQ(1, 0), DESCRIPTOR);
	ct_walk_magic_link(a);
	ct_asm_label(a, DESCRIPTOR);
	CT_ASM(a, CALL(get_current_task), MOV(3, 0), LOAD64(1, 8, W(other)));
	ct_asm_jump(a, IF_EQ32(1, AT_FDCWD), DIR);
	copy(a, W(value), l->task_files, 8);
	copy_from(a, W(value), l->files_fdt, W(fdt), 8);
	CT_ASM(a, STORE64I(8, W(value), 0));
	copy_from(a, W(fdt), l->fdtable_max_fds, W(value), 4);
	CT_ASM(a, LOAD64(1, 8, W(other)), MOV32(1, 1), LOAD64(2, 8, W(value)));
	ct_asm_jump(a, IF_GE(1, 2), CT_LABEL_NOT_FOUND);
	copy_from(a, W(fdt), l->fdtable_fd, W(value), 8);
	CT_ASM(a, LOAD64(1, 8, W(other)), MOV32(1, 1), SHLI(1, 3), LOAD64(3, 8, W(value)),
	       ADD(3, 1));
	copy(a, W(value), 0, 8);
	CT_ASM(a, LOAD64(3, 8, W(value)));
	ct_asm_jump(a, IF_EQ(3, 0), CT_LABEL_NOT_FOUND);
	copy(a, W(mount), l->file_path, 16);
	CT_ASM(a, LOAD64(1, 8, W(other)), SHRI(1, CT_REQUEST_KIND_BIT));
	ct_asm_jump(a, IF_EQ(1, 0), FOUND);
	tell_kind(a, l);
	ct_asm_label(a, DIR);
	copy(a, W(value), l->task_fs, 8);
	copy_from(a, W(value), l->fs_pwd, W(mount), 16);
	ct_asm_label(a, FOUND);
	copy_from(a, W(mount), l->vfsmount_root, W(root), 8);
	go_on(a);
}

/* At the root of a mount: on to where it is mounted. r1: `name` */
static void cross_mount(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	CT_ASM(a, LOAD64(2, 8, W(root)));
	ct_asm_jump(a, IF_DIFFER(1, 2), NAME);
	CT_ASM(a, LOAD64(3, 8, W(mount)), ADDI(3, -(int)l->mount_mnt),
	       STORE64(8, W(other), 3));
	copy(a, W(value), l->mount_parent, 8);
	CT_ASM(a, LOAD64(1, 8, W(value)), LOAD64(3, 8, W(other)));
	ct_asm_jump(a, IF_SAME(1, 3), END);
	CT_ASM(a, ADDI(1, (int)l->mount_mnt), STORE64(8, W(mount), 1));
	copy(a, W(name), l->mount_mountpoint, 8);
	copy_from(a, W(mount), l->vfsmount_root, W(root), 8);
	go_on(a);
}

/* r4 = where in the report the next name goes, if it still fits */
static void check_room(struct ct_asm *a)
{
	CT_ASM(a, LOAD64(4, 8, W(at)));
	ct_asm_jump(a, IF_GT(4, CT_WALK_END), STOP);
}

static void copy_name(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	ct_asm_label(a, NAME);
	copy_from(a, W(name), l->dentry_parent, W(value), 8);
	CT_ASM(a, LOAD64(1, 8, W(value)), LOAD64(3, 8, W(name)));
	ct_asm_jump(a, IF_SAME(1, 3), END);
	CT_ASM(a, STORE64(8, W(name), 1));
	copy(a, W(value), l->dentry_name + l->qstr_name, 8);
	check_room(a);
	CT_ASM(a, MOV(1, 8), ADD(1, 4), MOVI(2, CT_NAME_MAX), LOAD64(3, 8, W(value)),
	       CALL(probe_read_kernel_str));
	ct_asm_jump(a, IF_SLE(0, 0), STOP);
	CT_ASM(a, LOAD64(4, 8, W(at)), ADD(4, 0), STORE64(8, W(at), 4));
	go_on(a);
}

/* long round(u64 number, struct ct_report **report): 0, or 1 when all is done */
void ct_walk_round(struct ct_asm *a, const struct ct_kernel_layout *layout)
{
	ct_asm_begin(a, CT_LABEL_ROUND);
	CT_ASM(a, LOAD64(8, 2, 0), LOAD64(1, 8, W(name)));
	ct_asm_jump(a, IF_NE(1, 0), STEP);
	take_request(a);
	begin(a, layout);
	ct_asm_label(a, STEP);
	cross_mount(a, layout);
	copy_name(a, layout);
	ct_asm_label(a, CT_LABEL_FOLLOW);
	CT_ASM(a, STORE64I(8, W(follow), 1));
	ct_asm_label(a, CT_LABEL_NOT_FOUND);
	CT_ASM(a, LOAD64(1, 8, W(file_only)), STORE64(8, W(drop), 1));
	ct_asm_jump(a, IF_NE(1, 0), STOP);
	ct_asm_label(a, END);
	CT_ASM(a, STORE64I(8, W(name), 0));
	check_room(a);
	CT_ASM(a, MOV(1, 8), ADD(1, 4), STORE8I(1, 0, 0), ADDI(4, 1),
	       STORE64(8, W(at), 4));
	ct_asm_label(a, ROUND);
	go_on(a);
	ct_asm_label(a, STOP);
	CT_ASM(a, MOVI(0, 1), EXIT);
}

/*
 * What only the tracer can tell, and only now, stops the task. A write to a cgroup's
 * cgroup.procs, cgroup.threads or tasks: the task that was moved may be moved on, or end,
 * before anybody reads the report. A magic link that is no descriptor. A request that is
 * written to a socket of netlink.
 */
static void stop_if_needed(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(ret)), LOAD32(2, 8, CT_FIELD(compat)));
	ct_asm_jump(a, IF_SLT(1, 0), NO_STOP);
	ct_asm_jump(a, IF_NE(2, 0), NO_STOP);
	CT_ASM(a, LOAD64(1, 8, W(follow)));
	ct_asm_jump(a, IF_NE(1, 0), STOP_IT);
	CT_ASM(a, LOAD32(2, 9, offsetof(struct ct_watch_plan, flags)),
	       ANDI(2, CT_WATCH_FILE));
	ct_asm_jump(a, IF_EQ(2, 0), NO_STOP);
	CT_ASM(a, LOAD64(1, 8, W(netlink)));
	ct_asm_jump(a, IF_NE(1, 0), STOP_IT);
	CT_ASM(a, LOAD64(1, 8, CT_FIELD(file.magic)));
	ct_asm_jump(a, IF_EQ(1, CGROUP_SUPER_MAGIC), CGROUP);
	ct_asm_jump(a, IF_NE(1, CGROUP2_SUPER_MAGIC), NO_STOP);
	ct_asm_label(a, CGROUP);
	CT_ASM(a, LOAD64(1, 8, W(start)));
	ct_asm_jump(a, IF_GT(1, CT_WALK_END), NO_STOP);
	CT_ASM(a, ADD(1, 8), LOAD32(2, 1, 0), LOAD32(3, 1, 4));
	ct_asm_jump(a, IF_EQ(2, WORD('c', 'g', 'r', 'o')), NAME_IS_LONG);
	ct_asm_jump(a, IF_NE(2, WORD('t', 'a', 's', 'k')), NO_STOP);
	CT_ASM(a, ANDI(3, 0xffff));
	ct_asm_jump(a, IF_NE(3, 's'), NO_STOP);
	ct_asm_jump(a, ALWAYS, STOP_IT);
	ct_asm_label(a, NAME_IS_LONG);
	ct_asm_jump(a, IF_EQ(3, WORD('u', 'p', '.', 'p')), STOP_IT);
	ct_asm_jump(a, IF_NE(3, WORD('u', 'p', '.', 't')), NO_STOP);
	ct_asm_label(a, STOP_IT);
	ct_send_stop(a, maps);
	ct_asm_label(a, NO_STOP);
}

void ct_walk_call(struct ct_asm *a, const struct ct_program_maps *maps)
{
	CT_ASM(a, LOAD64(1, 8, W(at)), STORE64(8, W(start), 1), STORE64I(8, W(name), 0),
	       STORE64I(8, W(drop), 0), STORE64I(8, W(follow), 0),
	       STORE64I(8, W(netlink), 0), LOAD64(1, CT_FP, CT_AT_FILE_ONLY),
	       STORE64(8, W(file_only), 1), MOVI(1, ROUNDS));
	ct_asm_function(a, 2, CT_LABEL_ROUND);
	CT_ASM(a, MOV(3, CT_FP), ADDI(3, CT_AT_REPORT), MOVI(4, 0), CALL(loop),
	       LOAD64(1, 8, W(drop)));
	ct_asm_jump(a, IF_NE(1, 0), CT_LABEL_OUT);
	stop_if_needed(a, maps);
}
