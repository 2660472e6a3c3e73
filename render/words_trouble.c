/* SPDX-License-Identifier: MIT */
/* What did not go as it was wanted, in words: failures, walls, limits, what was lost. */
#include "words.h"

#include "label.h"
#include "lookup.h"

#include <string.h>

void ct_words_wall(struct ct_row *row, const struct ct_story *story,
		   const struct ct_item *item)
{
	const struct ct_wall *wall = ct_wall_of(story->model, item->events[0]);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (!wall)
		return;
	ct_label_text(&sb, wall->what, strlen(wall->what), !story->verbose);
	ct_row_add(row, wall->reaches_host ? CT_STYLE_BAD : CT_STYLE_CHANGE, "allowed: ");
	ct_row_addn(row, CT_STYLE_PLAIN, sb.data, sb.len);
}

void ct_words_failure(struct ct_row *row, const struct ct_story *story,
		      const struct ct_item *item)
{
	const struct ct_fact *fact = &story->model->facts[item->events[0]];
	const struct ct_wall *wall = ct_wall_of(story->model, item->events[0]);
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf result = CT_STRBUF_INIT;
	static const char remark[] = "   (as in starts that work)";
	bool benign = fact->tags & 1U << CT_TAG_BENIGN;
	enum ct_style style = benign ? CT_STYLE_PLAIN : CT_STYLE_BAD;

	ct_strbuf_adds(&result, " = ");
	ct_label_result(&result, &fact->event->call);
	if (wall && *wall->reason)
		ct_strbuf_addf(&result, ": %s", wall->reason);
	else if (fact->answered_by == CT_ANSWERER_FILTER)
		ct_strbuf_adds(&result, ": a seccomp filter");
	if (fact->pressure) {
		ct_strbuf_adds(&result, ": ");
		ct_label_pressure_cause(&result, story->model, fact->pressure);
	}
	ct_label_arguments(&sb, &fact->event->call);
	ct_row_addn(row, style, sb.data, sb.len);
	/* whatever has to be cut, the error is seen */
	ct_row_clip(row, row->look->width - ct_row_cells(row, result.data));
	ct_row_addn(row, style, result.data, result.len);
	if (benign && row->cells + ct_row_cells(row, remark) <= row->look->width)
		ct_row_add(row, CT_STYLE_DIM, remark);
}

void ct_words_gap(struct ct_row *row, const struct ct_story *story,
		  const struct ct_item *item)
{
	const struct ct_event *e = ct_words_event(story, item);

	ct_row_addf(row, CT_STYLE_BAD, "lost here: %llu × %s",
		    (unsigned long long)e->note.count, e->note.text);
}

void ct_words_pressure(struct ct_row *row, const struct ct_story *story,
		       const struct ct_item *item)
{
	const struct ct_pressure *p = story->model->facts[item->events[0]].pressure;
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	if (p->kind == CT_PRESSURE_THROTTLED)
		ct_strbuf_adds(&sb, "throttled ");
	ct_label_pressure(&sb, story->model, p);
	ct_row_add(row, CT_STYLE_CHANGE, sb.data);
}
