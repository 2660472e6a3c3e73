/* SPDX-License-Identifier: MIT */
/* Separate debug files as gdb finds them, and the MiniDebugInfo that Fedora packs inside.
 */
#include "debuginfo.h"

#include "mapfile.h"

#include "cttrace/strbuf.h"

#include <lzma.h>
#include <stdlib.h>
#include <unistd.h>

#define DEBUG_ROOT   "/usr/lib/debug"
#define UNPACKED_MAX ((size_t)64 << 20)
#define CRC_FILE_MAX ((off_t)1 << 30)

static struct ct_bytes build_id(struct ct_elf *elf)
{
	return ct_elf_note(elf, "GNU", NT_GNU_BUILD_ID);
}

static bool same_bytes(struct ct_bytes a, struct ct_bytes b)
{
	return a.data && b.data && a.len == b.len && !memcmp(a.data, b.data, a.len);
}

/* The functions of an open debug file; takes over `debug`. */
static struct ct_elf *take_symbols(struct ct_elf *debug, struct ct_symtab *tab)
{
	if (debug && ct_symtab_add(tab, debug, ".symtab")) {
		ct_elf_detach(debug);
		return debug;
	}
	ct_elf_free(debug);
	return NULL;
}

struct ct_elf *ct_debuginfo_by_build_id(struct ct_elf *elf, struct ct_symtab *tab)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct ct_bytes id = build_id(elf);
	struct ct_elf *debug;
	int fd;

	if (id.len < 2 || id.len > 64)
		return NULL;
	ct_strbuf_addf(&path, DEBUG_ROOT "/.build-id/%02x/", id.data[0]);
	for (size_t i = 1; i < id.len; i++)
		ct_strbuf_addf(&path, "%02x", id.data[i]);
	ct_strbuf_adds(&path, ".debug");
	fd = ct_mapfile_open_path(path.data);
	if (fd < 0)
		return NULL;
	debug = take_symbols(ct_elf_open(fd), tab);
	close(fd);
	return debug;
}

/* The checksum of .gnu_debuglink is that of xz and of zlib. */
static bool has_checksum(int fd, uint32_t wanted)
{
	uint8_t buffer[16384];
	uint32_t crc = 0;
	off_t at = 0;
	ssize_t n;

	while ((n = pread(fd, buffer, sizeof(buffer), at)) > 0) {
		crc = lzma_crc32(buffer, (size_t)n, crc);
		at += n;
		if (at > CRC_FILE_MAX)
			return false;
	}
	return !n && crc == wanted;
}

/* A debug file from another build would give wrong names, so it has to prove itself. */
static struct ct_elf *open_proven(const char *path, struct ct_elf *elf, uint32_t checksum,
				  struct ct_symtab *tab)
{
	int fd = ct_mapfile_open_path(path);
	struct ct_elf *debug;

	if (fd < 0)
		return NULL;
	debug = ct_elf_open(fd);
	if (debug &&
	    (same_bytes(build_id(debug), build_id(elf)) || has_checksum(fd, checksum))) {
		debug = take_symbols(debug, tab);
	} else {
		ct_elf_free(debug);
		debug = NULL;
	}
	close(fd);
	return debug;
}

/* The name, a NUL, padding to four bytes, and the checksum of the whole debug file. */
static const char *read_link(struct ct_elf *elf, uint32_t *checksum)
{
	struct ct_section section;
	uint64_t crc;
	const char *name;

	if (!ct_elf_section(elf, ".gnu_debuglink", &section))
		return NULL;
	name = ct_bytes_str(section.bytes, 0);
	if (!name || !*name || strchr(name, '/') ||
	    !ct_bytes_uint(section.bytes, (strlen(name) + 4) & ~3UL, 4, &crc))
		return NULL;
	*checksum = (uint32_t)crc;
	return name;
}

struct ct_elf *ct_debuginfo_by_link(struct ct_elf *elf,
				    const struct ct_debuginfo_place *place,
				    struct ct_symtab *tab)
{
	static const struct {
		const char *before, *between;
	} places[] = { { "", "" }, { "", "/.debug" }, { DEBUG_ROOT, "" } };
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	const char *slash = strrchr(place->path, '/');
	struct ct_elf *debug = NULL;
	uint32_t checksum;
	const char *name;

	name = read_link(elf, &checksum);
	if (!name || !slash)
		return NULL;
	for (size_t i = 0; i < sizeof(places) / sizeof(*places) && !debug; i++) {
		ct_strbuf_reset(&path);
		ct_strbuf_addf(&path, "%s%s%.*s%s/%s", place->root, places[i].before,
			       (int)(slash - place->path), place->path, places[i].between,
			       name);
		debug = open_proven(path.data, elf, checksum, tab);
	}
	return debug;
}

/* Unpacks all of it, or nothing: what grows beyond the limit is no symbol table. */
static bool unpack(lzma_stream *stream, struct ct_strbuf *out)
{
	lzma_ret ret = LZMA_OK;

	while (ret == LZMA_OK && out->len < UNPACKED_MAX) {
		ct_strbuf_reserve(out, out->len + 65536);
		stream->next_out = (uint8_t *)out->data + out->len;
		stream->avail_out = out->len + 65536;
		ret = lzma_code(stream, LZMA_FINISH);
		out->len = stream->total_out;
	}
	return ret == LZMA_STREAM_END;
}

struct ct_elf *ct_debuginfo_packed(struct ct_elf *elf, struct ct_symtab *tab)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	lzma_stream stream = LZMA_STREAM_INIT;
	struct ct_section section;
	bool done;
	size_t len;

	if (!ct_elf_section(elf, ".gnu_debugdata", &section) ||
	    lzma_stream_decoder(&stream, UNPACKED_MAX, 0) != LZMA_OK)
		return NULL;
	stream.next_in = section.bytes.data;
	stream.avail_in = section.bytes.len;
	done = unpack(&stream, &out);
	lzma_end(&stream);
	if (!done)
		return NULL;
	len = out.len;
	return take_symbols(ct_elf_take(ct_strbuf_steal(&out), len), tab);
}
