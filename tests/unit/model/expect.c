/* SPDX-License-Identifier: MIT */
/* Runs a script and compares the description of its model. */
#include "expect.h"

#include "describe.h"
#include "script.h"
#include "test.h"

typedef void describe_fn(struct ct_strbuf *out, const struct ct_model *model);

static void containers(struct ct_strbuf *out, const struct ct_model *model)
{
	describe_processes(out, model);
	describe_containers(out, model);
}

static void expect(const char *text, const char *want, describe_fn *fn)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct script *script = script_run(text);

	fn(&got, script->model);
	CHECK_STR(got.data, want);
	script_free(script);
}

void expect_containers(const char *script, const char *want)
{
	expect(script, want, containers);
}

void expect_phases(const char *script, const char *want)
{
	expect(script, want, describe_phases);
}

void expect_findings(const char *script, const char *want)
{
	expect(script, want, describe_findings);
}
