/* SPDX-License-Identifier: MIT */
/* Signals that somebody sends: which, and to whom. */
#include "label.h"

bool ct_is_to_stranger(const struct ct_model *model, const struct ct_event_call *call)
{
	int64_t pid = ct_call_target(call);

	for (size_t i = 0; i < model->n_processes; i++)
		if (model->processes[i].pid == pid)
			return false;
	return pid > 0;
}

void ct_label_signal(struct ct_strbuf *out, const struct ct_model *model,
		     const struct ct_event_call *call)
{
	const struct ct_arg *signal = ct_call_arg(call, "sig");

	ct_strbuf_adds(out, signal ? signal->text : "?");
	if (ct_is_to_stranger(model, call))
		ct_strbuf_addf(out, " to pid %lld", (long long)ct_call_target(call));
}
