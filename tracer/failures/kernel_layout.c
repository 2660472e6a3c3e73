/* SPDX-License-Identifier: MIT */
/* One row per offset. */
#include "kernel_layout.h"

#include "alloc.h"
#include "btf.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* In the order of struct ct_kernel_layout. */
static const struct ct_btf_member members[] = {
	{ "task_struct", "files" },
	{ "task_struct", "fs" },
	{ "files_struct", "fdt" },
	{ "fdtable", "max_fds" },
	{ "fdtable", "fd" },
	{ "file", "f_path" },
	{ "file", "f_flags" },
	{ "file", "f_inode" },
	{ "path", "mnt" },
	{ "path", "dentry" },
	{ "vfsmount", "mnt_root" },
	{ "mount", "mnt" },
	{ "mount", "mnt_parent" },
	{ "mount", "mnt_mountpoint" },
	{ "dentry", "d_parent" },
	{ "dentry", "d_name" },
	{ "dentry", "d_sb" },
	{ "qstr", "name" },
	{ "inode", "i_mode" },
	{ "inode", "i_ino" },
	{ "super_block", "s_magic" },
	{ "fs_struct", "pwd" },
	{ "task_struct", "pending" },
	{ "sigpending", "signal" },
	{ "file", "private_data" },
	{ "socket", "sk" },
	{ "sock_common", "skc_family" },
	{ "sock_common", "skc_net" },
	{ "sock", "sk_protocol" },
	{ "sock", "sk_receive_queue" },
	{ "sk_buff", "data" },
	{ "net", "ns" },
	{ "ns_common", "inum" },
};

/* Not in every kernel: CONFIG_TASK_XACCT. */
static const struct ct_btf_member reads[] = {
	{ "task_struct", "ioac" },
	{ "task_io_accounting", "syscr" },
};

#define N_MEMBERS (sizeof(members) / sizeof(*members))
_Static_assert(offsetof(struct ct_kernel_layout, task_reads) ==
		       N_MEMBERS * sizeof(uint32_t),
	       "a row for each offset");

/* Kernels before 6.15 cannot map it. */
static void *read_all(int fd, size_t len)
{
	char *bytes = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
			   -1, 0);
	size_t got = 0;
	ssize_t n;

	if (bytes == MAP_FAILED)
		return bytes;
	while (got < len && (n = read(fd, bytes + got, len - got)) > 0)
		got += (size_t)n;
	return bytes;
}

static uint32_t find_reads(const void *bytes, size_t len)
{
	uint32_t offset[2];

	return ct_btf_offsets(bytes, len, reads, 2, offset) ? 0 : offset[0] + offset[1];
}

int ct_kernel_layout_read(struct ct_kernel_layout *layout)
{
	int fd = open("/sys/kernel/btf/vmlinux", O_RDONLY | O_CLOEXEC), r;
	struct stat st;
	void *bytes;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || st.st_size <= 0) {
		close(fd);
		return -EINVAL;
	}
	bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED)
		bytes = read_all(fd, (size_t)st.st_size);
	close(fd);
	if (bytes == MAP_FAILED)
		return -ENOMEM;
	r = ct_btf_offsets(bytes, (size_t)st.st_size, members, N_MEMBERS,
			   (uint32_t *)layout);
	layout->task_reads = find_reads(bytes, (size_t)st.st_size);
	munmap(bytes, (size_t)st.st_size);
	/* a path is copied in one piece */
	if (!r && (layout->path_mnt != 0 || layout->path_dentry != 8))
		r = -ENOTSUP;
	return r;
}
