/* SPDX-License-Identifier: MIT */
/* Small values of a report. */
#include "cttrace/errno.h"
#include "cttrace/escape.h"
#include "cttrace/signal.h"
#include "lookup.h"
#include "report.h"

#include <string.h>

/* Most text has nothing to escape: a report of a million events need not copy it. */
static bool is_plain(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((signed char)bytes[i] <= 0 || bytes[i] == '\\')
			return false;
	return true;
}

json_t *ct_report_bytes(const char *bytes, size_t len)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (!bytes)
		return json_null();
	if (is_plain(bytes, len))
		return json_stringn_nocheck(bytes, len);
	ct_escape(&sb, bytes, len);
	return json_stringn_nocheck(sb.data, sb.len); /* valid UTF-8 by now */
}

json_t *ct_report_text(const char *text)
{
	return ct_report_bytes(text, text ? strlen(text) : 0);
}

json_t *ct_report_known(const char *text)
{
	return ct_report_text(text && *text ? text : NULL);
}

json_t *ct_report_argv(const char *const *argv, size_t argc)
{
	json_t *array = json_array();

	for (size_t i = 0; i < argc; i++)
		json_array_append_new(array, ct_report_text(argv[i]));
	return array;
}

json_t *ct_report_time(int64_t t_ns)
{
	return t_ns < 0 ? json_null() : json_integer(t_ns);
}

json_t *ct_report_inode(uint64_t inode)
{
	return inode ? json_integer((json_int_t)inode) : json_null();
}

json_t *ct_report_event(const struct ct_model *model, long event)
{
	if (event < 0)
		return json_null();
	if (!model->selection)
		return json_integer(event);
	return model->selection->facts[event]
		       ? json_integer((json_int_t)model->selection->places[event])
		       : json_null();
}

json_t *ct_report_exit(const struct ct_event_exit *end, bool known)
{
	if (!known)
		return json_null();
	if (end->signal)
		return json_pack("{s:o}", "signal",
				 ct_report_text(ct_signal_name(end->signal)));
	return end->status < 0 ? json_null() : json_pack("{s:i}", "status", end->status);
}

json_t *ct_report_process_id(const struct ct_model *model, int process)
{
	const struct ct_process *p = ct_process_at(model, process);

	if (!p)
		return json_null();
	return json_pack("{s:i, s:I}", "pid", (int)p->pid, "serial",
			 (json_int_t)p->serial);
}

json_t *ct_report_container_id(const struct ct_model *model, int container)
{
	const struct ct_container *c = ct_container_at(model, container);

	return c ? ct_report_text(c->id) : json_null();
}

void ct_report_put_text(struct ct_json_out *out, const char *text)
{
	if (text)
		ct_json_out_text(out, text);
	else
		ct_json_out_word(out, "null");
}

void ct_report_put_known(struct ct_json_out *out, const char *text)
{
	ct_report_put_text(out, text && *text ? text : NULL);
}

void ct_report_put_argv(struct ct_json_out *out, const char *const *argv, size_t argc)
{
	ct_json_out_open(out, '[');
	for (size_t i = 0; i < argc; i++)
		ct_report_put_text(out, argv[i]);
	ct_json_out_close(out, ']');
}

void ct_report_put_time(struct ct_json_out *out, int64_t t_ns)
{
	if (t_ns < 0)
		ct_json_out_word(out, "null");
	else
		ct_json_out_int(out, t_ns);
}

void ct_report_put_inode(struct ct_json_out *out, uint64_t inode)
{
	if (inode)
		ct_json_out_int(out, (int64_t)inode);
	else
		ct_json_out_word(out, "null");
}

json_t *ct_report_errno(int error)
{
	return error ? ct_report_text(ct_errno_name(error)) : json_null();
}
