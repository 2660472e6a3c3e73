/* SPDX-License-Identifier: MIT */
/* What the tracer has looked at beside a call: /proc, programs, bundles, cgroups, peers.
 */
#include "decoded.h"
#include "record_build.h"
#include "test.h"

#include <errno.h>
#include <linux/bpf.h>
#include <sys/stat.h>
#include <sys/syscall.h>

/* As proc_pid_mountinfo(5) has it. */
#define MOUNTS                                                         \
	"20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"      \
	"31 20 0:40 / /srv ro,nosuid - tmpfs none rw\n"                \
	"32 31 0:41 /sub /srv/data rw master:3 - overlay overlay rw\n" \
	"33 32 0:42 / /srv/data ro,nodev - tmpfs upper rw,size=4k\n"   \
	"34 20 0:43 / /srv/data/x/deeper rw - proc proc rw\n"          \
	"35 20 0:44 / /srv/dat rw - sysfs sysfs rw\n"

static void rmdir_at(struct decoded *d, const char *path)
{
	static const uint64_t args[6] = { 0x1000 };

	record_call(&d->rb, SYS_rmdir, args, -EROFS);
	record_text(&d->rb, CT_BLOB_STR, 0, path);
	record_text(&d->rb, CT_BLOB_MOUNTS, CT_BLOB_TASK, MOUNTS);
	decoded_read(d);
}

TEST(a_failed_call_has_the_mount_that_its_path_lies_on)
{
	struct decoded d = { 0 };

	rmdir_at(&d, "/srv/data/x");
	CHECK_INT(d.event.circumstances->mount->id, 33); /* it lies on 32 */
	CHECK_STR(d.event.circumstances->mount->options, "ro,nodev");
	CHECK_STR(d.event.circumstances->mount->fs_options, "rw,size=4k");
	CHECK_INT(d.event.circumstances->userns_uid, -1);
	rmdir_at(&d, "/srv/data");
	CHECK_INT(d.event.circumstances->mount->id, 33);
	rmdir_at(&d, "/srv/database"); /* a name that only begins like a mount's */
	CHECK_INT(d.event.circumstances->mount->id, 31);
	rmdir_at(&d, "/etc");
	CHECK_INT(d.event.circumstances->mount->id, 20);
	CHECK_INT(d.event.circumstances->mount->shared, 1);
	decoded_release(&d);
}

TEST(limits_label_and_owners_of_a_failed_call)
{
	static const uint64_t args[6] = { 0 };
	struct ct_blob_owners owners = { .uid = 1000 };
	struct decoded d = { 0 };
	const struct ct_circumstances *c;

	owners.userns[CT_NS_NET] = 4026531837;
	owners.userns[CT_NS_PID] = UINT64_MAX; /* no inode of this kernel */
	record_call(&d.rb, SYS_unshare, args, -EPERM);
	record_text(&d.rb, CT_BLOB_LIMITS, CT_BLOB_TASK,
		    "Limit                     Soft Limit           Hard Limit           "
		    "Units     \n"
		    "Max open files            1024                 524288               "
		    "files     \n"
		    "Max processes             unlimited            unlimited            "
		    "processes \n");
	record_text(&d.rb, CT_BLOB_LSM, CT_BLOB_TASK, "docker-default (enforce)\n");
	ct_recbuf_blob(&d.rb, CT_BLOB_OWNERS, CT_BLOB_TASK, &owners, sizeof(owners));
	decoded_read(&d);
	c = d.event.circumstances;
	CHECK_STR(c->lsm, "docker-default (enforce)");
	CHECK_INT(c->n_limits, 2);
	CHECK_STR(c->limits[0].name, "Max open files");
	CHECK_INT(c->limits[0].soft, 1024);
	CHECK_INT(c->limits[0].hard, 524288);
	CHECK_INT(c->limits[1].soft, CT_LIMIT_NONE);
	CHECK_INT(c->owners[CT_NS_NET], 4026531837);
	CHECK_INT(c->owners[CT_NS_PID], 0);
	CHECK_INT(c->userns_uid, 1000);
	CHECK(!c->mount);
	decoded_release(&d);
}

TEST(what_proc_did_not_say_is_not_known)
{
	static const uint64_t args[6] = { 0 };
	struct decoded d = { 0 };

	record_call(&d.rb, SYS_unshare, args, -EPERM);
	record_unreadable(&d.rb, CT_BLOB_MOUNTS, CT_BLOB_TASK, EACCES);
	record_text(&d.rb, CT_BLOB_LIMITS, CT_BLOB_TASK, "");
	decoded_read(&d);
	CHECK(!d.event.circumstances);
	/* SELinux ends its label with a NUL; owners that are cut say nothing */
	record_call(&d.rb, SYS_unshare, args, -EPERM);
	ct_recbuf_blob(&d.rb, CT_BLOB_LSM, CT_BLOB_TASK, "u:r:t:s0\0", 9);
	ct_recbuf_blob(&d.rb, CT_BLOB_OWNERS, CT_BLOB_TASK, args, sizeof(args[0]));
	decoded_read(&d);
	CHECK_STR(d.event.circumstances->lsm, "u:r:t:s0");
	CHECK_INT(d.event.circumstances->owners[CT_NS_NET], 0);
	CHECK_INT(d.event.circumstances->userns_uid, -1);
	decoded_release(&d);
}

TEST(the_file_that_could_not_be_executed)
{
	static const uint64_t args[6] = { 0x1000 };
	const struct ct_blob_program script = { .mode = S_IFREG | 0755,
						.uid = 7,
						.gid = 8,
						.size = UINT64_MAX,
						.interpreter_error = ENOENT,
						.noexec = 1 };
	struct decoded d = { 0 };
	const struct ct_program *p;

	record_call(&d.rb, SYS_execve, args, -ENOENT);
	ct_recbuf_blob(&d.rb, CT_BLOB_PROGRAM, CT_BLOB_TASK, &script, sizeof(script));
	record_text(&d.rb, CT_BLOB_HEAD, CT_BLOB_TASK, "#!/bin/none\n");
	record_text(&d.rb, CT_BLOB_INTERPRETER, CT_BLOB_TASK, "/bin/none");
	decoded_read(&d);
	p = d.event.program;
	CHECK_INT(p->error, 0);
	CHECK_INT(p->mode, S_IFREG | 0755);
	CHECK_INT(p->uid, 7);
	CHECK_INT(p->gid, 8);
	CHECK_INT(p->size, INT64_MAX); /* no file is larger */
	CHECK(p->noexec);
	CHECK_INT(p->n_head, 12);
	CHECK_STR(p->interpreter, "/bin/none");
	CHECK_INT(p->interpreter_error, ENOENT);
	record_call(&d.rb, SYS_execve, args, -ENOENT);
	ct_recbuf_blob(&d.rb, CT_BLOB_PROGRAM, CT_BLOB_TASK, &script, sizeof(script) - 1);
	decoded_read(&d);
	CHECK(!d.event.program);
	decoded_release(&d);
}

TEST(libraries_that_a_program_lacks)
{
	static const uint64_t args[6] = { 127 };
	static const char pairs[] = "libc.so.6\0/bin/sh\0libz.so.1\0/usr/lib/a.so\0cut";
	struct decoded d = { 0 };

	record_call(&d.rb, SYS_exit_group, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MISSING, CT_BLOB_TASK, pairs, sizeof(pairs));
	decoded_read(&d);
	CHECK_INT(d.event.n_lacks, 2);
	CHECK_STR(d.event.lacks[0].library, "libc.so.6");
	CHECK_STR(d.event.lacks[0].needed_by, "/bin/sh");
	CHECK_STR(d.event.lacks[1].library, "libz.so.1");
	CHECK_STR(d.event.lacks[1].needed_by, "/usr/lib/a.so");
	decoded_release(&d);
}

TEST(the_config_of_a_bundle)
{
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_EXEC);
	record_text(&d.rb, CT_BLOB_CONFIG, CT_BLOB_TASK, "{}");
	record_text(&d.rb, CT_BLOB_CONFIG_PATH, CT_BLOB_TASK, "/b/config.json");
	decoded_read(&d);
	CHECK_STR(d.event.bundle->path, "/b/config.json");
	CHECK_STR(d.event.bundle->config, "{}");
	CHECK_INT(d.event.bundle->n_config, 2);
	CHECK(!d.event.bundle->cut);
	ct_recbuf_start(&d.rb, CT_RECORD_EXEC);
	record_unreadable(&d.rb, CT_BLOB_CONFIG, CT_BLOB_TASK, ENOENT);
	record_text(&d.rb, CT_BLOB_CONFIG_PATH, CT_BLOB_TASK, "/b/config.json");
	decoded_read(&d);
	CHECK_INT(d.event.bundle->error, ENOENT);
	CHECK(!d.event.bundle->config);
	decoded_release(&d);
}

TEST(a_program_with_a_set_user_id_bit)
{
	const struct ct_blob_set_id file = { S_IFREG | S_ISUID | 0755, 0, 12 };
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_EXEC);
	ct_recbuf_blob(&d.rb, CT_BLOB_SET_ID, CT_BLOB_TASK, &file, sizeof(file));
	decoded_read(&d);
	CHECK_INT(d.event.exec.mode, S_IFREG | S_ISUID | 0755);
	CHECK_INT(d.event.exec.owner, 0);
	CHECK_INT(d.event.exec.group, 12);
	decoded_release(&d);
}

TEST(figures_of_a_cgroup)
{
	int64_t figures[CT_FIGURES] = { 4096, INT64_MIN };
	struct decoded d = { 0 };

	ct_recbuf_start(&d.rb, CT_RECORD_METER);
	record_text(&d.rb, CT_BLOB_TEXT, CT_BLOB_TASK, "/machine/a");
	/* of an older tracer, which knows only two of them */
	ct_recbuf_blob(&d.rb, CT_BLOB_FIGURES, CT_BLOB_TASK, figures,
		       2 * sizeof(*figures));
	decoded_read(&d);
	CHECK_INT(d.event.kind, CT_EVENT_METER);
	CHECK_STR(d.event.meter->cgroup, "/machine/a");
	CHECK_INT(d.event.meter->figures[CT_FIGURE_MEMORY], 4096);
	CHECK_INT(d.event.meter->figures[CT_FIGURE_MEMORY_PEAK], -1);
	CHECK_INT(d.event.meter->figures[CT_FIGURES - 1], -1);
	decoded_release(&d);
}

TEST(who_listens_at_a_socket)
{
	static const uint64_t args[6] = { 3, 0x1000, 9 };
	struct ct_blob_peer peer = { 77, 1000, 100 };
	char bytes[sizeof(peer) + 12];
	struct decoded d = { 0 };

	memcpy(bytes, &peer, sizeof(peer));
	memcpy(bytes + sizeof(peer), "/usr/bin/foo", 12);
	record_call(&d.rb, SYS_connect, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_PEER, CT_BLOB_TASK, bytes, sizeof(bytes));
	decoded_read(&d);
	CHECK_INT(d.event.peer->pid, 77);
	CHECK_INT(d.event.peer->uid, 1000);
	CHECK_INT(d.event.peer->gid, 100);
	CHECK_STR(d.event.peer->exe, "/usr/bin/foo");
	/* unix(7): who is outside of the reader's pid namespace has the pid 0 */
	peer.pid = 0;
	record_call(&d.rb, SYS_connect, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_PEER, CT_BLOB_TASK, &peer, sizeof(peer));
	decoded_read(&d);
	CHECK(!d.event.peer);
	decoded_release(&d);
}

TEST(the_instructions_of_a_device_program)
{
	static const uint64_t args[6] = { BPF_PROG_LOAD, 0x1000, sizeof(union bpf_attr) };
	const struct bpf_insn insns[] = { { .code = BPF_ALU64 | BPF_MOV | BPF_K,
					    .imm = 1 },
					  { .code = BPF_JMP | BPF_EXIT } };
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_CGROUP_DEVICE,
				.insn_cnt = 2,
				.insns = 0x2000 };
	const struct ct_arg *arg = NULL;
	struct decoded d = { 0 };

	record_call(&d.rb, SYS_bpf, args, 3);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, &attr, sizeof(attr));
	ct_recbuf_blob(&d.rb, CT_BLOB_INSNS, 1, insns, sizeof(insns));
	decoded_read(&d);
	for (size_t i = 0; i < d.event.call.args[1].n_items; i++)
		if (!strcmp(d.event.call.args[1].items[i].name, "insns"))
			arg = &d.event.call.args[1].items[i];
	CHECK(arg);
	CHECK_INT(arg->type, CT_VALUE_STR);
	CHECK_INT(arg->len, sizeof(insns));
	CHECK(!memcmp(arg->str, insns, sizeof(insns)));
	CHECK(!arg->truncated);
	decoded_release(&d);
}
