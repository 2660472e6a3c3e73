/* SPDX-License-Identifier: MIT */
/* Arrows between tracks: who made whom, and who prepared what another one has. */
#include "chrome_flows.h"

#include "handover.h"
#include "lookup.h"
#include "report.h"

struct flows {
	struct ct_stream *stream;
	const struct ct_model *model;
	json_int_t last; /* number of the last arrow */
};

void ct_chrome_where(struct ct_json_out *out, uint32_t pid, uint32_t tid)
{
	ct_json_out_key(out, "pid");
	ct_json_out_int(out, pid);
	ct_json_out_key(out, "tid");
	ct_json_out_int(out, tid);
}

void ct_chrome_word(struct ct_json_out *out, const char *key, const char *word)
{
	ct_json_out_key(out, key);
	ct_report_put_text(out, word);
}

void ct_chrome_micros(struct ct_json_out *out, const char *key, int64_t t_ns)
{
	ct_json_out_key(out, key);
	ct_json_out_thousandths(out, t_ns);
}

static void add_flow_end(struct flows *f, const char *phase, const char *what,
			 int process, int64_t t_ns)
{
	uint32_t serial = f->model->processes[process].serial;
	struct ct_json_out *out = ct_stream_begin_item(f->stream);

	ct_json_out_open(out, '{');
	ct_chrome_word(out, "ph", phase);
	ct_chrome_word(out, "cat", "flow");
	ct_chrome_word(out, "name", what);
	ct_json_out_key(out, "id");
	ct_json_out_int(out, f->last);
	ct_chrome_micros(out, "ts", t_ns);
	ct_chrome_where(out, serial, serial);
	/* to the span that is there, not to the next one */
	if (*phase == 'f')
		ct_chrome_word(out, "bp", "e");
	ct_json_out_close(out, '}');
}

static void add_flow(struct flows *f, const char *what, int from, int64_t from_ns, int to,
		     int64_t to_ns)
{
	if (from_ns > to_ns)
		return;
	f->last++;
	add_flow_end(f, "s", what, from, from_ns);
	add_flow_end(f, "f", what, to, to_ns);
}

void ct_chrome_flows(struct ct_stream *stream, const struct ct_model *model)
{
	struct flows flows = { stream, model, 0 }, *f = &flows;
	struct ct_hand_overs overs;

	for (size_t i = 0; i < f->model->n_processes; i++) {
		const struct ct_process *p = &f->model->processes[i];

		if (ct_process_at(f->model, p->creator) &&
		    ct_process_is_shown(f->model, p->creator) &&
		    ct_process_is_shown(f->model, (int)i))
			add_flow(f, ct_birth_name(p->how), p->creator, p->born_ns, (int)i,
				 p->born_ns);
	}
	ct_hand_overs_init(&overs, f->model);
	for (size_t i = 0; i < overs.n; i++)
		add_flow(f, overs.items[i].what, overs.items[i].from,
			 overs.items[i].from_ns, overs.items[i].to, overs.items[i].to_ns);
	ct_hand_overs_release(&overs);
}
