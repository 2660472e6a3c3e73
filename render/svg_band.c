/* SPDX-License-Identifier: MIT */
/* Which lines there are, in which order, and what each says. */
#include "svg_band.h"

#include "alloc.h"
#include "cast.h"
#include "label.h"
#include "lookup.h"

#include <stdlib.h>
#include <string.h>

enum { BANDS_MAX = 32, BANDS_MOST = 160, INDENT_MAX = 8, STEP_LISTS_MAX = 3 };

/* Roles differ in lightness, so that they do in grey, too. */
static const char *const fills[CT_ROLES] = {
	[CT_ROLE_UNKNOWN] = "#f2f2f2",  [CT_ROLE_ENGINE] = "#9fb9de",
	[CT_ROLE_DAEMON] = "#9fb9de",   [CT_ROLE_MONITOR] = "#d9cff0",
	[CT_ROLE_RUNTIME] = "#f3bf73",  [CT_ROLE_INIT] = "#d5ecca",
	[CT_ROLE_PAYLOAD] = "#d5ecca",  [CT_ROLE_NETWORK] = "#e6dd9c",
	[CT_ROLE_STORAGE] = "#e6dd9c",  [CT_ROLE_IDMAP] = "#e6dd9c",
	[CT_ROLE_FIREWALL] = "#efe9c4", [CT_ROLE_HELPER] = "#ececec",
	[CT_ROLE_HOOK] = "#e3ddf3",
};

struct collector {
	struct ct_bands *bands;
	const struct ct_model *model;
	struct ct_cast cast;
	int *child, *sibling; /* per process: its first child, the next of its parent */
};

/* What a process ran last, under whatever name it began. */
static char *program_of(const struct collector *c, int process)
{
	const struct ct_process *p = &c->model->processes[process];
	const struct ct_exec *exec = NULL;
	struct ct_strbuf text = CT_STRBUF_INIT;

	for (size_t i = 0; i < p->n_execs; i++)
		if (!p->execs[i].self)
			exec = &p->execs[i];
	if (p->exited_ns >= 0 && (p->exit.signal || p->exit.status) &&
	    c->cast.members[process].n_folded == 1) {
		ct_label_exit(&text, &p->exit);
		ct_strbuf_adds(&text, exec ? " · " : "");
	}
	if (exec && p->role == CT_ROLE_RUNTIME &&
	    ct_label_oci_command(&text, exec->argv, exec->argc))
		return ct_strbuf_steal(&text);
	if (exec && exec->argc)
		ct_label_command(&text, exec->argv, exec->argc, true);
	else if (exec)
		ct_strbuf_adds(&text, exec->path);
	return ct_strbuf_steal(&text);
}

static char *name_of(const struct collector *c, int process)
{
	const struct ct_process *p = &c->model->processes[process];
	int n = c->cast.members[process].n_folded;
	struct ct_strbuf name = CT_STRBUF_INIT;

	if (n > 1) {
		ct_label_name(&name, c->model, process);
		ct_strbuf_addf(&name, " ×%d", n);
	} else {
		ct_label_process(&name, c->model, process);
	}
	if (p->role != CT_ROLE_UNKNOWN)
		ct_strbuf_addf(&name, " · %s", ct_role_name(p->role));
	return ct_strbuf_steal(&name);
}

/* A child lies in its parent's box; init opens the one of its container. */
static int box_of(const struct collector *c, int process, const struct ct_band *parent)
{
	if (ct_is_init(c->model, process))
		return c->model->processes[process].container;
	return parent ? parent->container : -1;
}

static void add_process(struct collector *c, int process)
{
	const struct ct_process *p = &c->model->processes[process];
	const struct ct_container *container = ct_container_at(c->model, p->container);
	const struct ct_member *m = &c->cast.members[process];
	int parent = m->parent < 0 ? -1 : c->bands->of[m->parent];
	int box = box_of(c, process, parent < 0 ? NULL : &c->bands->items[parent]);
	struct ct_band *band = ct_push(c->bands->items, c->bands->n, c->bands->cap);

	c->bands->of[process] = (int)c->bands->n - 1;
	*band = (struct ct_band){
		.name = name_of(c, process),
		.text = program_of(c, process),
		.indent = m->depth < INDENT_MAX ? m->depth : INDENT_MAX,
		.process = process,
		.parent = parent,
		.container = box,
		.fill = fills[(unsigned int)p->role < CT_ROLES ? p->role : 0],
		.bad = m->n_folded == 1 && p->exited_ns >= 0 &&
		       (p->exit.signal || p->exit.status),
		.start_ns = p->born_ns,
		.end_ns = p->exited_ns < 0 ? c->model->end_ns : p->exited_ns,
		.payload_ns = -1,
	};
	if (container && container->payload == process)
		band->payload_ns = container->payload_ns;
}

/* Repeated helpers are drawn as one bar, from the first birth to the last end. */
static void stretch_folds(struct collector *c)
{
	for (size_t i = 0; i < c->model->n_processes; i++) {
		const struct ct_process *p = &c->model->processes[i];
		int fold = c->cast.members[i].fold;
		struct ct_band *band;

		if (fold == (int)i || c->bands->of[fold] < 0)
			continue;
		band = &c->bands->items[c->bands->of[fold]];
		if (p->exited_ns > band->end_ns)
			band->end_ns = p->exited_ns;
	}
}

/* Who has no line is told of in that of its like, or else of who created it. */
static void stand_in(struct collector *c)
{
	int *of = c->bands->of;

	for (size_t i = 0; i < c->cast.end; i++) {
		int fold = c->cast.members[i].fold,
		    creator = c->model->processes[i].creator;

		if (of[i] < 0 && c->cast.members[i].shown)
			of[i] = of[fold];
		if (of[i] < 0 && creator >= 0 && creator < (int)i)
			of[i] = of[creator];
	}
}

/* The family, parents before their children, as they were born. */
static void add_processes(struct collector *c)
{
	int process = -1;

	for (size_t i = c->model->n_processes; i-- > 0;) {
		int parent = c->cast.members[i].parent;
		int *list = parent < 0 ? &process : &c->child[parent];

		if (!ct_cast_has(&c->cast, (int)i))
			continue;
		c->sibling[i] = *list;
		*list = (int)i;
	}
	while (process >= 0) {
		add_process(c, process);
		if (c->child[process] >= 0) {
			process = c->child[process];
			continue;
		}
		while (process >= 0 && c->sibling[process] < 0)
			process = c->cast.members[process].parent;
		if (process >= 0)
			process = c->sibling[process];
	}
	stretch_folds(c);
	stand_in(c);
}

static char *step_text(const struct ct_model *model, const struct ct_phase *phase)
{
	const struct ct_container *c = ct_container_at(model, phase->container);
	struct ct_strbuf text = CT_STRBUF_INIT;

	ct_label_duration(&text, phase->busy_ns > 0 ? phase->busy_ns
						    : phase->end_ns - phase->start_ns);
	if (phase->detail && *phase->detail)
		ct_strbuf_addf(&text, " · %s", phase->detail);
	if (c && phase->step == CT_STEP_CGROUP && *c->cgroup) {
		ct_strbuf_adds(&text, " · ");
		ct_label_text(&text, c->cgroup, strlen(c->cgroup), true);
	}
	return ct_strbuf_steal(&text);
}

static void add_step(struct ct_bands *bands, const struct ct_model *model,
		     const struct ct_phase *phase)
{
	struct ct_strbuf name = CT_STRBUF_INIT;

	ct_strbuf_addf(&name, "%d %s", (int)phase->step, phase->name);
	*ct_push(bands->items, bands->n, bands->cap) =
		(struct ct_band){ .name = ct_strbuf_steal(&name),
				  .text = step_text(model, phase),
				  .indent = 1,
				  .process = -1,
				  .parent = -1,
				  .container = -1,
				  .fill = "#b8b8b8",
				  .start_ns = phase->start_ns,
				  .end_ns = phase->end_ns,
				  .payload_ns = -1 };
}

static void add_steps(struct ct_bands *bands, const struct ct_model *model)
{
	int lists = 0, container = -2;

	for (size_t i = 0; i < model->n_phases; i++) {
		const struct ct_phase *phase = &model->phases[i];
		const struct ct_container *c = ct_container_at(model, phase->container);
		struct ct_strbuf name = CT_STRBUF_INIT;

		if (!phase->step || phase->start_ns < 0)
			continue;
		if (phase->container != container) {
			if (lists++ == STEP_LISTS_MAX)
				return;
			container = phase->container;
			ct_strbuf_addf(&name, "steps of %s",
				       c && *c->runtime ? c->runtime : "the runtime");
			*ct_push(bands->items, bands->n, bands->cap) =
				(struct ct_band){ .name = ct_strbuf_steal(&name),
						  .text = ct_strdup(""),
						  .process = -1,
						  .parent = -1,
						  .container = -1,
						  .heading = true,
						  .payload_ns = -1 };
		}
		add_step(bands, model, phase);
	}
}

void ct_bands_init(struct ct_bands *bands, const struct ct_model *model, int verbose)
{
	size_t size = (model->n_processes + 1) * sizeof(int);
	struct collector c = { .bands = bands, .model = model };
	struct ct_strbuf left_out = CT_STRBUF_INIT;

	*bands = (struct ct_bands){ 0 };
	c.child = ct_alloc(size);
	c.sibling = ct_alloc(size);
	bands->of = ct_alloc(size);
	memset(c.child, -1, size);
	memset(c.sibling, -1, size);
	memset(bands->of, -1, size);
	ct_cast_init(&c.cast, model, verbose, BANDS_MAX);
	ct_cast_cut(&c.cast, model, BANDS_MOST);
	add_processes(&c);
	add_steps(bands, model);
	ct_cast_note(&left_out, &c.cast, "");
	bands->left_out = ct_strbuf_steal(&left_out);
	ct_cast_release(&c.cast);
	free(c.child);
	free(c.sibling);
}

void ct_bands_release(struct ct_bands *bands)
{
	free(bands->left_out);
	for (size_t i = 0; i < bands->n; i++) {
		free(bands->items[i].name);
		free(bands->items[i].text);
	}
	free(bands->items);
	free(bands->of);
	*bands = (struct ct_bands){ 0 };
}

/* In the bar if it fits well, else right of it, else where more room is. */
static void place_text(struct ct_band *b, double left, double right)
{
	enum { PADDING = 5, READABLE = 200, LONGEST = 400 };
	const struct ct_pen pen = { .size = CT_BAND_FONT, .bold = b->bad };
	double need = ct_svg_width(&pen, b->text);
	double inside = b->width - 2 * PADDING;
	double after = right - (b->x + b->width) - PADDING,
	       before = b->x - left - PADDING;

	need = need > LONGEST ? LONGEST : need;
	b->anchor = CT_ANCHOR_START;
	if (need <= inside || inside >= READABLE) {
		b->text_x = b->x + PADDING;
		b->text_width = need < inside ? need : inside;
	} else if (need <= after || after >= before) {
		b->text_x = b->x + b->width + PADDING;
		b->text_width = need < after ? need : after;
	} else {
		b->anchor = CT_ANCHOR_END;
		b->text_x = b->x - PADDING;
		b->text_width = need < before ? need : before;
	}
	if (b->text_width < 0)
		b->text_width = 0;
}

void ct_bands_place(struct ct_bands *bands, const struct ct_columns *columns, double left,
		    double right)
{
	enum { THINNEST = 4 };

	for (size_t i = 0; i < bands->n; i++) {
		struct ct_band *b = &bands->items[i];
		double end = ct_columns_x(columns, b->end_ns);

		b->x = ct_columns_x(columns, b->start_ns);
		b->width = end - b->x < THINNEST ? THINNEST : end - b->x;
		if (b->x + b->width > right)
			b->x = right - b->width;
		place_text(b, left, right);
	}
}
