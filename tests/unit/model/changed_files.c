/* SPDX-License-Identifier: MIT */
/* Files of the image that somebody changes: copy on write. */
#include "cttrace/strbuf.h"
#include "mount_script.h"
#include "script.h"
#include "test.h"

static void expect_files(const char *script, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct script *s = script_run(script);
	const struct ct_container *c = s->model->containers;

	CHECK_INT(s->model->n_containers, 1);
	for (size_t i = 0; i < c->n_changed_files; i++)
		ct_strbuf_addf(&got, "%s %s%s\n", c->changed_files[i].path,
			       ct_file_change_name(c->changed_files[i].change),
			       c->changed_files[i].by_runtime ? " by the runtime" : "");
	CHECK_STR(got.data, want);
	script_free(s);
}

#define ON_OVERLAY                                                     \
	HOST CONTAINER "10 mount overlay /mnt overlay 0 lowerdir=/a\n" \
		       "10 open /mnt/etc/hosts 0x41\n"                 \
		       "10 open /srv/elsewhere 0x41\n"                 \
		       "10 pivot_root /mnt /mnt\n"                     \
		       "10 umount2 . 2 cwd:/\n" PAYLOAD

TEST(files_of_the_image_that_are_changed)
{
	expect_files(ON_OVERLAY "10 open /etc/passwd 2\n" /* O_RDWR */
				"10 open /etc/group 0\n"  /* only read */
				"10 open /new 0xc1\n"     /* O_CREAT|O_EXCL */
				"10 open /new 1\n"
				"10 unlink /etc/shadow\n"
				"10 rename /etc/a /etc/b\n"
				"10 open /etc/failed 1 err:13\n"
				"10 open /etc/hosts 1\n",
		     "/etc/hosts written by the runtime\n"
		     "/etc/passwd written\n"
		     "/new created\n"
		     "/etc/shadow removed\n"
		     "/etc/b written\n"
		     "/etc/a removed\n");
}

/* What was made there leads there; what was removed does not. */
TEST(files_behind_links_that_the_payload_has_made)
{
	expect_files(ON_OVERLAY "10 symlink /etc /own\n"
				"10 open /own/passwd 1\n"
				"10 symlink ../own/group /etc/alias\n"
				"10 open /etc/alias 1\n"
				"10 rename /own /moved\n"
				"10 open /own/plain 1\n"
				"10 open /moved/shadow 1\n"
				"10 unlink /moved\n"
				"10 open /moved/last 1\n"
				"10 symlink /loop /loop\n"
				"10 open /loop/x 1\n",
		     "/etc/hosts written by the runtime\n"
		     "/own removed\n"
		     "/etc/passwd written\n"
		     "/etc/alias created\n"
		     "/etc/group written\n"
		     "/moved removed\n"
		     "/own/plain written\n"
		     "/etc/shadow written\n"
		     "/moved/last written\n"
		     "/loop created\n"
		     "/loop/x written\n");
}

/* The engine mounts it, and works in there, before there is a container. */
TEST(files_that_the_engine_changes_in_a_root_to_be)
{
	expect_files(HOST "10 root\n"
			  "10 mount overlay /srv/root overlay 0 lowerdir=/a\n"
			  "10 open /srv/root/etc/mtab 0x41\n"
			  "10 mount overlay /srv/other overlay 0 lowerdir=/a\n"
			  "10 open /srv/other/etc/mtab 0x41\n"
			  "10 unshare NEWNS|NEWUTS ns:mnt=1,uts=2\n"
			  "10 mount /srv/root /mnt - 0x5000 -\n"
			  "10 pivot_root /mnt /mnt\n"
			  "10 umount2 . 2 cwd:/\n" PAYLOAD "10 open /etc/passwd 2\n",
		     "/etc/mtab written by the runtime\n"
		     "/etc/passwd written\n");
}

TEST(what_is_on_another_file_system_is_not_of_the_image)
{
	expect_files(ON_OVERLAY "10 mount tmpfs /tmp tmpfs 0 -\n"
				"10 open /tmp/x 0x41\n"
				"10 open / 0x41\n",
		     "/etc/hosts written by the runtime\n");
}
