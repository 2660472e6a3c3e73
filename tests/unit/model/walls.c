/* SPDX-License-Identifier: MIT */
/* What a payload tries, and which wall says no: EPERM 1, EACCES 13, EROFS 30. */
#include "cttrace/errno.h"
#include "cttrace/strbuf.h"
#include "script.h"
#include "test.h"

#define HOST                                    \
	"0 table / ext4 id:1 parent:0\n"        \
	"0 table /dev devtmpfs id:2 parent:1\n" \
	"0 table /srv tmpfs id:3 parent:1\n"
#define CONTAINER                     \
	"10 root caps:41 seccomp:0\n" \
	"10 unshare NEWNS|NEWUTS|NEWNET ns:mnt=1,uts=2,net=3\n"
#define ROOT                                  \
	"10 mount overlay /mnt overlay - -\n" \
	"10 mount proc /mnt/proc proc - -\n"  \
	"10 mount /srv/data /mnt/data - bind -\n"
#define PIVOT  "10 pivot_root /mnt /mnt\n10 umount2 . 2 cwd:/\n"
#define WEAK   "10 exec /bin/sh sh caps:0\n"
#define MIGHTY "10 exec /bin/sh sh caps:41\n"

static void expect(const char *script, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct script *s = script_run(script);
	const struct ct_container *c = s->model->containers;

	CHECK_INT(s->model->n_containers, 1);
	for (size_t i = 0; i < c->n_walls; i++) {
		const struct ct_wall *w = &c->walls[i];

		ct_strbuf_addf(&got, "%s%s %s", w->reaches_host ? "!" : "",
			       ct_outcome_name(w->outcome), w->what);
		if (w->error)
			ct_strbuf_addf(&got, ": %s %s", ct_errno_name(w->error),
				       ct_layer_name(w->layer));
		if (w->count > 1)
			ct_strbuf_addf(&got, " ×%zu", w->count);
		ct_strbuf_addc(&got, '\n');
	}
	CHECK_STR(got.data, want);
	script_free(s);
}

TEST(what_the_runtime_does_is_no_attempt)
{
	expect(HOST CONTAINER ROOT PIVOT MIGHTY, "");
}

TEST(a_capability_that_is_missing)
{
	expect(HOST CONTAINER ROOT PIVOT WEAK "10 mount none /x tmpfs - - err:1\n"
					      "10 mount none /x tmpfs - - err:1\n"
					      "10 chroot /data err:1\n"
					      "10 sethostname me err:1\n",
	       "refused mount none on /x (tmpfs): EPERM capability ×2\n"
	       "refused chroot to /data (the host's /srv/data): EPERM capability\n"
	       "refused set the host name to me: EPERM capability\n");
}

TEST(what_is_allowed_is_told_and_whether_it_reaches_the_host)
{
	expect(HOST CONTAINER ROOT PIVOT MIGHTY "10 mount none /x tmpfs - -\n"
						"10 bpf 0\n"
						"10 open /data/file 1\n"
						"10 open /etc/passwd 1\n",
	       "allowed mount none on /x (tmpfs)\n"
	       "!allowed use bpf\n"
	       "!allowed write /data/file (the host's /srv/data/file)\n");
}

TEST(no_wall_but_nothing_there)
{
	expect(HOST CONTAINER ROOT PIVOT MIGHTY "10 mount none /x tmpfs - - err:2\n",
	       "failed mount none on /x (tmpfs): ENOENT kernel\n");
}

TEST(a_read_only_mount)
{
	expect(HOST CONTAINER ROOT
	       "10 mount - /mnt/data - remount|bind|ro -\n" PIVOT MIGHTY
	       "10 open /data/file 1 err:30\n"
	       "10 open /etc/passwd 1 err:30\n",
	       "refused write /data/file (the host's /srv/data/file): EROFS mount\n"
	       "refused write /etc/passwd: EROFS mount\n");
}

TEST(device_rules_and_a_nodev_mount)
{
	expect(HOST CONTAINER ROOT
	       "10 mount - /mnt/data - remount|bind|nodev -\n" PIVOT MIGHTY
	       "10 mknod /disk 0x6000\n"
	       "10 open /disk 0 err:1\n"
	       "10 mknod /data/disk 0x6000\n"
	       "10 open /data/disk 0 err:13\n"
	       "10 open /dev/null 1\n"
	       "10 open /dev/sda 1\n",
	       "allowed make device /disk (block ?)\n"
	       "refused open device /disk: EPERM devices\n"
	       "allowed make device /data/disk (block ?)\n"
	       "refused open device /data/disk: EACCES mount\n"
	       "!allowed write to device /dev/sda\n");
}

TEST(its_capabilities_count_in_its_own_user_namespace_only)
{
	expect(HOST "10 root caps:41 seccomp:0\n10 unshare NEWUSER|NEWNS "
		    "ns:mnt=1,user=5\n" ROOT PIVOT MIGHTY
		    "10 mount /dev/sda /x ext4 - - err:1\n"
		    "10 open /proc/sys/kernel/core_pattern 1 err:13\n",
	       "refused mount /dev/sda on /x (ext4): EPERM user-namespace\n"
	       "refused write /proc/sys/kernel/core_pattern: EACCES user-namespace\n");
}

TEST(tracing_what_is_traced_already)
{
	expect(HOST CONTAINER ROOT PIVOT MIGHTY "10 fork 11\n"
						"10 ptrace 16 11 err:1\n"
						"10 ptrace 7 11\n"
						"10 process_vm_readv 11\n",
	       "refused trace process 11 (sh): EPERM tracer\n"
	       "allowed read the memory of process 11 (sh)\n");
}

/* Whatever they are called; and others are not, whatever those are called. */
TEST(engines_are_known_by_who_listens)
{
	expect(HOST CONTAINER ROOT "10 mount /srv/some /mnt/some - bind -\n" PIVOT WEAK
				   "10 connect 3 /some peer:/usr/bin/dockerd\n"
				   "10 connect 3 /data/other peer:/usr/bin/database\n",
	       "!allowed connect to /some (the host's /srv/some), where dockerd listens\n"
	       "!allowed connect to /data/other (the host's /srv/data/other)\n");
}

TEST(sockets_of_the_host_are_known_by_the_mount_that_they_are_on)
{
	expect(HOST CONTAINER ROOT
	       "10 mount /srv/podman.sock /mnt/api - bind -\n" PIVOT WEAK
	       "10 connect 3 /run/podman.sock\n"
	       "10 connect 3 /data/other\n"
	       "10 connect 3 /api err:13\n"
	       "10 socket 2 3 0 err:1\n"
	       "10 socket 2 1 0\n",
	       "!allowed connect to /data/other (the host's /srv/data/other)\n"
	       "refused connect to /api (the host's /srv/podman.sock): EACCES "
	       "permission\n"
	       "refused open a raw socket: EPERM capability\n");
}
