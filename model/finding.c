/* SPDX-License-Identifier: MIT */
/* The table of findings: each row looks for one thing. */
#include "finding.h"

#include "cttrace/errno.h"
#include "cttrace/signal.h"

#include <string.h>

/* What a row has found; `title` NULL: nothing. */
struct found {
	const char *title;
	size_t fact; /* 1 + index; 0: none */
	const char *evidence;
	const char *cause; /* NULL: the row's */
};

static const char *command_name(const struct model *m)
{
	const struct ct_trace_header *header = m->pub.header;

	return header && header->n_command ? state_basename(header->command[0])
					   : "the command";
}

static struct found exit_nonzero(struct model *m, int site)
{
	(void)site;
	if (!m->pub.exited || m->pub.exit.signal || m->pub.exit.status <= 0)
		return (struct found){ 0 };
	return (struct found){
		.title = ct_arena_printf(&m->results, "%s exited with status %d",
					 command_name(m), m->pub.exit.status),
	};
}

static struct found killed(struct model *m, int site)
{
	(void)site;
	if (!m->pub.exited || !m->pub.exit.signal)
		return (struct found){ 0 };
	return (struct found){
		.title = ct_arena_printf(&m->results, "%s was killed by %s",
					 command_name(m),
					 ct_signal_name(m->pub.exit.signal)),
	};
}

static struct found payload_killed(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);

	if (c->payload < 0 || !c->exit.signal)
		return (struct found){ 0 };
	return (struct found){
		.title = ct_arena_printf(&m->results,
					 "the payload of container %s was killed by %s",
					 c->id, ct_signal_name(c->exit.signal)),
		.fact = m->sites[site].payload_event + 1,
	};
}

/* What the limits did to the container's cgroup; the first of a kind. */
static const struct ct_pressure *pressure_of(const struct model *m,
					     const struct ct_container *c,
					     enum ct_pressure_kind kind)
{
	const struct ct_meter *meter = c->meter < 0 ? NULL : &m->pub.meters[c->meter];

	for (size_t i = 0; meter && i < meter->n_pressures; i++)
		if (meter->pressures[i].kind == kind)
			return &meter->pressures[i];
	return NULL;
}

static struct found out_of_memory(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);
	const struct ct_pressure *p = pressure_of(m, c, CT_PRESSURE_OOM_KILL);

	if (!p)
		return (struct found){ 0 };
	return (struct found){
		.title = ct_arena_printf(
			&m->results,
			"container %s ran out of memory; processes "
			"killed by the kernel: %lld",
			c->id,
			(long long)m->pub.meters[c->meter].used[CT_FIGURE_OOM_KILLS]),
		.fact = p->event + 1,
	};
}

static struct found fork_refused(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);
	const struct ct_pressure *p = pressure_of(m, c, CT_PRESSURE_FORK);

	if (!p)
		return (struct found){ 0 };
	return (struct found){
		.title = ct_arena_printf(
			&m->results,
			"container %s came to its limit of processes; "
			"forks refused: %lld",
			c->id,
			(long long)m->pub.meters[c->meter].used[CT_FIGURE_PIDS_REFUSED]),
		.fact = p->event + 1,
	};
}

/* The runtime has gone, and nothing runs that it could have left behind. */
static bool given_up(const struct model *m, const struct ct_container *c)
{
	int runtime = c->runtime_process;

	if (runtime < 0 || m->pub.processes[runtime].exited_ns < 0)
		return false;
	return c->init < 0 || m->pub.processes[c->init].exited_ns >= 0;
}

static struct found payload_never_ran(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);
	size_t failure = m->sites[site].last_failure;
	struct found found = { .fact = failure };
	const struct ct_event *event;

	if (c->payload >= 0 || !given_up(m, c))
		return (struct found){ 0 };
	found.title = ct_arena_printf(&m->results,
				      "the payload of container %s never ran", c->id);
	if (!failure || m->pub.facts[failure - 1].tags & 1u << CT_TAG_BENIGN)
		return found;
	event = m->pub.facts[failure - 1].event;
	found.evidence = ct_arena_printf(
		&m->results, "%s %d: %s failed with %s",
		m->pub.processes[m->pub.facts[failure - 1].process].comm, event->task.tid,
		event->call.name,
		strerrorname_np(event->call.error) ? strerrorname_np(event->call.error)
						   : "?");
	return found;
}

static size_t count_asked(const struct ct_container *c, enum ct_match match)
{
	size_t n = 0;

	for (size_t i = 0; i < c->n_asked; i++)
		n += c->asked[i].match == match;
	return n;
}

/* The first difference, and its fact. */
static struct found asked_differs(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);
	size_t n = count_asked(c, CT_MATCH_DIFFERS);
	const struct ct_asked *first = c->asked;

	if (!n)
		return (struct found){ 0 };
	while (first->match != CT_MATCH_DIFFERS)
		first++;
	return (struct found){
		.title = ct_arena_printf(&m->results,
					 "container %s is not as its config.json asks: "
					 "%zu of %zu things differ",
					 c->id, n, n + count_asked(c, CT_MATCH_SAME)),
		.fact = (size_t)(first->event + 1),
		.evidence = ct_arena_printf(&m->results, "%s %s: asked %s, done %s",
					    first->aspect, first->name,
					    *first->asked ? first->asked : "nothing",
					    *first->done ? first->done : "nothing"),
	};
}

static struct found hook_failed(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);

	for (size_t i = 0; i < c->n_asked; i++) {
		const struct ct_asked *a = &c->asked[i];

		if (!a->refused || strcmp(a->aspect, "hook") != 0)
			continue;
		return (struct found){
			.title = ct_arena_printf(&m->results,
						 "the %s hook of container %s failed: %s",
						 a->name, c->id, a->done),
			.fact = (size_t)(a->event + 1),
			.evidence = a->asked,
		};
	}
	return (struct found){ 0 };
}

/* What nobody can compare, if there is any. */
static const char *unseen_words(struct model *m, const struct ct_container *c)
{
	size_t n = count_asked(c, CT_MATCH_NOT_SEEN);

	return n ? ct_arena_printf(&m->results, "; the trace does not show %zu more", n)
		 : "";
}

static struct found as_asked(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);
	size_t same = count_asked(c, CT_MATCH_SAME);

	if (!same || count_asked(c, CT_MATCH_DIFFERS) || c->payload < 0)
		return (struct found){ 0 };
	return (struct found){
		.title = ct_arena_printf(&m->results,
					 "container %s is as its config.json asks: %zu "
					 "things compared%s",
					 c->id, same, unseen_words(m, c)),
		.fact = (size_t)(c->config_event + 1),
	};
}

static struct found config_unreadable(struct model *m, int site)
{
	const struct ct_container *c = site_container(m, site);

	if (c->config_event < 0 || !*c->config_problem)
		return (struct found){ 0 };
	return (struct found){
		.title = c->config_problem,
		.fact = (size_t)(c->config_event + 1),
	};
}

static struct found cut_off(struct model *m, int site)
{
	(void)site;
	if (m->pub.complete)
		return (struct found){ 0 };
	return (struct found){ .title = "the trace is cut off: its end is missing" };
}

static bool is_imported(const struct ct_trace_header *header)
{
	return header && header->tracer && !strcmp(header->tracer, "strace");
}

static struct found gap(struct model *m, int site)
{
	const struct ct_event *event;

	(void)site;
	if (!m->first_gap)
		return (struct found){ 0 };
	event = m->pub.facts[m->first_gap - 1].event;
	if (is_imported(m->pub.header))
		return (struct found){
			.title = ct_arena_printf(
				&m->results, "the log has gaps: %s (%llu)",
				event->note.text, (unsigned long long)event->note.count),
			.fact = m->first_gap,
			.cause = "it begins or ends in the middle, lines are missing, or "
				 "strace was older than a system call",
		};
	return (struct found){
		.title = ct_arena_printf(&m->results,
					 "the trace has gaps: %llu events were lost",
					 (unsigned long long)m->gaps),
		.fact = m->first_gap,
		.evidence = event->note.text,
	};
}

static const struct row {
	const char *id, *severity;
	int confidence;
	bool each_container; /* else once for the run */
	struct found (*look)(struct model *m, int site);
	const char *cause, *remedy;
} rows[] = {
	{ "payload-never-ran", "error", 90, true, payload_never_ran, "", "" },
	{ "out-of-memory", "error", 100, true, out_of_memory,
	  "its cgroup's memory was at its limit, or the host's was used up",
	  "give it more (podman run --memory), or look for a leak" },
	{ "fork-refused", "warning", 100, true, fork_refused, "pids.max of its cgroup",
	  "give it more (podman run --pids-limit)" },
	{ "killed-by-signal", "error", 100, false, killed, "", "" },
	{ "killed-by-signal", "warning", 100, true, payload_killed, "", "" },
	{ "exit-nonzero", "error", 100, false, exit_nonzero, "", "" },
	{ "hook-failed", "error", 90, true, hook_failed,
	  "a hook that fails before the payload runs ends the start", "" },
	{ "asked-differs", "warning", 90, true, asked_differs, "", "" },
	{ "config-unreadable", "warning", 100, true, config_unreadable, "", "" },
	{ "as-asked", "info", 90, true, as_asked, "", "" },
	{ "trace-cut-off", "warning", 100, false, cut_off,
	  "the tracer was killed, or the trace is still being written", "" },
	{ "gap", "warning", 100, false, gap,
	  "events came faster than they could be taken", "" },
};

static void look(struct model *m, const struct row *row, int site)
{
	struct found found = row->look(m, site);
	struct ct_finding *finding;

	if (!found.title)
		return;
	m->pub.findings = state_grow(&m->results, m->pub.findings, m->pub.n_findings,
				     sizeof(*m->pub.findings));
	finding = &m->pub.findings[m->pub.n_findings++];
	*finding = (struct ct_finding){
		.id = row->id,
		.severity = row->severity,
		.confidence = row->confidence,
		.title = found.title,
		.event = (long)found.fact - 1,
		.cause = found.cause ? found.cause : row->cause,
		.remedy = row->remedy,
	};
	if (!found.evidence)
		return;
	finding->evidence = ct_arena_array(&m->results, const char *, 1);
	finding->evidence[0] = found.evidence;
	finding->n_evidence = 1;
}

void finding_compute(struct model *m)
{
	m->pub.findings = NULL;
	m->pub.n_findings = 0;
	for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
		if (!rows[r].each_container) {
			look(m, &rows[r], -1);
			continue;
		}
		for (size_t site = 0; site < m->n_sites; site++)
			if (m->sites[site].container >= 0)
				look(m, &rows[r], (int)site);
	}
}
