/* SPDX-License-Identifier: MIT */
/* This machine's cache, as ldconfig(8) prints it; and tables that are cut off. */
#include "ldcache.h"

#include "cttrace/strbuf.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void slurp(struct ct_strbuf *text, const char *path)
{
	FILE *in = fopen(path, "r");
	char buffer[4096];
	size_t n;

	CHECK(in != NULL);
	while ((n = fread(buffer, 1, sizeof(buffer), in)) > 0)
		ct_strbuf_add(text, buffer, n);
	fclose(in);
}

TEST(every_entry_is_found_as_ldconfig_prints_it)
{
	CT_CLEANUP_STRBUF struct ct_strbuf cache = CT_STRBUF_INIT;
	FILE *out = popen("PATH=$PATH:/sbin:/usr/sbin ldconfig -p", "r");
	char *line = NULL;
	size_t cap = 0;
	int n = 0;

	CHECK(out != NULL);
	slurp(&cache, "/etc/ld.so.cache");
	while (getline(&line, &cap, out) > 0) {
		struct ct_bytes bytes = { (const uint8_t *)cache.data, cache.len };
		char *arrow = strstr(line, " => "), *name = line + 1;
		const char *path = NULL;
		uint64_t at = 0;

		if (*line != '\t' || !arrow)
			continue;
		name[strcspn(name, " ")] = '\0';
		arrow[strcspn(arrow, "\n")] = '\0';
		do
			path = ct_ldcache_next(bytes, name, &at);
		while (path && strcmp(path, arrow + 4) != 0);
		CHECK_STR(path ? path : "", arrow + 4);
		n++;
	}
	free(line);
	CHECK_INT(pclose(out), 0);
	CHECK(n > 10);
}

TEST(a_cache_that_is_cut_off_has_no_further_entries)
{
	CT_CLEANUP_STRBUF struct ct_strbuf cache = CT_STRBUF_INIT;

	slurp(&cache, "/etc/ld.so.cache");
	for (size_t len = 0; len < cache.len; len += len < 200 ? 1 : 997) {
		struct ct_bytes bytes = { (const uint8_t *)cache.data, len };
		uint64_t at = 0;

		while (ct_ldcache_next(bytes, "libc.so.6", &at))
			;
	}
}
