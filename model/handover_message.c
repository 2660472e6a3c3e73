/* SPDX-License-Identifier: MIT */
/*
 * Hand-overs of bytes. A write tells the socket or pipe that it went to, not who reads
 * from there; but both are nameless, so only relatives can hold their other ends:
 *
 * - socketpair(2) makes two sockets at once, with inode numbers next to each other: who
 *   writes to the one talks to who writes to the other;
 * - else a builder talks to the child that it has made last, and a child to the nearest
 *   of its creators that lives.
 */
#include "handover.h"

#include "command.h"
#include "handover_rights.h"

#include <stdlib.h>
#include <string.h>

struct sent {
	size_t fact;
	uint64_t inode;
	bool socket;
	int before; /* the last one of that inode; -1 */
};

struct mailroom {
	struct model *m;
	struct sent *sent;
	size_t n_sent;
	struct map by_inode;  /* sent: the last one to that inode */
	struct map connected; /* any value: inode of a socket with a name at its end */
	struct map channels;  /* sent: (process, descriptor) */
	struct map fifos;     /* fact of its mknod: path, hashed */
	struct map consoles;  /* fact of the connect: (process, descriptor) */
};

static uint64_t descriptor_key(int process, int64_t fd)
{
	return (uint64_t)(unsigned int)process << 32 | (uint32_t)fd;
}

static bool starts_with(const char *text, const char *beginning)
{
	return !strncmp(text, beginning, strlen(beginning));
}

/* "socket:[5]", "pipe:[123]": the number; 0: it is neither. */
static uint64_t inode_of(const char *path, bool *socket)
{
	*socket = starts_with(path, "socket:[");
	if (!*socket && !starts_with(path, "pipe:["))
		return 0;
	return strtoull(strchr(path, '[') + 1, NULL, 10);
}

static void handover_call(struct mailroom *r, enum ct_handover_kind kind, size_t fact,
			  const int ends[2], const char *label)
{
	const struct ct_event *event = r->m->pub.facts[fact].event;
	/* who waits at a fifo goes on when the other one has come */
	int64_t t = event->t_ns +
		    (kind == CT_HANDOVER_FIFO && event->dur_ns > 0 ? event->dur_ns : 0);

	handover_add(r->m, &(struct ct_handover){ .kind = kind,
						  .from = ends[0],
						  .to = ends[1],
						  .from_ns = t,
						  .to_ns = t,
						  .from_event = -1,
						  .event = fact,
						  .label = label });
}

/* -------- who is at the other end -------- */

static bool is_alive(const struct model *m, int process, int64_t t_ns)
{
	const struct ct_process *p = &m->pub.processes[process];

	return p->born_ns <= t_ns && (p->exited_ns < 0 || p->exited_ns >= t_ns);
}

/* How far is looked: chains that long are no start of a container. */
enum { CREATORS_MAX = 64, TALKERS_MAX = 64 };

static int living_creator(const struct model *m, int process, int64_t t_ns)
{
	int creator = m->pub.processes[process].creator;

	for (int i = 0; creator >= 0 && i < CREATORS_MAX; i++) {
		if (is_alive(m, creator, t_ns))
			return creator;
		creator = m->pub.processes[creator].creator;
	}
	return -1;
}

static bool is_descendant(const struct model *m, int process, int of)
{
	for (int i = 0; process >= 0 && i < CREATORS_MAX; i++) {
		process = m->pub.processes[process].creator;
		if (process == of)
			return true;
	}
	return false;
}

/*
 * The youngest process that it has made for the same container and that lives; before
 * there is one, the next that it makes: bytes wait for it.
 */
static int child_of(const struct model *m, int process, int64_t t_ns)
{
	int site = m->states[process].site, next = -1;

	for (int i = (int)m->pub.n_processes - 1; i > process && site >= 0; i--) {
		if (m->states[i].site != site || !is_descendant(m, i, process))
			continue;
		if (is_alive(m, i, t_ns))
			return i;
		if (m->pub.processes[i].born_ns > t_ns)
			next = i;
	}
	return next;
}

static bool are_kin(const struct model *m, int a, int b)
{
	return a != b && (is_descendant(m, a, b) || is_descendant(m, b, a));
}

/* Who of the writer's relatives writes to that socket, too; the youngest that lives. */
static int talker(const struct mailroom *r, const struct ct_fact *writer, uint64_t inode)
{
	int at = map_get(&r->by_inode, inode), best = -1;

	for (int i = 0; at >= 0 && i < TALKERS_MAX; i++) {
		int process = r->m->pub.facts[r->sent[at].fact].process;

		if (process > best && is_alive(r->m, process, writer->event->t_ns) &&
		    are_kin(r->m, writer->process, process))
			best = process;
		at = r->sent[at].before;
	}
	return best;
}

static int reader_of(const struct mailroom *r, const struct sent *sent)
{
	const struct ct_fact *fact = &r->m->pub.facts[sent->fact];
	int reader = -1;

	if (sent->socket)
		reader = talker(r, fact, sent->inode + 1);
	if (sent->socket && reader < 0)
		reader = talker(r, fact, sent->inode - 1);
	if (reader < 0)
		reader = child_of(r->m, fact->process, fact->event->t_ns);
	return reader >= 0 ? reader
			   : living_creator(r->m, fact->process, fact->event->t_ns);
}

/* -------- collecting -------- */

/* The init of a container that is being built has nothing to write but messages, and has
 * often ended before anybody could look at its descriptor. */
static bool is_init(const struct mailroom *r, const struct ct_fact *fact)
{
	int site = r->m->states[fact->process].site;
	const struct ct_container *c = site >= 0 ? site_container(r->m, site) : NULL;

	return c && c->runtime_process >= 0 && fact->process == c->init &&
	       (c->payload_ns < 0 || fact->event->t_ns < c->payload_ns);
}

static void collect_write(struct mailroom *r, size_t index)
{
	const struct ct_fact *fact = &r->m->pub.facts[index];
	const struct ct_event_call *call = &fact->event->call;
	int64_t fd = ct_call_int(call, "fd", -1);
	uint64_t key = descriptor_key(fact->process, fd);
	struct sent sent = { .fact = index };
	int last;

	/* standard streams are the payload's and the logs' */
	if (fd <= 2)
		return;
	sent.inode = inode_of(ct_call_path(call, "fd"), &sent.socket);
	if (!sent.inode && !*ct_call_path(call, "fd")) {
		last = map_get(&r->channels, key);
		if (last < 0 && !is_init(r, fact))
			return;
		sent.inode = last < 0 ? 0 : r->sent[last].inode;
		sent.socket = last >= 0 && r->sent[last].socket;
	} else if (!sent.inode || map_get(&r->connected, sent.inode) >= 0) {
		return;
	}
	r->sent = state_grow(&r->m->results, r->sent, r->n_sent, sizeof(*r->sent));
	sent.before = map_get(&r->by_inode, sent.inode);
	map_put(&r->by_inode, sent.inode, (int)r->n_sent);
	map_put(&r->channels, key, (int)r->n_sent);
	r->sent[r->n_sent++] = sent;
}

static const struct ct_container *container_of(const struct mailroom *r, size_t index)
{
	int site = r->m->fact_sites[index];

	return site >= 0 ? site_container(r->m, site) : NULL;
}

static void collect_connect(struct mailroom *r, size_t index)
{
	const struct ct_fact *fact = &r->m->pub.facts[index];
	const struct ct_event_call *call = &fact->event->call;
	const struct ct_container *c = container_of(r, index);
	const struct ct_process *p;
	const char *wanted;
	bool socket;
	uint64_t inode = inode_of(ct_call_path(call, "sockfd"), &socket);

	if (inode)
		map_put(&r->connected, inode, (int)index);
	if (!c || c->runtime_process < 0)
		return;
	p = &r->m->pub.processes[c->runtime_process];
	wanted = p->n_execs
			 ? command_option(&p->execs[p->n_execs - 1], "--console-socket")
			 : NULL;
	if (wanted && !strcmp(wanted, ct_call_path(call, "addr")))
		map_put(&r->consoles,
			descriptor_key(fact->process, ct_call_int(call, "sockfd", -1)),
			(int)index);
}

static void collect_fifo(struct mailroom *r, size_t index)
{
	const struct ct_event_call *call = &r->m->pub.facts[index].event->call;
	const struct ct_arg *mode = ct_call_arg(call, "mode");

	if (mode && starts_with(mode->text, "S_IFIFO"))
		map_put(&r->fifos, map_hash(ct_call_path(call, "pathname")), (int)index);
}

/* -------- telling -------- */

/* Created by one command, opened by another one, or by init for that one to come. */
static void tell_open(struct mailroom *r, size_t index)
{
	const struct ct_fact *fact = &r->m->pub.facts[index];
	const char *path = ct_call_path(&fact->event->call, "pathname");
	int made = map_get(&r->fifos, map_hash(path));
	int site = r->m->fact_sites[index];
	const struct ct_container *c = container_of(r, index);
	int ends[2];

	if (made < 0 || !c ||
	    strcmp(path, ct_call_path(&r->m->pub.facts[made].event->call, "pathname")) !=
		    0)
		return;
	ends[0] = fact->process == c->init ? r->m->sites[site].starter : fact->process;
	ends[1] = c->init;
	if (ends[0] == r->m->pub.facts[made].process)
		return;
	handover_call(r, CT_HANDOVER_FIFO, index, ends, state_basename(path));
}

static void tell_console(struct mailroom *r, size_t index)
{
	const struct ct_fact *fact = &r->m->pub.facts[index];
	int64_t fd = ct_call_int(&fact->event->call, "sockfd", -1);
	const struct ct_container *c;
	int ends[2] = { fact->process, -1 };
	int connected = -1, process = fact->process;

	/* connected by the runtime, and inherited by init, which has the terminal */
	for (int i = 0; process >= 0 && connected < 0 && i < CREATORS_MAX; i++) {
		connected = map_get(&r->consoles, descriptor_key(process, fd));
		process = r->m->pub.processes[process].creator;
	}
	if (connected < 0) {
		handover_rights(r->m, index);
		return;
	}
	c = container_of(r, (size_t)connected);
	ends[1] = c->monitor >= 0 ? c->monitor
				  : r->m->pub.processes[c->runtime_process].creator;
	handover_call(r, CT_HANDOVER_CONSOLE, index, ends, "console");
}

static void tell_sent(struct mailroom *r, const struct sent *sent)
{
	const struct ct_fact *fact = &r->m->pub.facts[sent->fact];
	int ends[2] = { fact->process, reader_of(r, sent) };

	handover_call(r, CT_HANDOVER_MESSAGE, sent->fact, ends,
		      handover_label(r->m, ct_call_arg(&fact->event->call, "buf")));
}

static const struct {
	const char *name;
	void (*take)(struct mailroom *r, size_t index);
} calls[] = {
	{ "write", collect_write }, { "connect", collect_connect },
	{ "mknod", collect_fifo },  { "mknodat", collect_fifo },
	{ "open", tell_open },      { "openat", tell_open },
	{ "openat2", tell_open },   { "sendmsg", tell_console },
};

void handover_add_messages(struct model *m)
{
	struct mailroom r = { .m = m };

	for (size_t i = 0; i < m->pub.n_facts; i++) {
		const struct ct_fact *fact = &m->pub.facts[i];

		if (fact->event->kind != CT_EVENT_CALL || fact->process < 0 ||
		    !ct_call_ok(&fact->event->call))
			continue;
		for (size_t k = 0; k < sizeof(calls) / sizeof(calls[0]); k++)
			if (!strcmp(calls[k].name, fact->event->call.name))
				calls[k].take(&r, i);
	}
	for (size_t i = 0; i < r.n_sent; i++)
		tell_sent(&r, &r.sent[i]);
	map_release(&r.by_inode);
	map_release(&r.connected);
	map_release(&r.channels);
	map_release(&r.fifos);
	map_release(&r.consoles);
}
