/* SPDX-License-Identifier: MIT */
/* Keeping events: written as a line of a trace, and read again. */
#include "trace_rows.h"

#include "alloc.h"

#include <stdlib.h>

struct ct_event_keeper {
	struct ct_arena arena;
	struct ct_json_reader reader;
	struct ct_json_text text;
	struct ct_strbuf line;
};

struct ct_event_keeper *ct_event_keeper_new(void)
{
	struct ct_event_keeper *keeper = ct_alloc(sizeof(*keeper));

	keeper->reader = (struct ct_json_reader){ .arena = &keeper->arena,
						  .scratch = CT_STRBUF_INIT,
						  .name = "an event" };
	keeper->reader.strings = ct_string_cache_new(&keeper->arena);
	keeper->line = (struct ct_strbuf)CT_STRBUF_INIT;
	return keeper;
}

void ct_event_keeper_free(struct ct_event_keeper *keeper)
{
	if (!keeper)
		return;
	ct_string_cache_free(keeper->reader.strings);
	ct_json_text_release(&keeper->text);
	ct_strbuf_release(&keeper->reader.scratch);
	ct_strbuf_release(&keeper->line);
	ct_arena_release(&keeper->arena);
	free(keeper);
}

const struct ct_event *ct_event_keep(struct ct_event_keeper *keeper,
				     const struct ct_event *event)
{
	struct ct_event *kept = ct_arena_alloc(&keeper->arena, sizeof(*kept));
	struct ct_json_out line = { .text = &keeper->line };

	ct_strbuf_reset(&keeper->line);
	ct_json_out_open(&line, '{');
	ct_trace_event_write(&line, event);
	ct_json_out_close(&line, '}');
	if (ct_json_parse(&keeper->text, keeper->line.data, keeper->line.len) ||
	    ct_trace_event_read(&keeper->reader, keeper->text.nodes, event->kind, kept))
		return NULL;
	return kept;
}
