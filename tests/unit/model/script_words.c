/* SPDX-License-Identifier: MIT */
/* Words, keys and flags of a script's line. */
#include "script_reader.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>

char *script_decode(char *word)
{
	char *out = word;

	if (!strcmp(word, "-"))
		*word = '\0';
	for (char *in = word; *in; in++) {
		if (in[0] == '\\' && in[1] == 'n') {
			*out++ = '\n';
			in++;
		} else {
			*out = *in;
			if (*out == '~')
				*out = ' ';
			out++;
		}
	}
	*out = '\0';
	return word;
}

const char *script_key(const struct reader *r, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 2; i < r->n_words; i++)
		if (!strncmp(r->words[i], name, len) && r->words[i][len] == ':')
			return r->words[i] + len + 1;
	return NULL;
}

static bool is_key(const char *word)
{
	static const char *const keys[] = { "ns:",  "cg:",   "of:",   "nspid:", "caps:",
					    "nnp:", "ppid:", "comm:", "from:",  "err:",
					    "ret:", "dur:",  "exe:" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (!strncmp(word, keys[i], strlen(keys[i])))
			return true;
	return false;
}

/* The i-th word behind the verb that is no key; NULL. */
char *script_word(const struct reader *r, size_t i)
{
	for (size_t w = 2; w < r->n_words; w++)
		if (!is_key(r->words[w]) && !i--)
			return r->words[w];
	return NULL;
}

int64_t script_number(const struct reader *r, size_t i)
{
	const char *text = script_word(r, i);

	if (!text)
		script_refuse(r, "a number is missing");
	return strtoll(text, NULL, 0);
}

int64_t script_key_number(const struct reader *r, const char *name, int64_t fallback)
{
	const char *text = script_key(r, name);

	return text ? strtoll(text, NULL, 0) : fallback;
}

static uint64_t flag_value(const char *name, size_t len)
{
	static const struct {
		const char *name;
		uint64_t value;
	} flags[] = {
		{ "NEWNS", CLONE_NEWNS },
		{ "NEWPID", CLONE_NEWPID },
		{ "NEWNET", CLONE_NEWNET },
		{ "NEWIPC", CLONE_NEWIPC },
		{ "NEWUTS", CLONE_NEWUTS },
		{ "NEWUSER", CLONE_NEWUSER },
		{ "NEWCGROUP", CLONE_NEWCGROUP },
		{ "NEWTIME", 0x80 },
		{ "PARENT", CLONE_PARENT },
		{ "INTO_CGROUP", 0x200000000ULL },
		{ "ro", MS_RDONLY },
		{ "nosuid", MS_NOSUID },
		{ "nodev", MS_NODEV },
		{ "noexec", MS_NOEXEC },
		{ "bind", MS_BIND },
		{ "rec", MS_REC },
		{ "remount", MS_REMOUNT },
		{ "move", MS_MOVE },
		{ "private", MS_PRIVATE },
		{ "slave", MS_SLAVE },
		{ "shared", MS_SHARED },
		{ "unbindable", MS_UNBINDABLE },
		{ "relatime", MS_RELATIME },
		{ "noatime", MS_NOATIME },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strlen(flags[i].name) == len && !memcmp(flags[i].name, name, len))
			return flags[i].value;
	return strtoull(name, NULL, 0);
}

uint64_t script_flags(const char *text)
{
	uint64_t value = 0;

	while (*text) {
		size_t len = strcspn(text, "|");

		value |= flag_value(text, len);
		text += len + (text[len] == '|');
	}
	return value;
}
