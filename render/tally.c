/* SPDX-License-Identifier: MIT */
/* Counting words. */
#include "tally.h"

#include "alloc.h"

#include <stdlib.h>
#include <string.h>

/* No line shows as many; the search for a word is linear. */
#define TALLY_MAX 200

void ct_tally_add(struct ct_tally *tally, const char *word)
{
	if (!*word)
		return;
	for (size_t i = 0; i < tally->n; i++)
		if (!strcmp(tally->rows[i].word, word)) {
			tally->rows[i].count++;
			return;
		}
	if (tally->n == TALLY_MAX) {
		tally->more = true;
		return;
	}
	(void)ct_push(tally->rows, tally->n, tally->cap);
	tally->rows[tally->n - 1].word = ct_strdup(word);
	tally->rows[tally->n - 1].count = 1;
}

void ct_tally_print(const struct ct_tally *tally, struct ct_strbuf *out,
		    const char *separator, bool counts)
{
	for (size_t i = 0; i < tally->n; i++) {
		if (i)
			ct_strbuf_adds(out, separator);
		ct_strbuf_adds(out, tally->rows[i].word);
		if (counts && tally->rows[i].count > 1)
			ct_strbuf_addf(out, " ×%zu", tally->rows[i].count);
	}
	if (tally->more)
		ct_strbuf_addf(out, "%s…", separator);
}

void ct_tally_release(struct ct_tally *tally)
{
	for (size_t i = 0; i < tally->n; i++)
		free(tally->rows[i].word);
	free(tally->rows);
	*tally = (struct ct_tally){ 0 };
}
