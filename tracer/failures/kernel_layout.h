/* SPDX-License-Identifier: MIT */
/* Where this kernel keeps what leads from a task's descriptor to a file's name. */
#ifndef CTTRACE_FAILURES_KERNEL_LAYOUT_H
#define CTTRACE_FAILURES_KERNEL_LAYOUT_H

#include <stdint.h>

/* Offsets in bytes, named STRUCT_MEMBER after the kernel's own. */
struct ct_kernel_layout {
	uint32_t task_files, task_fs;
	uint32_t files_fdt, fdtable_max_fds, fdtable_fd;
	uint32_t file_path, file_flags, file_inode;
	uint32_t path_mnt, path_dentry;
	uint32_t vfsmount_root;
	uint32_t mount_mnt, mount_parent, mount_mountpoint;
	uint32_t dentry_parent, dentry_name, dentry_sb, qstr_name;
	uint32_t inode_mode, inode_ino, sb_magic, fs_pwd;
	uint32_t task_pending, sigpending_signal;
	uint32_t file_private_data, socket_sk;
	uint32_t sock_family, sock_net, sock_protocol, sock_receive_queue;
	uint32_t sk_buff_data, net_ns, ns_inum;
	/* how often the task has read a file, from the task's begin on; 0: not known */
	uint32_t task_reads;
};

/* From the running kernel. -errno: it does not describe itself, or is of another make. */
int ct_kernel_layout_read(struct ct_kernel_layout *layout);

#endif
