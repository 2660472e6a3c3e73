/* SPDX-License-Identifier: MIT */
/* Formats and views by name, and what holds for every picture of any model. */
#include "build.h"
#include "cells.h"
#include "cttrace/render.h"
#include "test.h"

#include <errno.h>
#include <jansson.h>

TEST(formats_are_found_by_name)
{
	CHECK(ct_render_find("ascii") == ct_render_formats[0]);
	CHECK(!ct_render_find("png"));
}

TEST(an_unknown_view_is_an_error_that_names_the_views)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options options = { .view = "pie" };
	struct ct_error err = { 0 };
	struct build b;

	build_ls(&b);
	CHECK_INT(ct_render(&out, ct_render_find("ascii"), &b.model, &options, &err),
		  -EINVAL);
	CHECK(strstr(err.text, "timeline, phases, tree, namespaces"));
	memset(&err, 0, sizeof(err));
	CHECK_INT(ct_render(&out, ct_render_find("json"), &b.model, &options, &err),
		  -EINVAL);
	CHECK(strstr(err.text, "no views"));
	CHECK_INT(out.len, 0);
	build_release(&b);
}

/* One line: at most so wide, and nothing that steers a terminal but colours. */
static void check_line(const char *line, size_t len,
		       const struct ct_render_options *options)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;

	for (size_t i = 0; i < len; i++) {
		if (options->color && line[i] == '\033') {
			size_t m = strcspn(line + i, "m");

			CHECK_INT(strspn(line + i + 1, "[0123456789;"), m - 1);
			i += m;
			continue;
		}
		CHECK((unsigned char)line[i] >= 0x20 && line[i] != 0x7f);
		CHECK(!options->ascii || !(line[i] & 0x80));
		ct_strbuf_addc(&text, line[i]);
	}
	if (ct_cells(text.data, text.len) > options->width)
		test_fail(__FILE__, __LINE__, "wider than %d: %s", options->width,
			  text.data);
}

static void check_picture(const struct ct_model *model,
			  const struct ct_render_options *options)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	const char *line;

	CHECK_INT(ct_render(&out, ct_render_find("ascii"), model, options, NULL), 0);
	CHECK(out.len && out.data[out.len - 1] == '\n');
	CHECK_INT(strlen(out.data), out.len);
	for (line = out.data; *line; line += strcspn(line, "\n") + 1)
		check_line(line, strcspn(line, "\n"), options);
}

static void check_widths(const struct ct_model *model, int step)
{
	static const char *const views[] = { "timeline", "tree",   "namespaces",
					     "phases",   "mounts", "isolation",
					     "asked" };

	for (int width = 40; width <= 200; width += step)
		for (int kind = 0; kind < 7 * 12; kind++) {
			struct ct_render_options options = {
				.view = views[kind % 7],
				.width = width,
				.color = kind / 7 % 2,
				.ascii = kind / 14 % 2,
				.verbose = kind / 28,
			};

			check_picture(model, &options);
		}
}

static void check_dot(const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options options = { 0 };
	bool quoted = false;
	int braces = 0;

	CHECK_INT(ct_render(&out, ct_render_find("dot"), model, &options, NULL), 0);
	for (size_t i = 0; i < out.len; i++) {
		if (quoted && out.data[i] == '\\') {
			i++;
			continue;
		}
		if (out.data[i] == '"')
			quoted = !quoted;
		CHECK(!quoted || out.data[i] != '\n');
		if (!quoted)
			braces += (out.data[i] == '{') - (out.data[i] == '}');
		CHECK(braces >= 0);
	}
	CHECK(!quoted);
	CHECK_INT(braces, 0);
}

static json_t *report_of(const struct ct_model *model)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_render_options options = { 0 };
	json_error_t error;
	json_t *report;

	CHECK_INT(ct_render(&out, ct_render_find("json"), model, &options, NULL), 0);
	report = json_loadb(out.data, out.len, JSON_REJECT_DUPLICATES, &error);
	if (!report)
		test_fail(__FILE__, __LINE__, "not JSON: %s", error.text);
	return report;
}

static void check_all(void (*build)(struct build *))
{
	struct build b;

	build(&b);
	check_widths(&b.model, 13);
	check_dot(&b.model);
	json_decref(report_of(&b.model));
	build_release(&b);
}

TEST(pictures_of_a_start_fit_any_width)
{
	check_all(build_podman);
}

TEST(pictures_of_a_failure_fit_any_width)
{
	check_all(build_failed);
}

TEST(pictures_of_a_hostile_trace_are_harmless)
{
	check_all(build_hostile);
}

TEST(pictures_of_a_daemon_fit_any_width)
{
	check_all(build_attached);
	check_all(build_hang);
}

/* However narrow the screen: which call failed may be cut, how it failed may not. */
TEST(the_error_of_a_failed_call_is_never_cut)
{
	struct build b;

	build_failed(&b);
	for (int width = 60; width < 200; width += 7)
		for (int verbose = 0; verbose < 3; verbose++) {
			CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
			struct ct_render_options options = { .width = width,
							     .verbose = verbose };

			CHECK_INT(ct_render(&out, ct_render_find("ascii"), &b.model,
					    &options, NULL),
				  0);
			CHECK(strstr(out.data, "= EPERM"));
			CHECK(!verbose || strstr(out.data, "= ENOENT"));
		}
	build_release(&b);
}

static void build_nothing(struct build *b)
{
	build_init(b, "");
	b->model.root = -1;
}

TEST(an_empty_trace_can_be_drawn)
{
	check_all(build_nothing);
}

static void build_gap_only(struct build *b)
{
	build_nothing(b);
	build_note(b, CT_EVENT_GAP, 5, "records", 3);
	b->model.complete = false;
}

TEST(a_trace_of_one_event_can_be_drawn)
{
	check_all(build_gap_only);
}

TEST(pictures_of_random_models_fit_any_width)
{
	for (uint32_t seed = 1; seed <= 8; seed++) {
		struct build b;

		build_random(&b, seed);
		check_widths(&b.model, 53);
		check_dot(&b.model);
		json_decref(report_of(&b.model));
		build_release(&b);
	}
}

TEST(the_report_has_the_names_that_consumers_rely_on)
{
	struct build b;
	json_t *report, *container, *process;

	build_podman(&b);
	report = report_of(&b.model);
	CHECK_STR(json_string_value(json_object_get(report, "schema")),
		  "cttrace-report/1");
	CHECK_INT(json_integer_value(
			  json_object_get(json_object_get(report, "exit"), "status")),
		  0);
	CHECK_INT(json_array_size(json_object_get(report, "events")), b.model.n_facts);
	container = json_array_get(json_object_get(report, "containers"), 0);
	CHECK_STR(
		json_string_value(json_object_get(
			json_object_get(json_object_get(container, "namespaces"), "mnt"),
			"how")),
		"clone");
	CHECK_STR(json_string_value(
			  json_object_get(json_object_get(container, "payload"), "path")),
		  "/hello");
	CHECK_INT(json_array_size(json_object_get(
			  json_object_get(container, "capabilities"), "effective")),
		  __builtin_popcountll(b.model.containers[0].caps.effective));
	process = json_array_get(json_object_get(report, "processes"), 1);
	CHECK_INT(json_integer_value(
			  json_object_get(json_object_get(process, "creator"), "pid")),
		  6422);
	json_decref(report);
	build_release(&b);
}

TEST(the_report_tells_a_signal_from_a_status)
{
	struct build b;
	json_t *report;

	build_ls(&b);
	b.model.exit = (struct ct_event_exit){ .status = -1, .signal = 9 };
	report = report_of(&b.model);
	CHECK_STR(json_string_value(
			  json_object_get(json_object_get(report, "exit"), "signal")),
		  "SIGKILL");
	json_decref(report);
	build_release(&b);
}
