/* SPDX-License-Identifier: MIT */
/* cttrace demo: traces the mini container that is built in; needs no runtime and no
 * image. */
#include "commands.h"
#include "common_rows.h"
#include "container.h"

#include <errno.h>
#include <string.h>

#define DEMO_NAME "mini-container"

bool demo_is_container(const char *argv0)
{
	return !strcmp(argv0, DEMO_NAME) || ct_demo_is_payload(argv0);
}

/* cttrace executes itself under another name, so that the demo needs no second file. */
static int run(const struct options *options, struct ct_error *err)
{
	char name[] = DEMO_NAME, *argv[] = { name, NULL };

	if (options->n_args) {
		ct_error_set(err, EINVAL, "demo takes no arguments");
		return EXIT_USAGE;
	}
	return trace_command(options, "/proc/self/exe", argv, err);
}

static const struct option_row rows[] = { TRACE_ROWS, RENDER_ROWS, HELP_ROWS, { 0 } };

const struct command command_demo = {
	.name = "demo",
	.usage = "cttrace demo [OPTIONS]",
	.summary = "trace a mini container that is built in",
	.no_args = true,
	.rows = rows,
	.run = run,
};
