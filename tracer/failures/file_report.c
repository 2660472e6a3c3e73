/* SPDX-License-Identifier: MIT */
/* Names come from the file up to the root; a path is the other way round. */
#include "file_report.h"

#include "condition.h"
#include "magic.h"
#include "netlink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define WORD_MIN 8 /* less is a wake-up or a token of a protocol */

/* Takes a walk off the front; false: it does not end. */
static bool take_walk(struct ct_names *walk, struct ct_names *rest)
{
	size_t len = 0;

	while (len < rest->len && rest->at[len]) {
		const char *nul = memchr(rest->at + len, '\0', rest->len - len);

		if (!nul)
			return false;
		len = (size_t)(nul - rest->at) + 1;
	}
	if (len >= rest->len)
		return false;
	*walk = (struct ct_names){ rest->at, len };
	rest->at += len + 1; /* and the empty name */
	rest->len -= len + 1;
	return true;
}

/* "/a/b" from "b\0a\0", into room for len bytes and one; its length. */
static size_t write_path(char *out, const struct ct_names *walk)
{
	size_t end = walk->len, at = 0;

	while (end) {
		size_t start = end - 1;

		while (start && walk->at[start - 1])
			start--;
		out[at++] = '/';
		memcpy(out + at, walk->at + start, end - 1 - start);
		at += end - 1 - start;
		end = start;
	}
	if (!at)
		out[at++] = '/';
	return at;
}

/* The name of a file that is in no directory. 0: it is not known. */
static size_t write_nameless(char *out, const struct ct_report *report)
{
	const char *kind = report->file.magic == PIPEFS_MAGIC   ? "pipe"
			   : report->file.magic == SOCKFS_MAGIC ? "socket"
								: NULL;

	if (!kind)
		return 0;
	return (size_t)sprintf(out, "%s:[%llu]", kind,
			       (unsigned long long)report->file.ino);
}

/* The file behind a descriptor that was written to. */
static void add_file(struct ct_recbuf *rb, const struct ct_report *report,
		     const struct ct_piece *piece, const struct ct_names *walk)
{
	char *out = ct_recbuf_reserve(rb, walk->len + 40);
	size_t len;

	if (!walk->len && !S_ISDIR(report->file.mode))
		len = write_nameless(out, report);
	else
		len = write_path(out, walk);
	if (len)
		ct_recbuf_commit(rb, CT_BLOB_LINK, piece->arg, (ssize_t)len, false);
}

/* Which argument is the descriptor of the directory; -1: the working directory. */
static int dir_arg(const struct ct_plan *plan, unsigned int arg)
{
	return arg < plan->n_args ? plan->arg[arg].of : -1;
}

static void add_dir(struct ct_recbuf *rb, const struct ct_piece *piece,
		    const struct ct_plan *plan, const struct ct_names *walk)
{
	char *out = ct_recbuf_reserve(rb, walk->len + 1);
	size_t len = write_path(out, walk);
	int dir = dir_arg(plan, piece->arg);

	ct_recbuf_commit(rb, CT_BLOB_DIR, piece->arg, (ssize_t)len, false);
	if (piece->dir == CT_REG_NONE || dir < 0 ||
	    (int)ct_recbuf_record(rb)->args[dir] == AT_FDCWD)
		return;
	out = ct_recbuf_reserve(rb, walk->len + 1);
	ct_recbuf_commit(rb, CT_BLOB_LINK, (unsigned int)dir,
			 (ssize_t)write_path(out, walk), false);
}

/*
 * An open of /proc/self/fd/7/name: the descriptor was opened at 7's name, plus "/name".
 * Symbolic links after the magic one are the exception that is not told.
 */
static void add_target(struct ct_recbuf *rb, const struct ct_plan *plan,
		       const struct ct_names *walk)
{
	const struct ct_blob *path = NULL;
	size_t magic, rest, len;
	char name[PATH_MAX], *out;
	unsigned int arg = 0;

	while (arg < plan->n_args && plan->arg[arg].take != CT_TAKE_PATH)
		arg++;
	path = ct_record_find(ct_recbuf_record(rb), CT_BLOB_STR, arg);
	if (!path || path->len >= sizeof(name))
		return;
	memcpy(name, ct_blob_bytes(path), path->len);
	magic = ct_magic_prefix(name, path->len);
	if (!magic)
		return;
	rest = path->len - magic;
	out = ct_recbuf_reserve(rb, walk->len + 1);
	len = write_path(out, walk);
	if (len > rest && !memcmp(out + len - rest, name + magic, rest))
		ct_recbuf_commit(rb, CT_BLOB_TARGET, arg, (ssize_t)(len - rest), false);
}

static bool is_number(const char *at, const char *end)
{
	enum { DIGITS = 7 }; /* that the program has read */
	const char *first = at;

	while (at < end && *at >= '0' && *at <= '9')
		at++;
	return at == end && at > first && at - first <= DIGITS;
}

/* The descriptor that an absolute path begins with, if it is one of the task's own. */
static void add_magic(struct ct_recbuf *rb, const struct ct_piece *piece,
		      const struct ct_blob *path, const struct ct_names *walk)
{
	const char *at = ct_blob_bytes(path), *end = at + ct_magic_prefix(at, path->len);
	char *out;

	if (end > at + 14 && !memcmp(at, "/proc/self/fd/", 14))
		at += 14;
	else if (end > at + 21 && !memcmp(at, "/proc/thread-self/fd/", 21))
		at += 21;
	else
		return;
	/* no name: the root, or none of its descriptors */
	if ((!walk->len && ct_recbuf_record(rb)->ret < 0) || !is_number(at, end))
		return;
	out = ct_recbuf_reserve(rb, walk->len + 1);
	ct_recbuf_commit(rb, CT_BLOB_TARGET, piece->arg, (ssize_t)write_path(out, walk),
			 false);
}

/* Where the path in this piece begins. */
static void add_beginning(struct ct_recbuf *rb, const struct ct_piece *piece,
			  const struct ct_plan *plan, const struct ct_names *walk)
{
	const struct ct_blob *path =
		ct_record_find(ct_recbuf_record(rb), CT_BLOB_STR, piece->arg);

	if (path && path->len && *(const char *)ct_blob_bytes(path) == '/')
		add_magic(rb, piece, path, walk);
	else
		add_dir(rb, piece, plan, walk);
}

/* What is behind the message is not its own. */
static void add_answer(struct ct_recbuf *rb, const struct ct_report *report)
{
	struct ct_netlink_bytes all =
		ct_netlink_bytes_of(report->answer, sizeof(report->answer));
	struct ct_netlink_bytes rest = all;
	struct ct_netlink_message message;

	if (ct_netlink_refuses(all) && ct_netlink_next(&rest, &message))
		ct_recbuf_blob(rb, CT_BLOB_ANSWER, 1, all.at,
			       (size_t)(message.body.end - all.at));
}

/* The socket's protocol and network, as the tracer asks for them at a stop. */
static void add_socket(struct ct_recbuf *rb, const struct ct_report *report)
{
	struct ct_blob_stat network = { .ino = report->network,
					.ns_type = CT_NS_NET + 1 };

	if (report->protocol == CT_NO_PROTOCOL)
		return;
	ct_recbuf_blob(rb, CT_BLOB_NETLINK, 1, &report->protocol,
		       sizeof(report->protocol));
	ct_recbuf_blob(rb, CT_BLOB_STAT, 0, &network, sizeof(network));
	if (report->refused)
		add_answer(rb, report);
}

void ct_file_report_add(struct ct_recbuf *rb, const struct ct_report *report,
			const struct ct_watch_plan *row, const struct ct_plan *plan,
			struct ct_names walks)
{
	struct ct_names walk;

	add_socket(rb, report);
	for (int i = 0; i < CT_PIECES; i++) {
		const struct ct_piece *piece = &row->piece[i];

		if (!(report->walks & 1u << i))
			continue;
		if (!take_walk(&walk, &walks))
			return;
		if (piece->walk == CT_WALK_FD)
			add_file(rb, report, piece, &walk);
		else if (piece->walk == CT_WALK_DIR || piece->walk == CT_WALK_PATH)
			add_beginning(rb, piece, plan, &walk);
		else if (piece->walk == CT_WALK_RESULT)
			add_target(rb, plan, &walk);
	}
}

static bool is_kernel_file(const struct ct_report *report)
{
	return report->file.magic == PROC_SUPER_MAGIC ||
	       report->file.magic == CGROUP_SUPER_MAGIC ||
	       report->file.magic == CGROUP2_SUPER_MAGIC;
}

/*
 * Words to another process, or to a log: files are opened to append for that. A shell's
 * `echo >&2` has made descriptor 1 its stderr, which may be /dev/null: a hook's is.
 */
static bool are_words(const struct ct_record *rec, const struct ct_report *report)
{
	mode_t mode = report->file.mode;
	int fd = (int)rec->args[0];

	return fd != STDIN_FILENO && fd != STDERR_FILENO && rec->ret >= WORD_MIN &&
	       (S_ISFIFO(mode) || S_ISSOCK(mode) ||
		(S_ISCHR(mode) && fd == STDOUT_FILENO) ||
		(S_ISREG(mode) && (report->file.flags & O_APPEND)));
}

/* The flags of openat2(2) are behind a pointer: the first word of its struct. */
static bool opens_to_write(const struct ct_record *rec)
{
	const struct ct_blob *how = ct_record_find(rec, CT_BLOB_MEM, 2);
	uint64_t flags = UINT64_MAX;

	if (how && how->len >= sizeof(flags))
		memcpy(&flags, ct_blob_bytes(how), sizeof(flags));
	return flags & O_ACCMODE;
}

bool ct_file_report_wanted(const struct ct_record *rec, const struct ct_report *report,
			   const struct ct_watch_plan *row, const struct ct_plan *plan)
{
	bool builds = report->watched & CT_WATCHED_BUILDS;

	if (report->protocol != CT_NO_PROTOCOL &&
	    row->flags & (CT_WATCH_HEARS | CT_WATCH_SENDS))
		return true;
	if (row->flags & CT_WATCH_KEY && ct_condition_holds(plan, rec->args))
		return plan->when != CT_WHEN_OPEN_HOW || opens_to_write(rec);
	if (report->watched & CT_WATCHED_INSIDE && row->flags & CT_WATCH_CHANGES &&
	    ct_condition_changes(plan, rec->args))
		return true;
	if (row->flags & CT_WATCH_FILE)
		return is_kernel_file(report) || (builds && are_words(rec, report));
	return row->flags & CT_WATCH_ANSWER || (builds && (row->flags & CT_WATCH_KEEP));
}
