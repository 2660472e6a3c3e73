/* SPDX-License-Identifier: MIT */
/* The mount table that is left when all calls have been replayed. */
#include "cttrace/strbuf.h"
#include "mount_script.h"
#include "script.h"
#include "state.h"
#include "test.h"

#define SHARED_HOST                               \
	"0 table / ext4 id:1 parent:0 shared:1\n" \
	"0 table /srv tmpfs id:2 parent:1 shared:2\n"

static void expect(const char *script, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct script *s = script_run(script);
	const struct ct_container *c = s->model->containers;

	CHECK_INT(s->model->n_containers, 1);
	for (size_t i = 0; i < c->n_mount_table; i++) {
		const struct ct_mounted *m = &c->mount_table[i];

		ct_strbuf_addf(
			&got, "%s %s %s %s %s%s%s%s%s%s\n", m->target, m->type, m->root,
			m->flags, m->propagation, *m->host ? " host:" : "", m->host,
			m->masked ? " masked" : "", m->read_only_path ? " protected" : "",
			m->covered ? " covered" : "");
	}
	CHECK_STR(got.data, want);
	script_free(s);
}

TEST(a_new_namespace_begins_with_a_copy)
{
	expect(HOST CONTAINER PAYLOAD,
	       "/ ext4 / rw,relatime private host:/\n"
	       "/proc proc / rw,relatime private host:/proc\n"
	       "/srv ext4 /export rw,relatime private host:/srv\n");
}

TEST(a_bind_mount_shows_a_part_of_a_file_system)
{
	expect(HOST CONTAINER "10 mount /srv/data /mnt - bind -\n"
			      "10 mount - /mnt - remount|bind|ro|nosuid -\n" PAYLOAD,
	       "/ ext4 / rw,relatime private host:/\n"
	       "/proc proc / rw,relatime private host:/proc\n"
	       "/srv ext4 /export rw,relatime private host:/srv\n"
	       "/mnt ext4 /export/data ro,nosuid,relatime private host:/srv/data\n");
}

TEST(a_mask_and_a_part_that_is_read_only)
{
	expect(HOST CONTAINER
	       "10 mount tmpfs /proc/acpi tmpfs ro -\n"
	       "10 mount /proc/sys /proc/sys - bind|rec -\n"
	       "10 mount /proc/sys /proc/sys - bind|remount|ro -\n" PAYLOAD,
	       "/ ext4 / rw,relatime private host:/\n"
	       "/proc proc / rw,relatime private host:/proc\n"
	       "/proc/acpi tmpfs / ro,relatime private masked\n"
	       "/proc/sys proc /sys ro,relatime private host:/proc/sys protected\n"
	       "/srv ext4 /export rw,relatime private host:/srv\n");
}

TEST(pivot_root_leaves_only_what_is_below_the_new_root)
{
	expect(HOST CONTAINER "10 mount - / - private|rec -\n"
			      "10 mount /srv/root /srv/root - bind|rec -\n"
			      "10 mount proc /srv/root/proc proc nosuid|nodev -\n"
			      "10 pivot_root /srv/root /srv/root\n"
			      "10 mount - . - private|rec - cwd:/\n"
			      "10 umount2 . 2 cwd:/\n" PAYLOAD,
	       "/ ext4 /export/root rw,relatime private host:/srv/root\n"
	       "/proc proc / rw,nosuid,nodev,relatime private\n");
}

TEST(a_root_that_is_moved_over_the_old_one)
{
	expect(HOST CONTAINER "10 mount /srv /mnt - bind -\n"
			      "10 mount /mnt / - move -\n"
			      "10 chroot . cwd:/\n" PAYLOAD,
	       "/ ext4 /export rw,relatime private host:/srv\n");
}

TEST(what_is_mounted_on_the_host_later_is_not_the_containers)
{
	expect(HOST CONTAINER PAYLOAD "20 attach\n"
				      "20 mount tmpfs /srv/later tmpfs 0 -\n",
	       "/ ext4 / rw,relatime private host:/\n"
	       "/proc proc / rw,relatime private host:/proc\n"
	       "/srv ext4 /export rw,relatime private host:/srv\n");
}

TEST(unless_it_hears_of_it)
{
	expect(SHARED_HOST CONTAINER "10 mount - / - slave|rec -\n" PAYLOAD "20 attach\n"
				     "20 mount tmpfs /srv/later tmpfs 0 -\n"
				     "20 mount tmpfs /srv/gone tmpfs 0 -\n"
				     "20 umount2 /srv/gone 0\n",
	       "/ ext4 / rw,relatime slave host:/\n"
	       "/srv tmpfs / rw,relatime slave host:/srv\n"
	       "/srv/later tmpfs / rw,relatime slave host:/srv/later\n");
}

TEST(and_does_not_tell_its_master)
{
	struct script *s =
		script_run(SHARED_HOST CONTAINER
			   "10 mount - / - slave|rec -\n"
			   "10 mount tmpfs /srv/own tmpfs 0 -\n" PAYLOAD "20 attach\n"
			   "20 clone 21 NEWNS|NEWPID ns:mnt=5,pid=6 nspid:1\n"
			   "21 exec /bin/cat cat\n");
	const struct ct_container *c = &s->model->containers[1];

	CHECK_INT(s->model->n_containers, 2);
	CHECK_INT(c->n_mount_table, 2);
	CHECK_STR(c->mount_table[1].target, "/srv");
	CHECK_STR(c->mount_table[1].propagation, "shared");
	script_free(s);
}

TEST(a_new_user_namespace_makes_slaves)
{
	expect(SHARED_HOST "10 root\n"
			   "10 unshare NEWUSER|NEWNS ns:mnt=1,user=2\n" PAYLOAD,
	       "/ ext4 / rw,relatime slave host:/\n"
	       "/srv tmpfs / rw,relatime slave host:/srv\n");
}

TEST(unbindable_mounts_are_not_bound)
{
	expect(HOST CONTAINER "10 mount - /srv - unbindable -\n"
			      "10 mount / /mnt - bind|rec -\n" PAYLOAD,
	       "/ ext4 / rw,relatime private host:/\n"
	       "/proc proc / rw,relatime private host:/proc\n"
	       "/srv ext4 /export rw,relatime unbindable host:/srv\n"
	       "/mnt ext4 / rw,relatime private host:/\n"
	       "/mnt/proc proc / rw,relatime private host:/proc\n");
}

TEST(one_over_the_other_is_covered)
{
	expect(HOST CONTAINER "10 mount tmpfs /mnt tmpfs 0 -\n"
			      "10 mount tmpfs /mnt tmpfs noatime -\n" PAYLOAD,
	       "/ ext4 / rw,relatime private host:/\n"
	       "/proc proc / rw,relatime private host:/proc\n"
	       "/srv ext4 /export rw,relatime private host:/srv\n"
	       "/mnt tmpfs / rw,relatime private covered\n"
	       "/mnt tmpfs / rw,noatime private\n");
}

TEST(overlay_layers_are_in_their_order)
{
	struct script *s =
		script_run(HOST CONTAINER
			   "10 mount overlay /mnt overlay 0 "
			   "lowerdir=/a:/b\\:c:/d\\,e,upperdir=/up,workdir=/w\n" PAYLOAD);
	const struct ct_container *c = s->model->containers;
	const struct ct_mounted *m = &c->mount_table[c->n_mount_table - 1];

	CHECK_STR(m->upper, "/up");
	CHECK_INT(m->n_lower, 3);
	CHECK_STR(m->lower[0], "/a");
	CHECK_STR(m->lower[1], "/b:c");
	CHECK_STR(m->lower[2], "/d,e");
	script_free(s);
}

TEST(without_the_first_table_the_rest_is_still_told)
{
	struct script *s = script_run(CONTAINER "10 mount proc /x proc 0 -\n" PAYLOAD);
	const struct ct_container *c = s->model->containers;

	CHECK(!c->mount_table_whole);
	CHECK_INT(c->n_mount_table, 2);
	CHECK_STR(c->mount_table[0].target, "/");
	CHECK_STR(c->mount_table[0].type, "");
	CHECK_STR(c->mount_table[1].target, "/x");
	script_free(s);
}

/* A header that a liar wrote: circles, twins, and children of nobody. */
TEST(tables_that_no_kernel_has)
{
	struct script *s = script_run(
		"0 table / ext4 id:1 parent:1 shared:1 master:1\n"
		"0 table /a ext4 id:2 parent:3 shared:2 master:1\n"
		"0 table /a/b ext4 id:3 parent:2 shared:1 master:2\n"
		"0 table /a ext4 id:2 parent:1\n"
		"0 table /x ext4 id:9 parent:77\n" CONTAINER "10 mount t /a tmpfs 0 -\n"
		"10 mount / /a - bind|rec -\n"
		"10 mount /a / - move -\n"
		"10 pivot_root / /\n"
		"10 umount2 / 2\n" PAYLOAD);

	CHECK_INT(s->model->n_containers, 1);
	script_free(s);
}

/* Everything bound into itself, where everybody hears of it: it doubles each time. */
TEST(a_table_has_an_end)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct script *s;

	ct_strbuf_adds(&text, SHARED_HOST CONTAINER);
	for (int i = 0; i < 40; i++)
		ct_strbuf_addf(&text, "10 mount / /m%d - bind|rec -\n", i);
	ct_strbuf_adds(&text, PAYLOAD);
	s = script_run(text.data);
	CHECK(!s->model->containers[0].mount_table_whole);
	script_free(s);
}

/* How many mounts are made when that many containers, slaves of the host, come and go. */
static size_t mounts_for(int n_containers)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct script *s;
	size_t n;

	ct_strbuf_adds(&text, SHARED_HOST "10 root\n");
	for (int i = 0; i < n_containers; i++) {
		int pid = 100 + i;

		ct_strbuf_addf(&text, "10 clone %d NEWNS|NEWUTS ns:mnt=%d,uts=%d\n", pid,
			       2 * i + 1, 2 * i + 2);
		ct_strbuf_addf(&text, "%d mount - / - slave|rec -\n", pid);
		ct_strbuf_addf(&text, "%d exec /bin/sh sh\n%d exit 0\n", pid, pid);
		ct_strbuf_adds(&text, "10 mount tmpfs /srv/x tmpfs 0 -\n"
				      "10 umount2 /srv/x 0\n");
	}
	s = script_run(text.data);
	n = ((const struct model *)s->model)->tree.n_mounts;
	script_free(s);
	return n;
}

TEST(a_namespace_that_has_ended_hears_of_nothing)
{
	CHECK_INT(mounts_for(0), 2);
	CHECK_INT(mounts_for(1), 2 + 3); /* a copy of the table, and the new one */
	CHECK_INT(mounts_for(100), 2 + 100 * 3);
}

/* The kernel gives the number of a namespace that has ended to the next one. */
TEST(a_new_namespace_with_the_number_of_one_that_has_ended_has_a_table_of_its_own)
{
	struct script *s = script_run(SHARED_HOST "10 root\n"
						  "10 clone 11 NEWNS ns:mnt=1\n"
						  "11 mount - / - private|rec -\n"
						  "11 mount tmpfs /srv/first tmpfs 0 -\n"
						  "11 exit 0\n"
						  "10 clone 12 NEWNS ns:mnt=1\n"
						  "12 mount - / - private|rec -\n");
	const struct mount_tree *tree = &((const struct model *)s->model)->tree;

	CHECK_INT(tree->n_spaces, 3);
	CHECK(tree->spaces[2].known);
	for (int mnt = tree->spaces[2].root; mnt >= 0;
	     mnt = mount_next(tree, mnt, tree->spaces[2].root))
		CHECK(!tree->mounts[mnt].at || !strstr(tree->mounts[mnt].at, "first"));
	script_free(s);
}

/* Is it known what a copy of the table has that the first child was in? */
static bool copy_known_after(const char *between)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	const struct mount_tree *tree;
	struct script *s;
	bool known;

	ct_strbuf_addf(&text,
		       SHARED_HOST "10 root\n"
				   "10 clone 11 NEWNS ns:mnt=1\n"
				   "10 clone 12 0\n"
				   "%s12 setns 3 NEWNS ns:mnt=1\n"
				   "12 unshare NEWNS ns:mnt=2\n",
		       between);
	s = script_run(text.data);
	tree = &((const struct model *)s->model)->tree;
	CHECK_INT(tree->n_spaces, 3);
	known = tree->spaces[2].known;
	script_free(s);
	return known;
}

/* A descriptor held it; what the host did meanwhile has reached it after all. */
TEST(one_that_is_entered_again_is_not_told_as_whole)
{
	CHECK(copy_known_after(""));
	CHECK(!copy_known_after("11 exit 0\n"));
}
