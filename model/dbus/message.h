/* SPDX-License-Identifier: MIT */
/* Messages of D-Bus in a stream of bytes. */
#ifndef CTTRACE_DBUS_MESSAGE_H
#define CTTRACE_DBUS_MESSAGE_H

#include "value.h"

#include <sys/types.h>

#define CT_DBUS_HEAD_MIN 16

enum ct_dbus_type {
	CT_DBUS_CALL = 1,
	CT_DBUS_RETURN,
	CT_DBUS_ERROR,
	CT_DBUS_SIGNAL,
};

struct ct_dbus_message {
	enum ct_dbus_type type;
	uint32_t serial;
	uint32_t reply_serial; /* of an answer: the call's serial; 0: none */
	const char *path, *interface, *member, *error_name, *destination, *sender;
	const char *signature;     /* none of these is NULL */
	struct ct_dbus_value body; /* a struct of the arguments */
	bool cut;                  /* the body is not whole */
};

/*
 * The length of the message that these bytes begin with. 0: fewer than CT_DBUS_HEAD_MIN
 * bytes, so it is not known yet; -EBADMSG: they begin with no message.
 */
ssize_t ct_dbus_length(const void *bytes, size_t len);

/*
 * Reads a message; `len` may be less than its length, then the body is cut. 0, or
 * -EBADMSG when there is no whole header.
 */
int ct_dbus_parse(struct ct_dbus_message *message, const void *bytes, size_t len,
		  struct ct_arena *arena);

#endif
