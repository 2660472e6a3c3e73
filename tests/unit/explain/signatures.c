/* SPDX-License-Identifier: MIT */
/* Every row of the catalogue, recognised in a start that fails that way. */
#include "scene.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

static const struct {
	const char *id, *call;
	int error;
	const char *args, *message;
} cases[] = {
#define CASE(...) { __VA_ARGS__ },
#include "signature_cases.def"
#undef CASE
};
#define N_CASES (sizeof(cases) / sizeof(*cases))

/* The failure between clean-up and noise, as it is in the middle of a real start. */
static struct scene *play(size_t i)
{
	struct scene *s = scene_new();

	scene_root(s, 100, "/usr/bin/crun");
	scene_call(s, 100, "openat", ENOENT, "/etc/ld.so.preload");
	scene_call(s, 100, "mkdirat", EEXIST, "/run/crun");
	scene_call(s, 100, cases[i].call, cases[i].error, cases[i].args);
	scene_call(s, 100, "unlinkat", ENOENT, "/run/crun/c1/exec.fifo");
	scene_call(s, 100, "ioctl", ENOTTY, "2</dev/null>");
	scene_say(s, 100, cases[i].message);
	scene_exit(s, 100, 1);
	scene_diagnose(s);
	return s;
}

TEST(every_case_is_recognised)
{
	for (size_t i = 0; i < N_CASES; i++) {
		struct scene *s = play(i);

		CHECK_STR(ct_diagnosis_kind_name(s->diagnosis->kind), "call");
		CHECK_STR(s->diagnosis->signature, cases[i].id);
		CHECK_STR(scene_culprit(s)->name, cases[i].call);
		CHECK_INT(scene_culprit(s)->error, cases[i].error);
		CHECK(*scene_remark(s, "why"));
		scene_free(s);
	}
}

/* In the order of the catalogue: those that need a state are played below. */
TEST(every_row_has_a_case)
{
	static const char *const ids[] = {
#define SIGNATURE(id, ...) id,
#include "explain/signatures.def"
#undef SIGNATURE
	};

	for (size_t row = 0; row < sizeof(ids) / sizeof(*ids); row++) {
		bool found = !strcmp(ids[row], "seccomp-exec") ||
			     !strcmp(ids[row], "seccomp-open-tree") ||
			     !strcmp(ids[row], "mount-not-owner") ||
			     !strcmp(ids[row], "no-security-module");

		for (size_t i = 0; i < N_CASES; i++)
			found |= !strcmp(ids[row], cases[i].id);
		CHECK_STR(found ? "" : ids[row], "");
	}
}

static void play_filtered(const char *call, const char *message, const char *wanted)
{
	struct scene *s = scene_new();
	struct ct_event *event;

	scene_root(s, 100, "/usr/bin/crun");
	event = scene_call(s, 100, "prctl", 0, "PR_SET_SECCOMP");
	event->call.args[0].name = "option";
	event->call.args[0].i = PR_SET_SECCOMP;
	scene_call(s, 100, call, EPERM, "/bin/true");
	scene_say(s, 100, message);
	scene_exit(s, 100, 1);
	CHECK_STR(scene_diagnose(s)->signature, wanted);
	scene_free(s);
}

TEST(a_filter_that_was_installed_before_is_the_reason)
{
	play_filtered("execve", "exec `/bin/true`: Operation not permitted",
		      "seccomp-exec");
	play_filtered("open_tree", "open_tree `/bin/true`: Operation not permitted",
		      "seccomp-open-tree");
}

static void play_foreign(uint64_t owner, const char *wanted, const char *state)
{
	struct ct_circumstances circumstances = { .owners = { [CT_NS_MNT] = owner },
						  .userns_uid = 1000 };
	struct ct_state status = { .have = CT_STATE_NS | CT_STATE_STATUS,
				   .ns = { [CT_NS_USER] = 7 },
				   .caps = { .effective = UINT64_MAX } };
	struct scene *s = scene_new();
	struct ct_event *event;

	scene_root(s, 100, "/usr/bin/crun");
	event = scene_call(s, 100, "mount", EPERM, "none|/data|tmpfs");
	event->circumstances = &circumstances;
	event->state = &status;
	status.of = event->task;
	scene_say(s, 100, "mount `none` to `data`: Operation not permitted");
	scene_exit(s, 100, 1);
	CHECK_STR(scene_diagnose(s)->signature, wanted);
	CHECK(strstr(scene_remark(s, "state"), state));
	scene_free(s);
}

TEST(a_capability_counts_only_in_the_user_namespace_that_owns_the_object)
{
	play_foreign(8, "mount-not-owner",
		     "in the user namespace that owns the mnt namespace; this task has "
		     "it only in its own (user:[7])");
	play_foreign(7, "mount-denied", "this task has it, so something else forbids it");
}

static void play_label(const char *label, const char *wanted)
{
	struct ct_circumstances circumstances = { .lsm = label, .userns_uid = -1 };
	struct scene *s = scene_new();
	struct ct_event *event;

	scene_root(s, 100, "/usr/bin/runc");
	event = scene_call(s, 100, "write", EINVAL, "4</proc/self/attr/exec>|exec x");
	event->circumstances = &circumstances;
	scene_say(s, 100, "write /proc/self/attr/exec: invalid argument");
	scene_exit(s, 100, 1);
	CHECK_STR(scene_diagnose(s)->signature, wanted);
	scene_free(s);
}

TEST(a_label_means_nothing_where_no_module_gives_labels)
{
	play_label(NULL, "no-security-module");
	play_label("unconfined", "selinux-label");
}

/* Messages of programs that nothing has failed for. */
static const struct {
	const char *id, *said;
} decided[] = {
	{ "idmap-range", "newuidmap: uid range [5-100005) -> [5-100005) not allowed" },
	{ "idmap-range", "newgidmap: gid range [5-100005) -> [5-100005) not allowed" },
	{ "idmap-owner", "newgidmap: Target process 77 is owned by a different user: "
			 "uid:1 pw_uid:1 st_uid:0" },
	{ "systemd-bus", "sd-bus call: Interactive authentication required." },
	{ "systemd-bus", "error: could not connect: dbus session not available" },
	{ "network-unknown", "Error: unable to find network with name or ID nope: "
			     "network not found" },
	{ "image-unknown", "Error: localhost/nope: image not known" },
	{ "image-unknown", "Error: short-name \"x\" did not resolve to an alias" },
	{ "container-unknown", "Error: no container with name or ID \"nope\" found: "
			       "no such container" },
	{ "user-unknown", "Error: unable to find user nobodyhere: no matching "
			  "entries in passwd file" },
	{ "user-unknown", "chroot: invalid user: 'nosuchuser'" },
	{ "name-in-use", "Error: the container name \"c\" is already in use" },
	{ "capability-unknown", "Error: \"CAP_NOPE\": unknown capability" },
	{ "no-more-tasks", "bash: fork: retry: Resource temporarily unavailable" },
	{ "runtime-unknown", "Error: no valid executable found for OCI runtime "
			     "/no/such/rt" },
	{ "runtime-silent", "Error: container create failed (no logs from conmon)" },
	{ "device-not-a-node", "Error: /etc/passwd is not a valid device: not a "
			       "device node" },
	{ "lsm-off", "Error: apparmor profile \"x\" specified, but Apparmor is not "
		     "enabled on this system" },
	{ "lsm-off", "selinux label is specified in config, but selinux is "
		     "disabled or not supported" },
	{ "storage-driver", "Error: database storage graph driver \"overlay\" does "
			    "not match our storage graph driver \"btrfs\"" },
	{ "option-conflict", "unshare: options --setgroups=allow and --map-group "
			     "are mutually exclusive" },
	{ "option-conflict", "bwrap: Specifying --uid requires --unshare-user" },
};

TEST(every_decision_has_a_case)
{
	static const struct {
		const char *id, *said;
	} rows[] = {
#define DECISION(id, said, ...) { id, said },
#include "explain/decisions.def"
#undef DECISION
	};

	for (size_t i = 0; i < sizeof(decided) / sizeof(*decided); i++) {
		struct scene *s = scene_new();

		scene_root(s, 100, "/usr/bin/program");
		scene_say(s, 100, decided[i].said);
		scene_exit(s, 100, 1);
		CHECK_STR(ct_diagnosis_kind_name(scene_diagnose(s)->kind), "decision");
		CHECK_STR(s->diagnosis->signature, decided[i].id);
		CHECK(*scene_remark(s, "try"));
		scene_free(s);
	}
	CHECK_INT(sizeof(rows) / sizeof(*rows), sizeof(decided) / sizeof(*decided));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		CHECK_STR(rows[i].id, decided[i].id);
}

static bool is_id(const char *word)
{
	static const char *const ids[] = {
#define SIGNATURE(id, ...) id,
#include "explain/signatures.def"
#undef SIGNATURE
#define DECISION(id, ...) id,
#include "explain/decisions.def"
#undef DECISION
		"tracer-privileges",
		"exec-shared-library",
	};

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (!strcmp(ids[i], word))
			return true;
	return false;
}

/* The last column of a row: ids between backquotes, or "no: …". */
static void check_row(char *line)
{
	char *end = strrchr(line, '|'), *save = NULL, *cell;
	int n = 0;

	*end = '\0';
	cell = strrchr(line, '|') + 1;
	if (!strncmp(cell, " no: ", 5))
		return;
	strtok_r(cell, "`", &save); /* what stands before the first one */
	for (char *id; (id = strtok_r(NULL, "`", &save)); strtok_r(NULL, "`", &save), n++)
		if (!strchr(id, '.'))
			CHECK_STR(is_id(id) ? "" : id, "");
	CHECK(n > 0);
}

TEST(the_documented_catalogue_names_rows_that_there_are)
{
	FILE *in = fopen(CT_SOURCE_DIR "/docs/explain.md", "r");
	char *line = NULL;
	size_t cap = 0;
	int rows = 0;

	CHECK(in != NULL);
	while (getline(&line, &cap, in) > 0)
		if (line[0] == '|' && strchr(line, '#')) {
			check_row(line);
			rows++;
		}
	CHECK_INT(rows, 58);
	free(line);
	fclose(in);
}
