/* SPDX-License-Identifier: MIT */
/* Who handed what over to whom: messages, fifos, the terminal, namespaces, cgroups. */
#include "cttrace/strbuf.h"
#include "script.h"
#include "test.h"

#include <string.h>

/* Those of `kind`: "10 > 11 label", one a line. */
static void expect(enum ct_handover_kind kind, const char *text, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct script *script = script_run(text);

	for (size_t i = 0; i < script->model->n_handovers; i++) {
		const struct ct_handover *h = &script->model->handovers[i];

		if (h->kind == kind)
			ct_strbuf_addf(&got, "%d > %d %s\n",
				       script->model->processes[h->from].pid,
				       script->model->processes[h->to].pid, h->label);
	}
	CHECK_STR(got.data ? got.data : "", want);
	script_free(script);
}

#define CRUN                                                                \
	"9 root\n"                                                          \
	"9 fork 10\n"                                                       \
	"10 exec /usr/bin/crun crun create --console-socket /c -b /b web\n" \
	"10 mknod /run/crun/web/exec.fifo S_IFIFO|0600\n"                   \
	"10 clone 11 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"

TEST(sockets_of_a_pair_have_neighbouring_numbers)
{
	expect(CT_HANDOVER_MESSAGE,
	       CRUN "11 fork 12\n"
		    "10 write socket:[40] {\"type\":\"procRun\"}\n"
		    "11 write socket:[41] {\"type\":\"procReady\"}\n",
	       "10 > 11 procRun\n"
	       "11 > 10 procReady\n");
}

TEST(without_a_pair_relatives_talk)
{
	expect(CT_HANDOVER_MESSAGE,
	       CRUN "10 write pipe:[40] hello~there\n"
		    "11 write pipe:[50] {\"msg\":\"bad\"}\n",
	       "10 > 11 hello there\n"
	       "11 > 10 bad\n");
}

TEST(what_is_sent_before_a_child_is_born_waits_for_it)
{
	expect(CT_HANDOVER_MESSAGE,
	       "10 root\n"
	       "10 exec /usr/bin/crun crun create -b /b web\n"
	       "10 write socket:[40] {\"ociVersion\":\"1\"}\n"
	       "10 clone 11 NEWNS ns:mnt=1\n",
	       "10 > 11 configuration\n");
}

TEST(a_creator_that_has_ended_is_not_talked_to)
{
	expect(CT_HANDOVER_MESSAGE,
	       CRUN "11 fork 12\n"
		    "11 exit 0\n"
		    "12 write pipe:[40] late~words\n",
	       "12 > 10 late words\n");
}

TEST(a_socket_with_a_name_at_its_end_is_a_service)
{
	expect(CT_HANDOVER_MESSAGE,
	       CRUN "10 connect socket:[40] /run/dbus\n"
		    "10 write socket:[40] BEGIN~BEGIN\n"
		    "10 write /run/log some~words\n",
	       "");
}

TEST(start_opens_the_fifo_that_create_made)
{
	expect(CT_HANDOVER_FIFO,
	       CRUN "9 fork 13\n"
		    "13 exec /usr/bin/crun crun start web\n"
		    "13 open /run/crun/web/exec.fifo 1\n"
		    "13 open /run/crun/other 1\n",
	       "13 > 11 exec.fifo\n");
}

TEST(init_opens_the_fifo_and_waits_for_start)
{
	expect(CT_HANDOVER_FIFO,
	       CRUN "9 fork 13\n"
		    "13 exec /usr/bin/crun crun start web\n"
		    "11 open /run/crun/web/exec.fifo 1\n",
	       "13 > 11 exec.fifo\n");
	expect(CT_HANDOVER_FIFO, CRUN "11 open /run/crun/web/exec.fifo 1\n", "");
}

TEST(the_terminal_goes_through_the_socket_that_the_runtime_was_told)
{
	expect(CT_HANDOVER_CONSOLE,
	       "10 root\n"
	       "10 exec /usr/bin/crun crun create --console-socket /c -b /b web\n"
	       "10 connect socket:[40] /c\n"
	       "10 clone 11 NEWNS ns:mnt=1\n"
	       "11 sendmsg socket:[40]\n",
	       "");
	expect(CT_HANDOVER_CONSOLE,
	       "9 root\n"
	       "9 fork 10\n"
	       "10 exec /usr/bin/crun crun create --console-socket /c -b /b web\n"
	       "10 connect socket:[40] /c\n"
	       "10 clone 11 NEWNS ns:mnt=1\n"
	       "11 sendmsg socket:[40]\n",
	       "11 > 9 console\n");
	expect(CT_HANDOVER_CONSOLE,
	       "9 root\n"
	       "9 fork 10\n"
	       "10 exec /usr/bin/crun crun create -b /b web\n"
	       "10 connect socket:[40] /c\n"
	       "10 sendmsg socket:[40]\n",
	       "");
}

TEST(a_namespace_of_one_is_joined_by_another_once)
{
	expect(CT_HANDOVER_NAMESPACE,
	       "10 root\n"
	       "10 fork 11\n"
	       "10 unshare NEWNET ns:net=5\n"
	       "11 setns 7 NEWNET ns:net=5\n"
	       "11 setns 8 NEWNET ns:net=9\n"
	       "11 setns 7 NEWNET ns:net=5\n",
	       "10 > 11 net\n");
}

TEST(every_process_comes_from_its_creator)
{
	expect(CT_HANDOVER_FORK,
	       "10 root\n"
	       "10 fork 11\n"
	       "10 thread 12\n"
	       "11 exec /usr/bin/crun crun state web\n",
	       "10 > 11 crun\n");
}
