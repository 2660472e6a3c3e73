/* SPDX-License-Identifier: MIT */
/* Decoding one record at a time. */
#include "decoded.h"

#include "test.h"

void decoded_read(struct decoded *d)
{
	static const struct ct_decode_options options = { .start_ns = 1000 };

	ct_decode(&d->event, ct_recbuf_record(&d->rb), &options, &d->arena);
}

void decoded_release(struct decoded *d)
{
	ct_recbuf_release(&d->rb);
	ct_arena_release(&d->arena);
}

const struct ct_arg *decoded_arg(const struct decoded *d, const char *name)
{
	const struct ct_arg *arg = ct_call_arg(&d->event.call, name);

	if (!arg)
		test_fail(__FILE__, __LINE__, "no argument %s", name);
	return arg;
}
