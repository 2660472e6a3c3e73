/* SPDX-License-Identifier: MIT */
/* Descriptors that are sent through a local socket: from whom, to whom. */
#include "story.h"
#include "test.h"

enum { SENDER = 2, RECEIVER = 3, BASE = 100 };

/* SENDER sends these; the socket names a pid. */
static void send_them(struct story *s, const char **names, size_t n, int32_t pid)
{
	const struct ct_arg args[] = { story_number("sockfd", 6) };
	struct ct_event *event = story_call(s, SENDER, "sendmsg", 46, args, 1);

	event->passed = names;
	event->n_passed = n;
	event->peer = ct_arena_array(&s->arena, struct ct_peer, 1);
	*event->peer = (struct ct_peer){ .pid = pid, .exe = "" };
	event->call.result = CT_RESULT_VALUE;
	ct_model_feed(s->model, event);
}

static void begin(struct story *s)
{
	story_begin(s, 0);
	story_birth(s, SENDER, STORY_ROOT, CT_BIRTH_FORK, 0);
	story_birth(s, RECEIVER, STORY_ROOT, CT_BIRTH_FORK, 0);
}

/* The hand-over by message; NULL: there is none. */
static const struct ct_handover *message(struct story *s)
{
	const struct ct_handover *found = NULL;

	ct_model_finish(s->model, NULL);
	for (size_t i = 0; i < s->model->n_handovers; i++)
		if (s->model->handovers[i].kind == CT_HANDOVER_MESSAGE) {
			CHECK(!found);
			found = &s->model->handovers[i];
		}
	return found;
}

TEST(descriptors_go_to_whom_the_socket_names)
{
	const char *names[] = { "anon_inode:seccomp notify", "/dev/net/tun" };
	const struct ct_handover *h;
	struct story s;

	begin(&s);
	send_them(&s, names, 2, RECEIVER + BASE);
	h = message(&s);
	CHECK(h);
	CHECK_STR(h->label, "descriptors: seccomp notify, /dev/net/tun");
	CHECK_INT(s.model->processes[h->from].pid, SENDER + BASE);
	CHECK_INT(s.model->processes[h->to].pid, RECEIVER + BASE);
	story_end(&s);
}

TEST(nobody_hands_anything_to_himself_or_to_strangers)
{
	const char *names[] = { "" };
	struct story s;

	begin(&s);
	send_them(&s, names, 1, SENDER + BASE);
	send_them(&s, names, 1, 77777);
	send_them(&s, NULL, 0, RECEIVER + BASE);
	CHECK(!message(&s));
	story_end(&s);
}
