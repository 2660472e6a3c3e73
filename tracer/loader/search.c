/* SPDX-License-Identifier: MIT */
/* ld.so(8): names are looked for breadth first, each in the same order of places. */
#include "search.h"

#include "ldcache.h"
#include "machine.h"

#include <errno.h>
#include <unistd.h>

#define OBJECTS_MAX 256
#define MISSING_MAX 32
#define OPENS_MAX   8192 /* of hostile lists of directories */

struct object {
	const char *path, *origin; /* origin: its directory */
	struct ct_needs needs;
	int loader; /* objects[]: who asked for it first; -1 */
};

struct search {
	const struct ct_search_host *host;
	struct ct_arena *arena;
	struct object *objects;
	size_t n;
	struct ct_missing *missing;
	size_t n_missing;
	size_t opens;
	bool musl, uncertain;
};

static const char *const default_dirs[] = {
	"/lib/" CT_MACHINE_NAME "-linux-gnu",
	"/usr/lib/" CT_MACHINE_NAME "-linux-gnu",
	"/lib64",
	"/usr/lib64",
	"/lib",
	"/usr/lib",
};
static const char *const musl_dirs[] = { "/lib", "/usr/local/lib", "/usr/lib" };

/* glibc looks for a library that is made for this processor first. */
static const char *const variants[] = {
	"",
#include "hwcaps.def"
};

static const char *directory_of(const char *path, struct ct_arena *arena)
{
	const char *slash = strrchr(path, '/');

	return slash ? ct_arena_strndup(arena, path, (size_t)(slash - path)) : "";
}

/* -------- one file -------- */

/* An ELF file of another class or machine is passed over; anything else there ends it. */
static bool is_other_elf(int fd)
{
	Elf64_Ehdr header;

	return pread(fd, &header, offsetof(Elf64_Ehdr, e_version), 0) ==
		       (ssize_t)offsetof(Elf64_Ehdr, e_version) &&
	       !memcmp(header.e_ident, ELFMAG, SELFMAG) &&
	       (header.e_ident[EI_CLASS] != ELFCLASS64 ||
		header.e_machine != CT_MACHINE_ELF);
}

static void add_object(struct search *s, const char *path, struct ct_elf *elf, int loader)
{
	struct object *o = &s->objects[s->n++];

	o->path = path;
	o->origin = directory_of(path, s->arena);
	o->loader = loader;
	ct_needs_read(&o->needs, elf, s->arena);
	ct_elf_free(elf);
}

/* Is the library at this path? Then it is one of the objects. */
static bool try_path(struct search *s, const char *path, int loader)
{
	struct ct_elf *elf;
	int fd;

	if (*path != '/' || s->n == OBJECTS_MAX || s->opens++ == OPENS_MAX) {
		s->uncertain = true;
		return true;
	}
	fd = s->host->open(s->host->ctx, path);
	if (fd < 0) {
		s->uncertain |= fd != -ENOENT && fd != -ENOTDIR;
		return s->uncertain;
	}
	elf = ct_elf_open(fd);
	if (elf)
		add_object(s, ct_arena_strdup(s->arena, path), elf, loader);
	else if (!is_other_elf(fd))
		s->uncertain = true;
	close(fd);
	return elf || s->uncertain;
}

/* -------- places -------- */

static bool try_directory(struct search *s, const char *dir, const char *name, int loader)
{
	size_t n = s->musl ? 1 : sizeof(variants) / sizeof(*variants);

	for (size_t i = 0; i < n; i++)
		if (try_path(s,
			     ct_arena_printf(s->arena, "%s/%s%s", dir, variants[i], name),
			     loader))
			return true;
	return false;
}

/* "$ORIGIN/../lib"; what other tokens mean depends on how the loader was built. */
static const char *expand(struct search *s, const char *dir, const char *origin)
{
	static const char *const tokens[] = { "$ORIGIN", "${ORIGIN}" };

	for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
		const char *at = strstr(dir, tokens[i]);

		if (at)
			dir = ct_arena_printf(s->arena, "%.*s%s%s", (int)(at - dir), dir,
					      origin, at + strlen(tokens[i]));
	}
	if (strchr(dir, '$'))
		s->uncertain = true;
	return dir;
}

static bool try_list(struct search *s, const char *list, const char *name,
		     const struct object *origin, int loader)
{
	while (list && *list) {
		size_t len = strcspn(list, s->musl ? ":\n" : ":;");
		const char *dir =
			expand(s, ct_arena_strndup(s->arena, list, len), origin->origin);

		if (len && (s->uncertain || try_directory(s, dir, name, loader)))
			return true;
		list += len + (list[len] != '\0');
	}
	return false;
}

/* DT_RPATH of who asks, and of those who have asked for it; unless one has DT_RUNPATH. */
static bool try_rpaths(struct search *s, const char *name, int loader)
{
	if (s->objects[loader].needs.runpath)
		return false;
	for (int i = loader; i >= 0; i = s->objects[i].loader)
		if (!s->objects[i].needs.runpath &&
		    try_list(s, s->objects[i].needs.rpath, name, &s->objects[i], loader))
			return true;
	return false;
}

static bool try_cache(struct search *s, const char *name, int loader)
{
	uint64_t at = 0;

	for (const char *path; (path = ct_ldcache_next(s->host->cache, name, &at));)
		if (try_path(s, path, loader))
			return true;
	return false;
}

static bool try_dirs(struct search *s, const char *const *dirs, size_t n,
		     const char *name, int loader)
{
	for (size_t i = 0; i < n; i++)
		if (try_directory(s, dirs[i], name, loader))
			return true;
	return false;
}

static bool try_glibc(struct search *s, const char *name, int loader)
{
	const struct object *asks = &s->objects[loader];

	if (try_rpaths(s, name, loader) ||
	    try_list(s, s->host->library_path, name, &s->objects[0], loader) ||
	    try_list(s, asks->needs.runpath, name, asks, loader))
		return true;
	if (asks->needs.no_default)
		return false;
	return try_cache(s, name, loader) ||
	       try_dirs(s, default_dirs, sizeof(default_dirs) / sizeof(*default_dirs),
			name, loader);
}

/* To musl both kinds of path are one, and everybody's in the chain counts. */
static bool try_musl(struct search *s, const char *name, int loader)
{
	if (try_list(s, s->host->library_path, name, &s->objects[0], loader))
		return true;
	for (int i = loader; i >= 0; i = s->objects[i].loader) {
		const struct ct_needs *needs = &s->objects[i].needs;

		if (try_list(s, needs->runpath ? needs->runpath : needs->rpath, name,
			     &s->objects[i], loader))
			return true;
	}
	if (s->host->musl_path)
		return try_list(s, s->host->musl_path, name, &s->objects[0], loader);
	return try_dirs(s, musl_dirs, sizeof(musl_dirs) / sizeof(*musl_dirs), name,
			loader);
}

/* -------- names -------- */

static const char *basename_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* musl is these libraries itself: ldso/dynlink.c, load_library(). */
static bool is_musl_itself(const char *name)
{
	static const char *const parts[] = { "c.",  "pthread.", "rt.",  "m.",
					     "dl.", "util.",    "xnet." };

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!strncmp(name, "lib", 3) &&
		    !strncmp(name + 3, parts[i], strlen(parts[i])))
			return true;
	return false;
}

static bool is_loaded(const struct search *s, const char *name)
{
	const char *interpreter = s->objects[0].needs.interpreter;

	if (interpreter && !strcmp(basename_of(interpreter), basename_of(name)))
		return true;
	if (s->musl && is_musl_itself(name))
		return true;
	for (size_t i = 0; i < s->n; i++) {
		const struct object *o = &s->objects[i];

		if (!strcmp(o->path, name) || !strcmp(basename_of(o->path), name) ||
		    (o->needs.soname && !strcmp(o->needs.soname, name)))
			return true;
	}
	return false;
}

static bool is_known_missing(const struct search *s, const char *name)
{
	for (size_t i = 0; i < s->n_missing; i++)
		if (!strcmp(s->missing[i].library, name))
			return true;
	return false;
}

static void need(struct search *s, const char *name, int loader)
{
	bool found;

	if (is_loaded(s, name) || is_known_missing(s, name))
		return;
	if (strchr(name, '/'))
		found = try_path(s, expand(s, name, s->objects[loader].origin), loader);
	else
		found = s->musl ? try_musl(s, name, loader) : try_glibc(s, name, loader);
	if (!found && s->n_missing < MISSING_MAX)
		s->missing[s->n_missing++] =
			(struct ct_missing){ name, s->objects[loader].path };
}

struct ct_search_result ct_search(const struct ct_search_host *host, int program,
				  const char *path, struct ct_arena *arena)
{
	struct search s = {
		.host = host,
		.arena = arena,
		.objects = ct_arena_array(arena, struct object, OBJECTS_MAX),
		.missing = ct_arena_array(arena, struct ct_missing, MISSING_MAX),
	};
	struct ct_elf *elf = ct_elf_open(program);
	const char *interpreter;

	if (!elf)
		return (struct ct_search_result){ 0 };
	add_object(&s, path, elf, -1);
	interpreter = s.objects[0].needs.interpreter;
	if (!interpreter) /* static, or the loader itself */
		return (struct ct_search_result){ 0 };
	s.musl = !strncmp(basename_of(interpreter), "ld-musl-", 8);
	for (size_t i = 0; i < s.n && !s.uncertain; i++)
		for (size_t k = 0; k < s.objects[i].needs.n_needed && !s.uncertain; k++)
			need(&s, s.objects[i].needs.needed[k], (int)i);
	return (struct ct_search_result){ s.missing, s.uncertain ? 0 : s.n_missing };
}
