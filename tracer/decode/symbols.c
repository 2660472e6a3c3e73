/* SPDX-License-Identifier: MIT */
/* One sorted array of all names. */
#include "symbols.h"

#include "alloc.h"
#include "names.h"

#include "cttrace/errno.h"
#include "cttrace/signal.h"

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/seccomp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

#define ERRORS  4096 /* one more than the largest */
#define SIGNALS 65

struct symbol {
	const char *name;
	uint64_t value;
};

struct ct_symbols {
	struct symbol *rows;
	size_t n_rows, cap_rows;
};

static const struct ct_names *const tables[] = {
#define TABLE(table) &ct_names_##table,
#define FLAG(name)
#define BITS(name, mask)
#define VALUE(name, number)
#define END(table)
#include "flags.def"
#undef TABLE
#undef FLAG
#undef BITS
#undef VALUE
#undef END
};

static void add(struct ct_symbols *symbols, const char *name, uint64_t value)
{
	if (*name != '?')
		*ct_push(symbols->rows, symbols->n_rows, symbols->cap_rows) =
			(struct symbol){ name, value };
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct symbol *)a)->name, ((const struct symbol *)b)->name);
}

struct ct_symbols *ct_symbols_new(void)
{
	struct ct_symbols *symbols = ct_alloc(sizeof(*symbols));

	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++)
		for (size_t i = 0; i < tables[t]->count; i++)
			add(symbols, tables[t]->names[i].name, tables[t]->names[i].value);
	for (int error = 1; error < ERRORS; error++)
		add(symbols, ct_errno_name(error), (uint64_t)error);
	for (int signal = 1; signal < SIGNALS; signal++)
		add(symbols, ct_signal_name(signal), (uint64_t)signal);
#define SYMBOL(name) add(symbols, #name, (uint64_t)(int64_t)(name));
#include "symbols.def"
#undef SYMBOL
#define MESSAGE(protocol, type, header, attributes) add(symbols, #type, type);
#define NFT_MESSAGE(message, attributes)            add(symbols, #message, message);
#include "netlink.def"
#undef MESSAGE
#undef NFT_MESSAGE
	add(symbols, "RLIM_INFINITY", UINT64_MAX);
	add(symbols, "RLIM64_INFINITY", UINT64_MAX);
	/* of PR_SET_DUMPABLE, in no header that programs have */
	add(symbols, "SUID_DUMP_DISABLE", 0);
	add(symbols, "SUID_DUMP_USER", 1);
	add(symbols, "SUID_DUMP_ROOT", 2);
	qsort(symbols->rows, symbols->n_rows, sizeof(*symbols->rows), by_name);
	return symbols;
}

static int compare(struct ct_span name, const char *row)
{
	size_t len = ct_span_len(name);
	int order = strncmp(name.at, row, len);

	return order ? order : -(row[len] != '\0');
}

bool ct_symbols_find(const struct ct_symbols *symbols, struct ct_span name,
		     uint64_t *value)
{
	size_t low = 0, high = symbols->n_rows;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare(name, symbols->rows[middle].name);

		if (order == 0) {
			*value = symbols->rows[middle].value;
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

void ct_symbols_free(struct ct_symbols *symbols)
{
	if (symbols)
		free(symbols->rows);
	free(symbols);
}
