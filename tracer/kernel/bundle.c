/* SPDX-License-Identifier: MIT */
/*
 * Read at the runtime's exec, before it reads the file itself: a moment later it may be
 * edited, and with the container the bundle is gone.
 */
#include "bundle.h"

#include "command_line.h"
#include "procfs.h"
#include "rooted.h"

#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_MAX  ((size_t)1 << 20) /* podman's have 20 KiB */
#define CONFIG_NAME "config.json"

static void add_path(struct ct_strbuf *path, const struct ct_command_line *line,
		     pid_t tid)
{
	char cwd[PATH_MAX];
	ssize_t n;

	if (!line->bundle_len || line->bundle[0] != '/') {
		n = ct_procfs_link(tid, "cwd", cwd, sizeof(cwd));
		ct_strbuf_add(path, cwd, n > 0 ? (size_t)n : 0);
		ct_strbuf_addc(path, '/');
	}
	if (line->bundle)
		ct_strbuf_add(path, line->bundle, line->bundle_len);
	if (path->data[path->len - 1] != '/')
		ct_strbuf_addc(path, '/');
	ct_strbuf_adds(path, CONFIG_NAME);
}

/* A file that an attacker may have chosen is not opened before it is known to be one. */
static ssize_t check(int root, const char *path, size_t *size)
{
	int fd = ct_rooted_open(root, path, O_PATH);
	struct stat st;
	ssize_t r = 0;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st))
		r = -errno;
	else if (!S_ISREG(st.st_mode))
		r = -EINVAL;
	else
		*size = st.st_size < (off_t)CONFIG_MAX ? (size_t)st.st_size : CONFIG_MAX;
	close(fd);
	return r;
}

/* Who is no runtime by name, and was not told of a bundle, may have a config.json of its
 * own, with secrets in it. */
static bool is_ours(const struct ct_command_line *line, const char *text, ssize_t len)
{
	static const char key[] = "\"ociVersion\"";

	if (line->named || line->says_bundle)
		return true;
	return len > 0 && memmem(text, (size_t)len, key, sizeof(key) - 1);
}

bool ct_bundle_capture(struct ct_recbuf *rb, pid_t tid)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct ct_command_line line;
	size_t size = 0;
	ssize_t n;
	char *text;
	int root;

	if (!ct_command_line_read(&line, ct_recbuf_record(rb)) || !line.creates)
		return false;
	add_path(&path, &line, tid);
	root = ct_rooted_root(tid);
	if (root < 0)
		return false;
	n = check(root, path.data, &size);
	text = ct_recbuf_reserve(rb, size);
	if (n == 0)
		n = ct_rooted_read(root, path.data, text, size);
	close(root);
	if (!is_ours(&line, text, n))
		return false;
	ct_recbuf_commit(rb, CT_BLOB_CONFIG, CT_BLOB_TASK, n, size == CONFIG_MAX);
	ct_recbuf_blob(rb, CT_BLOB_CONFIG_PATH, CT_BLOB_TASK, path.data, path.len);
	return true;
}
