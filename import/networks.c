/* SPDX-License-Identifier: MIT */
/* Network namespaces: their numbers, their names, and who is in which. */
#include "networks.h"

#include "alloc.h"
#include "nslink.h"
#include "prefix.h"

#include <stdlib.h>
#include <string.h>

/* More are not remembered: each open is compared with all. */
#define NAMES_MAX    1024
#define NETWORKS_MAX 4096

uint64_t ct_log_network_number(const struct ct_log_networks *n, uint32_t network)
{
	if (!network)
		return 0;
	if (network <= n->n && n->inodes[network - 1])
		return n->inodes[network - 1];
	if (network <= n->n_foretold && n->foretold[network - 1])
		return n->foretold[network - 1];
	return network;
}

uint32_t ct_log_network_add(struct ct_log_networks *n, uint64_t inode)
{
	if (n->n == NETWORKS_MAX)
		return 0;
	*ct_push(n->inodes, n->n, n->cap) = inode;
	return (uint32_t)n->n;
}

uint32_t ct_log_network_of_inode(struct ct_log_networks *n, uint64_t inode)
{
	/* numbers are given again: the last one is meant */
	for (size_t i = n->n; i-- > 0;)
		if (n->inodes[i] == inode)
			return (uint32_t)i + 1;
	return ct_log_network_add(n, inode);
}

void ct_log_network_learn(struct ct_log_networks *n, uint32_t network,
			  struct ct_span link)
{
	uint64_t inode;

	if (network && ct_proc_nslink(link, &inode) == CT_NS_NET)
		n->inodes[network - 1] = inode;
}

/* -------- names -------- */

static struct ct_log_network_name *find_name(const struct ct_log_networks *n,
					     const char *path)
{
	for (size_t i = n->n_names; i-- > 0;)
		if (!strcmp(n->names[i].path, path))
			return &n->names[i];
	return NULL;
}

void ct_log_network_unbind(struct ct_log_networks *n, const char *path)
{
	struct ct_log_network_name *name = find_name(n, path);

	if (!name)
		return;
	free(name->path);
	*name = n->names[--n->n_names];
}

void ct_log_network_bind(struct ct_log_networks *n, const char *path, uint32_t network)
{
	struct ct_log_network_name *name;

	if (!network || !*path || n->n_names >= NAMES_MAX)
		return;
	name = ct_push(n->names, n->n_names, n->cap_names);
	name->path = ct_strdup(path);
	name->network = network;
}

void ct_log_network_enter(struct ct_log_networks *n, struct ct_log_task *task,
			  uint32_t network)
{
	size_t pid = (size_t)task->id.tid;

	task->network = network;
	if (task->id.tid < 0 || pid > CT_LOG_PID_MAX)
		return;
	if (pid >= n->n_by_pid) {
		size_t more = pid + pid / 2 + 64;

		n->by_pid = ct_realloc(n->by_pid, more, sizeof(*n->by_pid));
		memset(n->by_pid + n->n_by_pid, 0,
		       (more - n->n_by_pid) * sizeof(*n->by_pid));
		n->n_by_pid = more;
	}
	n->by_pid[pid] = network;
}

uint32_t ct_log_network_of_pid(const struct ct_log_networks *n, uint64_t pid)
{
	return pid < n->n_by_pid ? n->by_pid[pid] : 0;
}

/* "self", "thread-self", "12" and "12/task/13" in front of "/ns/net" */
static uint32_t of_proc(const struct ct_log_networks *n, const struct ct_log_task *task,
			struct ct_span who)
{
	uint64_t pid;

	if (ct_span_equal(who, "self") || ct_span_equal(who, "thread-self"))
		return task->network;
	if (ct_span_take(&who, "self/task/"))
		pid = 0;
	else if (!ct_span_number(&who, CT_LOG_PID_MAX, &pid))
		return 0;
	else
		ct_span_take(&who, "/task/");
	if (ct_span_len(who) && !ct_span_number(&who, CT_LOG_PID_MAX, &pid))
		return 0;
	return ct_span_len(who) ? 0 : ct_log_network_of_pid(n, pid);
}

uint32_t ct_log_network_behind(const struct ct_log_networks *n,
			       const struct ct_log_task *task, const char *path)
{
	static const char tail[] = "/ns/net";
	const struct ct_log_network_name *name = path ? find_name(n, path) : NULL;
	size_t len = path ? strlen(path) : 0;
	struct ct_span who;

	if (name)
		return name->network;
	if (len < sizeof(tail) || strcmp(path + len - (sizeof(tail) - 1), tail) != 0)
		return 0;
	who = ct_span_of(path, len - (sizeof(tail) - 1));
	return ct_span_take(&who, "/proc/") ? of_proc(n, task, who) : 0;
}

void ct_log_networks_again(struct ct_log_networks *n)
{
	struct ct_log_networks next = { .wanted = n->wanted,
					.foretold = n->inodes,
					.n_foretold = n->n };

	n->inodes = NULL;
	ct_log_networks_release(n);
	*n = next;
}

void ct_log_networks_release(struct ct_log_networks *n)
{
	for (size_t i = 0; i < n->n_names; i++)
		free(n->names[i].path);
	free(n->names);
	free(n->inodes);
	free(n->foretold);
	free(n->by_pid);
}
