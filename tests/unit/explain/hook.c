/* SPDX-License-Identifier: MIT */
/* Hooks that fail are told by their name, with what they said. */
#include "scene.h"
#include "test.h"

#include <errno.h>
#include <signal.h>

#define CONFIG                                                    \
	"{\"hooks\":{\"prestart\":[{\"path\":\"/opt/hook/net\"}," \
	"{\"path\":\"/opt/hook/slow\",\"timeout\":1}]}}"

static struct ct_bundle bundle = { .path = "/b/config.json",
				   .config = CONFIG,
				   .n_config = sizeof(CONFIG) - 1 };

static struct scene *begin(const char *hook)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	s->events[s->trace.n_events - 1].bundle = &bundle;
	scene_clone(s, 100, 101);
	scene_fork(s, 100, 102);
	scene_exec(s, 102, hook);
	return s;
}

static const struct ct_diagnosis *end(struct scene *s)
{
	scene_say(s, 100, "error executing hook #0 (exit code: 3)\n");
	scene_kill(s, 101, SIGKILL);
	scene_exit(s, 100, 1);
	return scene_diagnose(s);
}

TEST(a_hook_that_fails_is_told_by_its_name)
{
	struct scene *s = begin("/opt/hook/net");

	/* a shell's `echo >&2`; and no word of a complaint */
	scene_write(s, 102, 1, "/dev/null", "the bridge went away\n", 21);
	scene_exit(s, 102, 3);
	CHECK_STR(ct_diagnosis_kind_name(end(s)->kind), "decision");
	CHECK_STR(s->diagnosis->signature, "hook-failed");
	CHECK(strstr(s->diagnosis->title, "in its prestart hook"));
	CHECK_STR(
		scene_remark(s, "hook"),
		"the prestart hook of config.json: run /opt/hook/net; process 102, exit "
		"status 3");
	CHECK_STR(scene_remark(s, "said"), "net: \"the bridge went away\"");
	CHECK(strstr(scene_remark(s, "try"), "run the hook by hand"));
	scene_free(s);
}

TEST(a_call_in_a_hook_is_told_with_the_hook)
{
	struct scene *s = begin("/opt/hook/net");

	scene_fork(s, 102, 103);
	scene_exec(s, 103, "/sbin/ip");
	scene_call(s, 103, "openat", ENOENT, "/etc/netns/blue");
	scene_say(s, 103, "ip: open /etc/netns/blue: No such file or directory\n");
	scene_exit(s, 103, 1);
	scene_exit(s, 102, 3);
	CHECK_STR(ct_diagnosis_kind_name(end(s)->kind), "call");
	CHECK_STR(scene_culprit(s)->name, "openat");
	CHECK(strstr(scene_remark(s, "hook"), "run /opt/hook/net"));
	scene_free(s);
}

TEST(a_hook_that_took_too_long)
{
	struct scene *s = begin("/opt/hook/slow");

	s->events[s->trace.n_events - 1].t_ns -= 1000;
	scene_kill(s, 102, SIGKILL);
	s->events[s->trace.n_events - 1].t_ns += INT64_C(1100000000);
	scene_say(s, 100, "timeout expired for hook\n");
	scene_kill(s, 101, SIGKILL);
	scene_exit(s, 100, 1);
	for (size_t i = s->trace.n_events - 3; i < s->trace.n_events; i++)
		s->events[i].t_ns += INT64_C(1200000000);
	scene_diagnose(s);
	CHECK(strstr(scene_remark(s, "hook"),
		     "killed by SIGKILL after its timeout of 1 s"));
	scene_free(s);
}

TEST(a_hook_that_works_is_not_told)
{
	struct scene *s = begin("/opt/hook/net");

	scene_exit(s, 102, 0);
	scene_call(s, 101, "mount", ENODEV, "none|/data|nofs");
	scene_say(s, 101, "mount `none` to `/data`: No such device\n");
	scene_exit(s, 101, 1);
	CHECK_STR(ct_diagnosis_kind_name(end(s)->kind), "call");
	CHECK_STR(scene_culprit(s)->name, "mount");
	CHECK_STR(scene_remark(s, "hook"), "");
	scene_free(s);
}
