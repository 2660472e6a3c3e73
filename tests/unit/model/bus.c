/* SPDX-License-Identifier: MIT */
/* Messages of D-Bus out of the bytes of calls, however they were cut into pieces. */
#include "cttrace/strbuf.h"
#include "script.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EVENTS 16

/* Process 10 and what it sends and receives. */
struct talk {
	struct ct_event events[EVENTS];
	struct ct_arg args[EVENTS][2];
	char *copies[EVENTS];
	size_t n;
	struct ct_model *model;
};

static void transfer(struct talk *t, const char *call, const void *bytes, size_t len)
{
	struct ct_event *event = &t->events[t->n];
	struct ct_arg *args = t->args[t->n];

	t->copies[t->n] = memcpy(malloc(len + 1), bytes, len);
	args[0] = (struct ct_arg){
		.name = "sockfd", .type = CT_VALUE_INT, .i = 4, .ns_type = -1
	};
	args[1] = (struct ct_arg){ .name = "msg",
				   .type = CT_VALUE_STR,
				   .str = t->copies[t->n],
				   .len = len,
				   .ns_type = -1 };
	*event = (struct ct_event){ .kind = CT_EVENT_CALL,
				    .t_ns = (int64_t)t->n,
				    .task = { 10, 1 } };
	event->call.name = call;
	event->call.args = args;
	event->call.n_args = 2;
	event->call.result = CT_RESULT_VALUE;
	event->call.ret = (int64_t)len;
	t->n++;
	ct_model_feed(t->model, event);
}

static void begin(struct talk *t)
{
	memset(t, 0, sizeof(*t));
	t->model = ct_model_new(NULL);
	t->events[0] = (struct ct_event){ .kind = CT_EVENT_TASK, .task = { 10, 1 } };
	t->events[0].birth.pid = 10;
	t->n = 1;
	ct_model_feed(t->model, &t->events[0]);
}

static void end(struct talk *t)
{
	ct_model_free(t->model);
	for (size_t i = 0; i < t->n; i++)
		free(t->copies[i]);
}

static size_t seed(char *bytes, const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	FILE *file;
	size_t len;

	ct_strbuf_addf(&path, CT_SOURCE_DIR "/tests/fuzz/seeds/dbus/%s", name);
	file = fopen(path.data, "rb");
	CHECK(file);
	len = fread(bytes, 1, 4096, file);
	fclose(file);
	return len;
}

/* The handshake as sd-bus and godbus write it, and where the peer's answer ends. */
TEST(a_call_and_its_error)
{
	static const char hello[] = "\0AUTH EXTERNAL\r\nDATA\r\nBEGIN\r\n";
	static const char ok[] = "DATA\r\nOK 0123456789abcdef\r\nAGREE_UNIX_FD\r\n";
	char call[4096], error[4096];
	size_t n_call = seed(call, "crun-call-starttransientunit");
	size_t n_error = seed(error, "crun-refused-error");
	const struct ct_bus_message *m;
	struct talk t;

	for (size_t cut = 1; cut < n_error; cut++) {
		begin(&t);
		transfer(&t, "sendmsg", hello, sizeof(hello) - 1);
		transfer(&t, "recvmsg", ok, sizeof(ok) - 1);
		transfer(&t, "sendmsg", call, n_call);
		transfer(&t, "recvmsg", error, cut);
		transfer(&t, "recvmsg", error + cut, n_error - cut);
		CHECK_INT(t.model->n_bus_messages, 2);
		m = t.model->bus_messages;
		CHECK_INT(m[0].event, 3);
		CHECK_INT(m[0].other, 1);
		CHECK(m[0].sent && m[0].systemd);
		CHECK_STR(m[0].member, "StartTransientUnit");
		CHECK_INT(strncmp(m[0].text,
				  "StartTransientUnit test-c1.scope slice=machine.slice "
				  "PIDs=[",
				  59),
			  0);
		CHECK_INT(m[1].event, 4);
		CHECK_INT(m[1].other, 0);
		CHECK_INT(m[1].kind, CT_BUS_ERROR);
		CHECK_STR(m[1].error, "org.freedesktop.systemd1.UnitExists");
		CHECK_STR(m[1].text, "org.freedesktop.systemd1.UnitExists: Unit "
				     "test-c1.scope already exists.");
		CHECK_INT(t.model->facts[3].bus, 0);
		CHECK_INT(t.model->facts[2].bus, -1);
		end(&t);
	}
}

TEST(messages_in_one_piece_are_told_apart)
{
	char bytes[8192];
	size_t n = seed(bytes, "crun-call-hello");
	struct talk t;

	n += seed(bytes + n, "crun-call-addmatch");
	n += seed(bytes + n, "crun-call-stopunit");
	begin(&t);
	transfer(&t, "sendmsg", bytes, n);
	CHECK_INT(t.model->n_bus_messages, 3);
	CHECK_STR(t.model->bus_messages[2].text, "StopUnit test-c1.scope replace");
	CHECK_INT(t.model->facts[1].bus, 0);
	end(&t);
}

TEST(limits_are_said_as_systemd_does)
{
	char bytes[4096];
	size_t n = seed(bytes, "runc-call-setunitproperties");
	struct talk t;

	begin(&t);
	transfer(&t, "sendmsg", bytes, n);
	CHECK_STR(t.model->bus_messages[0].text,
		  "SetUnitProperties test-c1.scope MemoryLimit=512M TasksMax=100 "
		  "DevicePolicy=strict");
	end(&t);
}

/* Sockets of other protocols: nothing is made of what only looks a little like it. */
TEST(other_talk_is_none)
{
	struct talk t;

	begin(&t);
	transfer(&t, "sendmsg", "GET / HTTP/1.1\r\n\r\n", 18);
	transfer(&t, "recvmsg", "l\2\1\1 hello, world", 18);
	transfer(&t, "sendmsg", "l\1\0\1", 4);
	CHECK_INT(t.model->n_bus_messages, 0);
	end(&t);
}
