/* SPDX-License-Identifier: MIT */
/* The namespace ledger: from which, to which, how. */
#include "script.h"
#include "test.h"

static void check_change(const struct ct_ns_change *change, enum ct_ns type,
			 enum ct_ns_how how, uint64_t from, uint64_t to)
{
	CHECK_STR(ct_ns_name(change->type), ct_ns_name(type));
	CHECK_STR(ct_ns_how_name(change->how), ct_ns_how_name(how));
	CHECK_INT(change->from, from);
	CHECK_INT(change->to, to);
}

TEST(unshare_pid_moves_only_the_children)
{
	struct script *s =
		script_run("10 root\n"
			   "10 unshare NEWPID|NEWNS ns:mnt=1,pid_for_children=0\n"
			   "10 fork 11 ns:pid=2 nspid:1\n");
	const struct ct_process *parent = script_process(s, 10),
				*child = script_process(s, 11);

	CHECK_INT(parent->n_ns_changes, 2);
	check_change(&parent->ns_changes[0], CT_NS_MNT, CT_NS_UNSHARE, 102, 1);
	CHECK(!parent->ns_changes[0].for_children);
	/* the child showed what it was */
	check_change(&parent->ns_changes[1], CT_NS_PID, CT_NS_UNSHARE, 104, 2);
	CHECK(parent->ns_changes[1].for_children);
	CHECK_INT(parent->ns[CT_NS_PID], 104);
	CHECK_INT(child->n_ns_changes, 1);
	check_change(&child->ns_changes[0], CT_NS_PID, CT_NS_UNSHARE, 104, 2);
	CHECK_INT(child->ns_born[CT_NS_MNT], 1);
	CHECK_INT(child->nspid, 1);
	/* the event has both changes as one slice of the model's list */
	CHECK_INT(script_fact(s, 2)->first_ns, 0);
	CHECK_INT(script_fact(s, 2)->n_ns, 2);
	CHECK(script_fact(s, 2)->tags & 1u << CT_TAG_NAMESPACE);
	script_free(s);
}

TEST(setns_without_a_type_is_known_by_the_links)
{
	struct script *s = script_run("10 root\n"
				      "10 setns 5 0 ns:mnt=1,net=2,pid_for_children=3\n");
	const struct ct_process *p = script_process(s, 10);

	CHECK_INT(p->n_ns_changes, 3);
	check_change(&p->ns_changes[0], CT_NS_MNT, CT_NS_SETNS, 102, 1);
	check_change(&p->ns_changes[1], CT_NS_NET, CT_NS_SETNS, 103, 2);
	check_change(&p->ns_changes[2], CT_NS_PID, CT_NS_SETNS, 104, 3);
	CHECK(p->ns_changes[2].for_children);
	script_free(s);
}

TEST(a_thread_has_namespaces_of_its_own)
{
	struct script *s = script_run("10 root\n"
				      "10 thread 11\n"
				      "11 unshare NEWNET ns:net=1\n"
				      "11 fork 12\n"
				      "10 fork 13\n");

	CHECK_INT(s->model->n_processes, 3);
	CHECK_INT(script_process(s, 10)->n_threads, 2);
	CHECK_INT(script_process(s, 10)->n_ns_changes, 1);
	CHECK_INT(script_process(s, 10)->ns[CT_NS_NET], 103);
	CHECK_INT(script_process(s, 12)->ns_born[CT_NS_NET], 1);
	CHECK_INT(script_process(s, 13)->ns_born[CT_NS_NET], 103);
	CHECK_INT(s->model->n_containers, 0);
	script_free(s);
}

TEST(exec_from_a_thread_brings_its_namespaces)
{
	struct script *s = script_run("10 root\n"
				      "10 thread 11\n"
				      "11 unshare NEWNET ns:net=1\n"
				      "10 exec /bin/sh sh from:11\n");

	CHECK_INT(script_process(s, 10)->ns[CT_NS_NET], 1);
	CHECK_INT(script_process(s, 10)->n_execs, 1);
	script_free(s);
}

TEST(the_call_of_a_clone_adds_nothing_to_the_birth)
{
	struct script *s = script_run("10 root\n"
				      "10 clone 11 NEWUTS ns:uts=1\n"
				      "10 clone 12 NEWUTS of:12 ns:uts=2\n");

	CHECK_INT(s->model->n_ns_changes, 2);
	check_change(&s->model->ns_changes[1], CT_NS_UTS, CT_NS_CLONE, 107, 2);
	script_free(s);
}

TEST(a_pid_that_is_used_again_is_another_process)
{
	struct script *s = script_run("10 root\n"
				      "10 fork 11\n"
				      "11 exec /bin/a a\n"
				      "11 exit 1\n"
				      "10 fork 11\n"
				      "11 exec /bin/b b\n"
				      "11 exit 2\n");

	CHECK_INT(s->model->n_processes, 3);
	CHECK_STR(s->model->processes[1].comm, "a");
	CHECK_INT(s->model->processes[1].exit.status, 1);
	CHECK_STR(s->model->processes[2].comm, "b");
	CHECK_INT(s->model->processes[2].exit.status, 2);
	script_free(s);
}

/* The kernel gives the lowest number that is free. */
TEST(a_namespace_whose_number_is_used_again_is_another_one)
{
	struct script *s = script_run("10 root\n"
				      "10 exec /usr/bin/crun crun run one caps:40\n"
				      "10 clone 11 NEWNS|NEWNET ns:mnt=1,net=2\n"
				      "11 exec /a a ns:mnt=1,net=2\n"
				      "11 exit 0\n"
				      "10 exit 0\n"
				      "20 root\n"
				      "20 exec /usr/bin/crun crun run two caps:40\n"
				      "20 clone 21 NEWNS|NEWNET ns:mnt=1,net=2\n"
				      "21 exec /a a ns:mnt=1,net=2\n");
	const struct ct_container *c = s->model->containers;
	const struct ct_network *networks = s->model->networks;

	CHECK_INT(s->model->n_containers, 2);
	CHECK_INT(c[0].ns[CT_NS_MNT].to, c[1].ns[CT_NS_MNT].to);
	CHECK(c[0].ns[CT_NS_MNT].maker >= 0);
	CHECK(c[0].ns[CT_NS_MNT].maker != c[1].ns[CT_NS_MNT].maker);
	CHECK_INT(s->model->processes[c[1].ns[CT_NS_MNT].by].pid, 20);
	CHECK_INT(s->model->n_networks, 2);
	CHECK_INT(networks[1].older, 0);
	for (int i = 0; i < 2; i++) {
		CHECK_INT(networks[i].n_containers, 1);
		CHECK_INT(networks[i].containers[0], i);
	}
	script_free(s);
}

TEST(who_joins_a_namespace_shares_it_with_who_made_it)
{
	struct script *s = script_run("10 root\n"
				      "10 exec /usr/bin/crun crun run one caps:40\n"
				      "10 clone 11 NEWNS|NEWNET ns:mnt=1,net=2\n"
				      "11 exec /a a ns:mnt=1,net=2\n"
				      "20 root\n"
				      "20 exec /usr/bin/crun crun run two caps:40\n"
				      "20 clone 21 NEWNS ns:mnt=3\n"
				      "21 setns 7 NEWNET ns:net=2\n"
				      "21 exec /a a ns:mnt=3,net=2\n");
	const struct ct_container *c = s->model->containers;

	CHECK_INT(s->model->n_containers, 2);
	CHECK_INT(c[0].ns[CT_NS_NET].maker, c[1].ns[CT_NS_NET].maker);
	CHECK(c[0].ns[CT_NS_MNT].maker != c[1].ns[CT_NS_MNT].maker);
	CHECK_INT(s->model->n_networks, 1);
	CHECK_INT(s->model->networks[0].n_containers, 2);
	script_free(s);
}

TEST(an_imported_log_has_arguments_only)
{
	struct script *s = script_run("10 root\n"
				      "10 unshare NEWNET|NEWPID\n");
	const struct ct_process *p = script_process(s, 10);

	CHECK_INT(p->n_ns_changes, 2);
	check_change(&p->ns_changes[0], CT_NS_NET, CT_NS_UNSHARE, 103, 0);
	check_change(&p->ns_changes[1], CT_NS_PID, CT_NS_UNSHARE, 104, 0);
	CHECK(p->ns_changes[1].for_children);
	script_free(s);
}
