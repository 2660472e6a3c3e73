/* SPDX-License-Identifier: MIT */
/* The keys of events. */
#include "trace_rows.h"

#include <string.h>

#define TIME    .max = CT_TRACE_TIME_MAX
#define PID     .max = INT32_MAX
#define TASK_ID .max = INT32_MAX
#define ANY     .min = INT64_MIN, .max = INT64_MAX

/* -------- what every event may have -------- */

static const struct ct_json_field frame_rows[] = {
	{ "module", &ct_json_text, CT_JSON_MEMBER(struct ct_frame, module) },
	{ "symbol", &ct_json_text, CT_JSON_MEMBER(struct ct_frame, symbol) },
	{ "source", &ct_json_text, CT_JSON_MEMBER(struct ct_frame, source) },
	{ "offset", &ct_json_hex, CT_JSON_MEMBER(struct ct_frame, offset) },
	{ "ip", &ct_json_hex, CT_JSON_MEMBER(struct ct_frame, ip) },
};

static const struct ct_json_shape frame_shape = {
	CT_JSON_SHAPE(struct ct_frame, frame_rows),
};

static const struct ct_json_field program_rows[] = {
	{ "error", &ct_json_int, CT_JSON_MEMBER(struct ct_program, error), .max = 4095 },
	{ "mode", &ct_json_int, CT_JSON_MEMBER(struct ct_program, mode),
	  .max = UINT32_MAX },
	{ "uid", &ct_json_int, CT_JSON_MEMBER(struct ct_program, uid),
	  .max = UINT32_MAX },
	{ "gid", &ct_json_int, CT_JSON_MEMBER(struct ct_program, gid),
	  .max = UINT32_MAX },
	{ "size", &ct_json_int, CT_JSON_MEMBER(struct ct_program, size),
	  .max = INT64_MAX },
	{ "noexec", &ct_json_flag, CT_JSON_MEMBER(struct ct_program, noexec) },
	{ "head", &ct_json_bytes, CT_JSON_MEMBER(struct ct_program, head),
	  .count = offsetof(struct ct_program, n_head) },
	{ "interpreter", &ct_json_maybe_text,
	  CT_JSON_MEMBER(struct ct_program, interpreter) },
	{ "interpreter_error", &ct_json_int,
	  CT_JSON_MEMBER(struct ct_program, interpreter_error), .max = 4095 },
};

static const struct ct_json_shape program_shape = {
	CT_JSON_SHAPE(struct ct_program, program_rows),
};

static const struct ct_json_field bundle_rows[] = {
	{ "path", &ct_json_text, CT_JSON_MEMBER(struct ct_bundle, path),
	  .required = true },
	{ "error", &ct_json_int, CT_JSON_MEMBER(struct ct_bundle, error), .max = 4095 },
	{ "config", &ct_json_bytes, CT_JSON_MEMBER(struct ct_bundle, config),
	  .count = offsetof(struct ct_bundle, n_config) },
	{ "cut", &ct_json_flag, CT_JSON_MEMBER(struct ct_bundle, cut) },
};

static const struct ct_json_shape bundle_shape = {
	CT_JSON_SHAPE(struct ct_bundle, bundle_rows),
};

#define LAYER(member) CT_JSON_MEMBER(struct ct_lower_layer, member)

static const struct ct_json_field layer_rows[] = {
	{ "arg", &ct_json_text, LAYER(arg), .required = true },
	{ "number", &ct_json_int, LAYER(number), .max = INT32_MAX },
	{ "of", &ct_json_int, LAYER(of), .max = INT32_MAX, .required = true },
	{ "directory", &ct_json_text, LAYER(directory) },
	{ "path", &ct_json_text, LAYER(path) },
};

static const struct ct_json_shape layer_shape = {
	CT_JSON_SHAPE(struct ct_lower_layer, layer_rows),
};

static const struct ct_json_field lacked_rows[] = {
	{ "library", &ct_json_text, CT_JSON_MEMBER(struct ct_lacked, library),
	  .required = true },
	{ "needed_by", &ct_json_text, CT_JSON_MEMBER(struct ct_lacked, needed_by),
	  .required = true },
};

static const struct ct_json_shape lacked_shape = {
	CT_JSON_SHAPE(struct ct_lacked, lacked_rows),
};

static const struct ct_json_field peer_rows[] = {
	{ "pid", &ct_json_int, CT_JSON_MEMBER(struct ct_peer, pid), .min = 1,
	  .max = INT32_MAX, .required = true },
	{ "uid", &ct_json_int, CT_JSON_MEMBER(struct ct_peer, uid), .max = UINT32_MAX },
	{ "gid", &ct_json_int, CT_JSON_MEMBER(struct ct_peer, gid), .max = UINT32_MAX },
	{ "exe", &ct_json_text, CT_JSON_MEMBER(struct ct_peer, exe) },
};

static const struct ct_json_shape peer_shape = {
	CT_JSON_SHAPE(struct ct_peer, peer_rows),
};

#define MEMBER(member) CT_JSON_MEMBER(struct ct_event, member)

static const struct ct_json_field head_rows[] = {
	{ "t", &ct_json_int, MEMBER(t_ns), TIME, .required = true },
	{ "task", &ct_json_numbers, MEMBER(task), TASK_ID },
	{ "dur", &ct_json_int, MEMBER(dur_ns), TIME, .absent = -1 },
};

static const struct ct_json_field tail_rows[] = {
	{ "state", &ct_json_maybe_object, MEMBER(state), .shape = &ct_trace_state_shape },
	{ "program", &ct_json_maybe_object, MEMBER(program), .shape = &program_shape },
	{ "circumstances", &ct_json_maybe_object, MEMBER(circumstances),
	  .shape = &ct_trace_circumstances_shape },
	{ "bundle", &ct_json_maybe_object, MEMBER(bundle), .shape = &bundle_shape },
	{ "layers", &ct_json_list, MEMBER(layers),
	  .count = offsetof(struct ct_event, n_layers), .shape = &layer_shape },
	{ "lacks", &ct_json_list, MEMBER(lacks),
	  .count = offsetof(struct ct_event, n_lacks), .shape = &lacked_shape },
	{ "peer", &ct_json_maybe_object, MEMBER(peer), .shape = &peer_shape },
	{ "passed", &ct_json_text_list, MEMBER(passed),
	  .count = offsetof(struct ct_event, n_passed) },
	{ "answers", &ct_json_list, MEMBER(answers),
	  .count = offsetof(struct ct_event, n_answers), .shape = &ct_trace_item_shape },
	{ "stack", &ct_json_list, MEMBER(stack),
	  .count = offsetof(struct ct_event, n_stack), .shape = &frame_shape },
};

static const struct ct_json_shape head_shape = {
	CT_JSON_SHAPE(struct ct_event, head_rows),
};

static const struct ct_json_shape tail_shape = {
	CT_JSON_SHAPE(struct ct_event, tail_rows),
};

/* -------- each kind -------- */

static const char *birth_name(int how)
{
	return ct_birth_name((enum ct_birth)how);
}

static const char *arch_name(int arch)
{
	return ct_arch_name((enum ct_arch)arch);
}

static const struct ct_json_field birth_rows[] = {
	{ "pid", &ct_json_int, CT_JSON_MEMBER(struct ct_event_task, pid), PID,
	  .required = true },
	{ "creator", &ct_json_numbers, CT_JSON_MEMBER(struct ct_event_task, creator),
	  TASK_ID },
	{ "how", &ct_json_enum, CT_JSON_MEMBER(struct ct_event_task, how),
	  .name_of = birth_name, .max = CT_BIRTH_ATTACHED, .required = true },
	{ "flags", &ct_json_hex, CT_JSON_MEMBER(struct ct_event_task, flags) },
};

#define RESULT(is) .when = { offsetof(struct ct_event_call, result), ~0u, (is) }

/* JSON has a key for the fact alone; in C the tag already says it. */
static void write_fact(struct ct_json_out *out, const struct ct_json_field *field,
		       const void *object)
{
	(void)object;
	ct_json_out_key(out, field->key);
	ct_json_out_word(out, "true");
}

static int read_fact(struct ct_json_reader *reader, const struct ct_json_field *field,
		     const struct ct_json_node *value, void *object)
{
	(void)object;
	if (value && value->kind != CT_JSON_TRUE)
		return ct_json_complain(reader, "\"%s\" is not true", field->key);
	return 0;
}

static const struct ct_json_type fact = { write_fact, read_fact, false };

static const struct ct_json_field call_rows[] = {
	{ "name", &ct_json_text, CT_JSON_MEMBER(struct ct_event_call, name),
	  .required = true },
	{ "nr", &ct_json_int, CT_JSON_MEMBER(struct ct_event_call, nr), ANY,
	  .absent = -1 },
	{ "arch", &ct_json_enum, CT_JSON_MEMBER(struct ct_event_call, arch),
	  .name_of = arch_name, .max = CT_ARCH_UNKNOWN },
	{ "args", &ct_json_list, CT_JSON_MEMBER(struct ct_event_call, args),
	  .count = offsetof(struct ct_event_call, n_args), .shape = &ct_trace_arg_shape },
	{ "ret", &ct_json_int, CT_JSON_MEMBER(struct ct_event_call, ret), ANY,
	  RESULT(CT_RESULT_VALUE) },
	{ "errno", &ct_json_int, CT_JSON_MEMBER(struct ct_event_call, error), .min = 1,
	  .max = 4095, RESULT(CT_RESULT_ERROR) },
	{ "mount", &ct_json_int, CT_JSON_MEMBER(struct ct_event_call, mount),
	  .max = INT64_MAX },
	{ "restart", &fact, RESULT(CT_RESULT_RESTART) },
	{ "ongoing", &fact, RESULT(CT_RESULT_ONGOING) },
};

static const struct ct_json_field exec_rows[] = {
	{ "call", &ct_json_text, CT_JSON_MEMBER(struct ct_event_exec, call),
	  .required = true },
	{ "path", &ct_json_text, CT_JSON_MEMBER(struct ct_event_exec, path),
	  .required = true },
	{ "exe", &ct_json_text, CT_JSON_MEMBER(struct ct_event_exec, exe) },
	{ "argv", &ct_json_text_list, CT_JSON_MEMBER(struct ct_event_exec, argv),
	  .count = offsetof(struct ct_event_exec, argc) },
	{ "argv_cut", &ct_json_flag,
	  CT_JSON_MEMBER(struct ct_event_exec, argv_truncated) },
	{ "mode", &ct_json_int, CT_JSON_MEMBER(struct ct_event_exec, mode),
	  .max = UINT32_MAX },
	{ "owner", &ct_json_int, CT_JSON_MEMBER(struct ct_event_exec, owner),
	  .max = UINT32_MAX },
	{ "group", &ct_json_int, CT_JSON_MEMBER(struct ct_event_exec, group),
	  .max = UINT32_MAX },
	{ "former", &ct_json_numbers, CT_JSON_MEMBER(struct ct_event_exec, former),
	  TASK_ID },
	{ "cwd", &ct_json_text, CT_JSON_MEMBER(struct ct_event_exec, cwd) },
	{ "env", &ct_json_text_list, CT_JSON_MEMBER(struct ct_event_exec, env),
	  .count = offsetof(struct ct_event_exec, n_env) },
	{ "env_cut", &ct_json_flag, CT_JSON_MEMBER(struct ct_event_exec, env_truncated) },
};

static const struct ct_json_field exit_rows[] = {
	{ "status", &ct_json_int, CT_JSON_MEMBER(struct ct_event_exit, status),
	  .max = 255, .absent = -1 },
	{ "signal", &ct_json_int, CT_JSON_MEMBER(struct ct_event_exit, signal),
	  .max = 127 },
	{ "core", &ct_json_flag, CT_JSON_MEMBER(struct ct_event_exit, core) },
};

static int settle_exit(struct ct_json_reader *reader, void *object)
{
	const struct ct_event_exit *end = object;

	if (end->status >= 0 && end->signal)
		return ct_json_complain(reader,
					"both \"status\" and \"signal\" ended it");
	return 0;
}

static const struct ct_json_field signal_rows[] = {
	{ "signal", &ct_json_int, MEMBER(signal), .min = 1, .max = 127,
	  .required = true },
};

static const struct ct_json_field note_rows[] = {
	{ "text", &ct_json_text, MEMBER(note.text), .required = true },
	{ "count", &ct_json_int, MEMBER(note.count), .max = INT64_MAX },
};

static const struct ct_json_field meter_rows[] = {
	{ "cgroup", &ct_json_text, CT_JSON_MEMBER(struct ct_event_meter, cgroup),
	  .required = true },
#define FIGURE(name, key)                                                   \
	{ (key), &ct_json_int,                                              \
	  CT_JSON_MEMBER(struct ct_event_meter, figures[CT_FIGURE_##name]), \
	  .max = INT64_MAX, .absent = -1 },
#include "cttrace/figure.def"
#undef FIGURE
};

static const struct ct_json_shape birth_shape = {
	CT_JSON_SHAPE(struct ct_event_task, birth_rows),
};
static const struct ct_json_shape call_shape = {
	CT_JSON_SHAPE(struct ct_event_call, call_rows),
};
static const struct ct_json_shape exec_shape = {
	CT_JSON_SHAPE(struct ct_event_exec, exec_rows),
};
const struct ct_json_shape ct_trace_exit_shape = {
	CT_JSON_SHAPE(struct ct_event_exit, exit_rows),
	.settle = settle_exit,
};
static const struct ct_json_shape signal_shape = {
	CT_JSON_SHAPE(struct ct_event, signal_rows),
};
static const struct ct_json_shape note_shape = {
	CT_JSON_SHAPE(struct ct_event, note_rows),
};

static const struct ct_json_shape meter_shape = {
	CT_JSON_SHAPE(struct ct_event_meter, meter_rows),
};

static const struct {
	const struct ct_json_shape *shape;
	size_t offset; /* of the shape's struct in the event, or of a pointer to it */
	bool apart;    /* a large one of a rare kind, which would make all events large */
	bool of_task;  /* there is no such event without a task */
} kinds[CT_EVENT_KINDS] = {
	[CT_EVENT_TASK] = { &birth_shape, offsetof(struct ct_event, birth), false, true },
	[CT_EVENT_CALL] = { &call_shape, offsetof(struct ct_event, call), false, true },
	[CT_EVENT_EXEC] = { &exec_shape, offsetof(struct ct_event, exec), false, true },
	[CT_EVENT_EXIT] = { &ct_trace_exit_shape, offsetof(struct ct_event, exit), false,
			    true },
	[CT_EVENT_SIGNAL] = { &signal_shape, 0, false, true },
	[CT_EVENT_GAP] = { &note_shape, 0, false, false },
	[CT_EVENT_NOTE] = { &note_shape, 0, false, false },
	[CT_EVENT_METER] = { &meter_shape, offsetof(struct ct_event, meter), true, true },
};

void ct_trace_event_write(struct ct_json_out *line, const struct ct_event *event)
{
	const void *own = (const char *)event + kinds[event->kind].offset;

	ct_json_write(line, &head_shape, event);
	ct_json_write(line, kinds[event->kind].shape,
		      kinds[event->kind].apart ? *(void *const *)own : own);
	ct_json_write(line, &tail_shape, event);
}

int ct_trace_event_read(struct ct_json_reader *reader, const struct ct_json_node *line,
			enum ct_event_kind kind, struct ct_event *event)
{
	void *own = (char *)event + kinds[kind].offset;
	int r;

	event->kind = kind;
	if (kinds[kind].apart)
		own = *(void **)own =
			ct_arena_alloc(reader->arena, kinds[kind].shape->size);
	r = ct_json_read_parts(reader,
			       (struct ct_json_part[]){ { &head_shape, event },
							{ kinds[kind].shape, own },
							{ &tail_shape, event } },
			       3, line);
	if (!r && kinds[kind].of_task && !event->task.serial)
		r = ct_json_complain(reader, "\"task\" is missing or has serial 0");
	if (!r && event->state && !event->state->of.serial)
		event->state->of = event->task;
	return r;
}
