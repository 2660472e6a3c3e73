/* SPDX-License-Identifier: MIT */
/* Words for mount flags. */
#include "mount_words.h"

#include "cttrace/strbuf.h"

#include <stddef.h>
#include <string.h>
#include <sys/mount.h>

#define MS_NOSYMFOLLOW_ 256 /* Linux 5.10; glibc 2.36 does not name it */

static const struct {
	uint64_t flags, value; /* when (mount flags & flags) == value */
	const char *word;
} words[] = {
	{ MS_RDONLY, MS_RDONLY, "ro" },
	{ MS_NOSUID, MS_NOSUID, "nosuid" },
	{ MS_NODEV, MS_NODEV, "nodev" },
	{ MS_NOEXEC, MS_NOEXEC, "noexec" },
	{ MS_SYNCHRONOUS, MS_SYNCHRONOUS, "sync" },
	{ MS_DIRSYNC, MS_DIRSYNC, "dirsync" },
	{ MS_MANDLOCK, MS_MANDLOCK, "mand" },
	{ MS_NOSYMFOLLOW_, MS_NOSYMFOLLOW_, "nosymfollow" },
	{ MS_NOATIME, MS_NOATIME, "noatime" },
	{ MS_NODIRATIME, MS_NODIRATIME, "nodiratime" },
	{ MS_RELATIME, MS_RELATIME, "relatime" },
	{ MS_STRICTATIME, MS_STRICTATIME, "strictatime" },
	{ MOUNT_IDMAPPED, MOUNT_IDMAPPED, "idmapped" },
	{ MS_LAZYTIME, MS_LAZYTIME, "lazytime" },
	{ MS_REMOUNT, MS_REMOUNT, "remount" },
	{ MS_BIND | MS_REC, MS_BIND, "bind" },
	{ MS_BIND | MS_REC, MS_BIND | MS_REC, "rbind" },
	{ MS_MOVE, MS_MOVE, "move" },
	{ MS_SILENT, MS_SILENT, "silent" },
};

const char *mount_words(struct ct_arena *arena, uint64_t flags)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	/* programs of the last century still mark their flags with a magic number */
	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~(uint64_t)MS_MGC_MSK;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if ((flags & words[i].flags) == words[i].value)
			ct_strbuf_addf(&sb, "%s%s", sb.len ? "," : "", words[i].word);
	return ct_arena_strdup(arena, sb.data);
}

const char *mount_propagation(uint64_t flags)
{
	static const struct {
		uint64_t flag;
		const char *word, *recursive;
	} kinds[] = {
		{ MS_PRIVATE, "private", "rprivate" },
		{ MS_SLAVE, "slave", "rslave" },
		{ MS_SHARED, "shared", "rshared" },
		{ MS_UNBINDABLE, "unbindable", "runbindable" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (flags & kinds[i].flag)
			return flags & MS_REC ? kinds[i].recursive : kinds[i].word;
	return "";
}

uint64_t mount_attributes(uint64_t attr)
{
	static const struct {
		uint64_t attr, flag;
	} pairs[] = {
		{ 0x01, MS_RDONLY },     { 0x02, MS_NOSUID },
		{ 0x04, MS_NODEV },      { 0x08, MS_NOEXEC },
		{ 0x10, MS_NOATIME },    { 0x20, MS_STRICTATIME },
		{ 0x80, MS_NODIRATIME }, { 0x100000, MOUNT_IDMAPPED },
	};
	uint64_t flags = 0;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (attr & pairs[i].attr)
			flags |= pairs[i].flag;
	return flags;
}

bool mount_has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	while (*text) {
		size_t n = strcspn(text, ",");

		if (n == len && !strncmp(text, word, len))
			return true;
		text += n + (text[n] == ',');
	}
	return false;
}

#define ATIME_FLAGS (MS_NOATIME | MS_NODIRATIME | MS_RELATIME | MS_STRICTATIME)
#define KEPT_FLAGS                                                                   \
	(MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_NOATIME | MS_NODIRATIME | \
	 MS_RELATIME | MS_NOSYMFOLLOW_)

uint64_t mount_flags_of_words(const char *text)
{
	uint64_t flags = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].value & (KEPT_FLAGS | MOUNT_IDMAPPED) &&
		    mount_has_word(text, words[i].word))
			flags |= words[i].value;
	return flags;
}

uint64_t mount_kept_flags(uint64_t flags)
{
	uint64_t kept = flags & KEPT_FLAGS;

	if (!(flags & MS_NOATIME))
		kept |= MS_RELATIME;
	if (flags & MS_STRICTATIME)
		kept &= ~(uint64_t)(MS_RELATIME | MS_NOATIME);
	return kept;
}

uint64_t mount_remounted_flags(uint64_t was, uint64_t flags)
{
	uint64_t kept = mount_kept_flags(flags) | (was & MOUNT_IDMAPPED);

	if (flags & ATIME_FLAGS)
		return kept;
	return (kept & ~(uint64_t)ATIME_FLAGS) | (was & ATIME_FLAGS);
}
