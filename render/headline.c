/* SPDX-License-Identifier: MIT */
/* What came out: the command, how it ended, its containers, what went wrong. */
#include "headline.h"

#include "ascii.h"
#include "filter_note.h"
#include "label.h"
#include "lookup.h"

#include <string.h>

void ct_headline_subject(struct ct_strbuf *out, const struct ct_model *model)
{
	const struct ct_trace_header *header = model->header;
	const char *separator = "attached to ";

	if (header && header->n_command) {
		ct_label_command(out, header->command, header->n_command, true);
		return;
	}
	for (size_t i = 0; i < model->n_processes; i++) {
		if (model->processes[i].how != CT_BIRTH_ATTACHED)
			continue;
		ct_strbuf_adds(out, separator);
		ct_label_process(out, model, (int)i);
		separator = ", ";
	}
	if (!out->len)
		ct_strbuf_adds(out, "nothing was traced");
}

static void add_count(struct ct_strbuf *out, size_t n, const char *one, const char *many)
{
	ct_strbuf_addf(out, " · %zu %s", n, n == 1 ? one : many);
}

/* Of processes that were attached to, each ends in its own way. */
static bool all_have_ended(const struct ct_model *model)
{
	for (size_t i = 0; i < model->n_processes; i++)
		if (model->processes[i].exited_ns < 0)
			return false;
	return model->root < 0 && model->n_processes;
}

void ct_headline_outcome(struct ct_strbuf *out, const struct ct_model *model)
{
	if (model->exited)
		ct_label_exit(out, &model->exit);
	else if (!model->complete)
		ct_strbuf_adds(out, "cut off");
	else
		ct_strbuf_adds(out, all_have_ended(model) ? "ended" : "still running");
	ct_strbuf_adds(out, " · ");
	ct_label_duration(out, model->end_ns);
	add_count(out, model->n_processes, "process", "processes");
	if (model->n_containers)
		add_count(out, model->n_containers, "container", "containers");
}

static void subject_line(struct ct_row *row, const struct ct_screen *screen,
			 const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf subject = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf outcome = CT_STRBUF_INIT;
	bool bad = model->exited ? model->exit.signal || model->exit.status
				 : !model->complete;

	ct_headline_subject(&subject, model);
	ct_headline_outcome(&outcome, model);
	ct_row_addn(row, CT_STYLE_TITLE, subject.data, subject.len);
	if (row->cells + 2 + ct_row_cells(row, outcome.data) > screen->look->margin)
		ct_row_end(row, screen->out);
	ct_row_right(row, screen->look->margin, bad ? CT_STYLE_BAD : CT_STYLE_GOOD,
		     outcome.data);
	ct_row_end(row, screen->out);
	if (!model->complete) {
		ct_row_add(row, CT_STYLE_BAD,
			   "The trace is cut off: the recording did not reach its end.");
		ct_row_end(row, screen->out);
	}
}

/* "shares ipc net with 3520e0d77aab": with the first of those that have them. */
static void add_sharers(struct ct_strbuf *sb, const struct ct_model *model,
			const struct ct_container *c)
{
	uint64_t told = 0;

	for (const struct ct_container *other = model->containers; other < c; other++) {
		uint64_t both = ct_namespaces_of_both(model, c, other) & ~told;

		if (!both || other == ct_container_at(model, c->outer))
			continue;
		ct_strbuf_addf(sb, "%sshares", sb->len ? ", " : "");
		for (int type = 0; type < CT_NS_TYPES; type++)
			if (both & ct_ns_clone_flag((enum ct_ns)type))
				ct_strbuf_addf(sb, " %s", ct_ns_name((enum ct_ns)type));
		ct_strbuf_adds(sb, " with ");
		ct_label_id(sb, other->id);
		told |= both;
	}
}

/* In which other container it is, with whom it shares what, who came in. */
static void relation_lines(struct ct_row *row, const struct ct_screen *screen,
			   const struct ct_model *model, const struct ct_container *c)
{
	enum { RELATION = 2 };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const struct ct_container *outer = ct_container_at(model, c->outer);

	if (outer) {
		ct_strbuf_adds(&sb, "inside container ");
		ct_label_id(&sb, outer->id);
	}
	add_sharers(&sb, model, c);
	if (c->older)
		ct_strbuf_addf(&sb, "%swas there before: this joins it",
			       sb.len ? ", " : "");
	for (size_t i = 0; i < c->n_joiners; i++) {
		ct_strbuf_addf(&sb, "%s%s", sb.len ? ", " : "", i ? "" : "joined by ");
		ct_label_process(&sb, model, c->joiners[i].process);
	}
	if (!sb.len)
		return;
	ct_row_seek(row, RELATION);
	ct_row_wrap(row, RELATION, CT_STYLE_DIM, sb.data, screen->out);
}

/* What its config.json asks for, and whether that was done; what differs is a finding. */
static void asked_line(struct ct_row *row, const struct ct_screen *screen,
		       const struct ct_container *c)
{
	enum { ASKED = 2 };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	size_t same = 0, different = 0, unseen = 0;

	/* of a start that broke off, what was not done is why: the findings tell that */
	if (c->config_event < 0 || c->payload_ns < 0)
		return;
	for (size_t i = 0; i < c->n_asked; i++) {
		same += c->asked[i].match == CT_MATCH_SAME;
		different += c->asked[i].match == CT_MATCH_DIFFERS;
		unseen += c->asked[i].match == CT_MATCH_NOT_SEEN;
	}
	if (*c->config_problem)
		ct_strbuf_addf(&sb, "asked and done: %s", c->config_problem);
	else if (different)
		ct_strbuf_addf(&sb,
			       "asked and done: of %zu things in its config.json %zu "
			       "differ%s",
			       same + different, different, different == 1 ? "s" : "");
	else if (same)
		ct_strbuf_addf(&sb,
			       "asked and done: all %zu things in its config.json are "
			       "as asked",
			       same);
	if (!sb.len)
		return;
	if (unseen)
		ct_strbuf_addf(&sb, "; the trace does not show %zu more", unseen);
	ct_row_seek(row, ASKED);
	ct_row_wrap(row, ASKED, CT_STYLE_DIM, sb.data, screen->out);
}

static void container_line(struct ct_row *row, const struct ct_screen *screen,
			   const struct ct_model *model, const struct ct_container *c)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (screen->verbose)
		ct_strbuf_adds(&sb, c->id);
	else
		ct_label_id(&sb, c->id);
	ct_row_addf(row, CT_STYLE_PLAIN, "container %s", sb.data);
	ct_strbuf_reset(&sb);
	if (c->payload_ns < 0)
		ct_row_add(row, CT_STYLE_BAD, "   its program never ran");
	if (*c->runtime)
		ct_row_addf(row, CT_STYLE_PLAIN, "   %s", c->runtime);
	if (c->init_pid > 0)
		ct_row_addf(row, CT_STYLE_PLAIN, "   init %d", c->init_pid);
	if (c->init_pid > 0 && c->init_nspid > 0 && c->init_nspid != c->init_pid)
		ct_row_addf(row, CT_STYLE_PLAIN, " → %d", c->init_nspid);
	if (*c->cgroup) {
		ct_label_text(&sb, c->cgroup, strlen(c->cgroup), !screen->verbose);
		ct_row_addf(row, CT_STYLE_PLAIN, "   %s", sb.data);
	}
	ct_row_end(row, screen->out);
	relation_lines(row, screen, model, c);
	asked_line(row, screen, c);
}

enum {
	INDENT = 10 /* of what is said about a finding */
};

static void wrap(struct ct_row *row, const struct ct_screen *screen, enum ct_style style,
		 const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_text(&sb, text, strlen(text), !screen->verbose);
	ct_row_wrap(row, INDENT, style, sb.data, screen->out);
}

static void paragraph(struct ct_row *row, const struct ct_screen *screen,
		      const char *label, const char *text)
{
	if (!text || !*text)
		return;
	ct_row_addf(row, CT_STYLE_DIM, "  %s", label);
	ct_row_seek(row, INDENT);
	wrap(row, screen, CT_STYLE_PLAIN, text);
}

static void finding(struct ct_row *row, const struct ct_screen *screen,
		    const struct ct_finding *f)
{
	bool bad = !strcmp(f->severity, "error");

	ct_row_end(row, screen->out);
	ct_row_add(row, bad ? CT_STYLE_BAD : CT_STYLE_TITLE, f->severity);
	ct_row_seek(row, INDENT);
	wrap(row, screen, CT_STYLE_TITLE, f->title);
	paragraph(row, screen, "why", f->cause);
	for (size_t i = 0; i < f->n_evidence; i++)
		paragraph(row, screen, i ? "" : "seen", f->evidence[i]);
	paragraph(row, screen, "try", f->remedy);
	ct_row_addf(row, CT_STYLE_DIM, "  sure");
	ct_row_seek(row, INDENT);
	ct_row_addf(row, CT_STYLE_PLAIN, "%d %%", f->confidence);
	ct_row_end(row, screen->out);
}

/*
 * Errors are how it ended: who knows why needs no more of that, nor that a start which
 * broke off is not as it should have been.
 */
static bool is_told(const struct ct_screen *screen, const struct ct_finding *f)
{
	if (screen->explained &&
	    (!strcmp(f->severity, "error") || !strcmp(f->id, "asked-differs")))
		return false;
	return screen->verbose || strcmp(f->severity, "info") != 0;
}

void ct_view_headline(const struct ct_screen *screen, const struct ct_model *model)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf note = CT_STRBUF_INIT;

	subject_line(&row, screen, model);
	for (size_t i = 0; i < model->n_containers; i++)
		if (ct_container_is_shown(model, (int)i))
			container_line(&row, screen, model, &model->containers[i]);
	ct_filter_note(&note, model, "");
	if (note.len)
		ct_row_wrap(&row, 2, CT_STYLE_CHANGE, note.data, screen->out);
	for (size_t i = 0; i < model->n_findings; i++)
		if (is_told(screen, &model->findings[i]))
			finding(&row, screen, &model->findings[i]);
}
