/* SPDX-License-Identifier: MIT */
/* Events of each kind of record, and the values behind the texts. */
#include "decode.h"
#include "record_build.h"
#include "test.h"

#include <stdlib.h>

#define EXECVE     59
#define EXECVEAT   322
#define SECCOMP    317
#define CAPSET     126
#define PRLIMIT64  302
#define CONNECT    42
#define WRITE_CALL 1

/* One record on its way to an event; release() at the end. */
struct decoded {
	struct ct_recbuf rb;
	struct ct_arena arena;
	struct ct_event event;
};

static void decode(struct decoded *d)
{
	static const struct ct_decode_options options = { .start_ns = 1000 };

	ct_decode(&d->event, ct_recbuf_record(&d->rb), &options, &d->arena);
}

static void release(struct decoded *d)
{
	ct_recbuf_release(&d->rb);
	ct_arena_release(&d->arena);
}

static const struct ct_arg *arg_of(const struct decoded *d, const char *name)
{
	const struct ct_arg *arg = ct_call_arg(&d->event.call, name);

	if (!arg)
		test_fail(__FILE__, __LINE__, "no argument %s", name);
	return arg;
}

TEST(a_call_has_its_times_task_and_result)
{
	static const uint64_t args[6] = { 3, 0, 0 };
	struct decoded d = { 0 };
	struct ct_record *rec = record_call(&d.rb, WRITE_CALL, args, -28);

	rec->t_ns = 5000;
	rec->dur_ns = 70;
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_CALL);
	CHECK_INT(d.event.task.tid, 100);
	CHECK_INT(d.event.task.serial, 1);
	CHECK_INT(d.event.t_ns, 4000);
	CHECK_INT(d.event.dur_ns, 70);
	CHECK_STR(d.event.call.name, "write");
	CHECK_INT(d.event.call.nr, 1);
	CHECK_INT(d.event.call.arch, CT_ARCH_X86_64);
	CHECK_INT(d.event.call.result, CT_RESULT_ERROR);
	CHECK_INT(d.event.call.error, 28);
	CHECK(d.event.state == NULL);
	CHECK(d.event.stack == NULL);
	release(&d);
}

TEST(a_call_that_has_not_returned)
{
	static const uint64_t args[6] = { 3, 0, 0 };
	struct decoded d = { 0 };
	struct ct_record *rec = record_call(&d.rb, WRITE_CALL, args, 0);

	rec->result = CT_RESULT_ONGOING;
	rec->dur_ns = -1;
	decode(&d);
	CHECK_INT(d.event.call.result, CT_RESULT_ONGOING);
	CHECK_INT(d.event.dur_ns, -1);
	CHECK(!ct_call_ok(&d.event.call));
	release(&d);
}

static void decode_attach(struct decoded *d, const char *exe)
{
	static const char cmdline[] = "containerd\0--config\0";

	ct_recbuf_start(&d->rb, CT_RECORD_ATTACH);
	record_text(&d->rb, CT_BLOB_EXE, CT_BLOB_TASK, exe);
	ct_recbuf_blob(&d->rb, CT_BLOB_STRV, CT_BLOB_TASK, cmdline, sizeof(cmdline));
	decode(d);
}

TEST(what_an_attached_process_runs)
{
	struct decoded d = { 0 };

	decode_attach(&d, "/usr/bin/containerd");
	CHECK_INT(d.event.kind, CT_EVENT_EXEC);
	CHECK_STR(d.event.exec.call, "attach");
	CHECK_STR(d.event.exec.path, "/usr/bin/containerd");
	CHECK_INT(d.event.exec.argc, 3);
	CHECK_STR(d.event.exec.argv[1], "--config");
	CHECK_STR(d.event.exec.argv[2], ""); /* an empty one is one, too */
	CHECK(!d.event.exec.argv_truncated);
	release(&d);
}

/* After an upgrade a daemon runs on as a file that has no name any more. */
TEST(an_attached_process_whose_file_was_replaced)
{
	struct decoded d = { 0 };

	decode_attach(&d, "/usr/bin/containerd (deleted)");
	CHECK_STR(d.event.exec.path, "/usr/bin/containerd");
	CHECK_STR(d.event.exec.exe, "/usr/bin/containerd (deleted)");
	release(&d);
}

TEST(an_exec_is_made_absolute)
{
	static const uint64_t args[6] = { 0x1000, 0x2000, 0x3000 };
	struct decoded d = { 0 };
	struct ct_record *rec = record_call(&d.rb, EXECVE, args, 0);

	rec->kind = CT_RECORD_EXEC;
	rec->creator = (struct ct_task_id){ 102, 3 };
	record_text(&d.rb, CT_BLOB_STR, 0, "./hello");
	record_text(&d.rb, CT_BLOB_DIR, 0, "/home/me");
	ct_recbuf_blob(&d.rb, CT_BLOB_STRV, 1, "hello\0-v\0", 9);
	record_text(&d.rb, CT_BLOB_EXE, CT_BLOB_TASK, "/usr/bin/python3");
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_EXEC);
	CHECK_STR(d.event.exec.call, "execve");
	CHECK_STR(d.event.exec.path, "/home/me/hello");
	CHECK_STR(d.event.exec.exe, "/usr/bin/python3");
	CHECK_INT(d.event.exec.argc, 2);
	CHECK_STR(d.event.exec.argv[0], "hello");
	CHECK_STR(d.event.exec.argv[1], "-v");
	CHECK(!d.event.exec.argv_truncated);
	CHECK_INT(d.event.exec.former.serial, 3);
	release(&d);
}

TEST(an_exec_of_a_descriptor_has_no_path)
{
	static const uint64_t args[6] = { 7, 0x1000, 0x2000, 0, 0x1000 };
	struct decoded d = { 0 };

	record_call(&d.rb, EXECVEAT, args, 0)->kind = CT_RECORD_EXEC;
	record_text(&d.rb, CT_BLOB_STR, 1, "");
	record_text(&d.rb, CT_BLOB_DIR, 1, "/memfd:x (deleted)");
	decode(&d);
	CHECK_STR(d.event.exec.call, "execveat");
	CHECK_STR(d.event.exec.path, "");
	CHECK_STR(d.event.exec.exe, "");
	CHECK_INT(d.event.exec.argc, 0);
	CHECK(d.event.exec.argv_truncated);
	release(&d);
}

TEST(an_exit_has_a_status_or_a_signal)
{
	static const struct {
		int64_t wait_status;
		struct ct_event_exit want;
	} cases[] = {
		{ 0x0300, { .status = 3, .signal = 0, .core = false } },
		{ 0xff00, { .status = 255, .signal = 0, .core = false } },
		{ 9, { .status = -1, .signal = 9, .core = false } },
		{ 0x8b, { .status = -1, .signal = 11, .core = true } },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct decoded d = { 0 };

		ct_recbuf_start(&d.rb, CT_RECORD_EXIT)->ret = cases[i].wait_status;
		decode(&d);
		CHECK_INT(d.event.kind, CT_EVENT_EXIT);
		CHECK_INT(d.event.exit.status, cases[i].want.status);
		CHECK_INT(d.event.exit.signal, cases[i].want.signal);
		CHECK_INT(d.event.exit.core, cases[i].want.core);
		release(&d);
	}
}

TEST(a_task_keeps_the_flags_it_was_made_with)
{
	struct decoded d = { 0 };
	struct ct_record *rec = ct_recbuf_start(&d.rb, CT_RECORD_TASK);

	rec->pid = 7;
	rec->creator = (struct ct_task_id){ 5, 2 };
	rec->birth = CT_BIRTH_CLONE;
	rec->flags = 0x20020080;
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_TASK);
	CHECK_INT(d.event.birth.pid, 7);
	CHECK_INT(d.event.birth.creator.tid, 5);
	CHECK_INT(d.event.birth.how, CT_BIRTH_CLONE);
	CHECK_INT(d.event.birth.flags, 0x20020080);
	release(&d);
}

TEST(signals_gaps_and_notes)
{
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_SIGNAL)->ret = 23;
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_SIGNAL);
	CHECK_INT(d.event.signal, 23);

	ct_recbuf_start(&d.rb, CT_RECORD_GAP)->ret = 12;
	record_text(&d.rb, CT_BLOB_TEXT, CT_BLOB_TASK, "records dropped");
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_GAP);
	CHECK_INT(d.event.note.count, 12);
	CHECK_STR(d.event.note.text, "records dropped");

	ct_recbuf_start(&d.rb, CT_RECORD_NOTE);
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_NOTE);
	CHECK_STR(d.event.note.text, "");
	release(&d);
}

TEST(state_of_the_task_itself)
{
	static const uint64_t ns[CT_NS_LINKS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_EXIT)->task = (struct ct_task_id){ 9, 4 };
	ct_recbuf_blob(&d.rb, CT_BLOB_NS, CT_BLOB_TASK, ns, sizeof(ns));
	decode(&d);
	CHECK_INT(d.event.state->have, CT_STATE_NS);
	CHECK_INT(d.event.state->ns[CT_NS_CGROUP], 1);
	CHECK_INT(d.event.state->ns[CT_NS_TIME_FOR_CHILDREN], 10);
	CHECK_INT(d.event.state->of.serial, 4);
	CHECK_INT(d.event.state->seccomp, -1);
	CHECK_STR(d.event.state->comm, "");
	release(&d);
}

TEST(state_of_a_task_that_was_moved)
{
	static const uint64_t args[6] = { 5, 0x1000, 4 };
	static const struct ct_task_id of = { 44, 7 };
	struct decoded d = { 0 };

	record_call(&d.rb, WRITE_CALL, args, 4);
	record_text(&d.rb, CT_BLOB_CGROUP, CT_BLOB_TASK, "0::/a\n");
	record_text(&d.rb, CT_BLOB_STATUS, CT_BLOB_TASK, "Name:\tcrun\nSeccomp:\t2\n");
	record_unreadable(&d.rb, CT_BLOB_NS, CT_BLOB_TASK, 3);
	ct_recbuf_blob(&d.rb, CT_BLOB_OF, CT_BLOB_TASK, &of, sizeof(of));
	decode(&d);
	CHECK_INT(d.event.state->have, CT_STATE_CGROUP | CT_STATE_STATUS);
	CHECK_INT(d.event.state->of.tid, 44);
	CHECK_INT(d.event.state->of.serial, 7);
	CHECK_INT(d.event.state->n_cgroups, 1);
	CHECK_STR(d.event.state->cgroups[0].path, "/a");
	CHECK_STR(d.event.state->comm, "crun");
	CHECK_INT(d.event.state->seccomp, 2);
	CHECK_INT(d.event.state->no_new_privs, -1);
	release(&d);
}

TEST(a_filter_keeps_its_instructions)
{
	static const uint64_t args[6] = { 1, 0, 0x1000 };
	static const uint64_t program[] = { 2, 0x1111, 0x7fff000000000006 };
	struct decoded d = { 0 };
	const struct ct_arg *arg;

	record_call(&d.rb, SECCOMP, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 2, program, sizeof(program));
	decode(&d);
	arg = arg_of(&d, "args");
	CHECK_INT(arg->type, CT_VALUE_FIELDS);
	CHECK_INT(arg->n_items, 2);
	CHECK_STR(arg->items[0].name, "len");
	CHECK_INT(arg->items[0].i, 2);
	CHECK_STR(arg->items[1].name, "filter");
	CHECK_INT(arg->items[1].type, CT_VALUE_STR);
	CHECK_INT(arg->items[1].len, 16);
	CHECK(!memcmp(arg->items[1].str, &program[1], 16));
	CHECK(!arg->items[1].truncated);
	release(&d);
}

TEST(capability_sets_have_64_bits)
{
	static const uint64_t args[6] = { 0x1000, 0x2000 };
	static const uint32_t data[6] = { 1, 2, 3, 4, 5, 6 };
	struct decoded d = { 0 };
	const struct ct_arg *arg;

	record_call(&d.rb, CAPSET, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, data, sizeof(data));
	decode(&d);
	CHECK_INT(arg_of(&d, "hdrp")->type, CT_VALUE_NONE);
	arg = arg_of(&d, "datap");
	CHECK_INT(arg->n_items, 3);
	CHECK_STR(arg->items[0].name, "effective");
	CHECK_INT(arg->items[0].i, 0x400000001);
	CHECK_STR(arg->items[1].name, "permitted");
	CHECK_INT(arg->items[1].i, 0x500000002);
	CHECK_STR(arg->items[2].name, "inheritable");
	CHECK_INT(arg->items[2].i, 0x600000003);
	release(&d);
}

TEST(an_infinite_limit_is_minus_one)
{
	static const uint64_t args[6] = { 0, 7, 0x1000, 0 };
	static const uint64_t limit[2] = { 4096, UINT64_MAX };
	struct decoded d = { 0 };
	const struct ct_arg *arg;

	record_call(&d.rb, PRLIMIT64, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 2, limit, sizeof(limit));
	decode(&d);
	arg = arg_of(&d, "new_limit");
	CHECK_STR(arg->items[0].name, "rlim_cur");
	CHECK_INT(arg->items[0].i, 4096);
	CHECK_INT(arg->items[1].i, -1);
	CHECK_INT(arg_of(&d, "resource")->i, 7);
	release(&d);
}

TEST(a_socket_of_a_path_has_a_path)
{
	static const uint64_t args[6] = { 3, 0x1000, 9 };
	struct decoded d = { 0 };

	record_call(&d.rb, CONNECT, args, -2);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, "\1\0/run/s\0", 9);
	decode(&d);
	CHECK_STR(arg_of(&d, "addr")->path, "/run/s");
	CHECK_STR(arg_of(&d, "addr")->items[1].str, "/run/s");
	release(&d);
}

TEST(a_buffer_keeps_every_byte)
{
	static const uint64_t args[6] = { 3, 0x1000, 256 };
	struct decoded d = { 0 };
	const struct ct_arg *arg;
	char bytes[256];

	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	record_call(&d.rb, WRITE_CALL, args, 256);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, bytes, sizeof(bytes));
	decode(&d);
	arg = arg_of(&d, "buf");
	CHECK_INT(arg->len, 256);
	CHECK(!memcmp(arg->str, bytes, 256));
	CHECK(!arg->truncated);
	release(&d);
}

TEST(results_that_make_no_sense_are_values)
{
	static const uint64_t args[6] = { 0 };
	struct decoded d = { 0 };

	record_call(&d.rb, WRITE_CALL, args, 77)->result = CT_RESULT_ERROR;
	decode(&d);
	CHECK_INT(d.event.call.result, CT_RESULT_VALUE);
	CHECK_INT(d.event.call.ret, 77);
	record_call(&d.rb, WRITE_CALL, args, 77)->result = 999;
	decode(&d);
	CHECK_INT(d.event.call.result, CT_RESULT_NONE);
	record_call(&d.rb, WRITE_CALL, args, 77)->kind = 999;
	decode(&d);
	CHECK_INT(d.event.kind, CT_EVENT_NOTE);
	release(&d);
}
