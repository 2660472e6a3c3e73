/* SPDX-License-Identifier: MIT */
/* Any bytes as a report of the BPF program: a tracee chooses most of them. */
/* links: ct_failures */
#include "fuzz.h"

#include "call_report.h"
#include "file_report.h"

#include <string.h>

/* One with all kinds of pieces: renameat2(2), an open, a write. */
static const struct ct_plan plans[] = {
	{ .name = "two",
	  .n_args = 4,
	  .arg = { { CT_TAKE_FD, -1, 0 },
		   { CT_TAKE_PATH, 0, 0 },
		   { CT_TAKE_FD, -1, 0 },
		   { CT_TAKE_PATH, 2, 0 } } },
	{ .name = "open",
	  .n_args = 2,
	  .when = CT_WHEN_WRITE_OPEN,
	  .flags = CT_PLAN_OPEN,
	  .arg = { { CT_TAKE_FD, -1, 0 }, { CT_TAKE_PATH, 0, 0 } } },
	{ .name = "write",
	  .n_args = 3,
	  .when = CT_WHEN_STDERR,
	  .flags = CT_PLAN_WRITE,
	  .arg = { { CT_TAKE_FD, -1, 0 }, { CT_TAKE_SIZED, 2, 0 } } },
};

static const struct ct_plan *plan_of(enum ct_arch arch, int64_t nr)
{
	(void)arch;
	return &plans[(uint64_t)nr % (sizeof(plans) / sizeof(*plans))];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ct_watch_plan rows[CT_WATCH_PLANS];
	struct ct_recbuf rb = { 0 };
	struct ct_report report;

	ct_report_plans(rows, plan_of, true);
	if (!ct_report_record(&rb, data, size, rows)) {
		const struct ct_record *rec = ct_recbuf_record(&rb);
		const struct ct_watch_plan *row;
		size_t end;

		memcpy(&report, data, sizeof(report));
		row = &rows[ct_report_row(&report)];
		end = ct_report_pieces_end(&report, row);
		ct_file_report_wanted(rec, &report, row, plan_of(0, rec->nr));
		ct_file_report_add(
			&rb, &report, row, plan_of(0, rec->nr),
			(struct ct_names){ (const char *)data + end, size - end });
	}
	ct_recbuf_release(&rb);
	return 0;
}
