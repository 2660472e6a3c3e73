/* SPDX-License-Identifier: MIT */
/* Mounts by descriptors, filters, rlimits, and failures that say nothing. */
#include "cttrace/strbuf.h"
#include "script.h"
#include "test.h"

/* What happens in a container whose init is 11; its lines begin at 4. */
static struct script *run(const char *rest)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	ct_strbuf_adds(&text, "10 root\n"
			      "10 exec /opt/rt rt\n"
			      "10 clone 11 NEWNS ns:mnt=1\n");
	ct_strbuf_adds(&text, rest);
	return script_run(text.data);
}

TEST(mounts_by_descriptor_look_like_mounts)
{
	struct script *s = run("11 fsopen tmpfs ret:5\n"
			       "11 fsconfig 5 1 source swap\n"
			       "11 fsconfig 5 1 size 64k\n"
			       "11 fsmount 5 0 6 ret:6\n"
			       "11 move_mount 6 - -100 /r/run\n"
			       "11 open_tree -100 /srv/data 0x8001 ret:7\n"
			       "11 move_mount 7 - -100 /r/data\n"
			       "11 pivot_root /r /r\n"
			       "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_mounts, 2);
	CHECK_STR(c->mounts[0].target, "/run");
	CHECK_STR(c->mounts[0].type, "tmpfs");
	CHECK_STR(c->mounts[0].source, "swap");
	CHECK_STR(c->mounts[0].flags, "nosuid,nodev");
	CHECK_STR(c->mounts[0].data, "size=64k");
	CHECK_STR(c->mounts[1].target, "/data");
	CHECK_STR(c->mounts[1].source, "/srv/data");
	CHECK_STR(c->mounts[1].flags, "rbind");
	script_free(s);
}

/* Who sends descriptors and who gets them number them as each likes. */
TEST(mounts_whose_descriptors_were_passed_on)
{
	struct script *s = script_run("1 root ns:mnt=1\n"
				      "1 exec /r r\n"
				      "1 open_tree -100 /srv/one 1 ret:5 mount:71\n"
				      "1 open_tree -100 /srv/two 1 ret:6 mount:72\n"
				      "1 clone 11 NEWNS ns:mnt=10\n"
				      "11 move_mount 6 - -100 /r/one mount:71\n"
				      "11 move_mount 5 - -100 /r/two mount:72\n"
				      "11 move_mount 5 - -100 /r/other mount:73\n"
				      "11 pivot_root /r /r\n"
				      "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_mounts, 3);
	CHECK_STR(c->mounts[0].target, "/one");
	CHECK_STR(c->mounts[0].source, "/srv/one");
	CHECK_STR(c->mounts[1].target, "/two");
	CHECK_STR(c->mounts[1].source, "/srv/two");
	CHECK_STR(c->mounts[2].source, "");
	script_free(s);
}

TEST(a_mount_that_is_moved_over_the_root)
{
	struct script *s = run("11 mount /r / - move -\n"
			       "11 chroot /\n"
			       "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_STR(c->pivot, "MS_MOVE");
	CHECK_STR(c->rootfs, "/r");
	CHECK_INT(c->pivot_ns, 4000000);
	script_free(s);
}

TEST(the_last_filter_before_the_payload_counts)
{
	struct script *s = run("11 seccomp 1 0 30\n"
			       "11 seccomp 2 0 99\n"
			       "11 seccomp 1 0 40\n"
			       "11 exec /app app\n"
			       "11 seccomp 1 0 50\n");

	CHECK_INT(s->model->containers[0].seccomp_instructions, 40);
	CHECK(script_fact(s, 4)->tags & 1u << CT_TAG_SECCOMP);
	CHECK_INT(script_fact(s, 5)->tags, 0);
	script_free(s);
}

TEST(rlimits_are_set_for_oneself_or_by_pid)
{
	struct script *s = run("10 prlimit64 11 RLIMIT~NOFILE 100 200\n"
			       "11 prlimit64 0 RLIMIT~CORE -1 -1 err:1\n"
			       "11 exec /app app\n");
	const struct ct_container *c = &s->model->containers[0];

	CHECK_INT(c->n_rlimits, 2);
	CHECK_INT(c->rlimits[0].soft, 100);
	CHECK_INT(c->rlimits[0].hard, 200);
	CHECK(c->rlimits[1].soft == UINT64_MAX);
	CHECK(c->rlimits[1].failed);
	script_free(s);
}

TEST(harmless_failures_are_told_from_others)
{
	static const struct {
		const char *line;
		bool benign;
	} rows[] = {
		{ "11 mkdir /r/proc err:17\n", true },
		{ "11 mkdir /r/proc err:13\n", false },
		{ "10 unlinkat 14 netns-29428ce8 0 err:16\n", true },
		{ "10 unlinkat 14 rootfs 0 err:16\n", false },
		{ "11 mount - /r - private -  err:22\n", true },
		{ "11 mount x /r ext4 0 - err:22\n", false },
		{ "11 mount /dev/null /proc/acpi - bind - err:20\n", true },
		{ "11 mount /dev/null /etc/x - bind - err:20\n", false },
		{ "10 execve /usr/local/bin/ls err:2\n", true },
		{ "11 execve /usr/local/bin/ls err:2\n", false },
		{ "10 write /proc/11/oom~score~adj -1000 err:13\n", false },
		{ "10 write /sys/fs/cgroup/cpuset/cpuset.cpus 0 err:13\n", true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct script *s = run(rows[i].line);
		unsigned int tags = script_fact(s, 4)->tags;

		CHECK(tags & 1u << CT_TAG_FAILED);
		CHECK_INT(!!(tags & 1u << CT_TAG_BENIGN), rows[i].benign);
		script_free(s);
	}
}

TEST(what_is_tried_again_and_works_is_harmless)
{
	struct script *s = run("10 prlimit64 0 RLIMIT~NOFILE 1048576 1048576 err:1\n"
			       "10 prlimit64 0 RLIMIT~NPROC 9 9\n"
			       "10 prlimit64 0 RLIMIT~NOFILE 20000 20000\n"
			       "10 prlimit64 0 RLIMIT~CORE 9 9 err:1\n"
			       "11 prlimit64 0 RLIMIT~CORE 9 9\n");

	CHECK(script_fact(s, 4)->tags & 1u << CT_TAG_BENIGN);
	CHECK(!(script_fact(s, 7)->tags & 1u << CT_TAG_BENIGN)); /* another process did */
	script_free(s);
}

TEST(a_search_along_path_that_finds_is_harmless)
{
	struct script *s = run("11 execve /usr/local/bin/ls err:2\n"
			       "11 exec /usr/bin/ls ls\n");

	CHECK(script_fact(s, 4)->tags & 1u << CT_TAG_BENIGN);
	script_free(s);
}
