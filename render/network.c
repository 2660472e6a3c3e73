/* SPDX-License-Identifier: MIT */
/* Network namespaces: who made and entered each, what was put into it, and who did it. */
#include "ascii.h"
#include "label.h"
#include "lookup.h"

#include <string.h>

enum { COL_WORD = 2, COL_TEXT = 18, COL_WHO = 14, COL_WHAT = 32 };

static void line(const struct ct_screen *screen, const char *word, const char *text)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_text(&sb, text, strlen(text), !screen->verbose);
	ct_row_seek(&row, COL_WORD);
	ct_row_add(&row, CT_STYLE_PLAIN, word);
	/* a long name is not run together with what is said of it */
	if (row.cells >= COL_TEXT)
		ct_row_add(&row, CT_STYLE_PLAIN, " ");
	ct_row_seek(&row, COL_TEXT);
	ct_row_wrap(&row, COL_TEXT, CT_STYLE_PLAIN, sb.data, screen->out);
}

/* "made by podman 6422 at 38.415 ms" */
static void maker(const struct ct_screen *screen, const struct ct_model *model,
		  const struct ct_network *n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (n->made_by >= 0) {
		ct_strbuf_adds(&sb, "by ");
		ct_label_process(&sb, model, n->made_by);
		ct_strbuf_adds(&sb, " at ");
		ct_label_ms(&sb, n->made_ns);
		ct_strbuf_adds(&sb, " ms");
		line(screen, "made", sb.data);
	}
	if (!*n->path)
		return;
	ct_strbuf_reset(&sb);
	ct_strbuf_adds(&sb, n->path);
	if (n->bound_by >= 0 && n->bound_by != n->made_by) {
		ct_strbuf_adds(&sb, ", by ");
		ct_label_process(&sb, model, n->bound_by);
	}
	line(screen, "bound to", sb.data);
}

static void visitors(const struct ct_screen *screen, const struct ct_model *model,
		     const struct ct_network *n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	for (size_t i = 0; i < n->n_joined; i++) {
		ct_strbuf_adds(&sb, i ? ", " : "");
		ct_label_process(&sb, model, n->joined[i]);
	}
	if (sb.len)
		line(screen, "joined by", sb.data);
	ct_strbuf_reset(&sb);
	for (size_t i = 0; i < n->n_containers; i++) {
		const struct ct_container *c = ct_container_at(model, n->containers[i]);

		if (!c)
			continue;
		ct_strbuf_adds(&sb, sb.len ? ", " : "");
		ct_label_id(&sb, c->id);
	}
	if (sb.len)
		line(screen, "container", sb.data);
}

static void add(struct ct_strbuf *sb, const char *what, const char *text)
{
	if (*text)
		ct_strbuf_addf(sb, "%s%s%s", sb->len ? ", " : "", what, text);
}

/* "eth0   veth, 10.88.0.7/16, up, other end veth0 in net 4026531840" */
static void interface(const struct ct_screen *screen, const struct ct_network *n,
		      const struct ct_net_interface *it)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	add(&sb, "", it->kind);
	for (size_t i = 0; i < it->n_addresses; i++)
		add(&sb, "", it->addresses[i]);
	add(&sb, "", it->up ? "up" : "");
	if (it->mtu)
		ct_strbuf_addf(&sb, "%smtu %lld", sb.len ? ", " : "", (long long)it->mtu);
	add(&sb, "on ", it->master);
	add(&sb, "other end ", it->peer);
	if (it->peer_net && it->peer_net != n->inode)
		ct_strbuf_addf(&sb, " in net %llu", (unsigned long long)it->peer_net);
	if (it->from)
		ct_strbuf_addf(&sb, "%sfrom net %llu", sb.len ? ", " : "",
			       (unsigned long long)it->from);
	add(&sb, "", it->removed ? "gone" : "");
	line(screen, it->name, sb.len ? sb.data : "down");
}

static bool is_told(const struct ct_network *n)
{
	for (size_t i = 0; i < n->n_interfaces; i++)
		if (n->interfaces[i].changed)
			return true;
	return n->made_by >= 0 || n->n_routes || *n->path || n->n_containers;
}

static void network(const struct ct_screen *screen, const struct ct_model *model,
		    const struct ct_network *n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf title = CT_STRBUF_INIT;

	if (!is_told(n))
		return;
	ct_strbuf_adds(&title, "network namespace ");
	if (n->inode)
		ct_strbuf_addf(&title, "%llu", (unsigned long long)n->inode);
	else
		ct_strbuf_adds(&title, "that is not known");
	ct_strbuf_adds(&title, n->host ? " (the host's)" : "");
	if (!n->host && n->n_containers)
		ct_strbuf_addf(&title, " (step %d)", (int)CT_STEP_NETWORK);
	ct_screen_heading(screen, title.data);
	maker(screen, model, n);
	visitors(screen, model, n);
	for (size_t i = 0; i < n->n_interfaces; i++)
		if (n->interfaces[i].changed)
			interface(screen, n, &n->interfaces[i]);
	for (size_t i = 0; i < n->n_routes; i++)
		line(screen, "route", n->routes[i]);
	for (size_t i = 0; i < n->n_ports; i++)
		line(screen, "port", n->ports[i]);
}

static void request(const struct ct_screen *screen, const struct ct_model *model,
		    const struct ct_net_request *r)
{
	CT_CLEANUP_ROW struct ct_row row = CT_ROW_INIT(screen->look);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	ct_label_ms(&sb, r->t_ns);
	ct_row_right(&row, COL_WHO - 1, CT_STYLE_DIM, sb.data);
	ct_strbuf_reset(&sb);
	ct_row_seek(&row, COL_WHO);
	ct_label_process(&sb, model, r->process);
	ct_row_add(&row, CT_STYLE_PLAIN, sb.data);
	ct_row_add(&row, CT_STYLE_PLAIN, "  ");
	ct_row_seek(&row, COL_WHAT);
	ct_strbuf_reset(&sb);
	ct_label_request(&sb, r);
	ct_row_wrap(&row, COL_WHAT, r->error ? CT_STYLE_BAD : CT_STYLE_PLAIN, sb.data,
		    screen->out);
}

static bool is_filter_program(const struct ct_model *model, int process)
{
	const struct ct_process *p = ct_process_at(model, process);

	return p && p->role == CT_ROLE_FIREWALL && p->n_execs;
}

/* "requests over netlink and by ioctl, ports that are listened on" */
static void requests_heading(const struct ct_screen *screen, const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	bool by_netlink = false, by_ioctl = false, listens = false;

	for (size_t i = 0; i < model->n_net_requests; i++) {
		const struct ct_net_request *r = &model->net_requests[i];

		listens |= r->port != 0;
		by_ioctl |= r->by_ioctl;
		by_netlink |= !r->port && !r->by_ioctl;
	}
	if (by_ioctl)
		add(&sb, "", "requests over netlink and by ioctl");
	else if (by_netlink)
		add(&sb, "", "requests over netlink");
	add(&sb, "", listens ? "ports that are listened on" : "");
	ct_screen_heading(screen, sb.data);
}

static void requests(const struct ct_screen *screen, const struct ct_model *model)
{
	bool any = false;

	for (size_t i = 0; i < model->n_net_requests; i++) {
		const struct ct_net_request *r = &model->net_requests[i];

		if (is_filter_program(model, r->process))
			continue;
		if (!any)
			requests_heading(screen, model);
		any = true;
		request(screen, model, r);
	}
}

static const struct ct_net_request *request_by(const struct ct_model *model, int process)
{
	for (size_t i = 0; i < model->n_net_requests; i++)
		if (model->net_requests[i].process == process)
			return &model->net_requests[i];
	return NULL;
}

static void filter(const struct ct_screen *screen, const struct ct_model *model,
		   int process)
{
	const struct ct_process *p = &model->processes[process];
	const struct ct_exec *exec = &p->execs[p->n_execs - 1];
	const struct ct_net_request *request = request_by(model, process);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf time = CT_STRBUF_INIT;

	ct_label_ms(&time, exec->t_ns);
	ct_label_command(&sb, exec->argv, exec->argc, true);
	if (request) {
		ct_strbuf_adds(&sb, "   → ");
		ct_label_request(&sb, request);
	}
	if (p->exited_ns >= 0 && (p->exit.status || p->exit.signal)) {
		ct_strbuf_adds(&sb, "   → ");
		ct_label_exit(&sb, &p->exit);
	}
	line(screen, time.data, sb.data);
}

/*
 * One step each: what was asked for, what it came to. Most runs only ask whether a rule
 * is there; those are told with -v, or where nobody's changes can be seen (the old
 * iptables does them by setsockopt).
 */
static void filters(const struct ct_screen *screen, const struct ct_model *model)
{
	bool any = false, some_change = false;

	for (int i = 0; i < (int)model->n_processes; i++)
		some_change |= is_filter_program(model, i) && request_by(model, i);
	for (int i = 0; i < (int)model->n_processes; i++) {
		if (!is_filter_program(model, i) ||
		    (!screen->verbose && some_change && !request_by(model, i)))
			continue;
		if (!any)
			ct_screen_heading(screen, "packet filters");
		any = true;
		filter(screen, model, i);
	}
}

void ct_view_network(const struct ct_screen *screen, const struct ct_model *model)
{
	bool any = false;

	for (size_t i = 0; i < model->n_networks; i++) {
		network(screen, model, &model->networks[i]);
		any |= is_told(&model->networks[i]);
	}
	requests(screen, model);
	filters(screen, model);
	if (!any && !model->n_net_requests)
		ct_screen_heading(screen, "no network was made or changed");
}
