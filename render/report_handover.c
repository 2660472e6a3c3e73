/* SPDX-License-Identifier: MIT */
/* What one process handed over to another one. */
#include "report.h"

json_t *ct_report_handover(const struct ct_model *model, int handover)
{
	const struct ct_handover *h = &model->handovers[handover];

	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "kind",
			 ct_handover_kind_name(h->kind), "from",
			 ct_report_process_id(model, h->from), "to",
			 ct_report_process_id(model, h->to), "from_ns",
			 ct_report_time(h->from_ns), "to_ns", ct_report_time(h->to_ns),
			 "from_event", ct_report_event(model, h->from_event), "event",
			 ct_report_event(model, (long)h->event), "label",
			 ct_report_known(h->label));
}
