/* SPDX-License-Identifier: MIT */
/* Containers in containers, and programs that come into one from outside. */
#include "script.h"
#include "test.h"

#include <string.h>

#define OUTER                                        \
	"10 root\n"                                  \
	"10 unshare NEWNS|NEWUTS ns:mnt=11,uts=12\n" \
	"10 exec /bin/sh sh\n"
#define INNER                                 \
	"10 unshare NEWNS ns:mnt=21,uts=12\n" \
	"10 exec /bin/true true\n"

TEST(a_container_in_another)
{
	struct script *s = script_run(OUTER INNER "10 exit 3\n");
	const struct ct_container *c = s->model->containers;

	CHECK_INT(s->model->n_containers, 2);
	CHECK_INT(c[0].outer, -1);
	CHECK_INT(c[1].outer, 0);
	/* the outer one's payload became the inner one's: the end is both's */
	CHECK_INT(c[0].exit.status, 3);
	CHECK_INT(c[1].exit.status, 3);
	CHECK_INT(c[0].n_walls, 1);
	CHECK_STR(c[0].walls[0].what, "make namespaces mnt");
	CHECK_INT(c[1].n_walls, 0);
	script_free(s);
}

TEST(who_joins_is_no_container_and_no_payload)
{
	struct script *s = script_run("9 root\n"
				      "9 fork 10\n"
				      "10 unshare NEWNS|NEWUTS ns:mnt=11,uts=12\n"
				      "10 exec /bin/sleep sleep\n"
				      "9 fork 30\n"
				      "30 setns 3 NEWNS ns:mnt=11\n"
				      "30 setns 4 NEWUTS ns:uts=12\n"
				      "30 fork 31\n"
				      "31 sethostname me\n"
				      "31 exec /bin/ls ls -l\n"
				      "31 sethostname you err:1\n");
	const struct ct_container *c = s->model->containers;

	CHECK_INT(s->model->n_containers, 1);
	CHECK(!c->older);
	CHECK_INT(c->n_joiners, 1);
	CHECK_INT(s->model->processes[c->joiners[0].process].pid, 31);
	CHECK_STR(s->model->processes[c->joiners[0].process].execs[0].path, "/bin/ls");
	CHECK_INT(s->model->processes[c->payload].pid, 10);
	/* what it did on its way in was the runtime's work */
	CHECK_INT(c->n_walls, 1);
	CHECK_STR(c->walls[0].what, "set the host name to you");
	script_free(s);
}

TEST(a_runtime_that_joins_nothing_makes_no_container)
{
	struct script *s = script_run("9 root\n"
				      "9 exec /usr/bin/crun crun exec nobody ls\n"
				      "9 exit 1\n");

	CHECK_INT(s->model->n_containers, 0);
	script_free(s);
}

TEST(a_container_that_is_older_than_the_trace)
{
	struct script *s = script_run("9 root\n"
				      "9 setns 3 NEWNS ns:mnt=11\n"
				      "9 setns 4 NEWUTS ns:uts=12\n"
				      "9 exec /bin/ls ls\n");

	CHECK_INT(s->model->n_containers, 1);
	CHECK(s->model->containers[0].older);
	CHECK_INT(s->model->containers[0].n_joiners, 0);
	script_free(s);
}
