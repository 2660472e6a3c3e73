/* SPDX-License-Identifier: MIT */
/*
 * Recorded starts, explained: tests/golden/explain/NAME.jsonl and its pictures. With
 * CT_UPDATE_GOLDENS set they are written instead: read the difference before you commit
 * it.
 */
#include "scene.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define GOLDEN CT_SOURCE_DIR "/tests/golden/explain/"

static void slurp(const char *path, struct ct_strbuf *text)
{
	FILE *in = fopen(path, "r");
	char buffer[4096];
	size_t n;

	if (!in)
		test_fail(__FILE__, __LINE__, "cannot open %s", path);
	while ((n = fread(buffer, 1, sizeof(buffer), in)) > 0)
		ct_strbuf_add(text, buffer, n);
	fclose(in);
}

static void spit(const char *path, const struct ct_strbuf *text)
{
	FILE *out = fopen(path, "w");

	if (!out)
		test_fail(__FILE__, __LINE__, "cannot write %s", path);
	fwrite(text->data, 1, text->len, out);
	fclose(out);
}

static void check(const struct ct_diagnosis *diagnosis, const struct ct_model *model,
		  const char *name, const char *format)
{
	static const struct ct_render_options look = { .width = 100, .verbose = 1 };
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf want = CT_STRBUF_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;

	ct_strbuf_addf(&path, GOLDEN "%s.%s", name, format);
	ct_explain_find(format)->write(&got, diagnosis, model, &look);
	if (getenv("CT_UPDATE_GOLDENS")) {
		spit(path.data, &got);
		return;
	}
	slurp(path.data, &want);
	CHECK_STR(got.data, want.data);
}

static void check_trace(const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct ct_diagnosis *diagnosis;
	struct ct_error err = { 0 };
	struct ct_trace *trace;
	struct ct_model *model;

	ct_strbuf_addf(&path, GOLDEN "%s.jsonl", name);
	trace = ct_trace_open(path.data, &err);
	CHECK_STR(err.text, "");
	model = ct_model_of_trace(trace);
	diagnosis = ct_diagnosis_new(model);
	for (int i = 0; ct_explain_formats[i]; i++)
		check(diagnosis, model, name, ct_explain_formats[i]->name);
	ct_diagnosis_free(diagnosis);
	ct_model_free(model);
	ct_trace_free(trace);
}

TEST(recorded_starts_are_explained_as_before)
{
	struct dirent **entries;
	int n = scandir(GOLDEN, &entries, NULL, alphasort), checked = 0;

	for (int i = 0; i < n; i++) {
		char *dot = strrchr(entries[i]->d_name, '.');

		if (dot && !strcmp(dot, ".jsonl")) {
			*dot = '\0';
			check_trace(entries[i]->d_name);
			checked++;
		}
		free(entries[i]);
	}
	free(entries);
	CHECK(checked > 0);
}
