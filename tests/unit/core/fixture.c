/* SPDX-License-Identifier: MIT */
/* Events written by hand: a container that is made, in as few events as there are kinds.
 */
#include "fixture.h"

#include "test.h"

#include <sys/mman.h>
#include <unistd.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char *command[] = {
	"podman", "run", "--name", "caf\xc3\xa9", "b\\d", "\xff"
};

static const struct ct_mountinfo mounts[] = {
	{ .id = 27,
	  .parent = 1,
	  .dev_major = 254,
	  .root = "/",
	  .target = "/",
	  .options = "rw,relatime",
	  .shared = 1,
	  .type = "ext4",
	  .source = "/dev/vda",
	  .fs_options = "rw" },
	{ .id = 31,
	  .parent = 27,
	  .dev_minor = 43,
	  .root = "/a b",
	  .target = "/mnt/\xff",
	  .options = "ro",
	  .master = 7,
	  .unbindable = true,
	  .type = "tmpfs",
	  .source = "",
	  .fs_options = "rw,size=1k" },
};

const struct ct_trace_header fixture_header = {
	.version = 1,
	.command = command,
	.n_command = COUNT(command),
	.start_realtime_ns = 1700000000123456789,
	.start_monotonic_ns = 86400000000001,
	.kernel = "6.1.0-18-amd64",
	.arch = "x86_64",
	.hostname = "build",
	.cgroup_mode = "v2",
	.boot_id = "0b2ff3a0-6f07-4b57-9d3d-7a3a9b1e1d6c",
	.tracer = "cttrace 0.1.0",
	.depth = "auto",
	.failures = "bpf",
	.uid = 1000,
	.host_ns = { [CT_NS_MNT] = 4026531841, [CT_NS_PID] = 4026531836 },
	.mounts = mounts,
	.n_mounts = 2,
};

const struct ct_trace_footer fixture_footer = {
	.t_ns = 99000000,
	.events = 12,
	.tasks = 2,
	.calls = 4,
	.failed_calls = 1,
	.signals = 1,
	.gaps = 1,
	.root_ended = true,
	.root_exit = { .status = -1, .signal = 9, .core = true },
};

static struct ct_cgroup cgroups[] = {
	{ 0, "", "/user.slice/x" },
	{ 4, "cpu,cpuacct", "/" },
};

static int32_t nspid[] = { 6461, 1 };

static struct ct_state state = {
	.have = CT_STATE_NS | CT_STATE_CGROUP | CT_STATE_STATUS,
	.of = { 6461, 2 },
	.ns = { [CT_NS_MNT] = 4026532310, [CT_NS_PID_FOR_CHILDREN] = 4026532312 },
	.cgroups = cgroups,
	.n_cgroups = COUNT(cgroups),
	.comm = "crun:[2:INIT]",
	.groups = "",
	.tgid = 6461,
	.ppid = 6460,
	.uid = { 1000, 0, 0, 0 },
	.gid = { 1000, 100, 100, 100 },
	.caps = { 0, 0x1ffffffffff, 0x1ffffffffff, 0x1ffffffffff, 0x400 },
	.nspid = nspid,
	.n_nspid = COUNT(nspid),
	.no_new_privs = 1,
	.seccomp = 2,
	.seccomp_filters = 3,
};

static struct ct_state little_state = {
	.have = CT_STATE_NS,
	.of = { 6461, 2 },
};

static struct ct_frame stack[] = {
	{ "/usr/bin/crun", "libcrun_container_run", "linux.c:1234", 0x1c,
	  0x55d0c0de001c },
	{ "", "", "", 0, 0x7f00 },
};

static struct ct_arg fields[] = {
	{ .name = "pid", .type = CT_VALUE_INT, .i = -1, .text = "-1", .ns_type = -1 },
	{ .name = "mode", .type = CT_VALUE_INT, .i = 448, .text = "0700", .ns_type = -1 },
};

static struct ct_arg list[] = {
	{ .type = CT_VALUE_STR,
	  .str = "a\0b",
	  .len = 3,
	  .text = "\"a\\0b\"",
	  .ns_type = -1 },
	{ .type = CT_VALUE_STR,
	  .str = "plain",
	  .len = 5,
	  .text = "\"plain\"",
	  .ns_type = -1 },
};

static struct ct_arg args[] = {
	{ .name = "fd",
	  .type = CT_VALUE_INT,
	  .i = 7,
	  .text = "7</proc/1/ns/net>",
	  .path = "net:[4026532310]",
	  .ns_inode = 4026532310,
	  .ns_type = CT_NS_NET },
	{ .name = "addr",
	  .type = CT_VALUE_PTR,
	  .i = 0x7ffe00000010,
	  .text = "0x7ffe00000010",
	  .ns_type = -1 },
	{ .name = "list",
	  .type = CT_VALUE_LIST,
	  .truncated = true,
	  .items = list,
	  .n_items = COUNT(list),
	  .text = "[…]",
	  .ns_type = -1 },
	{ .name = "attr",
	  .type = CT_VALUE_FIELDS,
	  .items = fields,
	  .n_items = COUNT(fields),
	  .text = "{pid=-1, mode=0700}",
	  .ns_type = -1 },
	{ .name = "unread", .type = CT_VALUE_NONE, .text = "?", .ns_type = -1 },
};

static const char *argv[] = { "/hello", "", "\xe2\x82\xac" };

static const struct ct_event events[] = {
	{ .kind = CT_EVENT_NOTE, .dur_ns = -1, .note = { .text = "depth auto" } },
	{ .kind = CT_EVENT_TASK,
	  .task = { 6460, 1 },
	  .t_ns = 1,
	  .dur_ns = -1,
	  .birth = { .pid = 6460, .how = CT_BIRTH_ROOT } },
	{ .kind = CT_EVENT_TASK,
	  .task = { 6461, 2 },
	  .t_ns = 2000,
	  .dur_ns = -1,
	  .birth = { 6461, { 6460, 1 }, CT_BIRTH_CLONE, 0x20020000 },
	  .state = &state },
	{ .kind = CT_EVENT_CALL,
	  .task = { 6461, 2 },
	  .t_ns = 3000,
	  .dur_ns = 41,
	  .call = { .name = "setns",
		    .nr = 308,
		    .args = args,
		    .n_args = COUNT(args),
		    .result = CT_RESULT_VALUE,
		    .ret = 0 },
	  .state = &little_state,
	  .stack = stack,
	  .n_stack = COUNT(stack) },
	{ .kind = CT_EVENT_CALL,
	  .task = { 6461, 2 },
	  .t_ns = 4000,
	  .dur_ns = 0,
	  .call = { .name = "mount",
		    .nr = 21,
		    .arch = CT_ARCH_I386,
		    .result = CT_RESULT_ERROR,
		    .error = 1 } },
	{ .kind = CT_EVENT_CALL,
	  .task = { 6461, 2 },
	  .t_ns = 5000,
	  .dur_ns = -1,
	  .call = { .name = "futex", .nr = 202, .result = CT_RESULT_RESTART } },
	{ .kind = CT_EVENT_CALL,
	  .task = { 6461, 2 },
	  .t_ns = 6000,
	  .dur_ns = -1,
	  .call = { .name = "exit_group", .nr = 231 } },
	{ .kind = CT_EVENT_EXEC,
	  .task = { 6461, 2 },
	  .t_ns = 7000,
	  .dur_ns = 500,
	  .exec = { "execveat",
		    "/hello",
		    "/hello",
		    argv,
		    COUNT(argv),
		    true,
		    { 6470, 5 },
		    .cwd = "" } },
	{ .kind = CT_EVENT_GAP,
	  .t_ns = 8000,
	  .dur_ns = -1,
	  .note = { "events lost: queue full", 12 } },
	{ .kind = CT_EVENT_SIGNAL,
	  .task = { 6461, 2 },
	  .t_ns = 9000,
	  .dur_ns = -1,
	  .signal = 9 },
	{ .kind = CT_EVENT_EXIT,
	  .task = { 6461, 2 },
	  .t_ns = 10000,
	  .dur_ns = -1,
	  .exit = { -1, 9, true } },
	{ .kind = CT_EVENT_EXIT,
	  .task = { 6460, 1 },
	  .t_ns = 11000,
	  .dur_ns = -1,
	  .exit = { .status = 137 } },
};

const struct ct_event *fixture_events(size_t *n)
{
	*n = COUNT(events);
	return events;
}

static void slurp(int fd, struct ct_strbuf *out)
{
	char chunk[4096];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) > 0)
		ct_strbuf_add(out, chunk, (size_t)n);
	close(fd);
}

void fixture_write(struct ct_strbuf *out, const struct ct_event *list_of, size_t n,
		   const struct ct_trace_footer *footer)
{
	int fd = memfd_create("trace", MFD_CLOEXEC), copy = dup(fd);
	struct ct_trace_writer *w = ct_trace_writer_new(fd);
	struct ct_error err = { 0 };

	CHECK(!ct_trace_writer_header(w, &fixture_header, &err));
	for (size_t i = 0; i < n; i++)
		CHECK(!ct_trace_writer_event(w, &list_of[i], &err));
	if (footer)
		CHECK(!ct_trace_writer_footer(w, footer, &err));
	CHECK(!ct_trace_writer_flush(w, &err));
	CHECK(!err.code);
	ct_trace_writer_free(w);
	lseek(copy, 0, SEEK_SET);
	slurp(copy, out);
}

struct ct_trace *fixture_read(const char *bytes, size_t len, struct ct_error *err)
{
	FILE *in = fmemopen((void *)bytes, len, "r");
	struct ct_trace *trace;

	CHECK(in);
	trace = ct_trace_read(in, "x", err);
	fclose(in);
	return trace;
}
