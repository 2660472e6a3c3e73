/* SPDX-License-Identifier: MIT */
/* Names, times, commands and ids in words. */
#include "label.h"

#include "cells.h"
#include "cttrace/errno.h"
#include "cttrace/signal.h"
#include "lookup.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	ID_LONG = 32,  /* hexadecimal digits that make a container, layer or sandbox id */
	ID_SHORT = 12, /* what engines show of one */
	PATH_LONG = 20,     /* cells of a path that hides the words beside it */
	ARGUMENT_LONG = 160 /* cells of an argument that somebody still reads */
};

const char *ct_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

void ct_label_name(struct ct_strbuf *out, const struct ct_model *model, int process)
{
	const struct ct_process *p = ct_process_at(model, process);
	const struct ct_container *c = p ? ct_container_at(model, p->container) : NULL;

	if (!p)
		ct_strbuf_adds(out, "?");
	else if (c && c->init == process)
		ct_strbuf_adds(out, "init");
	else if (p->n_execs && *p->execs[0].path)
		ct_strbuf_adds(out, ct_basename(p->execs[0].path));
	else if (p->comm && *p->comm)
		ct_strbuf_adds(out, p->comm);
	else
		ct_strbuf_adds(out, ct_role_name(p->role));
}

void ct_label_process(struct ct_strbuf *out, const struct ct_model *model, int process)
{
	const struct ct_process *p = ct_process_at(model, process);

	ct_label_name(out, model, process);
	if (!p)
		return;
	ct_strbuf_addf(out, " %d", p->pid);
	if (ct_has_own_pid(model, p))
		ct_strbuf_addf(out, " → %d", p->nspid);
}

void ct_label_ms(struct ct_strbuf *out, int64_t t_ns)
{
	int64_t us = t_ns < 0 ? 0 : t_ns / 1000;

	ct_strbuf_addf(out, "%lld.%03lld", (long long)(us / 1000),
		       (long long)(us % 1000));
}

void ct_label_duration(struct ct_strbuf *out, int64_t d_ns)
{
	double ms = d_ns < 0 ? 0 : (double)d_ns / 1e6;

	if (ms < 1000)
		ct_strbuf_addf(out, ms < 99.95 ? "%.1f ms" : "%.0f ms", ms);
	else
		ct_strbuf_addf(out, ms < 99950 ? "%.2f s" : "%.0f s", ms / 1000);
}

void ct_label_bytes(struct ct_strbuf *out, int64_t bytes)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB",
					     "TiB",   "PiB", "EiB" };
	double value = (double)bytes;
	size_t unit = 0;

	/* "1024 KiB" would be rounded up to from below */
	for (; value >= 1023.5 && unit + 1 < sizeof(units) / sizeof(*units); unit++)
		value /= 1024;
	ct_strbuf_addf(
		out, value < 9.95 && value != (double)(int)value ? "%.1f %s" : "%.0f %s",
		value, units[unit]);
}

void ct_label_exit(struct ct_strbuf *out, const struct ct_event_exit *end)
{
	if (end->signal)
		ct_strbuf_addf(out, "killed by %s%s", ct_signal_name(end->signal),
			       end->core ? " (core dumped)" : "");
	else if (end->status >= 0)
		ct_strbuf_addf(out, "exit %d", end->status);
	else
		ct_strbuf_adds(out, "exit unknown");
}

void ct_label_request(struct ct_strbuf *out, const struct ct_net_request *request)
{
	ct_strbuf_adds(out, request->words);
	if (request->error)
		ct_strbuf_addf(out, ": %s", ct_errno_name(request->error));
	if (request->error && *request->message)
		ct_strbuf_addf(out, " (%s)", request->message);
}

void ct_label_asked(struct ct_strbuf *out, const struct ct_container *container)
{
	size_t count[4] = { 0 };

	for (size_t i = 0; i < container->n_asked; i++)
		count[container->asked[i].match]++;
	if (container->n_asked)
		ct_strbuf_addf(out, "%zu as asked, %zu different, %zu not seen",
			       count[CT_MATCH_SAME], count[CT_MATCH_DIFFERS],
			       count[CT_MATCH_NOT_SEEN]);
}

void ct_label_text(struct ct_strbuf *out, const char *bytes, size_t len, bool cut)
{
	size_t from = 0;

	for (size_t at = 0; cut && at < len;) {
		size_t digits = 0;

		while (at + digits < len && isxdigit((unsigned char)bytes[at + digits]))
			digits++;
		if (digits >= ID_LONG) {
			ct_strbuf_add(out, bytes + from, at + ID_SHORT - from);
			ct_strbuf_adds(out, "…");
			from = at + digits;
		}
		at += digits ? digits : 1;
	}
	ct_strbuf_add(out, bytes + from, len - from);
}

void ct_label_id(struct ct_strbuf *out, const char *id)
{
	bool is_long = strspn(id, "0123456789abcdefABCDEF") >= ID_LONG;

	ct_strbuf_add(out, id, is_long ? (size_t)ID_SHORT : strlen(id));
}

/* A shell reads these characters as themselves. */
static bool is_plain(const char *word)
{
	size_t n = 0;

	for (; word[n]; n++) {
		unsigned char c = (unsigned char)word[n];

		if (c < 0x80 && !isalnum(c) && !strchr("%+,-./:=@_^{}", c))
			return false;
	}
	return n > 0;
}

void ct_label_path(struct ct_strbuf *out, const char *path, size_t cells, bool cut)
{
	const char *last = ct_basename(path);
	size_t len = strlen(path);

	if (cut && last - path > 1 && ct_cells(path, len) > (int)cells) {
		ct_strbuf_adds(out, "…/");
		len -= (size_t)(last - path);
		path = last;
	}
	ct_label_text(out, path, len, cut);
}

/* A word that no shell would change: an option's path is cut behind its '='. */
static void add_plain(struct ct_strbuf *out, const char *word, bool cut)
{
	const char *value = *word == '-' ? strstr(word, "=/") : NULL;
	size_t name = value ? (size_t)(value + 1 - word) : 0;

	ct_label_text(out, word, name, cut);
	if (word[name] == '/')
		ct_label_path(out, word + name, PATH_LONG, cut);
	else
		ct_label_text(out, word + name, strlen(word + name), cut);
}

static void add_word(struct ct_strbuf *out, const char *word, bool cut)
{
	const char *quote;

	if (is_plain(word)) {
		add_plain(out, word, cut);
		return;
	}
	ct_strbuf_addc(out, '\'');
	while ((quote = strchr(word, '\''))) {
		ct_label_text(out, word, (size_t)(quote - word), cut);
		ct_strbuf_adds(out, "'\\''");
		word = quote + 1;
	}
	ct_label_text(out, word, strlen(word), cut);
	ct_strbuf_addc(out, '\'');
}

/* "crun" of "/usr/bin/crun", but "/hello": it is not in any directory to be left out. */
static const char *program(const char *path)
{
	return strrchr(path, '/') == path ? path : ct_basename(path);
}

void ct_label_command(struct ct_strbuf *out, const char *const *argv, size_t argc,
		      bool cut)
{
	for (size_t i = 0; i < argc; i++) {
		if (i)
			ct_strbuf_addc(out, ' ');
		add_word(out, i || !cut ? argv[i] : program(argv[i]), cut);
	}
}

bool ct_label_oci_command(struct ct_strbuf *out, const char *const *argv, size_t argc)
{
	/* the runtime's command line is a de-facto standard: runc(8), crun(1) */
	static const char *const commands[] = { "create", "start", "run",
						"exec",   "kill",  "delete" };

	for (size_t i = 2; i < argc; i++)
		for (size_t j = 0; j < sizeof(commands) / sizeof(*commands); j++) {
			if (strcmp(argv[i], commands[j]) != 0)
				continue;
			add_word(out, program(argv[0]), true);
			ct_strbuf_adds(out, " … ");
			ct_label_command(out, &argv[i], argc - i, true);
			return true;
		}
	return false;
}

void ct_label_result(struct ct_strbuf *out, const struct ct_event_call *call)
{
	switch (call->result) {
	case CT_RESULT_VALUE:
		ct_strbuf_addf(out, "%lld", (long long)call->ret);
		break;
	case CT_RESULT_ERROR:
		ct_strbuf_adds(out, ct_errno_name(call->error));
		break;
	case CT_RESULT_RESTART:
		ct_strbuf_adds(out, "? (interrupted)");
		break;
	case CT_RESULT_ONGOING:
		ct_strbuf_adds(out, "? (still inside)");
		break;
	case CT_RESULT_NONE:
		ct_strbuf_adds(out, "?");
		break;
	}
}

/* At most so many cells of each argument. */
static void add_arguments(struct ct_strbuf *out, const struct ct_event_call *call,
			  int most)
{
	ct_strbuf_addf(out, "%s(", call->name);
	for (size_t i = 0; i < call->n_args; i++) {
		const char *text = call->args[i].text ? call->args[i].text : "?";
		size_t len = strlen(text), shown = ct_cells_prefix(text, len, most);

		ct_strbuf_adds(out, i ? ", " : "");
		ct_strbuf_add(out, text, shown);
		ct_strbuf_adds(out, shown < len ? "…" : "");
	}
	ct_strbuf_addc(out, ')');
}

void ct_label_arguments(struct ct_strbuf *out, const struct ct_event_call *call)
{
	add_arguments(out, call, INT_MAX);
}

void ct_label_call(struct ct_strbuf *out, const struct ct_event_call *call)
{
	ct_label_arguments(out, call);
	ct_strbuf_adds(out, " = ");
	ct_label_result(out, call);
}

void ct_label_fact(struct ct_strbuf *sb, const struct ct_model *model, size_t fact)
{
	const struct ct_event_call *call = &model->facts[fact].event->call;
	const struct ct_bus_message *message =
		ct_bus_message_at(model, &model->facts[fact]);

	if (message) {
		ct_strbuf_addf(sb, "%s over D-Bus: %s", call->name, message->text);
		return;
	}
	add_arguments(sb, call, ARGUMENT_LONG);
	ct_strbuf_adds(sb, " = ");
	ct_label_result(sb, call);
}
