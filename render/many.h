/* SPDX-License-Identifier: MIT */
/* The items of a long array of a JSON text, written by several threads at once. */
#ifndef CTTRACE_RENDER_MANY_H
#define CTTRACE_RENDER_MANY_H

#include "stream.h"

struct ct_many {
	size_t n; /* items */
	/* Writes one of them. It sees nothing but what does not change meanwhile. */
	void (*put)(struct ct_json_out *out, const void *ctx, size_t i);
	const void *ctx;
};

/* Adds them to the array that is open, in order: the text is that of one thread. */
void ct_many_add(struct ct_stream *stream, const struct ct_many *many);

#endif
