/* SPDX-License-Identifier: MIT */
/* Phases, the steps within them, and processes along the time. */
#include "cast.h"
#include "label.h"
#include "lookup.h"
#include "mermaid.h"

#include <string.h>

enum { BARS_MAX = 40, NAME_CELLS = 48 };

/* Mermaid counts in milliseconds; what is shorter is still drawn. */
static void add_bar(struct ct_strbuf *out, const char *name, const char *tag,
		    int64_t start_ns, int64_t end_ns)
{
	const int64_t ms = 1000000;
	int64_t start = start_ns / ms, end = (end_ns + ms - 1) / ms;
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_strbuf_addf(&text, "%s, ", name);
	ct_label_duration(&text, end_ns - start_ns);
	ct_strbuf_adds(out, "    ");
	ct_mermaid_text(out, text.data, NAME_CELLS + 12);
	ct_strbuf_addf(out, " :%s%lld, %lld\n", tag, (long long)start,
		       (long long)(end > start ? end : start + 1));
}

static void add_section(struct ct_strbuf *out, const char *name)
{
	ct_strbuf_adds(out, "    section ");
	ct_mermaid_text(out, name, NAME_CELLS);
	ct_strbuf_addc(out, '\n');
}

/* What did not fit is counted in a last bar. */
static void add_more(struct ct_strbuf *out, const struct ct_model *model, size_t more,
		     const char *what)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	if (!more)
		return;
	ct_strbuf_addf(&text, "… %zu more %s", more, what);
	add_bar(out, text.data, "", model->end_ns, model->end_ns);
}

static size_t beyond(size_t n)
{
	return n > BARS_MAX ? n - BARS_MAX : 0;
}

static void add_phases(struct ct_strbuf *out, const struct ct_model *model, bool steps)
{
	size_t n = 0;

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *phase = &model->phases[i];
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;

		if (!phase->step == steps || phase->start_ns < 0 || n++ >= BARS_MAX)
			continue;
		if (n == 1)
			add_section(out, steps ? "Steps of the runtime" : "Phases");
		if (steps)
			ct_strbuf_addf(&name, "%d ", (int)phase->step);
		ct_strbuf_adds(&name, phase->name);
		if (phase->detail && *phase->detail)
			ct_strbuf_addf(&name, " (%s)", phase->detail);
		/* a bar within the text is not to be taken for its duration */
		add_bar(out, name.data, steps ? "active, " : "", phase->start_ns,
			phase->end_ns);
	}
	add_more(out, model, beyond(n), steps ? "steps" : "phases");
}

static void add_processes(struct ct_strbuf *out, const struct ct_model *model,
			  const struct ct_render_options *options)
{
	struct ct_cast cast;
	size_t n = 0;

	ct_cast_init(&cast, model, options->verbose, BARS_MAX);
	for (size_t i = 0; i < model->n_processes; i++) {
		const struct ct_process *p = &model->processes[i];
		CT_CLEANUP_STRBUF struct ct_strbuf name = CT_STRBUF_INIT;
		bool bad = p->exited_ns >= 0 && (p->exit.signal || p->exit.status);

		if (!ct_cast_has(&cast, (int)i) || cast.members[i].n_folded > 1 ||
		    n++ >= BARS_MAX)
			continue;
		if (n == 1)
			add_section(out, "Processes");
		ct_label_process(&name, model, (int)i);
		if (p->role != CT_ROLE_UNKNOWN)
			ct_strbuf_addf(&name, " %s", ct_role_name(p->role));
		add_bar(out, name.data, bad ? "crit, " : "", p->born_ns,
			p->exited_ns < 0 ? model->end_ns : p->exited_ns);
	}
	add_more(out, model, beyond(n) + cast.left_out + cast.cut, "processes");
	ct_cast_release(&cast);
}

void ct_mermaid_gantt(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options)
{
	const int64_t second_ns = 1000000000;

	ct_strbuf_adds(out, "gantt\n");
	ct_mermaid_title(out, model, options);
	ct_strbuf_addf(out, "    dateFormat x\n    axisFormat %s\n",
		       model->end_ns < second_ns ? "%L ms" : "%M:%S.%L");
	add_phases(out, model, false);
	add_phases(out, model, true);
	add_processes(out, model, options);
}
