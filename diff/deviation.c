/* SPDX-License-Identifier: MIT */
/*
 * A diagnosis knows which failed calls may be the reason. The other trace knows more:
 * what failed there in the same way, and did no harm, is not the reason here.
 */
#include "deviation.h"

/* Those of a process are in the order of the trace. */
static const struct step *step_of(const struct ct_model *model, const struct steps *steps,
				  long fact)
{
	int process = fact < 0 ? -1 : model->facts[fact].process;
	size_t low = process < 0 ? 0 : steps->first[process];
	size_t high = process < 0 ? 0 : steps->first[process + 1], end = high;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if ((long)steps->all[mid].fact < fact)
			low = mid + 1;
		else
			high = mid;
	}
	return low < end && (long)steps->all[low].fact == fact ? &steps->all[low] : NULL;
}

/* The other start met it as well. */
static bool is_common(const struct step *step)
{
	return step && step->other >= 0 && !step->other_result;
}

/* The best candidate that the other start has not; else what the diagnosis says. */
static long call_of(const struct ct_model *model, const struct ct_diagnosis *diagnosis,
		    const struct steps *steps)
{
	const struct step *step = step_of(model, steps, diagnosis->event);

	if (diagnosis->event >= 0 && !is_common(step))
		return diagnosis->event;
	for (size_t i = 0; i < diagnosis->n_candidates; i++) {
		long event = (long)diagnosis->candidates[i].event;

		if (!is_common(step_of(model, steps, event)))
			return event;
	}
	return -1;
}

/* The last thing before it that both did and that says how far they came. */
static long common_before(const struct steps *steps, long fact)
{
	const struct step *last = NULL;

	for (size_t i = 0; i < steps->n; i++) {
		const struct step *step = &steps->all[i];

		if ((long)step->fact < fact && step->weight >= 2 && is_common(step) &&
		    (!last || step->fact > last->fact))
			last = step;
	}
	return last ? (long)last->fact : -1;
}

static void add(struct ct_diff *diff, const struct steps steps[CT_DIFF_SIDES],
		enum ct_diff_side side)
{
	struct ct_diff_deviation *d = &diff->deviations[diff->n_deviations++];
	const struct ct_diagnosis *diagnosis = diff->diagnosis[side];
	const struct step *step, *other;

	*d = (struct ct_diff_deviation){
		.failed = side,
		.both_failed = ct_diagnosis_failed(diff->diagnosis[!side]),
		.event = { -1, -1 },
		.last_common = -1,
		.diagnosis = diagnosis,
	};
	d->event[side] = call_of(diff->model[side], diagnosis, &steps[side]);
	if (d->event[side] < 0)
		return;
	d->last_common = common_before(&steps[side], d->event[side]);
	step = step_of(diff->model[side], &steps[side], d->event[side]);
	if (!step || step->other < 0)
		return;
	other = &steps[!side].all[step->other];
	d->event[!side] = (long)other->fact;
	d->counterpart_ok =
		ct_call_ok(&diff->model[!side]->facts[other->fact].event->call);
}

/* Two failures with one reason are no difference. */
static bool failed_alike(const struct ct_diff *diff, const struct steps *steps)
{
	const struct ct_diagnosis *a = diff->diagnosis[CT_DIFF_A],
				  *b = diff->diagnosis[CT_DIFF_B];

	return a->kind == b->kind && (a->event < 0) == (b->event < 0) &&
	       (a->event < 0 ||
		is_common(step_of(diff->model[CT_DIFF_A], steps, a->event)));
}

void deviations_find(struct ct_diff *diff, const struct steps steps[CT_DIFF_SIDES])
{
	bool failed[CT_DIFF_SIDES];

	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++) {
		diff->diagnosis[side] = ct_diagnosis_new(diff->model[side]);
		failed[side] = ct_diagnosis_failed(diff->diagnosis[side]);
	}
	if (failed[CT_DIFF_A] && failed[CT_DIFF_B] && failed_alike(diff, steps))
		return;
	for (enum ct_diff_side side = 0; side < CT_DIFF_SIDES; side++)
		if (failed[side])
			add(diff, steps, side);
}
