/* SPDX-License-Identifier: MIT */
/* cttrace-pages TEMPLATE OUTPUT: copies a template, with its lines @NAME@ filled in. */
#include "output.h"
#include "pages.h"

#include <stdlib.h>
#include <string.h>

static const struct page_part *const parts[] = { &part_version, &part_synopsis,
						 &part_options, &part_commands,
						 &part_bash,    &part_zsh,
						 &part_fish,    NULL };

/* The part that `text` begins with; NULL: it begins with none. */
static const struct page_part *find(const char *text)
{
	for (size_t i = 0; parts[i]; i++) {
		size_t len = strlen(parts[i]->name);

		if (*text == '@' && !strncmp(text + 1, parts[i]->name, len) &&
		    text[len + 1] == '@')
			return parts[i];
	}
	return NULL;
}

static void fill(struct ct_strbuf *out, const char *text)
{
	while (*text) {
		const struct page_part *part = find(text);

		if (part) {
			part->write(out);
			text += strlen(part->name) + strlen("@@");
		} else {
			ct_strbuf_addc(out, *text++);
		}
	}
}

int main(int argc, char **argv)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct ct_error err = { 0 };
	char *line = NULL;
	size_t size = 0;
	FILE *in;

	if (argc != 3) {
		fputs("usage: cttrace-pages TEMPLATE OUTPUT\n", stderr);
		return EXIT_USAGE;
	}
	in = fopen(argv[1], "re");
	if (!in) {
		perror(argv[1]);
		return EXIT_USAGE;
	}
	while (getline(&line, &size, in) != -1)
		fill(&out, line);
	free(line);
	fclose(in);
	if (output_write(argv[2], out.data, out.len, &err)) {
		fprintf(stderr, "cttrace-pages: %s\n", err.text);
		return EXIT_USAGE;
	}
	return 0;
}
