/* SPDX-License-Identifier: MIT */
/*
 * Comparisons as they are shown: tests/golden/diff/NAME.FORMAT. With CT_UPDATE_GOLDENS
 * set they are written instead: read the difference before you commit it.
 */
#include "scene.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#define GOLDEN CT_SOURCE_DIR "/tests/golden/diff/"

static void compare(const char *path, const struct ct_strbuf *got)
{
	CT_CLEANUP_STRBUF struct ct_strbuf want = CT_STRBUF_INIT;
	bool update = getenv("CT_UPDATE_GOLDENS");
	FILE *file = fopen(path, update ? "w" : "r");
	char buffer[4096];

	if (!file)
		test_fail(__FILE__, __LINE__, "cannot open %s", path);
	if (update)
		fwrite(got->data, 1, got->len, file);
	for (size_t n; !update && (n = fread(buffer, 1, sizeof(buffer), file));)
		ct_strbuf_add(&want, buffer, n);
	fclose(file);
	if (!update)
		CHECK_STR(got->data, want.data);
}

static void check(const char *name, const char *a, const char *b)
{
	static const char *const names[] = { "before", "after<&>\033" };
	static const struct ct_render_options look = { .width = 90 };
	struct scene scene = scene_of(a, b);

	for (int i = 0; ct_diff_formats[i]; i++) {
		CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
		CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;

		ct_strbuf_addf(&path, GOLDEN "%s.%s", name, ct_diff_formats[i]->name);
		ct_diff_formats[i]->write(&got, scene.diff, names, &look);
		compare(path.data, &got);
	}
	scene_end(&scene);
}

TEST(more_capabilities_and_another_program)
{
	check("capabilities", SCENE_CRUN("10", "11", "web", "70", "2", "/hello"),
	      SCENE_CRUN("310", "311", "web", "80", "20", "/bye"));
}

TEST(a_start_that_fails)
{
	check("failure", SCENE_CRUN("10", "11", "web", "70", "2", "/hello"),
	      "10 root\n"
	      "10 exec /usr/bin/crun crun run --bundle /b web caps:40 nspid:10\n"
	      "10 clone 11 NEWNS|NEWPID|NEWUTS ns:mnt=1,pid=2,uts=3 nspid:1\n"
	      "11 mount - / - private|rec -\n"
	      "11 mount /b/rootfs /b/rootfs - bind|rec -\n"
	      "11 mount proc /b/rootfs/proc proc nosuid|nodev|noexec - err:1\n"
	      "10 write /dev/stderr mount~`proc`~to~`proc`:~Operation~not~permitted\\n\n"
	      "11 exit 1\n"
	      "10 exit 1\n");
}

TEST(two_runs_of_one_command)
{
	check("same", SCENE_CRUN("10", "11", "web", "70", "2", "/hello"),
	      SCENE_CRUN("310", "412", "c1", "91", "2", "/hello"));
}
