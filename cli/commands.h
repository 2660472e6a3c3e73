/* SPDX-License-Identifier: MIT */
/* The commands; each is a file with one of these. */
#ifndef CTTRACE_CLI_COMMANDS_H
#define CTTRACE_CLI_COMMANDS_H

#include "options.h"

#include <stdbool.h>

#define EXIT_USAGE      125 /* and everything that is cttrace's own failure, as env(1) */
#define EXIT_CANNOT_RUN 126
#define EXIT_NOT_FOUND  127

extern const struct command command_trace, command_render, command_explain, command_stats,
	command_diff, command_import, command_demo, command_check;

/* All of them, tracing (which has no name) first; ends with NULL. */
extern const struct command *const commands[];
const struct command *command_find(const char *name); /* NULL: there is none */

/* Traces a program (NULL: argv[0]) with these options; the exit status. */
int trace_command(const struct options *options, const char *program, char *const *argv,
		  struct ct_error *err);

/* Records the processes of -p and --exec-name; the exit status. */
int attach_command(const struct options *options, struct ct_error *err);

/* Was the program started under a name of the demo's container? */
bool demo_is_container(const char *argv0);

#endif
