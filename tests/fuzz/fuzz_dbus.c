/* SPDX-License-Identifier: MIT */
/* Any bytes as a D-Bus message, whole and cut off at every place near its end. */
/* links: ct_dbus */
#include "fuzz.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>

#define CUTS 16

/* Bytes of their own: the sanitizer sees the first one behind them. */
static void read_message(const uint8_t *bytes, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_strbuf words = CT_STRBUF_INIT;
	struct ct_dbus_message message;
	char *copy = malloc(size ? size : 1);
	ssize_t len;

	if (!copy)
		abort();
	memcpy(copy, bytes, size);
	len = ct_dbus_length(copy, size);
	if (len > 0 && len < CT_DBUS_HEAD_MIN)
		abort();
	if (!ct_dbus_parse(&message, copy, size, &arena)) {
		if (len <= 0 || (!message.cut && size < (size_t)len &&
				 message.body.n_items && !*message.signature))
			abort();
		ct_dbus_say(&words, &message.body);
	}
	ct_strbuf_release(&words);
	ct_arena_release(&arena);
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	for (size_t cut = 0; cut < CUTS && cut <= size; cut++)
		read_message(bytes, size - cut);
	return 0;
}
