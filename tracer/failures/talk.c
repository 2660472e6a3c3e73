/* SPDX-License-Identifier: MIT */
/*
 * What is said on netlink sockets, and who passes descriptors on. Most messages are none
 * of these, and of those to nf_tables most only ask; but a filter of seccomp sees none of
 * that, and would stop every sender. This program looks at the socket as the kernel does,
 * and stops who has sent something worth telling: what the kernel has answered, which
 * interface it is about and which files are passed on is for the tracer to ask. A
 * question that is refused is a report, and so is what is read from a socket of links,
 * addresses and routes.
 */
#include "frame.h"

#include "netlink.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/stat.h>

#define FP CT_FP

enum {
	OTHER_SOCKET = CT_LABEL_TALK,
	HEARD,
	QUESTION,
	STOP,
	DONE,
};

/* The kernel's bytes at r3 + offset, on the stack. */
static void copy(struct ct_asm *a, uint32_t offset, short to, int len)
{
	CT_ASM(a, ADDI(3, (int)offset), MOV(1, FP), ADDI(1, to), MOVI(2, len),
	       CALL(probe_read_kernel));
}

/* The same of a struct whose address is on the stack at `from`. */
static void copy_from(struct ct_asm *a, short from, uint32_t offset, short to, int len)
{
	CT_ASM(a, LOAD64(3, FP, from));
	copy(a, offset, to, len);
}

/* The call's argument number i, on the stack. */
static void argument(struct ct_asm *a, int i, short to)
{
	static const uint8_t regs[] = { CT_REGS_NATIVE_ARGS };

	CT_ASM(a, LOAD64(3, 6, 0));
	copy(a, regs[i] * 8u, to, 8);
}

/* SOCKET = struct file of the descriptor in the first argument */
static void find_file(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	argument(a, 0, CT_AT_LENGTH);
	CT_ASM(a, CALL(get_current_task), MOV(3, 0));
	copy(a, l->task_files, CT_AT_SOCKET, 8);
	copy_from(a, CT_AT_SOCKET, l->files_fdt, CT_AT_SOCKET, 8);
	CT_ASM(a, STORE64I(FP, CT_AT_INDEX, 0));
	copy_from(a, CT_AT_SOCKET, l->fdtable_max_fds, CT_AT_INDEX, 4);
	CT_ASM(a, LOAD64(1, FP, CT_AT_LENGTH), MOV32(1, 1), LOAD64(2, FP, CT_AT_INDEX));
	ct_asm_jump(a, IF_GE(1, 2), DONE);
	CT_ASM(a, SHLI(1, 3), STORE64(FP, CT_AT_LENGTH, 1));
	copy_from(a, CT_AT_SOCKET, l->fdtable_fd, CT_AT_SOCKET, 8);
	CT_ASM(a, LOAD64(3, FP, CT_AT_SOCKET), LOAD64(2, FP, CT_AT_LENGTH), ADD(3, 2));
	copy(a, 0, CT_AT_SOCKET, 8);
}

/* SOCKET = struct sock of that file, if it is a socket */
static void find_socket(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	CT_ASM(a, STORE64I(FP, CT_AT_LENGTH, 0));
	copy_from(a, CT_AT_SOCKET, l->file_inode, CT_AT_INDEX, 8);
	copy_from(a, CT_AT_INDEX, l->inode_mode, CT_AT_LENGTH, 2);
	CT_ASM(a, LOAD64(1, FP, CT_AT_LENGTH), ANDI(1, S_IFMT));
	ct_asm_jump(a, IF_NE(1, S_IFSOCK), DONE);
	copy_from(a, CT_AT_SOCKET, l->file_private_data, CT_AT_SOCKET, 8);
	copy_from(a, CT_AT_SOCKET, l->socket_sk, CT_AT_SOCKET, 8);
}

/* The protocol, and the network: for the report, too. */
static void describe(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	CT_ASM(a, STORE64I(FP, CT_AT_LENGTH, 0));
	copy_from(a, CT_AT_SOCKET, l->sock_family, CT_AT_LENGTH, 2);
	CT_ASM(a, LOAD64(1, FP, CT_AT_LENGTH));
	ct_asm_jump(a, IF_NE(1, AF_NETLINK), OTHER_SOCKET);
	CT_ASM(a, STORE64I(FP, CT_AT_PROTOCOL, 0));
	copy_from(a, CT_AT_SOCKET, l->sock_protocol, CT_AT_PROTOCOL, 2);
	copy_from(a, CT_AT_SOCKET, l->sock_net, CT_AT_INDEX, 8);
	copy_from(a, CT_AT_INDEX, l->net_ns + l->ns_inum, CT_AT_NETWORK, 4);
}

/*
 * A question to nf_tables goes on, and is reported if the kernel refuses it. MESSAGE: its
 * beginning; then that of the answer which waits first, if that is one to it.
 */
static void check_question(struct ct_asm *a, const struct ct_kernel_layout *l)
{
	short length = CT_AT_MESSAGE + (short)offsetof(struct nlmsghdr, nlmsg_len);
	short type = CT_AT_MESSAGE + (short)offsetof(struct nlmsghdr, nlmsg_type);
	short seq = CT_AT_MESSAGE + (short)offsetof(struct nlmsghdr, nlmsg_seq);
	short error = CT_AT_MESSAGE + (short)sizeof(struct nlmsghdr);

	ct_asm_jump(a, IF_SLT(7, 0), STOP);
	/* a message in parts is for the tracer to put together */
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_PASSES), STOP);
	argument(a, 1, CT_AT_INDEX);
	CT_ASM(a, LOAD64(3, FP, CT_AT_INDEX), MOV(1, FP), ADDI(1, CT_AT_MESSAGE),
	       MOVI(2, sizeof(struct nlmsghdr)), CALL(probe_read_user));
	ct_asm_jump(a, IF_NE(0, 0), STOP);
	/* one message, as long as what was sent */
	CT_ASM(a, LOAD32(1, FP, length));
	ct_asm_jump(a, IF_DIFFER(1, 7), STOP);
	CT_ASM(a, LOAD16(1, FP, type));
	for (int i = 0; i < CT_NETLINK_QUESTIONS; i++)
		ct_asm_jump(a, IF_EQ(1, ct_netlink_questions[i]), QUESTION);
	ct_asm_jump(a, ALWAYS, STOP);
	ct_asm_label(a, QUESTION);
	CT_ASM(a, LOAD32(1, FP, seq), STORE64(FP, CT_AT_LENGTH, 1));
	/* the queue begins with its first packet; with none, with itself */
	copy_from(a, CT_AT_SOCKET, l->sock_receive_queue, CT_AT_INDEX, 8);
	CT_ASM(a, LOAD64(1, FP, CT_AT_INDEX), LOAD64(2, FP, CT_AT_SOCKET),
	       ADDI(2, (int)l->sock_receive_queue));
	ct_asm_jump(a, IF_SAME(1, 2), CT_LABEL_OUT);
	copy_from(a, CT_AT_INDEX, l->sk_buff_data, CT_AT_INDEX, 8);
	copy_from(a, CT_AT_INDEX, 0, CT_AT_MESSAGE, sizeof(struct nlmsghdr) + 4);
	CT_ASM(a, LOAD16(1, FP, type));
	ct_asm_jump(a, IF_NE(1, NLMSG_ERROR), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(1, FP, seq), LOAD64(2, FP, CT_AT_LENGTH));
	ct_asm_jump(a, IF_DIFFER(1, 2), CT_LABEL_OUT);
	CT_ASM(a, LOAD32(1, FP, error));
	ct_asm_jump(a, IF_EQ(1, 0), CT_LABEL_OUT);
	CT_ASM(a, LOAD64(1, FP, CT_AT_INDEX), STORE64(FP, CT_AT_ANSWER, 1));
	ct_asm_jump(a, ALWAYS, CT_LABEL_WANTED);
}

void ct_talk_fill(struct ct_asm *a)
{
	CT_ASM(a, LOAD64(3, FP, CT_AT_ANSWER));
	ct_asm_jump(a, IF_EQ(3, 0), CT_LABEL_NOT_REFUSED);
	CT_ASM(a, STORE32I(8, CT_FIELD(refused), 1), MOV(1, 8), ADDI(1, CT_FIELD(answer)),
	       MOVI(2, CT_ANSWER_MAX), CALL(probe_read_kernel));
	ct_asm_label(a, CT_LABEL_NOT_REFUSED);
}

/* On another socket: does it pass something on? */
static void check_control(struct ct_asm *a)
{
	ct_asm_jump(a, IF_SLT(7, 0), DONE);
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)),
	       ANDI(1, CT_WATCH_PASSES));
	ct_asm_jump(a, IF_EQ(1, 0), DONE);
	argument(a, 1, CT_AT_INDEX);
	CT_ASM(a, LOAD64(3, FP, CT_AT_INDEX),
	       ADDI(3, offsetof(struct msghdr, msg_controllen)), MOV(1, FP),
	       ADDI(1, CT_AT_LENGTH), MOVI(2, 8), CALL(probe_read_user),
	       LOAD64(1, FP, CT_AT_LENGTH));
	ct_asm_jump(a, IF_EQ(1, 0), DONE);
}

void ct_talk_check(struct ct_asm *a, const struct ct_program_maps *maps,
		   const struct ct_kernel_layout *layout)
{
	CT_ASM(a, MOV(2, 1), ANDI(2, CT_WATCH_SENDS | CT_WATCH_HEARS));
	ct_asm_jump(a, IF_EQ(2, 0), DONE);
	ct_asm_jump(a, IF_NE(8, 0), DONE);
	find_file(a, layout);
	find_socket(a, layout);
	describe(a, layout);
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)));
	ct_asm_jump(a, IF_BITS(1, CT_WATCH_HEARS), HEARD);
	CT_ASM(a, LOAD64(1, FP, CT_AT_PROTOCOL));
	ct_asm_jump(a, IF_NE(1, NETLINK_NETFILTER), STOP);
	check_question(a, layout);
	ct_asm_label(a, OTHER_SOCKET);
	check_control(a);
	ct_asm_label(a, STOP);
	ct_send_stop_here(a, maps);
	ct_asm_jump(a, ALWAYS, CT_LABEL_WANTED);
	ct_asm_label(a, HEARD);
	ct_asm_jump(a, IF_SLE(7, 0), DONE);
	CT_ASM(a, LOAD64(2, FP, CT_AT_PROTOCOL));
	ct_asm_jump(a, IF_EQ(2, NETLINK_ROUTE), CT_LABEL_WANTED);
	ct_asm_label(a, DONE);
	CT_ASM(a, LOAD32(1, 9, offsetof(struct ct_watch_plan, flags)));
}
