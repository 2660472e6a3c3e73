/* SPDX-License-Identifier: MIT */
/* Runs every case of cases/. */
#include "case.h"
#include "decode.h"
#include "test.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

/* Says what is wrong and goes on, so that one run shows every case that a change breaks.
 */
static bool check_case(const char *file, int line, const char *given, const char *want)
{
	static const struct ct_decode_options options = { 0 };
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_recbuf rb = { 0 };
	struct ct_event event;
	bool same;

	if (!case_parse(&rb, given))
		test_fail(file, line, "not a case: %s", given);
	ct_decode(&event, ct_recbuf_record(&rb), &options, &arena);
	CHECK_INT(event.kind, CT_EVENT_CALL);
	case_print(&got, &event.call);
	same = !strcmp(got.data, want);
	if (!same)
		fprintf(stderr, "%s:%d: got\n  %s\nwanted\n  %s\n", file, line, got.data,
			want);
	ct_recbuf_release(&rb);
	ct_arena_release(&arena);
	return same;
}

/* The next line that is no comment, without its newline; NULL at the end. */
static char *next_line(FILE *in, char **buf, size_t *cap, int *number)
{
	ssize_t n;

	do {
		n = getline(buf, cap, in);
		(*number)++;
	} while (n > 0 && **buf == '#');
	if (n < 0)
		return NULL;
	if (n > 0 && (*buf)[n - 1] == '\n')
		(*buf)[n - 1] = '\0';
	return *buf;
}

/* How many of its cases are wrong. */
static int run_file(const char *path)
{
	FILE *in = fopen(path, "re");
	char *given = NULL, *want = NULL;
	size_t given_cap = 0, want_cap = 0;
	int line = 0, cases = 0, wrong = 0;

	CHECK(in != NULL);
	while (next_line(in, &given, &given_cap, &line)) {
		int first = line;

		if (!*given)
			continue;
		if (!next_line(in, &want, &want_cap, &line) || !*want)
			test_fail(path, line, "a case without what is wanted");
		wrong += !check_case(path, first, given, want);
		cases++;
	}
	free(given);
	free(want);
	fclose(in);
	if (!cases)
		test_fail(path, 1, "no case in it");
	return wrong;
}

TEST(decode_cases)
{
	glob_t found;
	int wrong = 0;

	CHECK_INT(glob(CT_SOURCE_DIR "/tests/unit/decode/cases/*.case", 0, NULL, &found),
		  0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		wrong += run_file(found.gl_pathv[i]);
	globfree(&found);
	CHECK_INT(wrong, 0);
}
