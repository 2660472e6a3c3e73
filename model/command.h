/* SPDX-License-Identifier: MIT */
/* The command line that OCI runtimes share (runtime-tools' "command-line interface"). */
#ifndef CTTRACE_MODEL_COMMAND_H
#define CTTRACE_MODEL_COMMAND_H

#include "cttrace/model.h"

enum command_verb {
	COMMAND_NONE,
	COMMAND_CREATE, /* create, run, restore: makes a container */
	COMMAND_START,
	COMMAND_EXEC,  /* runs another program in an existing one */
	COMMAND_OTHER, /* state, kill, delete, …: works on an existing one */
};

struct command {
	enum command_verb verb;
	const char *id;     /* NULL: not given */
	const char *bundle; /* "": not given */
};

struct command command_parse(const struct ct_exec *exec);
/* The value of `option` in "option VALUE" or "option=VALUE"; NULL. */
const char *command_option(const struct ct_exec *exec, const char *option);

#endif
