/* SPDX-License-Identifier: MIT */
/* The table of files, and the four shapes that their texts have. */
#include "files.h"

#include <string.h>

/* Version 1 has no word for no limit: it is the largest multiple of a page. */
#define NO_LIMIT ((int64_t)1 << 62)

/* The figure in a text, -1 if it is not there. */
typedef int64_t shape_fn(struct ct_span text, const char *key);

static int64_t number(struct ct_span word)
{
	uint64_t value;

	if (!ct_span_number(&word, INT64_MAX, &value) || ct_span_len(word))
		return -1;
	return (int64_t)value;
}

static int64_t sum(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* "50000 100000": the words of the first line; the key is the place of one. */
static int64_t shape_word(struct ct_span text, const char *key)
{
	struct ct_span line, word;

	if (!ct_span_line(&text, &line))
		return -1;
	word = ct_span_word(&line);
	for (int skip = *key - '0'; skip > 0; skip--)
		word = ct_span_word(&line);
	return number(word);
}

/* "oom_kill 1" */
static int64_t shape_line(struct ct_span text, const char *key)
{
	struct ct_span line;

	while (ct_span_line(&text, &line))
		if (ct_span_equal(ct_span_word(&line), key))
			return number(ct_span_word(&line));
	return -1;
}

/* "8:0 Read 4096", a line for each device and key; none means that there was nothing. */
static int64_t shape_device(struct ct_span text, const char *key)
{
	struct ct_span line;
	int64_t total = 0;

	while (ct_span_line(&text, &line)) {
		int64_t value;

		ct_span_word(&line);
		if (!ct_span_equal(ct_span_word(&line), key))
			continue;
		value = number(ct_span_word(&line));
		total = sum(total, value > 0 ? value : 0);
	}
	return total;
}

/* "8:0 rbytes=4096 wbytes=0 rios=1 wios=0", a line for each device. */
static int64_t shape_pair(struct ct_span text, const char *key)
{
	struct ct_span line;
	int64_t total = 0;

	while (ct_span_line(&text, &line)) {
		struct ct_span word;

		while (ct_span_len(word = ct_span_word(&line))) {
			struct ct_span name = ct_span_until(&word, '=');
			int64_t value = ct_span_equal(name, key) ? number(word) : 0;

			total = sum(total, value > 0 ? value : 0);
		}
	}
	return total;
}

static const struct row {
	int version;
	const char *controller, *file;
	shape_fn *shape;
	const char *key;
	enum ct_figure figure;
	int64_t scale;
} rows[] = {
#define ROW(version, controller, file, shape, key, figure, scale) \
	{ version, controller, file, shape_##shape, key, CT_FIGURE_##figure, scale },
#include "files.def"
#undef ROW
};

#define N_ROWS (sizeof(rows) / sizeof(*rows))
_Static_assert(N_ROWS <= CT_METER_FILES_MAX, "every file has a place");

static bool same_file(const struct row *a, const struct row *b)
{
	return a->version == b->version && !strcmp(a->controller, b->controller) &&
	       !strcmp(a->file, b->file);
}

size_t ct_meter_files(struct ct_meter_file files[CT_METER_FILES_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < N_ROWS; i++) {
		if (!i || !same_file(&rows[i], &rows[i - 1]))
			files[n++] = (struct ct_meter_file){ rows[i].version,
							     rows[i].controller,
							     rows[i].file, i, 0 };
		files[n - 1].n_rows++;
	}
	return n;
}

void ct_meter_parse(int64_t figures[CT_FIGURES], const struct ct_meter_file *file,
		    struct ct_span text)
{
	for (size_t i = 0; i < file->n_rows; i++) {
		const struct row *row = &rows[file->first_row + i];
		int64_t value;

		/* a host with both versions says some things twice */
		if (figures[row->figure] >= 0)
			continue;
		value = row->shape(text, row->key);
		if (value >= NO_LIMIT / row->scale)
			value = -1;
		figures[row->figure] = value < 0 ? -1 : value * row->scale;
	}
}
