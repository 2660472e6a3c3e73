/* SPDX-License-Identifier: MIT */
/* What programs said while the container was started: stderr, logs, and each other. */
#ifndef CTTRACE_EXPLAIN_MESSAGE_H
#define CTTRACE_EXPLAIN_MESSAGE_H

#include "cttrace/model.h"
#include "words.h"

enum channel {
	CHANNEL_STDERR,
	CHANNEL_SYNC, /* a pipe or a socket: to another process of the start */
	CHANNEL_LOG,
};

struct message {
	size_t fact;
	int process;
	enum channel channel;
	int64_t t_ns;
	const char *text; /* one line, without the frame that a logger put around it */
	struct words words;
	int number;    /* an errno as a number before the text; 0 */
	bool payload;  /* said by a container's own program */
	bool warning;  /* its writer did not call it an error */
	size_t origin; /* the earliest message that says the same; its own index if none
			*/
};

struct messages {
	struct message *items; /* complaints, in the order of time */
	size_t n, cap;
	struct message *plain; /* the other lines on stderr, not of payloads */
	size_t n_plain, cap_plain;
};

struct messages messages_of(const struct ct_model *model, struct ct_arena *arena);
void messages_release(struct messages *messages);

/* Did the payload of the process's container run at that time? */
bool message_is_payload(const struct ct_model *model, int process, int64_t t_ns);

#endif
