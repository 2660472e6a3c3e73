/* SPDX-License-Identifier: MIT */
/* Phases tile the run; findings say what went wrong. */
#include "expect.h"
#include "script.h"
#include "test.h"

static const char engine[] = "10 root\n"
			     "10 exec /usr/bin/podman podman run alpine\n"
			     "10 fork 15\n"
			     "15 exec /usr/bin/netavark netavark setup\n"
			     "15 setns 3 NEWNET ns:net=9\n"
			     "15 exit 0\n"
			     "10 fork 20\n"
			     "20 exec /usr/bin/conmon conmon -c abc\n"
			     "20 fork 30\n"
			     "30 exec /usr/bin/crun crun create -b /b abc caps:40\n"
			     "30 clone 31 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1 \n"
			     "31 setns 5 NEWNET ns:net=9 dur:100\n"
			     "30 write /sys/fs/cgroup/pids/abc/pids.max 2048 dur:50\n"
			     "31 mount proc /r/proc proc 0 - dur:200\n"
			     "31 pivot_root /r /r dur:20\n"
			     "31 capset x x dur:10\n"
			     "31 seccomp 1 0 1125 dur:300\n"
			     "30 exit 0\n"
			     "10 fork 40\n"
			     "40 exec /usr/bin/crun crun start abc\n"
			     "31 exec /bin/sh sh caps:11 dur:500\n"
			     "40 exit 0\n"
			     "31 exit 3\n"
			     "20 fork 50\n"
			     "50 exec /usr/bin/crun crun delete abc\n"
			     "50 exit 0\n"
			     "10 exit 3\n";

TEST(phases_of_an_engine)
{
	expect_phases(
		engine,
		"phase engine 0.000–4.000 of - by 10 (2)\n"
		"phase network 4.000–6.000 of abc by 15 (1)\n"
		"phase engine 6.000–8.000 of - by 10 (1)\n"
		"phase monitor 8.000–10.000 of abc by 20 (1)\n"
		"phase create 10.000–18.000 of abc by 30 (1)\n"
		"  namespaces 11.000–12.100 busy 1.100 of abc by 31 (1): + mnt pid; "
		"joined net\n"
		"  cgroup 13.000–13.050 busy 0.050 of abc by 30 (1): pids.max 2048\n"
		"  rootfs 14.000–14.200 busy 0.200 of abc by 31 (1): 1 mount\n"
		"  network 10.000–10.000 busy 0.000 of abc by 0 (0): joined\n"
		"  pivot_root 15.000–15.020 busy 0.020 of abc by 31 (1)\n"
		"  capabilities 16.000–16.010 busy 0.010 of abc by 31 (1): 40 → 11\n"
		"  seccomp 17.000–17.300 busy 0.300 of abc by 31 (1): 1125 "
		"instructions\n"
		"phase engine 18.000–20.000 of - by 10 (1)\n"
		"phase start 20.000–21.500 of abc by 40 (1)\n"
		"  exec 21.000–21.500 busy 0.500 of abc by 31 (1): /bin/sh\n"
		"phase run 21.500–23.000 of abc by 31 (1): exit 3\n"
		"phase clean-up 23.000–28.000 of abc by 10 (1)\n");
}

TEST(a_shell_that_starts_an_engine_is_none)
{
	expect_phases("10 root\n"
		      "10 exec /bin/sh sh -c podman\n"
		      "10 fork 15\n"
		      "15 exec /usr/bin/podman podman run alpine\n"
		      "15 fork 20\n"
		      "20 exec /usr/bin/crun crun run -b /b abc\n"
		      "20 clone 21 NEWNS ns:mnt=1\n"
		      "21 exec /bin/true true\n"
		      "21 exit 0\n"
		      "20 exit 0\n"
		      "15 exit 0\n"
		      "10 exit 0\n",
		      "phase command 0.000–3.000 of - by 10 (1)\n"
		      "phase engine 3.000–6.000 of - by 15 (2)\n"
		      "phase create 6.000–8.000 of abc by 20 (1)\n"
		      "  namespaces 7.000–7.000 busy 0.000 of abc by 21 (1): + mnt\n"
		      "  exec 8.000–8.000 busy 0.000 of abc by 21 (1): /bin/true\n"
		      "phase run 8.000–9.000 of abc by 21 (1): exit 0\n"
		      "phase clean-up 9.000–13.000 of abc by 15 (1)\n");
}

TEST(a_shell_that_calls_the_runtime_itself_is_no_engine)
{
	expect_phases("10 root\n"
		      "10 exec /bin/sh sh -c crun\n"
		      "10 fork 20\n"
		      "20 exec /usr/bin/crun crun run -b /b abc\n"
		      "20 clone 21 NEWNS ns:mnt=1\n"
		      "21 exec /bin/true true\n"
		      "21 exit 0\n"
		      "20 exit 0\n"
		      "10 exit 0\n",
		      "phase command 0.000–4.000 of - by 10 (2)\n"
		      "phase create 4.000–6.000 of abc by 20 (1)\n"
		      "  namespaces 5.000–5.000 busy 0.000 of abc by 21 (1): + mnt\n"
		      "  exec 6.000–6.000 busy 0.000 of abc by 21 (1): /bin/true\n"
		      "phase run 6.000–7.000 of abc by 21 (1): exit 0\n"
		      "phase clean-up 7.000–10.000 of abc by 20 (1)\n");
}

TEST(large_phases_leave_no_hole)
{
	struct script *s = script_run(engine);
	int64_t cursor = 0;

	for (size_t i = 0; i < s->model->n_phases; i++) {
		const struct ct_phase *p = &s->model->phases[i];

		CHECK(p->end_ns >= p->start_ns);
		CHECK(p->busy_ns <= p->end_ns - p->start_ns);
		if (p->step)
			continue;
		CHECK_INT(p->start_ns, cursor);
		cursor = p->end_ns;
	}
	CHECK_INT(cursor, s->model->end_ns);
	script_free(s);
}

TEST(a_runtime_by_itself_needs_no_engine)
{
	expect_phases("10 root\n"
		      "10 exec /usr/bin/unshare unshare -m sh\n"
		      "10 unshare NEWNS ns:mnt=1\n"
		      "10 exec /bin/sh sh\n"
		      "10 exit 0\n",
		      "phase create 0.000–4.000 of pid-10 by 10 (1)\n"
		      "  namespaces 3.000–3.000 busy 0.000 of pid-10 by 10 (1): + mnt\n"
		      "  exec 4.000–4.000 busy 0.000 of pid-10 by 10 (1): /bin/sh\n"
		      "phase run 4.000–5.000 of pid-10 by 10 (1): exit 0\n"
		      "phase clean-up 5.000–6.000 of pid-10 by 10 (1)\n");
}

TEST(a_program_without_containers_has_no_phases)
{
	expect_phases("10 root\n"
		      "10 exec /bin/ls ls\n"
		      "10 exit 0\n",
		      "");
}

TEST(a_container_that_still_runs)
{
	expect_phases("10 root\n"
		      "10 exec /bin/unshare unshare -m sh\n"
		      "10 unshare NEWNS ns:mnt=1\n"
		      "10 exec /bin/sh sh\n",
		      "phase create 0.000–4.000 of pid-10 by 10 (1)\n"
		      "  namespaces 3.000–3.000 busy 0.000 of pid-10 by 10 (1): + mnt\n"
		      "  exec 4.000–4.000 busy 0.000 of pid-10 by 10 (1): /bin/sh\n"
		      "phase run 4.000–5.000 of pid-10 by 10 (1): still running\n");
}

TEST(a_start_that_fails)
{
	static const char script[] = "10 root\n"
				     "10 exec /usr/bin/runc runc run -b /b web\n"
				     "10 clone 11 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"
				     "11 mount /no /r/m - bind - err:13\n"
				     "11 mkdir /r/x err:17\n"
				     "11 exit 1\n"
				     "10 exit 1\n"
				     "10 gap 7\n";

	expect_findings(script,
			"error payload-never-ran at 3: the payload of container web "
			"never ran\n"
			"  runc 11: mount failed with EACCES\n"
			"error exit-nonzero at -1: the command exited with status 1\n"
			"warning gap at 7: the trace has gaps: 7 events were lost\n"
			"  the queue was full\n");
	expect_phases(script,
		      "phase create 0.000–7.000 of web by 10 (2)\n"
		      "  namespaces 3.000–3.000 busy 0.000 of web by 11 (1): + mnt pid\n"
		      "  rootfs 4.000–4.000 busy 0.000 of web by 11 (1): 0 mounts\n"
		      "phase clean-up 7.000–9.000 of web by 10 (1)\n");
}

TEST(a_missing_payload_is_no_harmless_failure)
{
	expect_findings("10 root\n"
			"10 exec /bin/unshare unshare -p -f app\n"
			"10 unshare NEWPID ns:pid_for_children=0\n"
			"10 fork 11 ns:pid=1 nspid:1\n"
			"11 execve /usr/bin/app err:2\n"
			"11 exit 127\n"
			"10 exit 127\n",
			"error payload-never-ran at 4: the payload of container pid-11 "
			"never ran\n"
			"  unshare 11: execve failed with ENOENT\n"
			"error exit-nonzero at -1: the command exited with status 127\n");
}

TEST(death_by_signal)
{
	expect_findings(
		"10 root\n"
		"10 exec /bin/unshare unshare -m sh\n"
		"10 unshare NEWNS ns:mnt=1\n"
		"10 exec /bin/sh sh\n"
		"10 kill 9\n",
		"error killed-by-signal at -1: the command was killed by SIGKILL\n"
		"warning killed-by-signal at 3: the payload of container pid-10 was "
		"killed by SIGKILL\n");
}
