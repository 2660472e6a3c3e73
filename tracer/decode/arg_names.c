/* SPDX-License-Identifier: MIT */
/* Arguments that are flags, or one of a list of names. */
#include "kinds.h"

#include "cttrace/open_flags.h"
#include "cttrace/signal.h"

#include <inttypes.h>
#include <sched.h>

void ct_arg_flags(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	ct_names_put_flags(in->kind->names, in->raw, in->text);
}

void ct_arg_open_flags(struct ct_arg *arg, const struct ct_arg_in *in)
{
	enum ct_arch arch = (enum ct_arch)in->rec->arch;

	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	ct_names_put_flags(in->kind->names, ct_open_flags(arch, in->raw), in->text);
}

/* The name of in->raw, or NULL. All numbers of this sort are int in the kernel. */
static const char *enum_name(struct ct_arg *arg, const struct ct_arg_in *in)
{
	int32_t value = (int32_t)in->raw;
	const char *name = ct_names_find(in->kind->names, (uint32_t)value);

	if (!name)
		name = ct_names_find(in->kind->names, (uint64_t)(int64_t)value);
	arg->type = CT_VALUE_INT;
	arg->i = value;
	return name;
}

void ct_arg_enum(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const char *name = enum_name(arg, in);

	if (name)
		ct_strbuf_adds(in->text, name);
	else
		ct_strbuf_addf(in->text, "%#x", (unsigned int)arg->i);
}

/* A key: its serial number, or a small negative number that stands for a keyring. */
void ct_arg_keyring(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const char *name = enum_name(arg, in);

	if (name)
		ct_strbuf_adds(in->text, name);
	else
		ct_strbuf_addf(in->text, "%d", (int)arg->i);
}

/* clone's first argument: flags, and the signal that the parent gets at the end. */
void ct_arg_clone_flags(struct ct_arg *arg, const struct ct_arg_in *in)
{
	uint64_t flags = in->raw & ~(uint64_t)CSIGNAL;
	int signal = (int)(in->raw & CSIGNAL);
	const char *name = ct_signal_name(signal);

	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	if (flags || !signal)
		ct_names_put_flags(in->kind->names, flags, in->text);
	if (flags && signal)
		ct_strbuf_addc(in->text, '|');
	if (signal && *name == '?')
		ct_strbuf_addf(in->text, "%#x", signal);
	else if (signal)
		ct_strbuf_adds(in->text, name);
}

/* Without its flag, clone's pointer is whatever the register happens to hold. */
bool ct_clone_uses(const struct ct_arg_in *in)
{
	static const uint64_t needs[6] = {
		[2] = CLONE_PARENT_SETTID | CLONE_PIDFD,
		[3] = CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID,
		[4] = CLONE_SETTLS,
	};

	return in->rec->args[0] & needs[in->index];
}

/* Bit N stands for the name with value N: sets of capabilities. */
void ct_arg_bit_set(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const struct ct_names *names = in->kind->names;
	uint64_t rest = in->raw;
	size_t start = in->text->len;

	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	for (size_t i = 0; i < names->count; i++) {
		uint64_t bit = (uint64_t)1 << names->names[i].value;

		if (!(rest & bit))
			continue;
		if (in->text->len > start)
			ct_strbuf_addc(in->text, '|');
		ct_strbuf_adds(in->text, names->names[i].name);
		rest &= ~bit;
	}
	if (in->text->len == start)
		ct_strbuf_addf(in->text, rest ? "0x%" PRIx64 : "0", rest);
	else if (rest)
		ct_strbuf_addf(in->text, "|0x%" PRIx64, rest);
}
