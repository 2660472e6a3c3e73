/* SPDX-License-Identifier: MIT */
/* The keys of the first and the last line. */
#include "trace_rows.h"

#define HEADER(member) CT_JSON_MEMBER(struct ct_trace_header, member)
#define FOOTER(member) CT_JSON_MEMBER(struct ct_trace_footer, member)
#define TIME           .max = CT_TRACE_TIME_MAX
#define TOTAL          .max = INT64_MAX

#define MOUNT(member) CT_JSON_MEMBER(struct ct_mountinfo, member)

static const struct ct_json_field mount_rows[] = {
	{ "id", &ct_json_int, MOUNT(id), TOTAL, .required = true },
	{ "parent", &ct_json_int, MOUNT(parent), TOTAL, .required = true },
	{ "major", &ct_json_int, MOUNT(dev_major), .max = UINT32_MAX },
	{ "minor", &ct_json_int, MOUNT(dev_minor), .max = UINT32_MAX },
	{ "root", &ct_json_text, MOUNT(root) },
	{ "target", &ct_json_text, MOUNT(target), .required = true },
	{ "options", &ct_json_text, MOUNT(options) },
	{ "shared", &ct_json_int, MOUNT(shared), TOTAL },
	{ "master", &ct_json_int, MOUNT(master), TOTAL },
	{ "unbindable", &ct_json_flag, MOUNT(unbindable) },
	{ "type", &ct_json_text, MOUNT(type), .required = true },
	{ "source", &ct_json_text, MOUNT(source) },
	{ "fs_options", &ct_json_text, MOUNT(fs_options) },
};

const struct ct_json_shape ct_trace_mount_shape = {
	CT_JSON_SHAPE(struct ct_mountinfo, mount_rows),
};

static const struct ct_json_field header_rows[] = {
	{ CT_TRACE_MAGIC, &ct_json_int, HEADER(version), .min = 1,
	  .max = CT_TRACE_VERSION, .required = true },
	{ "tracer", &ct_json_text, HEADER(tracer) },
	{ "command", &ct_json_text_list, HEADER(command),
	  .count = offsetof(struct ct_trace_header, n_command) },
	{ "start_realtime_ns", &ct_json_int, HEADER(start_realtime_ns), TIME },
	{ "start_monotonic_ns", &ct_json_int, HEADER(start_monotonic_ns), TIME },
	{ "kernel", &ct_json_text, HEADER(kernel) },
	{ "arch", &ct_json_text, HEADER(arch) },
	{ "hostname", &ct_json_text, HEADER(hostname) },
	{ "cgroup_mode", &ct_json_text, HEADER(cgroup_mode) },
	{ "boot_id", &ct_json_text, HEADER(boot_id) },
	{ "depth", &ct_json_text, HEADER(depth) },
	{ "failures", &ct_json_text, HEADER(failures) },
	{ "meters", &ct_json_int, HEADER(meters_ns), .max = CT_TRACE_TIME_MAX },
	{ "uid", &ct_json_int, HEADER(uid), .max = UINT32_MAX, .required = true },
	{ "host_ns", &ct_trace_ns_links, HEADER(host_ns) },
	{ "mounts", &ct_json_list, HEADER(mounts),
	  .count = offsetof(struct ct_trace_header, n_mounts),
	  .shape = &ct_trace_mount_shape },
};

const struct ct_json_shape ct_trace_header_shape = {
	CT_JSON_SHAPE(struct ct_trace_header, header_rows),
};

/* The command's end is there if and only if it has ended. */
static void write_root_exit(struct ct_json_out *out, const struct ct_json_field *field,
			    const void *object)
{
	const struct ct_trace_footer *footer = object;

	if (!footer->root_ended)
		return;
	ct_json_out_key(out, field->key);
	ct_json_out_open(out, '{');
	ct_json_write(out, field->shape, &footer->root_exit);
	ct_json_out_close(out, '}');
}

static int read_root_exit(struct ct_json_reader *reader,
			  const struct ct_json_field *field,
			  const struct ct_json_node *value, void *object)
{
	struct ct_trace_footer *footer = object;

	footer->root_ended = value;
	return ct_json_object.read(reader, field, value, object);
}

static const struct ct_json_type root_exit = { write_root_exit, read_root_exit, false };

static const struct ct_json_field footer_rows[] = {
	{ "t", &ct_json_int, FOOTER(t_ns), TIME, .required = true },
	{ "events", &ct_json_int, FOOTER(events), TOTAL, .required = true },
	{ "tasks", &ct_json_int, FOOTER(tasks), TOTAL },
	{ "calls", &ct_json_int, FOOTER(calls), TOTAL },
	{ "failed_calls", &ct_json_int, FOOTER(failed_calls), TOTAL },
	{ "signals", &ct_json_int, FOOTER(signals), TOTAL },
	{ "gaps", &ct_json_int, FOOTER(gaps), TOTAL },
	{ "exit", &root_exit, FOOTER(root_exit), .shape = &ct_trace_exit_shape },
};

const struct ct_json_shape ct_trace_footer_shape = {
	CT_JSON_SHAPE(struct ct_trace_footer, footer_rows),
};

void ct_trace_footer_count(struct ct_trace_footer *footer, const struct ct_event *event)
{
	footer->events++;
	footer->tasks += event->kind == CT_EVENT_TASK;
	footer->calls += event->kind == CT_EVENT_CALL || event->kind == CT_EVENT_EXEC;
	footer->failed_calls +=
		event->kind == CT_EVENT_CALL && event->call.result == CT_RESULT_ERROR;
	footer->signals += event->kind == CT_EVENT_SIGNAL;
	footer->gaps += event->kind == CT_EVENT_GAP;
}
