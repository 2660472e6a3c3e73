/* SPDX-License-Identifier: MIT */
/*
 * Recorded traces: tests/golden/model/CASE/trace.jsonl must be understood as CASE/expect
 * says. With CT_UPDATE_GOLDENS set, expect is written instead, to be read before it is
 * committed.
 */
#include "describe.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define GOLDENS CT_SOURCE_DIR "/tests/golden/model"

static void read_file(struct ct_strbuf *out, const char *path)
{
	FILE *in = fopen(path, "re");
	char block[4096];
	size_t n;

	while (in && (n = fread(block, 1, sizeof(block), in)))
		ct_strbuf_add(out, block, n);
	if (in)
		fclose(in);
}

static void write_file(const char *path, const struct ct_strbuf *text)
{
	FILE *out = fopen(path, "we");

	if (!out || fwrite(text->data, 1, text->len, out) != text->len || fclose(out))
		test_fail(__FILE__, __LINE__, "%s cannot be written", path);
}

static void compare(const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT, want = CT_STRBUF_INIT;
	struct ct_error err = { 0 };
	struct ct_trace *trace;
	struct ct_model *model;

	ct_strbuf_addf(&path, GOLDENS "/%s/trace.jsonl", name);
	trace = ct_trace_open(path.data, &err);
	if (!trace)
		test_fail(__FILE__, __LINE__, "%s", err.text);
	model = ct_model_of_trace(trace);
	describe(&got, model);
	ct_strbuf_reset(&path);
	ct_strbuf_addf(&path, GOLDENS "/%s/expect", name);
	if (getenv("CT_UPDATE_GOLDENS")) {
		write_file(path.data, &got);
	} else {
		read_file(&want, path.data);
		if (strcmp(got.data, want.data) != 0)
			fprintf(stderr, "%s:\n", name);
		CHECK_STR(got.data, want.data);
	}
	ct_model_free(model);
	ct_trace_free(trace);
}

TEST(recorded_traces_are_understood_as_expected)
{
	DIR *dir = opendir(GOLDENS);
	struct dirent *entry;
	int n = 0;

	CHECK(dir);
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			compare(entry->d_name);
			n++;
		}
	closedir(dir);
	CHECK(n > 0);
}
