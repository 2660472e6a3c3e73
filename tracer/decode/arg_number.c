/* SPDX-License-Identifier: MIT */
/* Arguments that are numbers. */
#include "kinds.h"

#include "cttrace/signal.h"

#include <inttypes.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>

static void put_number(struct ct_arg *arg, const struct ct_arg_in *in, int64_t value)
{
	arg->type = CT_VALUE_INT;
	arg->i = value;
	ct_strbuf_addf(in->text, "%" PRId64, value);
}

/* Of the 64 bits of a register the kernel looks at 32. Ids, too: -1 is "leave it". */
void ct_arg_int(struct ct_arg *arg, const struct ct_arg_in *in)
{
	put_number(arg, in, (int32_t)in->raw);
}

void ct_arg_uint(struct ct_arg *arg, const struct ct_arg_in *in)
{
	put_number(arg, in, (uint32_t)in->raw);
}

void ct_arg_long(struct ct_arg *arg, const struct ct_arg_in *in)
{
	bool narrow = ct_arch_is_narrow((enum ct_arch)in->rec->arch);

	put_number(arg, in, narrow ? (int32_t)in->raw : (int64_t)in->raw);
}

void ct_arg_size(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	ct_strbuf_addf(in->text, "%" PRIu64, in->raw);
}

void ct_arg_hex(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	ct_strbuf_addf(in->text, in->raw ? "0x%" PRIx64 : "0", in->raw);
}

void ct_arg_ptr(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_PTR;
	arg->i = (int64_t)in->raw;
	ct_strbuf_addf(in->text, in->raw ? "0x%" PRIx64 : "NULL", in->raw);
}

void ct_arg_mode(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	ct_strbuf_addf(in->text, "%#03" PRIo64, in->raw);
}

/* mknod's mode: the type of the node, and its permissions. */
void ct_arg_node_mode(struct ct_arg *arg, const struct ct_arg_in *in)
{
	const char *type = ct_names_find(in->kind->names, in->raw & S_IFMT);

	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)in->raw;
	if (type)
		ct_strbuf_addf(in->text, "%s|%#03" PRIo64, type,
			       in->raw & ~(uint64_t)S_IFMT);
	else
		ct_strbuf_addf(in->text, "%#03" PRIo64, in->raw);
}

void ct_arg_dev(struct ct_arg *arg, const struct ct_arg_in *in)
{
	dev_t dev =
		(dev_t)(uint32_t)in->raw; /* the kernel's dev_t of the call has 32 bits */

	arg->type = CT_VALUE_INT;
	arg->i = (int64_t)dev;
	ct_strbuf_addf(in->text, "%u:%u", major(dev), minor(dev));
}

static void put_limit(struct ct_arg *arg, const struct ct_arg_in *in, uint64_t infinity)
{
	arg->type = CT_VALUE_INT;
	arg->i = in->raw == infinity ? -1 : (int64_t)in->raw;
	if (in->raw == infinity)
		ct_strbuf_adds(in->text, "RLIM_INFINITY");
	else
		ct_strbuf_addf(in->text, "%" PRIu64, in->raw);
}

void ct_arg_rlim(struct ct_arg *arg, const struct ct_arg_in *in)
{
	put_limit(arg, in, UINT64_MAX);
}

void ct_arg_rlim32(struct ct_arg *arg, const struct ct_arg_in *in)
{
	put_limit(arg, in, UINT32_MAX);
}

static void put_signal(struct ct_strbuf *out, int signal)
{
	const char *name = ct_signal_name(signal);

	if (*name == '?')
		ct_strbuf_addf(out, "%d", signal);
	else
		ct_strbuf_adds(out, name);
}

void ct_arg_signal(struct ct_arg *arg, const struct ct_arg_in *in)
{
	arg->type = CT_VALUE_INT;
	arg->i = (int32_t)in->raw;
	put_signal(in->text, (int32_t)in->raw);
}

/* What wait4 stored: "exited 1", "killed by SIGKILL", … */
void ct_arg_wait_status(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span bytes;
	int status;

	if (!ct_arg_bytes(arg, in, CT_BLOB_MEM, &bytes))
		return;
	if (ct_span_len(bytes) < 4) {
		ct_arg_unknown(arg, in);
		return;
	}
	status = (int)ct_span_load(bytes, 0, 4);
	arg->type = CT_VALUE_INT;
	arg->i = status;
	if (WIFEXITED(status)) {
		ct_strbuf_addf(in->text, "[exited %d]", WEXITSTATUS(status));
	} else if (WIFCONTINUED(status)) {
		ct_strbuf_adds(in->text, "[continued]");
	} else {
		ct_strbuf_adds(in->text,
			       WIFSTOPPED(status) ? "[stopped by " : "[killed by ");
		put_signal(in->text,
			   WIFSTOPPED(status) ? WSTOPSIG(status) : WTERMSIG(status));
		ct_strbuf_addc(in->text, ']');
	}
}

/* A vector of 32-bit numbers: setgroups' list, the two descriptors of pipe. */
void ct_arg_ints(struct ct_arg *arg, const struct ct_arg_in *in)
{
	struct ct_span bytes;
	size_t n;

	if (!ct_arg_bytes(arg, in, CT_BLOB_MEM, &bytes))
		return;
	n = ct_span_len(bytes) / 4;
	arg->type = CT_VALUE_LIST;
	arg->items = ct_arena_array(in->arena, struct ct_arg, n);
	arg->n_items = n;
	ct_strbuf_addc(in->text, '[');
	for (size_t i = 0; i < n; i++) {
		struct ct_arg_in item = *in;

		item.kind = &ct_kinds[CT_KIND_uint];
		item.raw = ct_span_load(bytes, i * 4, 4);
		if (i)
			ct_strbuf_adds(in->text, ", ");
		ct_arg_decode(&arg->items[i], NULL, &item);
	}
	ct_strbuf_adds(in->text, arg->truncated ? ", ...]" : "]");
}
