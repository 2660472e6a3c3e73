/* SPDX-License-Identifier: MIT */
/* Trees as the kernel's overlay leaves them, and which of them shows a file. */
#include "lookup.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
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
	image->overlay = (struct ct_overlay){ .lower = image->lower, .n_lower = LAYERS };
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
	CHECK_INT(ct_layers_lookup(&image.overlay, "/top"), 0);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/etc/both"), 1);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/etc//./low"), 2);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/etc/none"), -ENOENT);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/none/at/all"), -ENOENT);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/"), 0);
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
	CHECK_INT(ct_layers_lookup(&image.overlay, "/dir/gone"), -ENOENT);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/tree/of/files"), -ENOENT);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/tree"), -ENOENT);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/dir"), 0);
	clear(&image);
}

TEST(an_opaque_directory_and_a_file_over_one_hide_it_too)
{
	struct image image;

	make(&image,
	     "mkdir -p 1/dir 2/dir 2/file && touch 1/dir/new 2/dir/old 1/file 2/file/in");
	CHECK_INT(setxattr("1/dir", "user.overlay.opaque", "y", 1, 0), 0);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/dir/new"), 1);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/dir/old"), -ENOENT);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/file"), 1);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/file/in"), -ENOENT);
	clear(&image);
}

TEST(nobody_is_led_out_of_a_layer)
{
	struct image image;

	make(&image, "mkdir 0/to 0/moved && touch 0/to/it && ln -s to 0/link && ln -s "
		     "/etc 1/out");
	CHECK_INT(setxattr("0/moved", "user.overlay.redirect", "/to", 3, 0), 0);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/link"), 0);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/link/it"), -ELOOP);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/out/passwd"), -ELOOP);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/moved/it"), -EXDEV);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/../etc/passwd"), -EINVAL);
	clear(&image);
}

TEST(a_layer_that_is_not_there_leaves_it_open)
{
	struct image image;

	make(&image, "touch 0/top 2/low && rmdir 1");
	CHECK_INT(ct_layers_lookup(&image.overlay, "/top"), 0);
	CHECK_INT(ct_layers_lookup(&image.overlay, "/low"), -ESTALE);
	clear(&image);
}
