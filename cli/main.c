/* SPDX-License-Identifier: MIT */
/* Finding the command, and saying what went wrong in one line. */
#include "commands.h"
#include "container.h"
#include "engine.h"

#include <string.h>
#include <unistd.h>

static int help(const struct command *command)
{
	printf("usage: %s\n%s\n\n", command->usage, command->summary);
	options_help(stdout, command->rows);
	if (command->name)
		return 0;
	puts("\nother commands (cttrace COMMAND --help):");
	for (size_t i = 1; commands[i]; i++)
		printf("  %-28s %s\n", commands[i]->name, commands[i]->summary);
	return 0;
}

int main(int argc, char **argv)
{
	const struct command *command = command_find(argv[1]);
	__attribute__((cleanup(options_release))) struct options options = {
		.depth = CT_DEPTH_OPTION_AUTO
	};
	struct ct_error err = { 0 };
	int status;

	/* _exit: this process is traced, and shows what it is without a tracer's exit
	 * handlers */
	if (argc && demo_is_container(argv[0]))
		_exit(ct_demo_main(argc, argv));
	if (command) {
		argc--;
		argv++;
	} else {
		command = commands[0];
	}
	status =
		options_parse(&options, command, argc, argv, &err) ? EXIT_USAGE : 0;
	if (!status && options.help)
		return help(command);
	if (!status && options.version) {
		puts("cttrace " CT_VERSION);
		return 0;
	}
	if (!status)
		status = command->run(&options, &err);
	if (err.code)
		fprintf(stderr, "cttrace: %s\n", err.text);
	/* results are on stdout: that they could not be written is a failure */
	if (fflush(stdout) && !status)
		status = EXIT_USAGE;
	return status;
}
