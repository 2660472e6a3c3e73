/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target without a fuzzer: every file of a folder, and mutations of each. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUTATIONS 500
#define MAX_EDITS 4

struct input {
	uint8_t *bytes;
	size_t len, cap;
};

static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void flip_bit(struct input *in, size_t at, uint64_t random)
{
	in->bytes[at] ^= (uint8_t)(1u << random % 8);
}

static void set_byte(struct input *in, size_t at, uint64_t random)
{
	static const uint8_t telling[] = { 0,    1,    0x7f, 0x80, 0xff, '"',
					   '\\', '\n', '9',  '-',  '{' };

	in->bytes[at] = telling[random % sizeof(telling)];
}

static void cut_end(struct input *in, size_t at, uint64_t random)
{
	(void)random;
	in->len = at;
}

static void remove_some(struct input *in, size_t at, uint64_t random)
{
	size_t n = random % (in->len - at);

	memmove(in->bytes + at, in->bytes + at + n, in->len - at - n);
	in->len -= n;
}

static void repeat_some(struct input *in, size_t at, uint64_t random)
{
	size_t n = random % (in->len - at);

	if (n > in->cap - in->len)
		return;
	memmove(in->bytes + at + n, in->bytes + at, in->len - at);
	in->len += n;
}

static void mutate(struct input *in, uint64_t *seed)
{
	static void (*const edits[])(struct input *, size_t, uint64_t) = {
		flip_bit, set_byte, cut_end, remove_some, repeat_some,
	};
	uint64_t n = 1 + next_random(seed) % MAX_EDITS;

	for (; n && in->len; n--) {
		uint64_t edit = next_random(seed) % (sizeof(edits) / sizeof(edits[0]));
		size_t at = next_random(seed) % in->len;

		edits[edit](in, at, next_random(seed));
	}
}

/* In memory of just the right size, so that a byte too many is seen. */
static void run(const struct input *in)
{
	uint8_t *exact = malloc(in->len ? in->len : 1);

	memcpy(exact, in->bytes, in->len);
	LLVMFuzzerTestOneInput(exact, in->len);
	free(exact);
}

static void run_with_mutations(const struct input *original)
{
	struct input in = { malloc(original->len * 2 + 1), 0, original->len * 2 + 1 };

	for (uint64_t i = 0; i < MUTATIONS; i++) {
		uint64_t seed = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);

		memcpy(in.bytes, original->bytes, original->len);
		in.len = original->len;
		mutate(&in, &seed);
		run(&in);
	}
	run(original);
	free(in.bytes);
}

/* All of it: a seed may hold any byte. */
static void read_all(struct input *in, FILE *file)
{
	size_t n;

	do {
		in->cap = in->cap * 2 + 4096;
		in->bytes = realloc(in->bytes, in->cap);
		n = fread(in->bytes + in->len, 1, in->cap - in->len, file);
		in->len += n;
	} while (n > 0 && in->len == in->cap);
}

static int run_file(const char *dir, const char *name)
{
	struct input in = { 0 };
	char *path;
	FILE *file;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return -1;
	puts(path);
	fflush(stdout); /* the last one that is seen is the one that crashed */
	file = fopen(path, "re");
	free(path);
	if (!file)
		return -1;
	read_all(&in, file);
	fclose(file);
	run_with_mutations(&in);
	free(in.bytes);
	return 0;
}

int main(int argc, char **argv)
{
	struct dirent *entry;
	int seeds = 0, failed = 0;
	DIR *dir;

	if (argc != 2 || !(dir = opendir(argv[1]))) {
		fprintf(stderr, "usage: %s FOLDER-OF-SEEDS\n", argv[0]);
		return 2;
	}
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.') {
			seeds++;
			failed += run_file(argv[1], entry->d_name) < 0;
		}
	closedir(dir);
	printf("%d seeds, %d mutations of each\n", seeds, MUTATIONS);
	return !seeds || failed;
}
