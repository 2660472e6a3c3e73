/* SPDX-License-Identifier: MIT */
/* Bars in eighths of a cell. */
#include "bar.h"

#include "label.h"

#include <stdio.h>
#include <string.h>

#define EIGHTHS 8

/* Where on the axis a time is, in eighths of a cell. */
static int64_t position(const struct ct_axis *axis, int64_t t_ns)
{
	double share = axis->end_ns > 0 ? (double)t_ns / (double)axis->end_ns : 0;

	share = share < 0 ? 0 : share > 1 ? 1 : share;
	return (int64_t)(share * axis->cells * EIGHTHS + 0.5);
}

void ct_bar_add(struct ct_strbuf *out, const struct ct_axis *axis, int64_t start_ns,
		int64_t end_ns)
{
	static const char *const partial[EIGHTHS] = { "",  "▏", "▎", "▍",
						      "▌", "▋", "▊", "▉" };
	int64_t last = (int64_t)axis->cells * EIGHTHS;
	int64_t start = position(axis, start_ns), end = position(axis, end_ns);

	/* even the shortest can be seen, also at the very end */
	if (start >= last)
		start = last - 1;
	if (end <= start)
		end = start + 1;
	ct_strbuf_pad(out, ' ', (size_t)(start / EIGHTHS));
	if (start / EIGHTHS == end / EIGHTHS) {
		/* within one cell only its left part can be drawn in eighths */
		ct_strbuf_adds(out, partial[end - start]);
		return;
	}
	/* the only block that begins in the middle of a cell begins at its half */
	if (start % EIGHTHS >= EIGHTHS / 2)
		ct_strbuf_adds(out, "▐");
	else
		ct_strbuf_adds(out, "█");
	for (int64_t cell = start / EIGHTHS + 1; cell < end / EIGHTHS; cell++)
		ct_strbuf_adds(out, "█");
	ct_strbuf_adds(out, partial[end % EIGHTHS]);
}

/* 1, 2 or 5 times a power of ten, the smallest that leaves `room` cells between ticks. */
static int64_t step_ns(const struct ct_axis *axis, int room)
{
	static const int factors[] = { 1, 2, 5 };

	for (int64_t unit = 1; unit <= axis->end_ns; unit *= 10) {
		for (size_t i = 0; i < sizeof(factors) / sizeof(*factors); i++) {
			int64_t step = unit * factors[i];

			if ((double)step / (double)axis->end_ns * axis->cells >= room)
				return step;
		}
		if (unit > INT64_MAX / 100)
			break;
	}
	return axis->end_ns;
}

void ct_axis_add(struct ct_strbuf *out, const struct ct_axis *axis)
{
	enum { ROOM = 6, BASE_NS = 1000000 };
	CT_CLEANUP_STRBUF struct ct_strbuf end = CT_STRBUF_INIT;
	size_t start = out->len, limit;
	int64_t step;

	ct_label_duration(&end, axis->end_ns);
	if (axis->end_ns <= 0)
		return;
	limit = (size_t)axis->cells > end.len ? (size_t)axis->cells - end.len : 0;
	step = step_ns(axis, ROOM);
	for (int64_t t = 0; t < axis->end_ns; t += step) {
		size_t at = (size_t)(position(axis, t) / EIGHTHS);
		char tick[32];
		int n = snprintf(tick, sizeof(tick), "%.6g",
				 (double)t / (axis->end_ns < 1000000000 ? BASE_NS : 1e9));

		if (n < 0 || at + (size_t)n + 1 > limit || at < out->len - start)
			break;
		ct_strbuf_pad(out, ' ', at - (out->len - start));
		ct_strbuf_add(out, tick, (size_t)n);
	}
	if (limit > out->len - start)
		ct_strbuf_pad(out, ' ', limit - (out->len - start));
	ct_strbuf_adds(out, end.data);
}
