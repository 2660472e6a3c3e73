/* SPDX-License-Identifier: MIT */
/* Looks a failed call up in the table of harmless ones. */
#include "benign.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/mount.h>

static const struct {
	const char *call;
	int error;
	const char *path;
} rows[] = {
#define BENIGN(name, error, path) { name, error, path },
#include "benign.def"
#undef BENIGN
};

/* What the call is about, under the names that the man pages give it. */
static const char *path_of(const struct ct_event_call *call)
{
	static const char *const names[] = { "pathname", "target", "filename", "fd",
					     "path" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (*ct_call_path(call, names[i]))
			return ct_call_path(call, names[i]);
	return "";
}

/* crun asks one parent after the other to become private until one is a mount point. */
static bool is_propagation(const struct ct_event_call *call)
{
	return ct_call_int(call, "mountflags", 0) &
	       (MS_PRIVATE | MS_SLAVE | MS_SHARED | MS_UNBINDABLE);
}

bool benign_failure(const struct ct_event_call *call)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].error != call->error || strcmp(rows[i].call, call->name) != 0)
			continue;
		if (!rows[i].path)
			return true;
		if (!strcmp(rows[i].path, "propagation")
			    ? is_propagation(call)
			    : !fnmatch(rows[i].path, path_of(call), 0))
			return true;
	}
	return false;
}

/* How many of the facts after a failure are looked at. */
#define RETRY_FACTS 16
/* … and for a helper that does it instead: an exec and its loader lie between. */
#define HELPER_FACTS 4096

/* The same call about the same thing: its last arguments say only how. */
static bool is_same_call(const struct ct_event_call *a, const struct ct_event_call *b)
{
	size_t n = a->n_args > 2 ? 2 : a->n_args - 1;

	if (strcmp(a->name, b->name) != 0 || !a->n_args || a->n_args != b->n_args)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(a->args[i].text, b->args[i].text) != 0)
			return false;
	return true;
}

/* Has b done what failed in a? A search along PATH ends with an exec, which is no call.
 */
static bool is_success_of(const struct ct_fact *b, const struct ct_fact *a)
{
	if (a->process != b->process)
		return false;
	if (b->event->kind == CT_EVENT_EXEC)
		return !strcmp(a->event->call.name, b->event->exec.call);
	return b->event->kind == CT_EVENT_CALL && ct_call_ok(&b->event->call) &&
	       is_same_call(&a->event->call, &b->event->call);
}

/* A rootless engine tries to write its id map by itself, then asks newuidmap(1). */
static bool somebody_wrote(const struct ct_model *model, size_t fact)
{
	const struct ct_event_call *failed = &model->facts[fact].event->call;
	const char *path = ct_call_path(failed, "fd");

	if (strcmp(failed->name, "write") != 0 || *path != '/')
		return false;
	for (size_t i = fact + 1; i < model->n_facts && i < fact + HELPER_FACTS; i++) {
		const struct ct_event *event = model->facts[i].event;

		if (event->kind == CT_EVENT_CALL && ct_call_ok(&event->call) &&
		    !strcmp(event->call.name, "write") &&
		    !strcmp(ct_call_path(&event->call, "fd"), path))
			return true;
	}
	return false;
}

static bool worked_later(const struct ct_model *model, size_t fact)
{
	size_t end = fact + 1 + RETRY_FACTS;

	for (size_t i = fact + 1; i < end && i < model->n_facts; i++)
		if (is_success_of(&model->facts[i], &model->facts[fact]))
			return true;
	return false;
}

void benign_mark_retries(struct ct_model *model)
{
	for (size_t i = 0; i < model->n_facts; i++) {
		struct ct_fact *fact = &model->facts[i];

		if (fact->tags & 1u << CT_TAG_FAILED &&
		    !(fact->tags & 1u << CT_TAG_BENIGN) &&
		    (worked_later(model, i) || somebody_wrote(model, i)))
			fact->tags |= 1u << CT_TAG_BENIGN;
	}
}
