/* SPDX-License-Identifier: MIT */
/* Nobody shall take a part for the whole. */
#include "filter_note.h"

#include "report.h"

void ct_filter_note(struct ct_strbuf *out, const struct ct_model *model,
		    const char *separator)
{
	if (model->selection)
		ct_strbuf_addf(out, "%s%zu of %zu events shown: %s", separator,
			       model->selection->n_shown, model->n_facts,
			       model->selection->expression);
}

json_t *ct_filter_report(const struct ct_model *model)
{
	if (!model->selection)
		return json_null();
	return json_pack("{s:o, s:I, s:I}", "expression",
			 ct_report_text(model->selection->expression), "shown",
			 (json_int_t)model->selection->n_shown, "of",
			 (json_int_t)model->n_facts);
}
