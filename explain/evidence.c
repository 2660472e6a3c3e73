/* SPDX-License-Identifier: MIT */
/* How sure one can be of a pair, and by what. */
#include "candidate.h"

const char *evidence_words(unsigned int agree, struct ct_arena *arena)
{
	static const char *const words[EVIDENCES] = {
		[EVIDENCE_ERRNO] = "the errno",    [EVIDENCE_NAME] = "a name",
		[EVIDENCE_VERB] = "the operation", [EVIDENCE_TASK] = "the process",
		[EVIDENCE_TIME] = "the time",      [EVIDENCE_END] = "how it ended",
	};
	const char *text = "";

	for (int i = 0; i < EVIDENCES; i++)
		if (agree & 1u << i)
			text = ct_arena_printf(arena, "%s%s%s", text, *text ? ", " : "",
					       words[i]);
	return text;
}

enum ct_sure evidence_sure(const struct pairs *pairs, size_t index)
{
	const struct pair *pair = &pairs->items[index];
	bool close =
		index + 1 < pairs->n && pairs->items[index + 1].points + 3 > pair->points;
	int kinds = __builtin_popcount(pair->agree);
	bool subject = pair->agree & EVIDENCE_SUBJECT;
	bool error = pair->agree & 1u << EVIDENCE_ERRNO;

	if (error && subject && kinds >= 4 && !close)
		return CT_SURE_HIGH;
	return error && subject && kinds >= 3 ? CT_SURE_MEDIUM : CT_SURE_LOW;
}
