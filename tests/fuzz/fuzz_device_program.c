/* SPDX-License-Identifier: MIT */
/* Any bytes as a device program: each rule is what the program answers. */
/* links: ct_devices */
#include "fuzz.h"

#include "device_program.h"

#include <stdlib.h>

#define LEN_MAX 2048 /* a run is as long as the program, and there are many */

static void check(const struct ct_device_rule *rule, const uint8_t *bytes, size_t size)
{
	struct ct_device_question q = { .block = rule->block,
					.major = (uint32_t)rule->major,
					.minor = (uint32_t)rule->minor };

	if (rule->major < 0 || rule->minor < 0)
		return;
	for (q.access = 1; q.access < CT_DEVICE_ACCESSES; q.access <<= 1)
		if (rule->access & q.access &&
		    ct_device_ask(bytes, size, &q) != !rule->deny)
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_device_rules rules;

	if (size > LEN_MAX)
		size = LEN_MAX;
	rules = ct_device_rules_of(bytes, size, &arena);
	for (size_t i = 0; i < rules.n; i++)
		check(&rules.items[i], bytes, size);
	ct_arena_release(&arena);
	return 0;
}
