/* SPDX-License-Identifier: MIT */
/* Messages in words: which unit, which of its properties matter, which error. */
#include "bus.h"

#include <string.h>

typedef void say_fn(struct ct_strbuf *sb, const struct ct_dbus_value *value);

static void say_text(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	ct_strbuf_adds(sb, value->text);
}

static void say_value(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	ct_dbus_say(sb, value);
}

static void say_number(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	/* systemd's "infinity" */
	if (value->number == UINT64_MAX)
		ct_strbuf_adds(sb, "infinity");
	else
		ct_strbuf_addf(sb, "%llu", (unsigned long long)value->number);
}

/* As systemd's own configuration files have it: 512M. */
static void say_bytes(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	static const char units[] = " KMGTP";
	uint64_t bytes = value->number;
	size_t unit = 0;

	if (bytes == UINT64_MAX) {
		say_number(sb, value);
		return;
	}
	while (bytes && bytes % 1024 == 0 && unit + 1 < sizeof(units) - 1) {
		bytes /= 1024;
		unit++;
	}
	ct_strbuf_addf(sb, "%llu", (unsigned long long)bytes);
	if (unit)
		ct_strbuf_addc(sb, units[unit]);
}

static void say_quota(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	enum { MICROSECONDS_PER_PERCENT = 10000 };

	if (value->number == UINT64_MAX)
		say_number(sb, value);
	else
		ct_strbuf_addf(
			sb, "%llu%%",
			(unsigned long long)(value->number / MICROSECONDS_PER_PERCENT));
}

/* Bytes of a mask, the lowest first; said as a list of the bits. */
static void say_mask(struct ct_strbuf *sb, const struct ct_dbus_value *value)
{
	const char *comma = "";

	for (size_t i = 0; i < value->n_items * 8; i++) {
		if (!(value->items[i / 8].number >> i % 8 & 1))
			continue;
		ct_strbuf_addf(sb, "%s%zu", comma, i);
		comma = ",";
	}
}

/* {name, value} of an array of properties. */
static bool is_property(const struct ct_dbus_value *item)
{
	return item->n_items == 2 && item->items[0].type == 's';
}

static const struct ct_dbus_value *find_property(const struct ct_dbus_value *list,
						 const char *name)
{
	for (size_t i = 0; i < list->n_items; i++)
		if (is_property(&list->items[i]) &&
		    !strcmp(list->items[i].items[0].text, name))
			return &list->items[i].items[1];
	return NULL;
}

static void add_properties(struct ct_strbuf *sb, const struct ct_dbus_value *list)
{
	static const struct {
		const char *name;
		say_fn *say;
		const char *called;
	} rows[] = {
#define PROPERTY(name, kind, called) { name, say_##kind, called },
#include "unit.def"
#undef PROPERTY
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct ct_dbus_value *value = find_property(list, rows[i].name);

		if (!value)
			continue;
		ct_strbuf_addf(sb, " %s=", rows[i].called);
		rows[i].say(sb, value);
	}
}

static const struct ct_dbus_value *find_list(const struct ct_dbus_message *message)
{
	const struct ct_dbus_value *body = &message->body;

	for (size_t i = 0; i < body->n_items; i++)
		if (body->items[i].type == 'a' && body->items[i].n_items &&
		    is_property(&body->items[i].items[0]))
			return &body->items[i];
	return NULL;
}

bool bus_is_systemd(const struct ct_dbus_message *message)
{
	static const char manager[] = "org.freedesktop.systemd1.";

	return !strncmp(message->interface, manager, sizeof(manager) - 1);
}

/* The first argument says what it is about; a call to systemd has flags behind it. */
static void add_arguments(struct ct_strbuf *sb, const struct ct_dbus_message *message)
{
	const struct ct_dbus_value *list = find_list(message);
	const struct ct_dbus_value *body = &message->body;
	size_t n = list ? 1 : body->n_items;

	for (size_t i = 0; i < n && i < body->n_items; i++) {
		if (sb->len)
			ct_strbuf_addc(sb, ' ');
		ct_dbus_say(sb, &body->items[i]);
	}
	if (list)
		add_properties(sb, list);
}

const char *bus_words(struct ct_arena *arena, const struct ct_dbus_message *message)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_strbuf_adds(&sb, message->member);
	if (message->type == CT_DBUS_ERROR)
		ct_strbuf_addf(&sb, "%s:", message->error_name);
	add_arguments(&sb, message);
	return ct_arena_strndup(arena, sb.data, sb.len);
}

static const char *said(struct ct_arena *arena, const struct ct_dbus_value *value)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_dbus_say(&sb, value);
	return ct_arena_strndup(arena, sb.data, sb.len);
}

/* Whose cgroup it becomes: that of the process which it asks systemd to move. */
static int site_of(const struct feed *f, const struct ct_dbus_value *pids)
{
	int process = pids && pids->n_items
			      ? map_get(&f->m->by_pid, pids->items[0].number)
			      : -1;

	if (process >= 0 && f->m->states[process].site >= 0)
		return f->m->states[process].site;
	return f->m->tasks[f->task].site;
}

static void add_unit_properties(struct model *m, struct ct_unit *unit,
				const struct ct_dbus_value *list)
{
	for (size_t i = 0; i < list->n_items; i++) {
		const struct ct_dbus_value *item = &list->items[i];

		if (is_property(item))
			*push(m, unit->properties,
			      unit->n_properties) = (struct ct_unit_property){
				.name = ct_arena_strdup(&m->arena, item->items[0].text),
				.value = said(&m->arena, &item->items[1]),
			};
	}
}

/* systemd has no limits when the unit starts that a runtime sets a moment later. */
static void set_properties(struct feed *f, const struct ct_dbus_message *message,
			   const struct ct_dbus_value *list)
{
	int site = f->m->tasks[f->task].site;
	struct ct_unit *unit = site >= 0 ? &site_container(f->m, site)->unit : NULL;

	if (unit && unit->name && !strcmp(unit->name, message->body.items[0].text))
		add_unit_properties(f->m, unit, list);
}

void bus_unit(struct feed *f, const struct ct_dbus_message *message, size_t index)
{
	const struct ct_dbus_value *list = find_list(message);
	struct ct_unit unit = { .message = (long)index };
	int site;

	if (message->type != CT_DBUS_CALL || !bus_is_systemd(message) || !list)
		return;
	if (!strcmp(message->member, "SetUnitProperties"))
		set_properties(f, message, list);
	if (strcmp(message->member, "StartTransientUnit") != 0)
		return;
	site = site_of(f, find_property(list, "PIDs"));
	if (site < 0)
		return;
	unit.name = ct_arena_strdup(&f->m->arena, message->body.items[0].text);
	add_unit_properties(f->m, &unit, list);
	site_container(f->m, site)->unit = unit;
}
