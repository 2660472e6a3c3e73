/* SPDX-License-Identifier: MIT */
/* What one call is told as. */
#include "item.h"

#include "lookup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static bool starts_with(const char *text, const char *beginning)
{
	return !strncmp(text, beginning, strlen(beginning));
}

static bool makes_fifo(const struct ct_fact *fact)
{
	const struct ct_event_call *call = &fact->event->call;

	return starts_with(call->name, "mknod") &&
	       (ct_call_int(call, "mode", 0) & S_IFMT) == S_IFIFO;
}

/* exec.fifo: created by "create", opened by init to wait and by "start" to let it go. */
static bool opens_fifo(const struct ct_fact *fact)
{
	static const char name[] = "/exec.fifo";
	const struct ct_event_call *call = &fact->event->call;
	const char *path;
	size_t len;

	if (fact->process < 0 || !ct_call_ok(call) || !starts_with(call->name, "open"))
		return false;
	/* an open that does not wait for the other end lets nobody go */
	if (ct_call_int(call, "flags", 0) & (O_NONBLOCK | O_PATH))
		return false;
	path = ct_call_path(call, "pathname");
	len = strlen(path);
	return len >= sizeof(name) && !strcmp(path + len - (sizeof(name) - 1), name);
}

enum ct_item_kind ct_item_kind_of(const struct ct_fact *fact)
{
	/* the first tag that fits says what the call was for */
	static const struct {
		enum ct_tag tag;
		enum ct_item_kind kind;
	} tags[] = {
		{ CT_TAG_ROOT, CT_ITEM_ROOT },
		{ CT_TAG_MOUNT, CT_ITEM_MOUNT },
		{ CT_TAG_CAPABILITY, CT_ITEM_CAPABILITY },
		{ CT_TAG_SECCOMP, CT_ITEM_SECCOMP },
		{ CT_TAG_IDENTITY, CT_ITEM_IDENTITY },
		{ CT_TAG_CGROUP, CT_ITEM_CGROUP },
		{ CT_TAG_LIMIT, CT_ITEM_LIMIT },
		{ CT_TAG_HOSTNAME, CT_ITEM_HOSTNAME },
		{ CT_TAG_SYSCTL, CT_ITEM_SYSCTL },
		{ CT_TAG_KILL, CT_ITEM_KILL },
		{ CT_TAG_KEYRING, CT_ITEM_KEYRING },
		{ CT_TAG_DEVICE, CT_ITEM_DEVICE },
		{ CT_TAG_NETWORK, CT_ITEM_NETWORK },
		{ CT_TAG_MESSAGE, CT_ITEM_MESSAGE },
		{ CT_TAG_FILE, CT_ITEM_FILE },
	};

	const struct ct_event_call *call = &fact->event->call;

	if (fact->event->n_passed && ct_call_ok(call))
		return CT_ITEM_PASS;
	if (opens_fifo(fact))
		return CT_ITEM_FIFO;
	if (makes_fifo(fact))
		return CT_ITEM_PIPE;
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		if (!(fact->tags & 1U << tags[i].tag))
			continue;
		if (tags[i].kind == CT_ITEM_MOUNT && starts_with(call->name, "umount"))
			return CT_ITEM_UNMOUNT;
		/* what is written then says more than that it was opened */
		if (starts_with(call->name, "open"))
			return CT_ITEM_FILE;
		return tags[i].kind;
	}
	return CT_ITEM_CALL;
}

/* Other kinds say what was done; that it was allowed is what these have to tell. */
bool ct_item_says_allowed(const struct ct_fact *fact)
{
	enum ct_item_kind kind = ct_item_kind_of(fact);

	return kind == CT_ITEM_FILE || kind == CT_ITEM_DEVICE || kind == CT_ITEM_CALL;
}

/* A directory of PATH that does not have the program which is found in a later one. */
bool ct_item_is_look_up(const struct ct_model *model, const struct ct_fact *fact,
			size_t event)
{
	const struct ct_process *p = ct_process_at(model, fact->process);
	const struct ct_event_call *call = &fact->event->call;

	return p && call->error == ENOENT && starts_with(call->name, "execve") &&
	       p->n_execs && p->execs[p->n_execs - 1].event > event;
}
