/* SPDX-License-Identifier: MIT */
/* Step 2: a cgroup limits how much of the machine is used, not what is seen of it. */
#include "runtime.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_PROCESSES "64"

/* One mounted hierarchy, from a line of /proc/self/mountinfo (proc(5)). */
struct hierarchy {
	char *root;    /* which directory of the hierarchy is mounted */
	char *mount;   /* where */
	char *type;    /* "cgroup2", or "cgroup" for version 1 */
	char *options; /* of the file system: the controllers of a version 1 hierarchy */
};

static void hierarchy_release(struct hierarchy *h)
{
	free(h->root);
	free(h->mount);
	free(h->type);
	free(h->options);
	*h = (struct hierarchy){ NULL, NULL, NULL, NULL };
}

static bool has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += len)
		if ((at == list || at[-1] == ',') && (!at[len] || at[len] == ','))
			return true;
	return false;
}

static bool parse_hierarchy(struct hierarchy *h, const char *line)
{
	const char *rest = strstr(line, " - ");

	if (!rest || sscanf(line, "%*s %*s %*s %ms %ms", &h->root, &h->mount) != 2 ||
	    sscanf(rest + 3, "%ms %*s %ms", &h->type, &h->options) != 2)
		return false;
	return !strcmp(h->type, "cgroup2") ||
	       (!strcmp(h->type, "cgroup") && has_word(h->options, "pids"));
}

/*
 * Where can processes be limited? In the version 1 hierarchy of the pids controller if
 * there is one: a controller lives in one hierarchy only, so on such a "hybrid" host the
 * unified hierarchy, though mounted, has no pids controller.
 */
static bool find_hierarchy(struct hierarchy *found)
{
	FILE *in = fopen("/proc/self/mountinfo", "re");
	CLEANUP_FREE char *line = NULL;
	size_t size = 0;

	while (in && getline(&line, &size, in) > 0) {
		struct hierarchy h = { NULL, NULL, NULL, NULL };

		if (!parse_hierarchy(&h, line) ||
		    (found->type && !strcmp(h.type, "cgroup2"))) {
			hierarchy_release(&h);
			continue;
		}
		hierarchy_release(found);
		*found = h;
	}
	if (in)
		fclose(in);
	return found->type;
}

/* Our own cgroup in that hierarchy: "ID:CONTROLLERS:PATH", "0::PATH" for version 2. */
static char *own_path(bool unified)
{
	FILE *in = fopen("/proc/self/cgroup", "re");
	CLEANUP_FREE char *line = NULL;
	char *path = NULL;
	size_t size = 0;

	while (in && !path && getline(&line, &size, in) > 0) {
		char *controllers = strchr(line, ':'), *at;

		if (!controllers || !(at = strchr(controllers + 1, ':')))
			continue;
		*at++ = '\0';
		at[strcspn(at, "\n")] = '\0';
		if (unified ? !controllers[1] : has_word(controllers + 1, "pids"))
			path = strdup(at);
	}
	if (in)
		fclose(in);
	return path;
}

/* "<mount point>/<our path below what is mounted>/cttrace-demo-<pid>" */
static char *new_directory(const struct hierarchy *h, pid_t init)
{
	CLEANUP_FREE char *path = own_path(!strcmp(h->type, "cgroup2"));
	size_t root = strcmp(h->root, "/") ? strlen(h->root) : 0;
	char *dir;

	if (!path || strncmp(path, h->root, root) != 0)
		return NULL;
	if (!strcmp(path + root, "/"))
		path[root] = '\0';
	if (asprintf(&dir, "%s%s/cttrace-demo-%d", h->mount, path + root, init) < 0)
		return NULL;
	return dir;
}

static int write_file(const char *dir, const char *name, const char *text)
{
	CLEANUP_FREE char *path = NULL;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return -1;
	return write_text(path, text);
}

/*
 * The limit first, the member second: no moment in which init runs without limit. An
 * ordinary user may do this only below a directory that was delegated to him; a container
 * without a cgroup of its own is still a container, so that is said and forgiven.
 */
void container_join_cgroup(struct container *c, pid_t init)
{
	CLEANUP_FREE char *pid = NULL;
	struct hierarchy h = { NULL, NULL, NULL, NULL };

	if (!find_hierarchy(&h)) {
		fputs("container: no cgroup hierarchy is mounted, going on without\n",
		      stderr);
		return;
	}
	c->cgroup = new_directory(&h, init);
	hierarchy_release(&h);
	if (!c->cgroup)
		return;
	if (mkdir(c->cgroup, 0755) < 0) {
		container_fail("going on without a cgroup, %s", c->cgroup);
		free(c->cgroup);
		c->cgroup = NULL;
		return;
	}
	/* In version 2 the file is there only if the parent hands the controller down. */
	write_file(c->cgroup, "pids.max", MAX_PROCESSES);
	if (asprintf(&pid, "%d", init) < 0 ||
	    write_file(c->cgroup, "cgroup.procs", pid) < 0)
		container_fail("going on without a cgroup, %s/cgroup.procs", c->cgroup);
}

/* A cgroup without members is removed like a directory; its files vanish with it. */
void container_leave_cgroup(struct container *c)
{
	if (c->cgroup && rmdir(c->cgroup) < 0)
		container_fail("%s", c->cgroup);
	free(c->cgroup);
	c->cgroup = NULL;
}

/* Makes the cgroup that we are in look like "/", so that nothing tells where it hangs. */
int container_hide_cgroups(const struct container *c)
{
	(void)c;
	return unshare(CLONE_NEWCGROUP) < 0
		       ? container_fail("unshare the cgroup namespace")
		       : 0;
}
