/* SPDX-License-Identifier: MIT */
/* Any bytes as what the engine looks into before it is decoded: a record with a command
 * line, a path, the first bytes of a program, a status of wait(2). */
/* links: ct_kernel */
#include "fuzz.h"

#include "cgroup_move.h"
#include "command_line.h"
#include "interpreter.h"
#include "magic.h"
#include "stop.h"

#include <stdlib.h>
#include <string.h>

static void look_at_head(const char *bytes, size_t len)
{
	char name[CT_INTERPRETER_MAX];

	if (!ct_interpreter_find(name, bytes, len) &&
	    (!*name || strnlen(name, sizeof(name)) == sizeof(name)))
		abort();
	if (ct_magic_prefix(bytes, len) > len)
		abort();
}

static void look_at_record(const uint8_t *data, size_t size)
{
	struct ct_command_line line;
	struct ct_record *rec;
	int32_t pid;

	size &= ~(size_t)7;
	if (size < sizeof(*rec))
		return;
	rec = malloc(size);
	if (!rec)
		return;
	memcpy(rec, data, size);
	/* the one thing that the reader of records has made sure of */
	rec->size = (uint32_t)size;
	if (ct_command_line_read(&line, rec) && line.bundle &&
	    (line.bundle < (char *)rec ||
	     line.bundle + line.bundle_len > (char *)rec + size))
		abort();
	ct_record_moves(rec, &pid);
	free(rec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int status = 0;

	memcpy(&status, data, size < sizeof(status) ? size : sizeof(status));
	ct_stop_classify(status);
	look_at_head((const char *)data, size);
	look_at_record(data, size);
	return 0;
}
