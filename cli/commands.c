/* SPDX-License-Identifier: MIT */
/* The table of commands. */
#include "commands.h"

#include <string.h>

const struct command *const commands[] = {
	&command_trace, &command_render, &command_explain,
	&command_stats, &command_diff,   &command_import,
	&command_demo,  &command_check,  NULL
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; name && commands[i]; i++)
		if (commands[i]->name && !strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}
