/* SPDX-License-Identifier: MIT */
/* Keeps the namespaces of a container. */
#include "ledger.h"

#include "site.h"

/* The namespaces that a container is compared with: the host's, or the outer container's.
 */
void ledger_base(struct model *m, struct site *s, int task)
{
	for (int type = 0; type < CT_NS_TYPES; type++) {
		uint64_t base = m->host_ns[type];

		if (s->outer >= 0)
			base = site_container(m, s->outer)->ns[type].to;
		if (!base)
			base = m->tasks[task].ns[type];
		s->draft.ns[type] = (struct ct_container_ns){ .how = CT_NS_SHARED,
							      .from = base,
							      .to = base,
							      .t_ns = -1,
							      .by = -1,
							      .maker = -1 };
		if (s->outer >= 0)
			s->draft.ns[type].maker =
				site_container(m, s->outer)->ns[type].maker;
	}
}

/* Who made a namespace that is joined later. */
static int maker_of(const struct model *m, uint64_t inode, int fallback)
{
	int change = map_get(&m->ns_makers, inode);

	if (change < 0)
		return fallback;
	return m->pub.facts[m->pub.ns_changes[change].event].process;
}

static void note_change(const struct feed *f, int site, const struct ct_ns_change *change,
			int by)
{
	struct model *m = f->m;
	struct ct_container_ns *ns = &site_container(m, site)->ns[change->type];

	if (change->to && change->how != CT_NS_SETNS &&
	    (change->type == CT_NS_MNT || change->type == CT_NS_PID))
		map_put(&m->by_ns, change->to, site);
	if (change->to && change->to == ns->from && site_building(m, site)) {
		*ns = (struct ct_container_ns){ CT_NS_SHARED, ns->from, ns->from,
						-1,           -1,       -1 };
		return;
	}
	/* the child of unshare(CLONE_NEWPID) shows what that call had made */
	if (ns->how == change->how && !ns->to) {
		ns->to = change->to;
		ns->maker = map_get(&m->ns_makers, ns->to);
		return;
	}
	if (m->sites[site].rank >= RANK_INIT)
		return;
	ns->how = change->how;
	ns->to = change->to;
	ns->maker = ns->to ? map_get(&m->ns_makers, ns->to) : -1;
	ns->t_ns = change->t_ns;
	ns->by = change->how == CT_NS_SETNS ? maker_of(m, change->to, by) : by;
}

void ledger_note(const struct feed *f, int site, int by)
{
	const struct ct_fact *fact = feed_fact(f);

	for (size_t i = 0; i < fact->n_ns; i++)
		note_change(f, site, &f->m->pub.ns_changes[fact->first_ns + i], by);
}
