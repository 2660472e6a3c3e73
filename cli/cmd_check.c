/* SPDX-License-Identifier: MIT */
/* cttrace check: what this host lets it do, and what to do about the rest. */
#include "check.h"
#include "commands.h"
#include "common_rows.h"
#include "escape.h"
#include "json_out.h"
#include "output.h"

#include "cttrace/errno.h"
#include "cttrace/version.h"

#include <errno.h>
#include <string.h>

enum { CHECK_ALL, CHECK_LESS, CHECK_NOTHING }; /* the exit status */

static const char *const verdicts[] = {
	[CHECK_ALL] = "everything works",
	[CHECK_LESS] = "it works, with less",
	[CHECK_NOTHING] = "nothing can be traced here",
};

struct findings {
	struct ct_strbuf text, json_text;
	struct ct_json_out json;
	int status;
};

static void add_text(struct ct_strbuf *out, const struct ct_trial *trial, int error,
		     const char *said)
{
	ct_strbuf_addf(out, "%-4s %s", error ? "no" : "yes", trial->title);
	if (error && strcmp(said, "") == 0)
		ct_strbuf_addf(out, " (%s)", ct_errno_name(error));
	else if (*said) {
		ct_strbuf_adds(out, " (");
		ct_escape_terminal(out, said, strlen(said), false);
		ct_strbuf_addc(out, ')');
	}
	ct_strbuf_addc(out, '\n');
	if (error)
		ct_strbuf_addf(out, "       so:  %s\n       try: %s\n", trial->cost,
			       trial->remedy);
}

static void add_member(struct ct_json_out *json, const char *key, const char *text)
{
	ct_json_out_key(json, key);
	ct_json_out_text(json, text);
}

static void add_json(struct ct_json_out *json, const struct ct_trial *trial, int error,
		     const char *said)
{
	ct_json_out_open(json, '{');
	add_member(json, "name", trial->name);
	add_member(json, "title", trial->title);
	ct_json_out_key(json, "works");
	ct_json_out_word(json, error ? "false" : "true");
	ct_json_out_key(json, "required");
	ct_json_out_word(json, trial->need == CT_CHECK_MUST ? "true" : "false");
	if (*said)
		add_member(json, "details", said);
	if (error) {
		add_member(json, "error", ct_errno_name(error));
		add_member(json, "cost", trial->cost);
		add_member(json, "remedy", trial->remedy);
	}
	ct_json_out_close(json, '}');
}

static void try_all(struct findings *findings)
{
	for (const struct ct_trial *trial = ct_trials; trial->name; trial++) {
		CT_CLEANUP_STRBUF struct ct_strbuf said = CT_STRBUF_INIT;
		int error = ct_trial_run(trial, &said), status;

		status = !error                         ? CHECK_ALL
			 : trial->need == CT_CHECK_MUST ? CHECK_NOTHING
							: CHECK_LESS;
		if (status > findings->status)
			findings->status = status;
		add_text(&findings->text, trial, error, said.data);
		add_json(&findings->json, trial, error, said.data);
	}
}

static int run(const struct options *options, struct ct_error *err)
{
	struct findings findings = { .text = CT_STRBUF_INIT,
				     .json_text = CT_STRBUF_INIT };
	struct ct_json_out *json = &findings.json;
	bool as_json = options->format && !strcmp(options->format, "json");
	struct ct_strbuf *out = as_json ? &findings.json_text : &findings.text;

	if (options->n_args ||
	    (options->format && !as_json && strcmp(options->format, "text") != 0)) {
		ct_error_set(err, EINVAL,
			     options->n_args ? "check takes no arguments"
					     : "check has the formats text and json");
		return EXIT_USAGE;
	}
	json->text = &findings.json_text;
	ct_json_out_open(json, '{');
	add_member(json, "schema", "cttrace-check/1");
	add_member(json, "cttrace", ct_version());
	ct_json_out_key(json, "trials");
	ct_json_out_open(json, '[');
	try_all(&findings);
	ct_json_out_close(json, ']');
	add_member(json, "verdict", verdicts[findings.status]);
	ct_json_out_close(json, '}');
	ct_strbuf_addc(&findings.json_text, '\n');
	ct_strbuf_addf(&findings.text, "%s\n", verdicts[findings.status]);
	if (output_write("-", out->data, out->len, err))
		findings.status = EXIT_USAGE;
	ct_strbuf_release(&findings.text);
	ct_strbuf_release(&findings.json_text);
	return findings.status;
}

static const char *const words[] = { "text", "json", NULL };

static const struct option_row rows[] = {
	{ 'f', "format", "FORMAT", "text (default), json", OPTION_STRING,
	  OPTION_AT(format), 0, 0, words },
	HELP_ROWS,
	{ 0 },
};

const struct command command_check = {
	.name = "check",
	.usage = "cttrace check [OPTIONS]",
	.summary = "what this host allows: exit 0 all, 1 some, 2 none",
	.no_args = true,
	.rows = rows,
	.run = run,
};
