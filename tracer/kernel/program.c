/* SPDX-License-Identifier: MIT */
/*
 * The file that could not be executed, looked at while its root file system is at hand:
 * a moment later the container's mounts are gone. Only after a failure, so its cost does
 * not matter to starts that work.
 */
#include "program.h"

#include "cttrace/strbuf.h"
#include "interpreter.h"
#include "rooted.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define HEAD_LOOKED 4096 /* program headers follow the ELF header */
#define HEAD_KEPT   256  /* the kernel itself reads no more (BINPRM_BUF_SIZE) */

static void look_at_interpreter(struct ct_recbuf *rb, int root, const char *head,
				size_t len, struct ct_blob_program *program)
{
	char name[CT_INTERPRETER_MAX];
	int fd;

	if (ct_interpreter_find(name, head, len))
		return;
	ct_recbuf_blob(rb, CT_BLOB_INTERPRETER, CT_BLOB_TASK, name, strlen(name));
	fd = ct_rooted_open(root, name, O_PATH);
	program->interpreter_error = fd < 0 ? -fd : 0;
	if (fd >= 0)
		close(fd);
}

static void look_at_file(struct ct_recbuf *rb, int root, int fd, const char *path)
{
	struct ct_blob_program program = { 0 };
	char head[HEAD_LOOKED];
	struct statvfs fs;
	struct stat st;
	ssize_t n = 0;

	if (fd < 0 || fstat(fd, &st)) {
		program.error = fd < 0 ? -fd : errno;
		ct_recbuf_blob(rb, CT_BLOB_PROGRAM, CT_BLOB_TASK, &program,
			       sizeof(program));
		return;
	}
	program.mode = st.st_mode;
	program.uid = st.st_uid;
	program.gid = st.st_gid;
	program.size = (uint64_t)st.st_size;
	program.noexec = !fstatvfs(fd, &fs) && (fs.f_flag & ST_NOEXEC);
	if (S_ISREG(st.st_mode))
		n = ct_rooted_read(root, path, head, sizeof(head));
	if (n > 0) {
		look_at_interpreter(rb, root, head, (size_t)n, &program);
		ct_recbuf_blob(rb, CT_BLOB_HEAD, CT_BLOB_TASK, head,
			       n < HEAD_KEPT ? (size_t)n : HEAD_KEPT);
	}
	ct_recbuf_blob(rb, CT_BLOB_PROGRAM, CT_BLOB_TASK, &program, sizeof(program));
}

/* The path as passed, made absolute. */
static bool find_path(const struct ct_recbuf *rb, struct ct_strbuf *path)
{
	const struct ct_record *rec = ct_recbuf_record(rb);
	const struct ct_blob *blob = NULL, *name = NULL, *dir;

	while (!name && (blob = ct_record_next(rec, blob)))
		if (blob->kind == CT_BLOB_STR)
			name = blob;
	if (!name || !name->len)
		return false;
	dir = ct_record_find(rec, CT_BLOB_DIR, name->arg);
	if (dir && !(dir->flags & CT_BLOB_UNREADABLE)) {
		ct_strbuf_add(path, ct_blob_bytes(dir), dir->len);
		ct_strbuf_addc(path, '/');
	}
	ct_strbuf_add(path, ct_blob_bytes(name), name->len);
	/* links below /proc are the task's own: they would be ours here */
	return strncmp(path->data, "/proc/", 6) != 0;
}

void ct_program_capture(struct ct_recbuf *rb, pid_t tid)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	int root, fd;

	if (!find_path(rb, &path))
		return;
	root = ct_rooted_root(tid);
	if (root < 0)
		return;
	fd = ct_rooted_open(root, path.data, O_PATH);
	look_at_file(rb, root, fd, path.data);
	if (fd >= 0)
		close(fd);
	close(root);
}
