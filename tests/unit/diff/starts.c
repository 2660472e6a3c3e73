/* SPDX-License-Identifier: MIT */
/* Whole starts: what is the same in them, and what is not. */
#include "scene.h"
#include "test.h"

TEST(the_same_start_with_other_pids_ids_and_inodes_is_the_same)
{
	struct scene s = scene_of(SCENE_CRUN("10", "11", "web", "70", "11", "/hello"),
				  SCENE_CRUN("310", "412", "c1", "91", "11", "/hello"));

	CHECK(s.diff->same);
	CHECK_INT(s.diff->n_steps, 0);
	CHECK_INT(s.diff->n_deviations, 0);
	CHECK_INT(s.diff->n_processes, 2);
	for (size_t i = 0; i < s.diff->n_aspects; i++)
		CHECK_INT(s.diff->aspects[i].n_items, 0);
	scene_end(&s);
}

TEST(capabilities_are_told_one_by_one)
{
	struct scene s = scene_of(SCENE_CRUN("10", "11", "web", "70", "2", "/hello"),
				  SCENE_CRUN("20", "21", "web", "80", "3", "/hello"));
	const struct ct_diff_aspect *caps = scene_aspect(&s, "capabilities");

	CHECK(!s.diff->same);
	CHECK_INT(caps->n_items, 1);
	CHECK_STR(caps->items[0].name, "cap_dac_read_search");
	CHECK(!caps->items[0].value[CT_DIFF_A]);
	CHECK_STR(caps->summary[CT_DIFF_A], "2");
	CHECK_STR(caps->summary[CT_DIFF_B], "3");
	CHECK_INT(scene_aspect(&s, "namespaces")->n_items, 0);
	scene_end(&s);
}

TEST(another_program_is_another_program)
{
	struct scene s = scene_of(SCENE_CRUN("10", "11", "web", "70", "2", "/hello"),
				  SCENE_CRUN("20", "21", "web", "80", "2", "/bye"));
	const struct ct_diff_aspect *program = scene_aspect(&s, "program");

	CHECK_INT(program->n_items, 1);
	CHECK_STR(program->items[0].value[CT_DIFF_A], "/hello");
	CHECK_STR(program->items[0].value[CT_DIFF_B], "/bye");
	scene_end(&s);
}

TEST(a_step_that_only_one_did_is_told_with_its_process)
{
	struct scene s = scene_of("10 root\n"
				  "10 fork 11\n"
				  "11 exec /bin/a a\n"
				  "11 mount x /mnt tmpfs - -\n"
				  "11 exit 0\n"
				  "10 exit 0\n",
				  "20 root\n"
				  "20 fork 21\n"
				  "21 exec /bin/a a\n"
				  "21 exit 0\n"
				  "20 exit 0\n");

	CHECK_INT(scene_steps(&s, CT_DIFF_ONLY_A), 1);
	CHECK_INT(scene_steps(&s, CT_DIFF_ONLY_B), 0);
	CHECK_INT(s.diff->processes[1].process[CT_DIFF_A], 1);
	CHECK_INT(s.diff->processes[1].process[CT_DIFF_B], 1);
	CHECK_INT(s.diff->processes[1].n_steps, 1);
	CHECK_STR(s.script[CT_DIFF_A]
			  ->model->facts[s.diff->steps[0].event[CT_DIFF_A]]
			  .event->call.name,
		  "mount");
	scene_end(&s);
}

TEST(the_same_step_with_another_result_is_one_difference)
{
	struct scene s = scene_of("10 root\n10 mount x /mnt tmpfs - -\n10 exit 0\n",
				  "20 root\n"
				  "20 mount x /mnt tmpfs - - err:1\n"
				  "20 exit 0\n");

	CHECK_INT(scene_steps(&s, CT_DIFF_RESULT), 1);
	CHECK_INT(s.diff->n_steps, 1);
	CHECK(!s.diff->same);
	scene_end(&s);
}

TEST(order_and_repetition_are_no_difference)
{
	struct scene s = scene_of("10 root\n"
				  "10 mount x /a tmpfs - -\n"
				  "10 mount x /b tmpfs - -\n"
				  "10 mount x /c tmpfs - -\n"
				  "10 exit 0\n",
				  "20 root\n"
				  "20 mount x /c tmpfs - -\n"
				  "20 mount x /a tmpfs - -\n"
				  "20 mount x /b tmpfs - -\n"
				  "20 mount x /b tmpfs - -\n"
				  "20 exit 0\n");

	CHECK(s.diff->same);
	CHECK_INT(s.diff->n_steps, 1);
	CHECK(s.diff->steps[0].again);
	scene_end(&s);
}

TEST(who_does_it_is_no_difference)
{
	struct scene s = scene_of("10 root\n"
				  "10 fork 11\n"
				  "11 exec /bin/a a\n"
				  "11 mount x /mnt tmpfs - -\n"
				  "11 exit 0\n"
				  "10 exit 0\n",
				  "20 root\n"
				  "20 fork 21\n"
				  "20 mount x /mnt tmpfs - -\n"
				  "21 exec /bin/a a\n"
				  "21 exit 0\n"
				  "20 exit 0\n");

	CHECK(s.diff->same);
	scene_end(&s);
}

TEST(processes_are_paired_by_what_they_run_not_by_their_order)
{
	struct scene s = scene_of("10 root\n"
				  "10 fork 11\n"
				  "10 fork 12\n"
				  "11 exec /bin/a a\n"
				  "12 exec /bin/b b\n"
				  "11 exit 0\n"
				  "12 exit 1\n"
				  "10 exit 0\n",
				  "10 root\n"
				  "10 fork 12\n"
				  "10 fork 13\n"
				  "10 fork 11\n"
				  "12 exec /bin/b b\n"
				  "13 exec /bin/c c\n"
				  "11 exec /bin/a a\n"
				  "11 exit 0\n"
				  "12 exit 1\n"
				  "13 exit 0\n"
				  "10 exit 0\n");

	CHECK_INT(s.diff->processes[1].process[CT_DIFF_B], 3);
	CHECK_INT(s.diff->processes[2].process[CT_DIFF_B], 1);
	CHECK_INT(s.diff->n_processes, 4);
	CHECK_INT(s.diff->processes[3].process[CT_DIFF_A], -1);
	CHECK_INT(s.diff->processes[3].process[CT_DIFF_B], 2);
	scene_end(&s);
}

#define FAILING                                                                      \
	"10 root\n10 exec /usr/bin/crun crun run --bundle /b web caps:40 nspid:10\n" \
	"10 unlink /run/stale err:13\n"

TEST(the_first_failure_that_the_other_start_has_not_is_the_one_that_matters)
{
	struct scene s = scene_of(FAILING "10 mkdir /run/crun\n10 exit 0\n",
				  FAILING "10 mkdir /run/crun err:13\n"
					  "10 write /dev/stderr mkdir~/run/crun:"
					  "~Permission~denied ret:9\n"
					  "10 exit 1\n");

	CHECK_INT(s.diff->n_deviations, 1);
	CHECK_INT(s.diff->deviations[0].failed, CT_DIFF_B);
	CHECK_INT(s.diff->deviations[0].event[CT_DIFF_B], 3);
	CHECK_INT(s.diff->deviations[0].event[CT_DIFF_A], 3);
	CHECK(s.diff->deviations[0].counterpart_ok);
	CHECK_INT(s.diff->deviations[0].last_common, 2);
	scene_end(&s);
}

TEST(two_starts_that_fail_alike_have_no_deviation)
{
	struct scene s = scene_of(FAILING "10 exit 1\n", FAILING "10 exit 1\n");

	CHECK(s.diff->same);
	CHECK_INT(s.diff->n_deviations, 0);
	scene_end(&s);
}

TEST(what_a_container_did_not_live_to_get_is_not_compared)
{
	struct scene s = scene_of(
		SCENE_CRUN("10", "11", "web", "70", "2", "/hello"),
		"10 root\n"
		"10 exec /usr/bin/crun crun run --bundle /b web caps:40 nspid:10\n"
		"10 clone 11 NEWNS|NEWPID|NEWUTS ns:mnt=1,pid=2,uts=3 nspid:1\n"
		"11 mount - / - private|rec - err:1\n"
		"11 exit 1\n"
		"10 exit 1\n");

	CHECK_INT(s.diff->n_containers, 1);
	CHECK(scene_aspect(&s, "capabilities")->unknown);
	CHECK(scene_aspect(&s, "root file system")->unknown);
	CHECK_STR(scene_aspect(&s, "program")->items[0].value[CT_DIFF_B], "never ran");
	CHECK_INT(s.diff->n_deviations, 1);
	CHECK_INT(s.diff->deviations[0].event[CT_DIFF_B], 3);
	scene_end(&s);
}

TEST(empty_traces_are_the_same)
{
	struct scene s = scene_of("", "");

	CHECK(s.diff->same);
	scene_end(&s);
}
