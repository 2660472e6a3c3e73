/* SPDX-License-Identifier: MIT */
/* A record that becomes an event. */
#ifndef CTTRACE_TESTS_DECODE_DECODED_H
#define CTTRACE_TESTS_DECODE_DECODED_H

#include "decode.h"
#include "recbuf.h"

/* One record on its way to an event; decoded_release() at the end. */
struct decoded {
	struct ct_recbuf rb;
	struct ct_arena arena;
	struct ct_event event;
};

void decoded_read(struct decoded *d);
void decoded_release(struct decoded *d);
/* The test fails when there is none. */
const struct ct_arg *decoded_arg(const struct decoded *d, const char *name);

#endif
