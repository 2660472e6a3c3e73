/* SPDX-License-Identifier: MIT */
/* What config.json asks for beside what was done; real containers are in tests/e2e. */
#include "cttrace/strbuf.h"
#include "script.h"
#include "story.h"
#include "test.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>

#define RUN                                                              \
	"9 root\n"                                                       \
	"9 fork 10\n"                                                    \
	"10 exec /usr/bin/crun crun run -b /b web nspid:10\n"            \
	"10 clone 11 NEWNS|NEWPID|NEWUTS ns:mnt=1,pid=2,uts=3 nspid:1\n" \
	"10 fork 12\n"                                                   \
	"12 exec /hook/one one\n"                                        \
	"12 exit 0\n"                                                    \
	"10 fork 13\n"                                                   \
	"13 exec /hook/two two\n"                                        \
	"13 exit 3\n"                                                    \
	"10 fork 14\n"                                                   \
	"14 exec /usr/bin/crun set-key\n"                                \
	"14 exit 0\n"                                                    \
	"11 write /proc/11/oom_score_adj -500 err:13\n"                  \
	"11 write /proc/sys/net/core/somaxconn 99\n"                     \
	"11 mount /b/rootfs /b/rootfs - bind|rec -\n"                    \
	"11 pivot_root /b/rootfs /b/rootfs\n"                            \
	"11 sethostname web\n"                                           \
	"11 chdir /link\n"                                               \
	"11 prlimit64 0 RLIMIT_NOFILE 10 20\n"                           \
	"11 seccomp 1 0 -\n"                                             \
	"11 exec /hello /hello ns:mnt=1,pid=2,uts=3 nspid:1 caps:3 nnp:1\n"

#define LOAD(offset)  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (offset))
#define IF(value)     BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1)
#define RETURN(value) BPF_STMT(BPF_RET | BPF_K, (value))

/* personality(8), and clone without CLONE_NEWUSER, are allowed. */
static const struct sock_filter filter[] = {
	LOAD(0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_personality, 0, 4),
	LOAD(16),
	IF(8),
	RETURN(SECCOMP_RET_ALLOW),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3),
	LOAD(16),
	BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWUSER, 1, 0),
	RETURN(SECCOMP_RET_ALLOW),
	RETURN(SECCOMP_RET_ERRNO | EPERM),
};

/* Scripts cannot say programs. */
static void install(struct script *script, struct story *story)
{
	for (size_t i = 0; i < script->trace.n_events; i++) {
		struct ct_event *e = &script->trace.events[i];

		if (e->kind == CT_EVENT_CALL && !strcmp(e->call.name, "seccomp"))
			e->call.args[2] =
				story_program(story, "args", filter,
					      sizeof(filter) / sizeof(filter[0]));
	}
}

/* Nor environments. */
static void start(struct script *script)
{
	static const char *env[] = { "A=1", "B=2", "HOME=/" };
	struct ct_event *last = &script->trace.events[script->trace.n_events - 1];

	last->exec.cwd = "/work";
	last->exec.env = env;
	last->exec.n_env = sizeof(env) / sizeof(env[0]);
}

/* Looks for "ASPECT NAME: asked ASKED, done DONE: MATCH". */
static void expect_of(const char *run, const char *config, const char *aspect,
		      const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct ct_bundle bundle = { .path = "/b/config.json",
				    .config = config,
				    .n_config = strlen(config) };
	struct script *script = script_run(run);
	struct story story = { .arena = CT_ARENA_INIT };
	const struct ct_container *c;
	struct ct_model *model;

	script->trace.events[2].bundle = &bundle;
	install(script, &story);
	start(script);
	model = ct_model_of_trace(&script->trace);
	c = &model->containers[0];
	for (size_t i = 0; i < c->n_asked; i++) {
		const struct ct_asked *a = &c->asked[i];

		if (!strcmp(a->aspect, aspect) && a->match != CT_MATCH_NOT_ASKED)
			ct_strbuf_addf(&got, "%s: %s / %s: %s\n", a->name, a->asked,
				       a->done, ct_match_name(a->match));
	}
	if (!strcmp(aspect, "problem"))
		ct_strbuf_adds(&got, c->config_problem);
	CHECK_STR(got.data ? got.data : "", want);
	ct_model_free(model);
	script_free(script);
	ct_arena_release(&story.arena);
}

static void expect(const char *config, const char *aspect, const char *want)
{
	expect_of(RUN, config, aspect, want);
}

/* A container in `cgroup` whose config.json asks for `path`. */
static void expect_cgroup(const char *path, const char *cgroup, const char *match)
{
	CT_CLEANUP_STRBUF struct ct_strbuf run = CT_STRBUF_INIT, want = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf config = CT_STRBUF_INIT;

	ct_strbuf_addf(&run,
		       "9 root cg:=/\n"
		       "9 fork 10\n"
		       "10 exec /usr/bin/crun crun run -b /b web nspid:10\n"
		       "10 clone 11 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"
		       "11 write /sys/fs/cgroup/x/cgroup.procs 11 cg:=%s\n"
		       "11 exec /hello /hello ns:mnt=1,pid=2 nspid:1\n",
		       cgroup);
	ct_strbuf_addf(&config, "{\"linux\":{\"cgroupsPath\":\"%s\"}}", path);
	ct_strbuf_addf(&want, ": %s / %s: %s\n", path, cgroup, match);
	expect_of(run.data, config.data, "cgroup", want.data);
}

TEST(cgroups_by_path_and_of_units_of_systemd)
{
	expect_cgroup("/a/web", "/a/web", "same");
	expect_cgroup("/a/web", "/outer/a/web", "same");
	expect_cgroup("/a/web", "/a/web/more", "differs");
	expect_cgroup("m.slice:p:web", "/m.slice/p-web.scope", "same");
	/* crun moves the container into a cgroup of its own below the scope */
	expect_cgroup("m.slice:p:web", "/m.slice/p-web.scope/container", "same");
	expect_cgroup("m.slice:p:web", "/m.slice/p-web.scoped/container", "differs");
	expect_cgroup("m.slice:p:web", "/m.slice/xp-web.scope", "differs");
	expect_cgroup("m.slice:p:web", "/m.slice/p-other.scope", "differs");
	expect_cgroup(":p:web", "/system.slice/p-web.scope", "same");
	expect_cgroup("m.slice::web", "/m.slice/web.scope", "same");
	/* who asks for a slice names the unit (runc) */
	expect_cgroup("m.slice:p:web.slice", "/m.slice/web.slice", "same");
	expect_cgroup("m.slice:", "/m.slice", "differs");
}

TEST(namespaces_that_are_new_or_should_be)
{
	expect("{\"linux\":{\"namespaces\":[{\"type\":\"pid\"},{\"type\":\"mount\"},"
	       "{\"type\":\"uts\",\"path\":\"/run/uts\"},{\"type\":\"network\"}]}}",
	       "namespace",
	       "mnt: new / new: same\n"
	       "net: new / shared with the host: differs\n"
	       "pid: new / new: same\n"
	       "uts: /run/uts / new: differs\n");
	expect("{}", "namespace",
	       "mnt:  / new: differs\n"
	       "pid:  / new: differs\n"
	       "uts:  / new: differs\n");
}

TEST(environment_and_directory)
{
	expect("{\"process\":{\"env\":[\"A=1\",\"B=2\"],\"cwd\":\"/work/\"}}",
	       "environment", ": 2 variables / 2 variables; HOME added: same\n");
	expect("{\"process\":{\"env\":[\"A=0\",\"A=1\",\"B=2\",\"HOME=/\"]}}",
	       "environment", ": 4 variables / 4 variables: same\n");
	expect("{\"process\":{\"env\":[\"A=2\",\"AB=1\",\"B=2\",\"HOME=/\"]}}",
	       "environment",
	       ": 4 variables / A has another value, AB is missing: differs\n");
	expect("{\"process\":{\"cwd\":\"/work/\"}}", "working directory",
	       ": /work/ / /work: same\n");
	expect("{\"process\":{\"cwd\":\"/\"}}", "working directory",
	       ": / / /work: differs\n");
	expect("{\"process\":{\"cwd\":\"/link\"}}", "working directory",
	       ": /link / /work: same\n");
}

TEST(names_and_limits)
{
	expect("{\"hostname\":\"web\"}", "hostname", ": web / web: same\n");
	expect("{\"hostname\":\"other\"}", "hostname", ": other / web: differs\n");
	expect("{\"process\":{\"rlimits\":[{\"type\":\"RLIMIT_NOFILE\",\"soft\":10,"
	       "\"hard\":20},{\"type\":\"RLIMIT_CORE\",\"soft\":0,\"hard\":0}]}}",
	       "rlimit",
	       "RLIMIT_NOFILE: 10:20 / 10:20: same\n"
	       "RLIMIT_CORE: 0:0 / never set: differs\n");
	expect("{\"linux\":{\"resources\":{\"pids\":{\"limit\":7}}}}", "limit",
	       "pids.limit: 7 / never written: differs\n");
	expect("{\"linux\":{\"cgroupsPath\":\"a:b:c\",\"resources\":{\"pids\":"
	       "{\"limit\":7}}}}",
	       "limit", "pids.limit: 7 / never written: not seen\n");
}

TEST(files_that_were_written_or_refused)
{
	expect("{\"process\":{\"oomScoreAdj\":-500}}", "oom_score_adj",
	       ": -500 / -500 refused: EACCES: differs\n");
	expect("{\"linux\":{\"sysctl\":{\"net.core.somaxconn\":\"99\","
	       "\"kernel.shmmax\":\"1\"}}}",
	       "sysctl",
	       "net.core.somaxconn: 99 / 99: same\n"
	       "kernel.shmmax: 1 / never written: differs\n");
}

#define RULE(name, action, arg)                                           \
	"{\"names\":[\"" name "\"],\"action\":\"" action "\",\"args\":[{" \
	"\"index\":0," arg "}]}"
#define PROFILE(rules)                                                   \
	"{\"linux\":{\"seccomp\":{\"defaultAction\":\"SCMP_ACT_ERRNO\"," \
	"\"syscalls\":[" rules "]}}}"
#define NO_USER "\"value\":268435456,\"valueTwo\":0,\"op\":\"SCMP_CMP_MASKED_EQ\""

TEST(rules_that_look_at_arguments)
{
	/* both sides of each condition: four calls */
	expect(PROFILE(RULE(
		       "personality", "SCMP_ACT_ALLOW",
		       "\"value\":8,\"op\":\"SCMP_CMP_EQ\"") "," RULE("clone",
								      "SCMP_ACT_ALLOW",
								      NO_USER)),
	       "seccomp",
	       "default: EPERM / EPERM: same\n"
	       "calls: 0 calls named without conditions / all are answered so: same\n"
	       "arguments: 2 rules that look at arguments / 4 calls are answered so: "
	       "same\n");
	/* 9 is asked for: 8 is allowed, and 9 is not */
	expect(PROFILE(RULE("personality", "SCMP_ACT_ALLOW",
			    "\"value\":9,\"op\":\"SCMP_CMP_EQ\"")),
	       "seccomp",
	       "default: EPERM / EPERM: same\n"
	       "calls: 0 calls named without conditions / all are answered so: same\n"
	       "arguments: 1 rules that look at arguments / of 2 calls 1 are answered "
	       "otherwise: personality is EPERM: differs\n");
	/* conditions that are none */
	expect(PROFILE(RULE("clone", "SCMP_ACT_ALLOW", "\"op\":7") "," RULE(
		       "clone", "SCMP_ACT_ALLOW", "\"op\":\"SCMP_CMP_X\"")),
	       "seccomp",
	       "default: EPERM / EPERM: same\n"
	       "calls: 0 calls named without conditions / all are answered so: same\n"
	       "arguments: 2 rules that look at arguments / 0 calls are answered so: not "
	       "seen\n");
}

/* Root keeps the bounding set; no_new_privs lets it gain nothing: capabilities(7). */
TEST(capabilities_are_compared_after_the_exec)
{
	expect("{\"process\":{\"noNewPrivileges\":true,\"user\":{\"uid\":0},"
	       "\"capabilities\":{\"bounding\":[\"CAP_CHOWN\",\"CAP_DAC_OVERRIDE\","
	       "\"CAP_KILL\"],\"permitted\":[\"CAP_CHOWN\",\"CAP_DAC_OVERRIDE\"],"
	       "\"effective\":[\"CAP_CHOWN\"]}}}",
	       "no_new_privs", ": on / on: same\n");
}

TEST(hooks_are_processes_of_their_own_role)
{
	expect("{\"hooks\":{\"prestart\":[{\"path\":\"/hook/one\"}],"
	       "\"createRuntime\":[{\"path\":\"/hook/two\"}],"
	       "\"poststop\":[{\"path\":\"/hook/one\"}]}}",
	       "hook",
	       "prestart: run /hook/one / process 12, exit status 0: same\n"
	       "createRuntime: run /hook/two / process 13, exit status 3: differs\n"
	       "poststop: run /hook/one / : not seen\n");
}

TEST(a_hook_may_be_the_program_of_a_process)
{
	expect("{\"hooks\":{\"prestart\":[{\"path\":\"/proc/10/"
	       "exe\",\"args\":[\"set-key\"]},"
	       "{\"path\":\"/proc/12/exe\",\"args\":[\"set-key\"]},"
	       "{\"path\":\"/proc/10/exe/\",\"args\":[\"set-key\"]}]}}",
	       "hook",
	       "prestart: run /proc/10/exe / process 14, exit status 0: same\n"
	       "prestart: run /proc/12/exe / never ran: differs\n"
	       "prestart: run /proc/10/exe/ / never ran: differs\n");
}

TEST(what_is_no_configuration_is_said)
{
	expect("[1]", "problem", "/b/config.json is no JSON object");
	expect("{\n\"a\":", "problem",
	       "/b/config.json is no JSON: line 2: unexpected token near end of file");
	expect("{\"process\":7,\"linux\":{\"namespaces\":{},\"seccomp\":[]},"
	       "\"mounts\":[1,{\"destination\":2}],\"hooks\":\"x\"}",
	       "problem", "");
}
