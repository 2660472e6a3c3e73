/* SPDX-License-Identifier: MIT */
/* Asking /proc about the descriptor of a write that is over. */
#include "words.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORD_MIN 8 /* less is a wake-up or a token of a protocol */

static bool begins_with(const char *text, ssize_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= (ssize_t)n && !memcmp(text, word, n);
}

/* Log files are opened to append; other files are data. */
static bool appends(pid_t tid, int fd)
{
	static const char label[] = "\nflags:\t";
	char path[64], text[256], *flags;
	int info;
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/%d/fdinfo/%d", tid, fd);
	info = open(path, O_RDONLY | O_CLOEXEC);
	if (info < 0)
		return false;
	n = read(info, text, sizeof(text) - 1);
	close(info);
	text[n > 0 ? n : 0] = '\0';
	flags = strstr(text, label);
	return flags && (strtoul(flags + strlen(label), NULL, 8) & O_APPEND);
}

/* A zombie has no program either. */
static bool is_gone(pid_t tid)
{
	char path[64], link;

	snprintf(path, sizeof(path), "/proc/%d/exe", tid);
	return readlink(path, &link, 1) < 0;
}

bool ct_words_keep(struct ct_recbuf *rb)
{
	const struct ct_record *rec = ct_recbuf_record(rb);
	pid_t tid = rec->task.tid;
	int fd = (int)rec->args[0];
	char path[64], *link;
	ssize_t n;

	if (fd == STDIN_FILENO || fd == STDERR_FILENO || rec->ret < WORD_MIN)
		return false;
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", tid, fd);
	link = ct_recbuf_reserve(rb, PATH_MAX);
	n = readlink(path, link, PATH_MAX);
	if (n < 0)
		return is_gone(tid);
	if (!begins_with(link, n, "pipe:[") && !begins_with(link, n, "socket:[") &&
	    (fd != STDOUT_FILENO || !begins_with(link, n, "/dev/")) && !appends(tid, fd))
		return false;
	ct_recbuf_commit(rb, CT_BLOB_LINK, 0, n, false);
	return true;
}
