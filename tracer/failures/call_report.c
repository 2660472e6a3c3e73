/* SPDX-License-Identifier: MIT */
/* Registers and bytes into a call with its arguments. */
#include "call_report.h"

#include "condition.h"
#include "failure.h"

#include "cttrace/x32.h"

#include <errno.h>
#include <string.h>

#define ERRNO_MAX 4095

/* Words of struct pt_regs that hold the arguments. */
static const uint8_t arg_regs[][6] = {
	[CT_ARCH_NATIVE] = { CT_REGS_NATIVE_ARGS },
	[CT_ARCH_COMPAT] = { CT_REGS_COMPAT_ARGS },
};

/* How the bytes of an argument get here; what is not listed is left to ptrace. */
static const uint8_t piece_of_take[] = {
	[CT_TAKE_STR] = CT_PIECE_STR,   [CT_TAKE_PATH] = CT_PIECE_STR,
	[CT_TAKE_MEM] = CT_PIECE_BYTES, [CT_TAKE_SIZED] = CT_PIECE_BYTES,
	[CT_TAKE_MSG] = CT_PIECE_MSG,   [CT_TAKE_MSG_OUT] = CT_PIECE_MSG,
	[CT_TAKE_IOV] = CT_PIECE_IOV,   [CT_TAKE_FILLED] = CT_PIECE_BYTES,
};

/* Could a value hold that the bits of a row do not know? */
static bool test_is_wide(const struct ct_test *test)
{
	return test->negated || test->value >= 128;
}

/*
 * What the registers say of a key call, as bits of one register; more than one test for
 * an alternative is left to ct_condition_holds().
 */
static void set_condition(struct ct_watch_plan *row, const struct ct_plan *plan,
			  const uint8_t *regs)
{
	const struct ct_alternative *alternatives;
	bool some = ct_condition_tells(plan);
	int count;

	row->reg = CT_REG_NONE;
	alternatives = ct_condition_of(plan, &count);
	for (int i = 0; i < count; i++) {
		const struct ct_test *test = &alternatives[i].test[0];

		if (some && !alternatives[i].told)
			continue;
		if (test_is_wide(test) || test->arg != alternatives[0].test[0].arg ||
		    test->mask != alternatives[0].test[0].mask)
			return;
		row->bits[test->value / 64] |= UINT64_C(1) << test->value % 64;
	}
	if (!count)
		return;
	row->mask = alternatives[0].test[0].mask;
	row->reg = regs[alternatives[0].test[0].arg];
}

static bool is_heard(const struct ct_plan *plan)
{
	return CT_TAKE_IS_OUT(plan->arg[1].take);
}

static uint32_t talk_of(const struct ct_plan *plan)
{
	if (is_heard(plan))
		return CT_WATCH_HEARS;
	return CT_WATCH_SENDS | (plan->arg[1].take == CT_TAKE_MSG ? CT_WATCH_PASSES : 0);
}

static uint32_t flags_of(const struct ct_plan *plan, bool files)
{
	bool writes =
		(plan->flags & CT_PLAN_WRITE) &&
		(plan->arg[1].take == CT_TAKE_SIZED || plan->arg[1].take == CT_TAKE_IOV);
	uint32_t flags = 0;

	if (plan->flags & CT_PLAN_QUIET)
		flags |= CT_WATCH_QUIET;
	if ((plan->flags & CT_PLAN_KEEP) &&
	    (plan->when == CT_WHEN_FULL || (plan->flags & CT_PLAN_TALK)))
		flags |= CT_WATCH_KEEP;
	if (files && (ct_plan_needs_no_stop(plan) || ct_condition_tells(plan)))
		flags |= CT_WATCH_KEY;
	else if (ct_plan_ends_plainly(plan))
		flags |= CT_WATCH_ANSWER;
	if (files && (plan->flags & CT_PLAN_CHANGES))
		flags |= CT_WATCH_CHANGES;
	if (plan->flags & CT_PLAN_EXEC)
		flags |= CT_WATCH_EXEC;
	if (files && ct_plan_is_overheard(plan))
		flags |= talk_of(plan);
	if (writes && files)
		flags |= CT_WATCH_FILE;
	else if (writes && plan->arg[1].take == CT_TAKE_SIZED)
		flags |= CT_WATCH_KEEP | CT_WATCH_WORDS;
	return flags;
}

/* What was opened says itself where a magic link has led. */
static uint8_t walk_of(const struct ct_plan *plan, const struct ct_plan_arg *arg)
{
	if (arg->take != CT_TAKE_PATH)
		return CT_WALK_NONE;
	return plan->flags & CT_PLAN_OPEN || !ct_plan_needs_no_stop(plan) ? CT_WALK_DIR
									  : CT_WALK_PATH;
}

/* Which register says how long it is. */
static uint8_t length_of(const struct ct_plan_arg *arg, const uint8_t *regs)
{
	switch (arg->take) {
	case CT_TAKE_SIZED:
	case CT_TAKE_IOV:
	case CT_TAKE_BPF:
		return regs[arg->of];
	case CT_TAKE_FILLED:
		return CT_REG_RESULT;
	default:
		return CT_REG_NONE;
	}
}

static struct ct_piece piece_of(const struct ct_plan *plan, int i, enum ct_arch arch)
{
	const struct ct_plan_arg *arg = &plan->arg[i];
	const uint8_t *regs = arg_regs[arch];
	bool sized = arg->size && arg->size < CT_BYTES_MAX;

	return (struct ct_piece){
		.kind = arg->take < sizeof(piece_of_take) ? piece_of_take[arg->take]
							  : CT_PIECE_NONE,
		.reg = regs[i],
		.len = length_of(arg, regs),
		.arg = (uint8_t)i,
		.max = sized ? arg->size : CT_BYTES_MAX - 1,
		.walk = walk_of(plan, arg),
		.dir = arg->of < 0 ? CT_REG_NONE : regs[arg->of],
	};
}

/* The file that is written to, or that was opened; not a piece of a task's memory. */
static struct ct_piece file_of(const struct ct_plan *plan, const uint8_t *regs)
{
	struct ct_piece piece = { .kind = CT_PIECE_NONE };

	if (plan->flags & CT_PLAN_OPEN)
		piece.walk = CT_WALK_RESULT;
	else if (((plan->flags & CT_PLAN_WRITE) && plan->arg[0].take == CT_TAKE_FD) ||
		 ct_plan_is_overheard(plan))
		piece.walk = CT_WALK_FD;
	if (piece.walk != CT_WALK_NONE)
		piece.kind = CT_PIECE_WALK;
	piece.reg = regs[0];
	return piece;
}

struct ct_watch_plan ct_report_plan(const struct ct_plan *plan, enum ct_arch arch,
				    bool files)
{
	struct ct_watch_plan row = { .flags = flags_of(plan, files) };
	int n = 0;

	set_condition(&row, plan, arg_regs[arch]);
	if (plan->when == CT_WHEN_WRITE_OPEN)
		row.changes = CT_OPEN_CHANGES;
	if (ct_plan_fits_report(plan))
		ct_failure_questions(plan, row.told);
	for (int i = 0; i < plan->n_args && n < CT_PIECES; i++) {
		struct ct_piece piece = piece_of(plan, i, arch);

		if (piece.kind == CT_PIECE_NONE)
			continue;
		/* pointers of 32-bit code are narrower than the program reads them */
		if ((piece.kind == CT_PIECE_MSG || piece.kind == CT_PIECE_IOV) &&
		    (n || arch != CT_ARCH_NATIVE))
			continue;
		row.piece[n++] = piece;
	}
	if (files && n < CT_PIECES)
		row.piece[n] = file_of(plan, arg_regs[arch]);
	return row;
}

void ct_report_plans(struct ct_watch_plan *rows, ct_plan_fn *plan, bool files)
{
	for (int nr = 0; nr < CT_WATCH_NUMBERS; nr++) {
		rows[nr] =
			ct_report_plan(plan(CT_ARCH_NATIVE, nr), CT_ARCH_NATIVE, files);
		rows[CT_WATCH_NUMBERS + nr] =
			ct_report_plan(plan(CT_ARCH_COMPAT, nr), CT_ARCH_COMPAT, files);
	}
	rows[CT_WATCH_OTHER] = (struct ct_watch_plan){ 0 };
}

size_t ct_report_row(const struct ct_report *report)
{
	int64_t nr = ct_report_nr(report);

	if (nr < 0 || nr >= CT_WATCH_NUMBERS)
		return CT_WATCH_OTHER;
	return (size_t)nr + (report->compat ? CT_WATCH_NUMBERS : 0);
}

static void fill_call(struct ct_record *rec, const struct ct_report *report,
		      const struct ct_watch_plan *row)
{
	enum ct_arch arch = report->compat ? CT_ARCH_COMPAT : CT_ARCH_NATIVE;
	const uint64_t *regs = report->regs;

	rec->task = (struct ct_task_id){ report->tid, report->serial };
	rec->t_ns = report->t_ns;
	rec->nr = ct_report_nr(report);
	rec->ret = report->ret;
	rec->result = report->ret < 0 && report->ret >= -ERRNO_MAX ? CT_RESULT_ERROR
								   : CT_RESULT_VALUE;
	if (report->trapped)
		rec->result = CT_RESULT_NONE;
	rec->flags = CT_CALL_REPORTED;
	if (rec->result == CT_RESULT_VALUE && (row->flags & CT_WATCH_ANSWER))
		rec->flags |= CT_CALL_ANSWER;
	for (int i = 0; i < 6; i++) {
		rec->args[i] = regs[arg_regs[arch][i]];
		if (arch == CT_ARCH_COMPAT)
			rec->args[i] = (uint32_t)rec->args[i];
	}
	if (arch == CT_ARCH_X86_64 && rec->nr >= 0 && rec->nr & CT_X32_BIT)
		arch = CT_ARCH_X32;
	rec->arch = (uint16_t)arch;
}

/* The bytes of a piece: those in the report that are its own. */
static size_t piece_len(const struct ct_piece *piece, int32_t got)
{
	if (got <= 0)
		return 0;
	if (piece->kind != CT_PIECE_STR)
		return (size_t)got;
	return (size_t)got - (got > CT_STR_MAX ? CT_STR_MAX : 1);
}

static bool is_cut(const struct ct_piece *piece, const struct ct_report *report,
		   int32_t got)
{
	if (piece->kind == CT_PIECE_STR)
		return got >= CT_STR_MAX;
	if (piece->kind == CT_PIECE_MSG || piece->kind == CT_PIECE_IOV)
		return got > 0 && report->ret > got;
	return piece->len < CT_REGS && got > 0 &&
	       report->regs[piece->len] > (uint64_t)got;
}

static void add_piece(struct ct_recbuf *rb, const struct ct_piece *piece,
		      const struct ct_report *report, int32_t got, const char *bytes)
{
	size_t len = piece_len(piece, got);

	if (piece->reg >= CT_REGS || !report->regs[piece->reg])
		return; /* NULL: the argument says it all */
	if (len)
		memcpy(ct_recbuf_reserve(rb, len), bytes, len);
	else
		ct_recbuf_reserve(rb, 0);
	ct_recbuf_commit(rb, piece->kind == CT_PIECE_STR ? CT_BLOB_STR : CT_BLOB_MEM,
			 piece->arg, got < 0 ? got : (ssize_t)len,
			 is_cut(piece, report, got));
}

size_t ct_report_pieces_end(const struct ct_report *report,
			    const struct ct_watch_plan *row)
{
	size_t end = sizeof(*report);

	for (int i = 0; i < CT_PIECES && row->piece[i].kind != CT_PIECE_NONE; i++)
		end += piece_len(&row->piece[i], report->got[i]);
	return end;
}

int ct_report_record(struct ct_recbuf *rb, const void *bytes, size_t len,
		     const struct ct_watch_plan *rows)
{
	const char *text = (const char *)bytes + sizeof(struct ct_report);
	const struct ct_watch_plan *row;
	struct ct_report report;
	size_t left;

	if (len < sizeof(report))
		return -EINVAL;
	memcpy(&report, bytes, sizeof(report));
	left = len - sizeof(report);
	row = &rows[ct_report_row(&report)];
	fill_call(ct_recbuf_start(rb, CT_RECORD_CALL), &report, row);
	for (int i = 0; i < CT_PIECES && row->piece[i].kind != CT_PIECE_NONE; i++) {
		size_t piece = piece_len(&row->piece[i], report.got[i]);

		if (piece > left)
			return -EINVAL;
		if (row->piece[i].kind != CT_PIECE_WALK &&
		    !(ct_recbuf_record(rb)->flags & CT_CALL_ANSWER))
			add_piece(rb, &row->piece[i], &report, report.got[i], text);
		text += piece;
		left -= piece;
	}
	return 0;
}
