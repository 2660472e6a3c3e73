/* SPDX-License-Identifier: MIT */
/* Several threads write an array: its items are all there, once, and in order. */
#include "many.h"
#include "test.h"

/* Some items take longer, so that no thread is always first. */
static void put(struct ct_json_out *out, const void *ctx, size_t i)
{
	const size_t *wide = ctx;
	size_t width = i % 5000 < 1000 ? *wide : 1;

	ct_json_out_open(out, '[');
	for (size_t k = 0; k < width; k++)
		ct_json_out_int(out, (int64_t)i);
	ct_json_out_close(out, ']');
}

static json_t *array_of(size_t n)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct ct_render_options options = { .ascii = false };
	struct ct_stream stream = ct_stream_begin(&text, &options);
	const size_t wide = 20;
	const struct ct_many many = { n, put, &wide };
	json_t *root, *items;

	ct_stream_open(&stream, "items", '[');
	ct_many_add(&stream, &many);
	ct_stream_close(&stream, ']');
	CHECK_INT(ct_stream_end(&stream, NULL), 0);
	root = json_loads(text.data, 0, NULL);
	CHECK(root);
	items = json_incref(json_object_get(root, "items"));
	json_decref(root);
	return items;
}

TEST(items_of_several_threads_are_in_order)
{
	static const size_t sizes[] = { 0, 1, 2047, 2048, 4096, 4097, 50001 };

	for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes); k++) {
		json_t *items = array_of(sizes[k]), *item;
		size_t i;

		CHECK_INT(json_array_size(items), sizes[k]);
		json_array_foreach (items, i, item)
			CHECK_INT(json_integer_value(json_array_get(item, 0)), i);
		json_decref(items);
	}
}
