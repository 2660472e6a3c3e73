/* SPDX-License-Identifier: MIT */
/* Knows runtimes by their names, and by the option that the specification gives them. */
#include "command_line.h"

#include <string.h>

/* Programs that speak the command line of an OCI runtime. Others are found by what they
 * do. */
static const char *const runtimes[] = { "crun",    "runc",
					"youki",   "runsc",
					"krun",    "kata-runtime",
					"railcar", "nvidia-container-runtime" };

/* Its commands that lead to a payload. The others (delete, state, kill …) run on the
 * filter. The first ones make a container of a bundle. */
static const char *const creating[] = { "create", "run", "restore" };
static const char *const building[] = { "start", "exec", "init" };

static bool is_one_of(const char *word, size_t len, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(words[i]) == len && !memcmp(word, words[i], len))
			return true;
	return false;
}

#define IS_ONE_OF(word, len, words) \
	is_one_of(word, len, words, sizeof(words) / sizeof(*(words)))

static bool is_runtime_name(const char *path, size_t len)
{
	const char *slash = memrchr(path, '/', len);
	const char *name = slash ? slash + 1 : path;

	return IS_ONE_OF(name, len - (size_t)(name - path), runtimes);
}

static const struct ct_blob *argv_of(const struct ct_record *rec)
{
	const struct ct_blob *blob = NULL;

	while ((blob = ct_record_next(rec, blob)))
		if (blob->kind == CT_BLOB_STRV)
			return blob;
	return NULL;
}

/* What follows the option in its word: "" or "=VALUE"; NULL: it is another word. */
static const char *behind(const char *word, size_t len, const char *option)
{
	size_t n = strlen(option);

	if (len < n || memcmp(word, option, n) != 0 || (len > n && word[n] != '='))
		return NULL;
	return word + n;
}

/* Takes "--bundle DIR", "--bundle=DIR", "-b DIR". */
static void read_bundle(struct ct_command_line *line, const char *word, size_t len,
			const char *end)
{
	const char *rest = behind(word, len, "--bundle");

	line->says_bundle |= rest != NULL;
	if (!rest)
		rest = behind(word, len, "-b");
	if (!rest || line->bundle)
		return;
	line->bundle = rest + 1; /* behind "=", or behind the NUL */
	if (line->bundle > end)
		line->bundle = end;
	line->bundle_len = rest < word + len
				   ? (size_t)(word + len - line->bundle)
				   : strnlen(line->bundle, (size_t)(end - line->bundle));
}

bool ct_command_line_read(struct ct_command_line *line, const struct ct_record *rec)
{
	const struct ct_blob *exe = ct_record_find(rec, CT_BLOB_EXE, CT_BLOB_TASK);
	const struct ct_blob *argv = argv_of(rec);
	const char *word, *end;

	*line = (struct ct_command_line){ 0 };
	if (!argv)
		return false;
	word = ct_blob_bytes(argv);
	end = word + argv->len;
	line->named = is_runtime_name(word, strnlen(word, argv->len)) ||
		      (exe && is_runtime_name(ct_blob_bytes(exe), exe->len));
	for (size_t len; word < end; word += len + 1) {
		len = strnlen(word, (size_t)(end - word));
		line->creates |= IS_ONE_OF(word, len, creating);
		line->builds |= line->creates || IS_ONE_OF(word, len, building);
		read_bundle(line, word, len, end);
	}
	return true;
}
