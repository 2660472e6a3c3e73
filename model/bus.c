/* SPDX-License-Identifier: MIT */
/* Bytes of a descriptor into messages, and answers to their calls. */
#include "bus.h"

#include "alloc.h"
#include "step.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define PENDING_MAX (1u << 20) /* bytes of a message that never becomes whole */
#define CALLS_MAX   64         /* without an answer; then the oldest is given up */

struct bus_stream {
	struct ct_strbuf bytes;
	size_t event; /* that had the first of them */
};

/* A descriptor of a process that speaks D-Bus. */
struct bus_link {
	struct bus_stream stream[2]; /* received, sent */
	size_t *calls;               /* bus_messages[] without an answer yet */
	size_t n_calls, cap_calls;
};

static const struct transfer {
	const char *call, *bytes;
	bool sends;
} transfers[] = {
	{ "sendmsg", "msg", true },  { "sendto", "buf", true },
	{ "write", "buf", true },    { "writev", "iov", true },
	{ "recvmsg", "msg", false }, { "recvfrom", "buf", false },
	{ "read", "buf", false },
};

static const struct transfer *find_transfer(const char *call)
{
	for (size_t i = 0; i < sizeof(transfers) / sizeof(*transfers); i++)
		if (!strcmp(transfers[i].call, call))
			return &transfers[i];
	return NULL;
}

static int64_t descriptor_of(const struct ct_event_call *call)
{
	int64_t fd = ct_call_int(call, "sockfd", -1);

	return fd >= 0 ? fd : ct_call_int(call, "fd", -1);
}

/* Who begins to speak: the handshake, or a whole head of a call. */
static bool is_greeting(const char *bytes, size_t len)
{
	static const char word[] = "AUTH ";
	size_t skip = len && !*bytes;

	return (len > skip + 5 && !memcmp(bytes + skip, word, sizeof(word) - 1)) ||
	       (ct_dbus_length(bytes, len) > 0 && bytes[1] == CT_DBUS_CALL);
}

static struct bus_link *link_of(struct feed *f, int64_t fd, const struct ct_arg *data,
				bool sends)
{
	struct model *m = f->m;
	uint64_t key = (uint64_t)f->process << 32 | (uint32_t)fd;
	int index = map_get(&m->by_bus, key);

	if (index >= 0 || !sends || !is_greeting(data->str, data->len))
		return index >= 0 ? &m->links[index] : NULL;
	map_put(&m->by_bus, key, (int)m->n_links);
	*ct_push(m->links, m->n_links, m->cap_links) =
		(struct bus_link){ .stream = { { .bytes = CT_STRBUF_INIT },
					       { .bytes = CT_STRBUF_INIT } } };
	return &m->links[m->n_links - 1];
}

void bus_release(struct model *m)
{
	for (size_t i = 0; i < m->n_links; i++) {
		ct_strbuf_release(&m->links[i].stream[0].bytes);
		ct_strbuf_release(&m->links[i].stream[1].bytes);
		free(m->links[i].calls);
	}
	free(m->links);
	map_release(&m->by_bus);
}

static long answered(struct feed *f, struct bus_link *link, uint32_t serial)
{
	for (size_t i = 0; i < link->n_calls; i++) {
		size_t call = link->calls[i];

		if (f->m->pub.bus_messages[call].serial != serial)
			continue;
		memmove(link->calls + i, link->calls + i + 1,
			(--link->n_calls - i) * sizeof(*link->calls));
		f->m->pub.bus_messages[call].other = (long)f->m->pub.n_bus_messages;
		return (long)call;
	}
	return -1;
}

static void await(struct bus_link *link, size_t call)
{
	if (link->n_calls == CALLS_MAX)
		memmove(link->calls, link->calls + 1,
			--link->n_calls * sizeof(*link->calls));
	*ct_push(link->calls, link->n_calls, link->cap_calls) = call;
}

static void note(struct feed *f, struct bus_link *link, bool sent,
		 const struct ct_dbus_message *d)
{
	struct model *m = f->m;
	size_t index = m->pub.n_bus_messages, event = link->stream[sent].event;
	struct ct_bus_message message = {
		.process = f->process,
		.event = event,
		.t_ns = m->pub.facts[event].event->t_ns,
		.kind = (enum ct_bus_kind)(d->type - CT_DBUS_CALL),
		.sent = sent,
		.serial = d->serial,
		.path = ct_arena_strdup(&m->arena, d->path),
		.interface = ct_arena_strdup(&m->arena, d->interface),
		.member = ct_arena_strdup(&m->arena, d->member),
		.error = ct_arena_strdup(&m->arena, d->error_name),
		.text = bus_words(&m->arena, d),
		.systemd = bus_is_systemd(d),
		.other = -1,
	};

	if (d->type == CT_DBUS_CALL && sent)
		await(link, index);
	if ((d->type == CT_DBUS_RETURN || d->type == CT_DBUS_ERROR) && !sent)
		message.other = answered(f, link, d->reply_serial);
	*push(m, m->pub.bus_messages, m->pub.n_bus_messages) = message;
	if (m->pub.facts[event].bus < 0)
		m->pub.facts[event].bus = (int)index;
	if (message.systemd && sent) {
		m->pub.facts[event].tags |= 1u << CT_TAG_CGROUP;
		step_note(f, CT_STEP_CGROUP);
	}
	bus_unit(f, d, index);
}

/* Lines of the handshake come before messages. */
static size_t handshake_len(const char *bytes, size_t len)
{
	const char *end = memmem(bytes, len, "\r\n", 2);

	if (!*bytes)
		return 1;
	return end ? (size_t)(end - bytes) + 2 : len;
}

struct rest {
	const char *bytes;
	size_t len;
	bool last; /* nothing that follows these bytes has been seen */
};

/* How many of the bytes are done with; 0: the message is not whole yet. */
static size_t take_message(struct feed *f, struct bus_link *link, bool sent,
			   const struct rest *rest)
{
	ssize_t len = ct_dbus_length(rest->bytes, rest->len);
	struct ct_arena scratch = CT_ARENA_INIT;
	struct ct_dbus_message message;

	if (len < 0)
		return handshake_len(rest->bytes, rest->len);
	if ((!len || (size_t)len > rest->len) && !rest->last)
		return 0;
	if (!ct_dbus_parse(&message, rest->bytes, rest->len, &scratch))
		note(f, link, sent, &message);
	ct_arena_release(&scratch);
	return len && (size_t)len < rest->len ? (size_t)len : rest->len;
}

static void take_messages(struct feed *f, struct bus_link *link, bool sent, bool last)
{
	struct bus_stream *stream = &link->stream[sent];
	size_t done = 0, taken = 1;

	while (taken && done < stream->bytes.len) {
		struct rest rest = { stream->bytes.data + done, stream->bytes.len - done,
				     last };

		taken = take_message(f, link, sent, &rest);
		done += taken;
		if (taken)
			stream->event = f->index;
	}
	memmove(stream->bytes.data, stream->bytes.data + done, stream->bytes.len - done);
	stream->bytes.len -= done;
	stream->bytes.data[stream->bytes.len] = '\0';
}

void bus_call(struct feed *f)
{
	const struct ct_event_call *call = &f->event->call;
	const struct transfer *transfer = find_transfer(call->name);
	int64_t fd = descriptor_of(call);
	const struct ct_arg *data;
	struct bus_link *link;
	struct bus_stream *stream;

	if (!transfer || !ct_call_ok(call) || fd < 0 || f->process < 0)
		return;
	data = ct_call_arg(call, transfer->bytes);
	if (!data || data->type != CT_VALUE_STR || !data->str || !data->len ||
	    data->len > PENDING_MAX)
		return;
	link = link_of(f, fd, data, transfer->sends);
	if (!link)
		return;
	stream = &link->stream[transfer->sends];
	/* the descriptor may be another connection by now */
	if (!stream->bytes.len || stream->bytes.len > PENDING_MAX ||
	    (transfer->sends && is_greeting(data->str, data->len))) {
		ct_strbuf_reset(&stream->bytes);
		stream->event = f->index;
	}
	ct_strbuf_add(&stream->bytes, data->str, data->len);
	take_messages(f, link, transfer->sends, data->truncated);
}
