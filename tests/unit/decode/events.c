/* SPDX-License-Identifier: MIT */
/* Events of each kind of record. */
#include "decoded.h"
#include "record_build.h"
#include "test.h"

#include <string.h>

#define EXECVE     59
#define EXECVEAT   322
#define SENDTO     44
#define WRITE_CALL 1

TEST(a_call_has_its_times_task_and_result)
{
	static const uint64_t args[6] = { 3, 0, 0 };
	struct decoded d = { 0 };
	struct ct_record *rec = record_call(&d.rb, WRITE_CALL, args, -28);

	rec->t_ns = 5000;
	rec->dur_ns = 70;
	decoded_read(&d);
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
	decoded_release(&d);
}

TEST(a_call_that_has_not_returned)
{
	static const uint64_t args[6] = { 3, 0, 0 };
	struct decoded d = { 0 };
	struct ct_record *rec = record_call(&d.rb, WRITE_CALL, args, 0);

	rec->result = CT_RESULT_ONGOING;
	rec->dur_ns = -1;
	decoded_read(&d);
	CHECK_INT(d.event.call.result, CT_RESULT_ONGOING);
	CHECK_INT(d.event.dur_ns, -1);
	CHECK(!ct_call_ok(&d.event.call));
	decoded_release(&d);
}

static void decode_attach(struct decoded *d, const char *exe)
{
	static const char cmdline[] = "containerd\0--config\0";

	ct_recbuf_start(&d->rb, CT_RECORD_ATTACH);
	record_text(&d->rb, CT_BLOB_EXE, CT_BLOB_TASK, exe);
	ct_recbuf_blob(&d->rb, CT_BLOB_STRV, CT_BLOB_TASK, cmdline, sizeof(cmdline));
	decoded_read(d);
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
	decoded_release(&d);
}

/* After an upgrade a daemon runs on as a file that has no name any more. */
TEST(an_attached_process_whose_file_was_replaced)
{
	struct decoded d = { 0 };

	decode_attach(&d, "/usr/bin/containerd (deleted)");
	CHECK_STR(d.event.exec.path, "/usr/bin/containerd");
	CHECK_STR(d.event.exec.exe, "/usr/bin/containerd (deleted)");
	decoded_release(&d);
}

/* RTM_SETLINK of interface 7, up. */
TEST(the_interface_of_a_request_has_its_name)
{
	static const unsigned char bytes[32] = { 32, 0, 0, 0, 19, 0, 5, 0, 1, 0, 0,
						 0,  0, 0, 0, 0,  0, 0, 0, 0, 7, 0,
						 0,  0, 1, 0, 0,  0, 1, 0, 0, 0 };
	static const uint64_t args[6] = { 3, 0x1000, sizeof(bytes) };
	static const int32_t route = 0;
	struct decoded d = { 0 };
	const struct ct_arg *message, *index = NULL;

	record_call(&d.rb, SENDTO, args, sizeof(bytes));
	ct_recbuf_blob(&d.rb, CT_BLOB_NETLINK, 1, &route, sizeof(route));
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, bytes, sizeof(bytes));
	record_text(&d.rb, CT_BLOB_INTERFACE, 1, "veth0");
	decoded_read(&d);
	message = &d.event.call.args[1].items[0];
	for (size_t i = 0; i < message->n_items && !index; i++)
		if (!strcmp(message->items[i].name, "ifi_index"))
			index = &message->items[i];
	CHECK(index);
	CHECK_INT(index->i, 7);
	CHECK_STR(index->path, "veth0");
	CHECK_STR(index->text, "7<veth0>");
	decoded_release(&d);
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
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_EXEC);
	CHECK_STR(d.event.exec.call, "execve");
	CHECK_STR(d.event.exec.path, "/home/me/hello");
	CHECK_STR(d.event.exec.exe, "/usr/bin/python3");
	CHECK_INT(d.event.exec.argc, 2);
	CHECK_STR(d.event.exec.argv[0], "hello");
	CHECK_STR(d.event.exec.argv[1], "-v");
	CHECK(!d.event.exec.argv_truncated);
	CHECK_INT(d.event.exec.former.serial, 3);
	decoded_release(&d);
}

TEST(an_exec_of_a_descriptor_has_no_path)
{
	static const uint64_t args[6] = { 7, 0x1000, 0x2000, 0, 0x1000 };
	struct decoded d = { 0 };

	record_call(&d.rb, EXECVEAT, args, 0)->kind = CT_RECORD_EXEC;
	record_text(&d.rb, CT_BLOB_STR, 1, "");
	record_text(&d.rb, CT_BLOB_DIR, 1, "/memfd:x (deleted)");
	decoded_read(&d);
	CHECK_STR(d.event.exec.call, "execveat");
	CHECK_STR(d.event.exec.path, "");
	CHECK_STR(d.event.exec.exe, "");
	CHECK_INT(d.event.exec.argc, 0);
	CHECK(d.event.exec.argv_truncated);
	decoded_release(&d);
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
		decoded_read(&d);
		CHECK_INT(d.event.kind, CT_EVENT_EXIT);
		CHECK_INT(d.event.exit.status, cases[i].want.status);
		CHECK_INT(d.event.exit.signal, cases[i].want.signal);
		CHECK_INT(d.event.exit.core, cases[i].want.core);
		decoded_release(&d);
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
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_TASK);
	CHECK_INT(d.event.birth.pid, 7);
	CHECK_INT(d.event.birth.creator.tid, 5);
	CHECK_INT(d.event.birth.how, CT_BIRTH_CLONE);
	CHECK_INT(d.event.birth.flags, 0x20020080);
	decoded_release(&d);
}

TEST(signals_gaps_and_notes)
{
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_SIGNAL)->ret = 23;
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_SIGNAL);
	CHECK_INT(d.event.signal, 23);

	ct_recbuf_start(&d.rb, CT_RECORD_GAP)->ret = 12;
	record_text(&d.rb, CT_BLOB_TEXT, CT_BLOB_TASK, "records dropped");
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_GAP);
	CHECK_INT(d.event.note.count, 12);
	CHECK_STR(d.event.note.text, "records dropped");

	ct_recbuf_start(&d.rb, CT_RECORD_NOTE);
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_NOTE);
	CHECK_STR(d.event.note.text, "");
	decoded_release(&d);
}

TEST(state_of_the_task_itself)
{
	static const uint64_t ns[CT_NS_LINKS] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_EXIT)->task = (struct ct_task_id){ 9, 4 };
	ct_recbuf_blob(&d.rb, CT_BLOB_NS, CT_BLOB_TASK, ns, sizeof(ns));
	decoded_read(&d);
	CHECK_INT(d.event.state->have, CT_STATE_NS);
	CHECK_INT(d.event.state->ns[CT_NS_CGROUP], 1);
	CHECK_INT(d.event.state->ns[CT_NS_TIME_FOR_CHILDREN], 10);
	CHECK_INT(d.event.state->of.serial, 4);
	CHECK_INT(d.event.state->seccomp, -1);
	CHECK_STR(d.event.state->comm, "");
	decoded_release(&d);
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
	decoded_read(&d);
	CHECK_INT(d.event.state->have, CT_STATE_CGROUP | CT_STATE_STATUS);
	CHECK_INT(d.event.state->of.tid, 44);
	CHECK_INT(d.event.state->of.serial, 7);
	CHECK_INT(d.event.state->n_cgroups, 1);
	CHECK_STR(d.event.state->cgroups[0].path, "/a");
	CHECK_STR(d.event.state->comm, "crun");
	CHECK_INT(d.event.state->seccomp, 2);
	CHECK_INT(d.event.state->no_new_privs, -1);
	decoded_release(&d);
}

TEST(results_that_make_no_sense_are_values)
{
	static const uint64_t args[6] = { 0 };
	struct decoded d = { 0 };

	record_call(&d.rb, WRITE_CALL, args, 77)->result = CT_RESULT_ERROR;
	decoded_read(&d);
	CHECK_INT(d.event.call.result, CT_RESULT_VALUE);
	CHECK_INT(d.event.call.ret, 77);
	record_call(&d.rb, WRITE_CALL, args, 77)->result = 999;
	decoded_read(&d);
	CHECK_INT(d.event.call.result, CT_RESULT_NONE);
	record_call(&d.rb, WRITE_CALL, args, 77)->kind = 999;
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_NOTE);
	decoded_release(&d);
}
