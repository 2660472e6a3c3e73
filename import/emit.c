/* SPDX-License-Identifier: MIT */
/* Writing events, and hanging frames on the last one. */
#include "emit.h"

#include <string.h>

int ct_log_emit(struct ct_log_emit *emit, const struct ct_event *event,
		struct ct_error *err)
{
	ct_trace_footer_count(&emit->footer, event);
	if (event->kind == CT_EVENT_EXIT && event->task.serial == 1) {
		emit->footer.root_ended = true;
		emit->footer.root_exit = event->exit;
	}
	return emit->writer ? ct_trace_writer_event(emit->writer, event, err) : 0;
}

int ct_log_emit_flush(struct ct_log_emit *emit, struct ct_error *err)
{
	int r = emit->holds ? ct_log_emit(emit, &emit->held, err) : 0;

	emit->holds = false;
	emit->cap_stack = 0;
	ct_arena_reset(&emit->arena);
	return r;
}

int ct_log_emit_later(struct ct_log_emit *emit, const struct ct_event *event,
		      struct ct_error *err)
{
	int r = emit->holds ? ct_log_emit(emit, &emit->held, err) : 0;

	emit->held = *event;
	emit->holds = true;
	emit->cap_stack = 0;
	return r;
}

static struct ct_frame *push_frame(struct ct_log_emit *emit)
{
	struct ct_event *event = &emit->held;

	if (event->n_stack == emit->cap_stack) {
		size_t cap = emit->cap_stack ? emit->cap_stack * 2 : 16;
		struct ct_frame *more =
			ct_arena_array(&emit->arena, struct ct_frame, cap);

		if (event->n_stack)
			memcpy(more, event->stack, event->n_stack * sizeof(*more));
		event->stack = more;
		emit->cap_stack = cap;
	}
	return &event->stack[event->n_stack++];
}

/* Takes "0x11d" and its closing bracket. */
static uint64_t hex(struct ct_span text)
{
	uint64_t value = 0;

	ct_span_take(&text, "0x");
	ct_span_u64(&text, 16, &value);
	return value;
}

/* A module's own name may have brackets: the last ones are the function's. */
static struct ct_span module_of(struct ct_span *text)
{
	const char *address = memmem(text->at, ct_span_len(*text), ") [", 3);
	const char *end = address ? address : text->end;
	const char *open = memrchr(text->at, '(', (size_t)(end - text->at));
	struct ct_span module = { text->at, open ? open : end };

	text->at = open ? open + 1 : end;
	return module;
}

void ct_log_emit_frame(struct ct_log_emit *emit, struct ct_span text)
{
	struct ct_frame *frame;
	struct ct_span symbol, offset;

	if (!emit->holds)
		return;
	frame = push_frame(emit);
	frame->module = ct_span_copy(module_of(&text), &emit->arena);
	symbol = ct_span_until(&text, ')');
	offset = symbol;
	symbol = ct_span_until(&offset, '+');
	frame->symbol = ct_span_copy(symbol, &emit->arena);
	frame->offset = hex(offset);
	ct_span_skip_blanks(&text);
	if (ct_span_take(&text, "["))
		frame->ip = hex(ct_span_until(&text, ']'));
	/* without a function the address is what is known of the place in the module */
	if (!*frame->symbol)
		frame->offset = frame->ip;
	ct_span_skip_blanks(&text);
	frame->source = ct_span_copy(text, &emit->arena);
}
