/* SPDX-License-Identifier: MIT */
/* Reading and writing decode cases. */
#include "case.h"

#include "cttrace/errno.h"
#include "record_build.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_blanks(const char *p)
{
	return p + strspn(p, " ");
}

static bool take_word(const char **p, const char *word)
{
	size_t len = strlen(word);

	*p = skip_blanks(*p);
	if (strncmp(*p, word, len) != 0 || (*p)[len] > ' ')
		return false;
	*p += len;
	return true;
}

static bool take_number(const char **p, uint64_t *value)
{
	char *end;

	*p = skip_blanks(*p);
	*value = strtoull(*p, &end, 0);
	if (end == *p)
		return false;
	*p = end;
	return true;
}

/* One character of a string, its escape undone. */
static const char *take_char(const char *p, char *c)
{
	char hex[3] = "";

	*c = *p++;
	if (*c != '\\')
		return p;
	*c = *p++;
	if (*c == 'n')
		*c = '\n';
	if (*c != 'x')
		return p;
	memcpy(hex, p, 2);
	*c = (char)strtoul(hex, NULL, 16);
	return p + 2;
}

static bool take_string(const char **p, struct ct_strbuf *bytes)
{
	const char *at = *p + 1;
	char c;

	while (*at && *at != '"') {
		at = take_char(at, &c);
		ct_strbuf_add(bytes, &c, 1);
	}
	*p = at + 1;
	return *at == '"';
}

/* "u32:0x10": a little-endian number. */
static bool take_packed(const char **p, struct ct_strbuf *bytes)
{
	char *colon;
	unsigned long bits = strtoul(*p + 1, &colon, 10);
	uint64_t value;

	if (**p != 'u' || *colon != ':' || bits % 8 || bits > 64)
		return false;
	*p = colon + 1;
	if (!take_number(p, &value))
		return false;
	ct_strbuf_add(bytes, &value, bits / 8);
	return true;
}

static bool take_blob(const char **p, struct ct_recbuf *rb)
{
	static const char *const kinds[] = {
		[CT_BLOB_STR] = "str",     [CT_BLOB_MEM] = "mem",
		[CT_BLOB_STRV] = "strv",   [CT_BLOB_LINK] = "link",
		[CT_BLOB_DIR] = "dir",     [CT_BLOB_TARGET] = "target",
		[CT_BLOB_STAT] = "stat",   [CT_BLOB_NETLINK] = "netlink",
		[CT_BLOB_MOUNT] = "mount", [CT_BLOB_FAMILY] = "family",
	};
	CT_CLEANUP_STRBUF struct ct_strbuf bytes = CT_STRBUF_INIT;
	bool cut = false, ok = true;
	size_t kind = 0;
	uint64_t arg;

	if (!take_number(p, &arg))
		return false;
	while (kind < sizeof(kinds) / sizeof(*kinds) &&
	       (!kinds[kind] || !take_word(p, kinds[kind])))
		kind++;
	if (kind == sizeof(kinds) / sizeof(*kinds))
		return false;
	if (take_word(p, "unreadable")) {
		record_unreadable(rb, (enum ct_blob_kind)kind, (unsigned int)arg, 14);
		return true;
	}
	for (*p = skip_blanks(*p); ok && **p && **p != ';'; *p = skip_blanks(*p)) {
		if (take_word(p, "cut"))
			cut = true;
		else
			ok = **p == '"' ? take_string(p, &bytes) : take_packed(p, &bytes);
	}
	memcpy(ct_recbuf_reserve(rb, bytes.len), bytes.data, bytes.len);
	ct_recbuf_commit(rb, (enum ct_blob_kind)kind, (unsigned int)arg,
			 (ssize_t)bytes.len, cut);
	return ok;
}

static enum ct_arch take_arch(const char **p)
{
	static const enum ct_arch others[] = { CT_ARCH_I386, CT_ARCH_X32, CT_ARCH_AARCH64,
					       CT_ARCH_ARM };

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (take_word(p, ct_arch_name(others[i])))
			return others[i];
	return CT_ARCH_X86_64;
}

bool case_parse(struct ct_recbuf *rb, const char *line)
{
	enum ct_arch arch = take_arch(&line);
	uint64_t nr, args[6] = { 0 }, ret = 0;
	struct ct_record *rec;
	bool returned;

	if (!take_number(&line, &nr))
		return false;
	for (int i = 0; i < 6 && !take_word(&line, "="); i++)
		if (!take_number(&line, &args[i]))
			return false;
	take_word(&line, "=");
	returned = !take_word(&line, "?");
	if (returned && !take_number(&line, &ret))
		return false;
	rec = record_call(rb, (int64_t)nr, args, (int64_t)ret);
	rec->arch = (uint16_t)arch;
	if (!returned)
		rec->result = CT_RESULT_NONE;
	while (take_word(&line, ";"))
		if (!take_blob(&line, rb))
			return false;
	return !*skip_blanks(line);
}

/* Is the resolved name already there: "/a", or 7</a>? */
static bool text_has_path(const struct ct_arg *arg)
{
	const char *at = strstr(arg->text, arg->path);

	if (!at || at == arg->text)
		return false;
	return strchr("\"<", at[-1]) && strchr("\">", at[strlen(arg->path)]);
}

static void print_arg(struct ct_strbuf *out, const struct ct_arg *arg)
{
	ct_strbuf_addf(out, "%s=%s", arg->name, arg->text);
	if (arg->path && !text_has_path(arg))
		ct_strbuf_addf(out, " -> %s", arg->path);
	if (arg->ns_inode)
		ct_strbuf_addf(out, " {%s %" PRIu64 "}",
			       arg->ns_type < 0 ? "?"
						: ct_ns_name((enum ct_ns)arg->ns_type),
			       arg->ns_inode);
	if (arg->mount)
		ct_strbuf_addf(out, " {mount %" PRId64 "}", arg->mount);
}

void case_print(struct ct_strbuf *out, const struct ct_event_call *call)
{
	ct_strbuf_addf(out, "%s(", call->name);
	for (size_t i = 0; i < call->n_args; i++) {
		ct_strbuf_adds(out, i ? ", " : "");
		print_arg(out, &call->args[i]);
	}
	ct_strbuf_adds(out, ") = ");
	if (call->result == CT_RESULT_VALUE)
		ct_strbuf_addf(out, "%" PRId64, call->ret);
	else if (call->result == CT_RESULT_ERROR)
		ct_strbuf_addf(out, "-1 %s", ct_errno_name(call->error));
	else
		ct_strbuf_adds(out, call->result == CT_RESULT_RESTART ? "restart" : "?");
	if (call->mount)
		ct_strbuf_addf(out, " {mount %" PRId64 "}", call->mount);
}
