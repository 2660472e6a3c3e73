/* SPDX-License-Identifier: MIT */
/* A container runtime small enough to read in one sitting; `cttrace demo` traces it. */
#ifndef SAMPLES_CONTAINER_H
#define SAMPLES_CONTAINER_H

#include <stdbool.h>

/*
 * Runs argv[1…] in a container; without a command, the built-in payload. Returns the exit
 * status: the command's own, 128+N when signal N ended it, 126 or 127 when it could not
 * be executed, 125 when the container could not be made (one line on stderr says why).
 *
 * The built-in payload is a copy of the running program under the name "hello": a program
 * that links this must call ct_demo_main() first thing in main() if ct_demo_is_payload().
 */
int ct_demo_main(int argc, char **argv);
bool ct_demo_is_payload(const char *argv0);

#endif
