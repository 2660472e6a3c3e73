/* SPDX-License-Identifier: MIT */
/* Reads the command line of an OCI runtime. */
#include "command.h"

#include <string.h>

static const struct {
	const char *name;
	enum command_verb verb;
	bool id_is_last; /* else the first word after the verb */
} verbs[] = {
	{ "create", COMMAND_CREATE, true },  { "run", COMMAND_CREATE, true },
	{ "restore", COMMAND_CREATE, true }, { "start", COMMAND_START, true },
	{ "delete", COMMAND_OTHER, true },   { "exec", COMMAND_EXEC, false },
	{ "state", COMMAND_OTHER, true },    { "kill", COMMAND_OTHER, false },
	{ "pause", COMMAND_OTHER, true },    { "resume", COMMAND_OTHER, true },
	{ "update", COMMAND_OTHER, true },   { "ps", COMMAND_OTHER, false },
	{ "events", COMMAND_OTHER, true },   { "checkpoint", COMMAND_OTHER, true },
};

/* Options of crun, runc and youki whose value is the next word. */
static const char *const valued[] = {
	"--root",
	"--log",
	"--log-format",
	"--log-level",
	"--criu",
	"--rootless",
	"--cgroup-manager",
	"--bundle",
	"-b",
	"--pid-file",
	"--console-socket",
	"--preserve-fds",
	"--config",
	"--process",
	"-p",
	"--cwd",
	"--env",
	"-e",
	"--user",
	"-u",
	"--cap",
	"-c",
	"--cgroup",
	"--apparmor",
	"--process-label",
};

static bool takes_value(const char *option)
{
	for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++)
		if (!strcmp(valued[i], option))
			return true;
	return false;
}

/* What follows the option's name in `arg`: "", "=VALUE", or more letters; NULL. */
static const char *behind(const char *arg, const char *option)
{
	while (*option && *arg == *option) {
		arg++;
		option++;
	}
	return *option ? NULL : arg;
}

const char *command_option(const struct ct_exec *exec, const char *option)
{
	for (size_t i = 1; i < exec->argc; i++) {
		const char *rest = behind(exec->argv[i], option);

		if (rest && *rest == '=')
			return rest + 1;
		if (rest && !*rest && i + 1 < exec->argc)
			return exec->argv[i + 1];
	}
	return NULL;
}

/* The next word from *i on that is neither an option nor an option's value; NULL. */
static const char *next_word(const struct ct_exec *exec, size_t *i)
{
	while (*i < exec->argc) {
		const char *arg = exec->argv[(*i)++];

		if (arg[0] != '-')
			return arg;
		if (takes_value(arg))
			++*i;
	}
	return NULL;
}

struct command command_parse(const struct ct_exec *exec)
{
	struct command command = { .bundle = "" };
	const char *bundle = command_option(exec, "--bundle");
	size_t i = 1, v = 0;
	const char *verb = next_word(exec, &i);

	while (verb && v < sizeof(verbs) / sizeof(verbs[0]) &&
	       strcmp(verbs[v].name, verb) != 0)
		v++;
	if (!verb || v == sizeof(verbs) / sizeof(verbs[0]))
		return command;
	command.verb = verbs[v].verb;
	command.id = next_word(exec, &i);
	if (verbs[v].id_is_last)
		for (const char *word = command.id; word; word = next_word(exec, &i))
			command.id = word;
	if (!bundle)
		bundle = command_option(exec, "-b");
	if (bundle)
		command.bundle = bundle;
	return command;
}
