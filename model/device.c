/* SPDX-License-Identifier: MIT */
/* A program becomes rules when it is attached: runtimes load others to try the kernel. */
#include "device.h"

#include "call.h"
#include "cgroup.h"
#include "device_program.h"

#include "alloc.h"
#include "cttrace/strbuf.h"

#include <string.h>

/* linux/bpf.h; the model reads traces of any kernel */
enum { PROG_LOAD = 5, PROG_ATTACH = 8, LINK_CREATE = 28 };
enum { TYPE_CGROUP_DEVICE = 15, ATTACH_CGROUP_DEVICE = 6 };

#define ATTACHED_MAX 64 /* programs of one trace that are run */

static uint64_t fd_key(const struct feed *f, int64_t fd)
{
	return (uint64_t)f->process << 32 | (uint32_t)fd;
}

static void loaded(struct feed *f, const struct ct_arg *attr)
{
	if (call_item_int(attr, "prog_type", -1) == TYPE_CGROUP_DEVICE)
		map_put(&f->m->device_programs, fd_key(f, f->event->call.ret),
			(int)f->index);
}

/* "c 1:3 rwm", as version 1 writes it. */
static const char *rule_text(struct model *m, const struct ct_device_rule *rule)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_strbuf_adds(&sb, rule->block ? "b " : "c ");
	if (rule->major < 0)
		ct_strbuf_adds(&sb, "*:");
	else
		ct_strbuf_addf(&sb, "%lld:", (long long)rule->major);
	if (rule->minor < 0)
		ct_strbuf_adds(&sb, "* ");
	else
		ct_strbuf_addf(&sb, "%lld ", (long long)rule->minor);
	if (rule->access & CT_DEVICE_READ)
		ct_strbuf_addc(&sb, 'r');
	if (rule->access & CT_DEVICE_WRITE)
		ct_strbuf_addc(&sb, 'w');
	if (rule->access & CT_DEVICE_MKNOD)
		ct_strbuf_addc(&sb, 'm');
	return ct_arena_strdup(&m->arena, sb.data);
}

static void attached(struct feed *f, const struct ct_arg *attr, const char *program)
{
	int load = map_get(&f->m->device_programs,
			   fd_key(f, call_item_int(attr, program, -1)));
	const struct ct_arg *target = call_item(attr, "target_fd"), *insns;
	struct ct_device_rules rules;

	if (load < 0 || call_item_int(attr, "attach_type", -1) != ATTACH_CGROUP_DEVICE ||
	    f->m->n_device_programs == ATTACHED_MAX)
		return;
	insns = call_item(ct_call_arg(&f->m->pub.facts[load].event->call, "attr"),
			  "insns");
	if (!insns || insns->type != CT_VALUE_STR || insns->truncated)
		return;
	f->m->n_device_programs++;
	rules = ct_device_rules_of(insns->str, insns->len, &f->m->arena);
	for (size_t i = 0; i < rules.n; i++) {
		struct ct_limit limit = {
			.t_ns = f->event->t_ns,
			.file = rules.items[i].deny ? "device program denies"
						    : "device program allows",
			.cgroup = target && target->path ? target->path : "",
			.value = rule_text(f->m, &rules.items[i]),
			.meaning = "",
			.event = f->index,
		};

		cgroup_add_limit(f, &limit);
	}
}

void device_bpf(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct ct_arg *attr = ct_call_arg(call, "attr");

	if (f->process < 0 || !attr)
		return;
	switch (ct_call_int(call, "cmd", -1)) {
	case PROG_LOAD:
		loaded(f, attr);
		return;
	case PROG_ATTACH:
		attached(f, attr, "attach_bpf_fd");
		return;
	case LINK_CREATE:
		attached(f, attr, "prog_fd");
		return;
	default:
		return;
	}
}
