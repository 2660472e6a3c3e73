/* SPDX-License-Identifier: MIT */
/* Trees as the kernel's overlay leaves them, and which of them shows a file. */
#include "lookup.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define LAYERS 3

struct image {
	char top[32];
	const char *lower[LAYERS]; /* uppermost first */
	struct ct_overlay overlay;
	struct ct_arena arena;
};

/* Runs a script in the directory of the layers: 0 is the uppermost. */
static void make(struct image *image, const char *script)
{
	*image = (struct image){ .top = "/tmp/ct-layers.XXXXXX" };
	CHECK(mkdtemp(image->top));
	for (size_t i = 0; i < LAYERS; i++) {
		image->lower[i] = ct_arena_printf(&image->arena, "%s/%zu", image->top, i);
		CHECK_INT(mkdir(image->lower[i], 0700), 0);
	}
	CHECK_INT(chdir(image->top), 0);
	CHECK_INT(system(script), 0);
	image->overlay = (struct ct_overlay){ .upper = "",
					      .lower = image->lower,
					      .n_lower = LAYERS };
}

/* Also where a link says to go on, if that is wanted. */
static int look(const struct image *image, const char *path, struct ct_layers_link *found)
{
	struct ct_layers_link link = { .target = CT_STRBUF_INIT };
	int r = ct_layers_lookup(&image->overlay, path, found ? found : &link);

	ct_strbuf_release(&link.target);
	return r;
}

static void clear(struct image *image)
{
	CHECK_INT(system("rm -r \"$PWD\""), 0);
	ct_arena_release(&image->arena);
}

TEST(the_uppermost_that_has_a_file_shows_it)
{
	struct image image;

	make(&image,
	     "mkdir -p 1/etc 2/etc && touch 2/etc/low 1/etc/both 2/etc/both 0/top");
	CHECK_INT(look(&image, "/top", NULL), 0);
	CHECK_INT(look(&image, "/etc/both", NULL), 1);
	CHECK_INT(look(&image, "/etc//./low", NULL), 2);
	CHECK_INT(look(&image, "/etc/none", NULL), -ENOENT);
	CHECK_INT(look(&image, "/none/at/all", NULL), -ENOENT);
	CHECK_INT(look(&image, "/", NULL), 0);
	clear(&image);
}

TEST(a_whiteout_hides_what_is_below)
{
	struct image image;

	make(&image,
	     "mkdir -p 0/dir 2/dir 2/tree/of && touch 2/dir/gone 2/tree/of/files");
	/* anybody may make these: they stand for no device */
	CHECK_INT(mknod("0/dir/gone", S_IFCHR, 0), 0);
	CHECK_INT(mknod("1/tree", S_IFCHR, 0), 0);
	CHECK_INT(look(&image, "/dir/gone", NULL), -ENOENT);
	CHECK_INT(look(&image, "/tree/of/files", NULL), -ENOENT);
	CHECK_INT(look(&image, "/tree", NULL), -ENOENT);
	CHECK_INT(look(&image, "/dir", NULL), 0);
	clear(&image);
}

TEST(an_opaque_directory_and_a_file_over_one_hide_it_too)
{
	struct image image;

	make(&image,
	     "mkdir -p 1/dir 2/dir 2/file && touch 1/dir/new 2/dir/old 1/file 2/file/in");
	CHECK_INT(setxattr("1/dir", "user.overlay.opaque", "y", 1, 0), 0);
	CHECK_INT(look(&image, "/dir/new", NULL), 1);
	CHECK_INT(look(&image, "/dir/old", NULL), -ENOENT);
	CHECK_INT(look(&image, "/file", NULL), 1);
	CHECK_INT(look(&image, "/file/in", NULL), -ENOENT);
	clear(&image);
}

TEST(nobody_is_led_out_of_a_layer)
{
	struct image image;

	make(&image, "mkdir 0/to 0/moved && touch 0/to/it && ln -s to 0/link && ln -s "
		     "/etc 1/out");
	CHECK_INT(setxattr("0/moved", "user.overlay.redirect", "/to", 3, 0), 0);
	CHECK_INT(look(&image, "/link", NULL), 0);
	CHECK_INT(look(&image, "/link/it", NULL), -ELOOP);
	CHECK_INT(look(&image, "/out/passwd", NULL), -ELOOP);
	CHECK_INT(look(&image, "/moved/it", NULL), -EXDEV);
	CHECK_INT(look(&image, "/../etc/passwd", NULL), -EINVAL);
	clear(&image);
}

TEST(a_link_says_where_it_leads_if_it_is_the_images)
{
	struct ct_layers_link link = { .target = CT_STRBUF_INIT };
	struct image image;

	make(&image, "mkdir 1/var 2/run up && ln -s ../run 1/var/run && ln -s x 2/file");
	image.overlay.upper = ct_arena_printf(&image.arena, "%s/up", image.top);
	CHECK_INT(look(&image, "/var/run/z", &link), -ELOOP);
	CHECK_STR(link.target.data, "../run");
	CHECK_INT(link.end, strlen("/var/run"));
	CHECK_INT(look(&image, "/file", &link), 2);
	link.follows = true;
	CHECK_INT(look(&image, "/file", &link), -ELOOP);
	CHECK_STR(link.target.data, "x");
	/* the container has put something else there */
	CHECK_INT(system("mkdir -p up/var/run && mknod up/file c 0 0"), 0);
	CHECK_INT(look(&image, "/var/run/z", &link), -ESTALE);
	CHECK_INT(look(&image, "/file", &link), -ESTALE);
	/* or has made the directory anew */
	CHECK_INT(system("rm -r up/var && mkdir up/var"), 0);
	CHECK_INT(look(&image, "/var/run/z", &link), -ELOOP);
	CHECK_INT(setxattr("up/var", "user.overlay.opaque", "y", 1, 0), 0);
	CHECK_INT(look(&image, "/var/run/z", &link), -ESTALE);
	/* a link of its own, which leads to what may be below */
	CHECK_INT(system("ln -s /run up/own"), 0);
	CHECK_INT(look(&image, "/own/x", &link), -ESTALE);
	CHECK_INT(look(&image, "/other/x", &link), -ENOENT);
	ct_strbuf_release(&link.target);
	clear(&image);
}

TEST(a_layer_that_is_not_there_leaves_it_open)
{
	struct image image;

	make(&image, "touch 0/top 2/low && rmdir 1");
	CHECK_INT(look(&image, "/top", NULL), 0);
	CHECK_INT(look(&image, "/low", NULL), -ESTALE);
	clear(&image);
}
