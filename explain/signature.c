/* SPDX-License-Identifier: MIT */
/* The catalogue: what a failure usually means, and what to try. */
#include "subject.h"

#include "call_words.h"
#include "inside.h"
#include "program.h"

#include "cttrace/errno.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>

typedef bool condition_fn(const struct subject *s);

static bool ANY(const struct subject *s)
{
	(void)s;
	return true;
}

/* The filter's program said so; or there is a filter, and its program is not known. */
static bool FILTERED(const struct subject *s)
{
	enum ct_answerer by = s->model->facts[s->diagnosis->event].answered_by;

	if (by == CT_ANSWERER_FILTER || by == CT_ANSWERER_KERNEL)
		return by == CT_ANSWERER_FILTER;
	for (long i = s->diagnosis->event - 1; i >= 0; i--)
		if (s->model->facts[i].process == s->diagnosis->process &&
		    s->model->facts[i].tags & 1u << CT_TAG_SECCOMP &&
		    !(s->model->facts[i].tags & 1u << CT_TAG_FAILED))
			return true;
	return false;
}

/* Its mount namespace belongs to another user namespace than its own. */
static bool FOREIGN_MOUNTS(const struct subject *s)
{
	const struct ct_event *event = s->event;

	return event->circumstances && event->state &&
	       event->circumstances->owners[CT_NS_MNT] && event->state->ns[CT_NS_USER] &&
	       event->circumstances->owners[CT_NS_MNT] != event->state->ns[CT_NS_USER];
}

/* /proc said no label of it, not even "unconfined": nobody gives labels. */
static bool UNLABELLED(const struct subject *s)
{
	const struct ct_event *event = s->event;

	return event->circumstances &&
	       (!event->circumstances->lsm || !*event->circumstances->lsm);
}

/* An interface file of a controller: "memory.max"; not "cgroup.procs", which all have. */
static bool CONTROLLER_FILE(const struct subject *s)
{
	static const char *const controllers[] = { "memory", "cpu",     "cpuset",  "pids",
						   "io",     "blkio",   "hugetlb", "rdma",
						   "misc",   "devices", "freezer" };
	const struct ct_event_call *call = subject_call(s);

	for (size_t i = 0; i < call->n_args; i++) {
		const char *path = call->args[i].path ? call->args[i].path : "";
		const char *slash = strrchr(path, '/');
		const char *name = slash ? slash + 1 : path;
		size_t len = strcspn(name, ".");

		for (size_t j = 0; j < sizeof(controllers) / sizeof(controllers[0]); j++)
			if (name[len] && !strncmp(controllers[j], name, len) &&
			    !controllers[j][len])
				return true;
	}
	return false;
}

static const struct signature {
	const char *id, *calls, *errors, *argument, *said;
	condition_fn *when;
	const char *cause, *remedy, *reference;
} signatures[] = {
#define SIGNATURE(...) { __VA_ARGS__ },
#include "signatures.def"
#undef SIGNATURE
};

/* Told by what was said alone: no call failed. */
static const struct signature decisions[] = {
#define DECISION(id_, said_, cause_, remedy_, reference_) \
	{ .id = id_,                                      \
	  .said = said_,                                  \
	  .cause = cause_,                                \
	  .remedy = remedy_,                              \
	  .reference = reference_ },
#include "decisions.def"
#undef DECISION
};

static const struct {
	int error;
	const char *cause;
} general[] = {
#define GENERAL(error, cause) { error, cause },
#include "errnos.def"
#undef GENERAL
};

static bool fits_argument(const struct ct_event_call *call, const char *pattern)
{
	for (size_t i = 0; i < call->n_args; i++) {
		const struct ct_arg *arg = &call->args[i];

		if ((arg->path && !fnmatch(pattern, arg->path, 0)) ||
		    (arg->type == CT_VALUE_STR && arg->str &&
		     !fnmatch(pattern, arg->str, 0)) ||
		    (arg->type != CT_VALUE_STR && arg->text &&
		     !fnmatch(pattern, arg->text, 0)))
			return true;
	}
	return false;
}

static bool fits(const struct signature *row, const struct subject *s,
		 const struct ct_event_call *call)
{
	return (!*row->calls || call_in_list(row->calls, call->name)) &&
	       (!*row->errors || call_in_list(row->errors, ct_errno_name(call->error))) &&
	       (!*row->argument || fits_argument(call, row->argument)) &&
	       (!*row->said || (s->message && strcasestr(s->message->text, row->said))) &&
	       row->when(s);
}

static const struct signature *decision_of(const char *said)
{
	for (size_t i = 0; i < sizeof(decisions) / sizeof(*decisions); i++)
		if (strcasestr(said, decisions[i].said))
			return &decisions[i];
	return NULL;
}

static const struct signature *find(const struct subject *s)
{
	const struct ct_event_call *call = subject_call(s);

	/* the catalogue is about who starts containers */
	if (s->diagnosis->kind == CT_DIAGNOSIS_PAYLOAD)
		return NULL;
	for (size_t i = 0; call && i < sizeof(signatures) / sizeof(*signatures); i++)
		if (fits(&signatures[i], s, call))
			return &signatures[i];
	if (s->diagnosis->kind != CT_DIAGNOSIS_DECISION || *s->diagnosis->signature ||
	    !s->message)
		return NULL;
	return decision_of(s->message->text);
}

bool signature_is_decision(const char *said)
{
	return decision_of(said) != NULL;
}

static void add_general(struct subject *s, int error)
{
	for (size_t i = 0; i < sizeof(general) / sizeof(*general); i++)
		if (general[i].error == error)
			subject_remark(s, "why", general[i].cause);
}

/* Of a call within a container. */
static void add_inside(struct subject *s)
{
	const struct ct_event_call *call = subject_call(s);
	const struct inside *row = call ? inside_row(call) : NULL;

	if (row) {
		s->diagnosis->signature = row->id;
		s->remedy = row->remedy;
		subject_remark(s, "why", row->cause);
	} else if (call) {
		add_general(s, call->error);
	}
}

void subject_add_cause(struct subject *s)
{
	const struct signature *row = find(s);
	const char *seen = program_reason(s);

	s->row = row;
	if (row)
		s->diagnosis->signature = row->id;
	/* what the file is says more than what it usually is */
	if (seen) {
		subject_remark(s, "why", seen);
	} else if (row) {
		/* goes on with what has been told: that no call failed */
		subject_remark(s,
			       s->diagnosis->kind == CT_DIAGNOSIS_DECISION ? "" : "why",
			       row->cause);
	} else if (s->diagnosis->kind == CT_DIAGNOSIS_PAYLOAD) {
		add_inside(s);
	} else if (subject_call(s)) {
		add_general(s, subject_call(s)->error);
	}
}

void subject_add_remedy(struct subject *s)
{
	const struct signature *row = s->row;

	subject_remark(s, "try", s->remedy ? s->remedy : program_remedy(s));
	if (!row)
		return;
	if (!program_remedy(s) && row->remedy != s->remedy)
		subject_remark(s, "try", row->remedy);
	subject_remark(s, "see", row->reference);
}
