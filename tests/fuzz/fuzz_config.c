/* SPDX-License-Identifier: MIT */
/* Any bytes as a bundle's config.json, beside a container that was made. */
/* links: ct_model */
#include "fuzz.h"

#include "cttrace/model.h"

#include <stdlib.h>
#include <string.h>

enum { EVENTS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *argv[] = { "crun", "run", "-b", "/b", "web" };
	static struct ct_trace_header header = { .version = 1 };
	struct ct_task_id crun = { 10, 1 }, init = { 11, 2 };
	struct ct_bundle bundle = { .path = "/b/config.json", .n_config = size };
	struct ct_state state = { .have = CT_STATE_STATUS, .of = init, .comm = "x" };
	struct ct_event events[EVENTS] = {
		{ .kind = CT_EVENT_TASK, .task = crun, .birth = { .pid = 10 } },
		{ .kind = CT_EVENT_EXEC,
		  .task = crun,
		  .bundle = &bundle,
		  .exec = { "execve", "/usr/bin/crun", "/usr/bin/crun", argv, 5 } },
		{ .kind = CT_EVENT_TASK,
		  .task = init,
		  .birth = { 11, crun, CT_BIRTH_CLONE, 0x20020000 } },
		{ .kind = CT_EVENT_EXEC,
		  .task = init,
		  .state = &state,
		  .exec = { "execve", "/bin/x", "/bin/x", argv, 1 } },
	};
	struct ct_model *model = ct_model_new(&header);
	/* the parser must not look behind the end */
	char *copy = malloc(size + 1);

	memcpy(copy, data, size);
	bundle.config = copy;
	for (int i = 0; i < EVENTS; i++)
		ct_model_feed(model, &events[i]);
	ct_model_finish(model, NULL);
	for (size_t i = 0; i < model->n_containers; i++)
		for (size_t j = 0; j < model->containers[i].n_asked; j++)
			if (!model->containers[i].asked[j].done ||
			    model->containers[i].asked[j].event >= EVENTS)
				abort();
	ct_model_free(model);
	free(copy);
	return 0;
}
