/* SPDX-License-Identifier: MIT */
/*
 * The kernel has executed the program; its dynamic loader could not. The loader knows
 * best what is missing, and where it has looked is in its failed calls.
 */
#include "loader.h"

#include <errno.h>
#include <fnmatch.h>
#include <string.h>

#define PLACES_MAX 128

/* The words of glibc's ld.so, then musl's; the first row that fits. */
static const struct complaint {
	const char *said;   /* fnmatch */
	const char *before; /* the library's name follows; NULL: none is named */
	const char *id, *why, *remedy;
} complaints[] = {
	{ "*error while loading shared libraries: *cannot open shared object file: No "
	  "such file*",
	  "shared libraries: ", "exec-shared-library",
	  "a shared library that the program needs is not in the image: ",
	  "add the package that has the library to the image, or link statically; ldd "
	  "PROGRAM inside of the image lists all that are missing" },
	{ "*error while loading shared libraries: *failed to map segment*",
	  "shared libraries: ", "exec-library-noexec",
	  "a shared library lies where nothing may be executed (a file system mounted "
	  "noexec), or an LSM denies it: ",
	  "mount without noexec; restorecon -RFv on the container store" },
	{ "*error while loading shared libraries: *memory protection*",
	  "shared libraries: ", "mprotect-denied",
	  "the loader may not change the protection of a library (wrong SELinux labels "
	  "in the store): ",
	  "restorecon -RFv on the container store" },
	{ "*error while loading shared libraries: *",
	  "shared libraries: ", "exec-library-unusable",
	  "a shared library is there but cannot be used (another architecture, cut off, "
	  "or not readable): ",
	  "look at it with file(1); use an image of one architecture" },
	{ "*: version `*' not found (required by *", "version `", "exec-library-version",
	  "a shared library in the image is older than the one that the program was "
	  "built with; it lacks the version ",
	  "build the program on the image's distribution, use a newer image, or link "
	  "statically" },
	{ "*symbol lookup error: *", "undefined symbol: ", "exec-library-symbol",
	  "a shared library in the image is not the one that the program was built "
	  "with; it lacks the symbol ",
	  "use the library's version that the program was built with" },
	{ "*Error loading shared library *", "shared library ", "exec-shared-library",
	  "a shared library that the program needs is not in the image: ",
	  "add the package that has the library to the image, or link statically; "
	  "glibc's programs need more than musl has" },
	{ "*Error relocating *symbol not found*", "Error relocating ",
	  "exec-library-symbol",
	  "a shared library lacks a symbol that is needed (a program for glibc does not "
	  "run with musl) by ",
	  "use a program that was built for this C library" },
};

static const struct complaint *complaint_of(const char *text)
{
	for (size_t i = 0; i < sizeof(complaints) / sizeof(*complaints); i++)
		if (!fnmatch(complaints[i].said, text, 0))
			return &complaints[i];
	return NULL;
}

/* musl goes on after a missing library, and then misses every symbol of it. */
static const struct message *first_of(const struct subject *s, int process)
{
	const struct message *m = s->messages->items;

	while (m->process != process || !m->payload || !complaint_of(m->text))
		m++;
	return m;
}

/* Said by a container's program whose end was the command's. */
static const struct message *find(const struct subject *s)
{
	for (size_t i = s->messages->n; i-- > 0;) {
		const struct message *m = &s->messages->items[i];
		const struct ct_process *p = &s->model->processes[m->process];

		if (m->payload && complaint_of(m->text) && p->exited_ns >= 0 &&
		    !p->exit.signal && p->exit.status == s->model->exit.status)
			return first_of(s, m->process);
	}
	return NULL;
}

static const char *name_in(const struct complaint *row, const char *text,
			   struct ct_arena *arena)
{
	const char *at = strstr(text, row->before);

	if (!at)
		return "";
	at += strlen(row->before);
	return ct_arena_strndup(arena, at, strcspn(at, ":' ,"));
}

/* The directory of a failed search for the name; NULL when the fact is none. */
static const char *searched(struct subject *s, size_t fact, const char *name)
{
	const struct ct_event *event = s->model->facts[fact].event;
	size_t len = strlen(name), path_len;
	const char *path;

	if (event->kind != CT_EVENT_CALL ||
	    s->model->facts[fact].process != s->diagnosis->process ||
	    event->call.result != CT_RESULT_ERROR || event->call.error != ENOENT)
		return NULL;
	path = ct_call_path(&event->call, "pathname");
	path_len = strlen(path);
	if (!len || path_len <= len + 1 || path[path_len - len - 1] != '/' ||
	    strcmp(path + path_len - len, name) != 0)
		return NULL;
	return ct_arena_strndup(&s->diagnosis->arena, path, path_len - len - 1);
}

struct places {
	const char *dir[PLACES_MAX];
	size_t n;
};

/* glibc looks in a directory's subdirectories for each kind of processor first. */
static bool is_below_another(const struct places *places, size_t i)
{
	for (size_t k = 0; k < places->n; k++) {
		size_t len = strlen(places->dir[k]);

		if (k != i && !strncmp(places->dir[i], places->dir[k], len) &&
		    (places->dir[i][len] == '/' || (!places->dir[i][len] && k < i)))
			return true;
	}
	return false;
}

static void add_places(struct subject *s, const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf text = CT_STRBUF_INIT;
	struct places places = { .n = 0 };

	for (size_t i = 0; i < s->model->n_facts && places.n < PLACES_MAX; i++) {
		const char *dir = searched(s, i, name);

		if (dir)
			places.dir[places.n++] = dir;
	}
	for (size_t i = 0; i < places.n; i++)
		if (!is_below_another(&places, i))
			ct_strbuf_addf(&text, "%s%s", text.len ? ", " : "",
				       places.dir[i]);
	if (text.len)
		subject_remark(s, "seen",
			       ct_arena_printf(&s->diagnosis->arena,
					       "the loader has looked for it in %s",
					       text.data));
}

/* -------- what the tracer has found missing -------- */

#define LACKS_TOLD 4

/* Did the command end as it did because this process ended so? */
static bool decides(const struct subject *s, int process)
{
	const struct ct_process *p = process < 0 ? NULL : &s->model->processes[process];

	return p && p->exited_ns >= 0 && !p->exit.signal &&
	       (process == s->model->root || p->exit.status == s->model->exit.status);
}

static long find_lacks(const struct subject *s)
{
	for (size_t i = s->model->n_facts; i-- > 0;)
		if (s->model->facts[i].event->n_lacks &&
		    decides(s, s->model->facts[i].process))
			return (long)i;
	return -1;
}

static void add_lacks(struct subject *s, const struct ct_event *event)
{
	for (size_t i = 0; i < event->n_lacks && i < LACKS_TOLD; i++)
		subject_remark(s, i ? "" : "lacks",
			       ct_arena_printf(&s->diagnosis->arena, "%s, which %s needs",
					       event->lacks[i].library,
					       event->lacks[i].needed_by));
	if (event->n_lacks > LACKS_TOLD)
		subject_remark(s, "",
			       ct_arena_printf(&s->diagnosis->arena, "and %zu more",
					       event->n_lacks - LACKS_TOLD));
}

bool loader_gave_up(struct subject *s)
{
	return s->model->exited && s->model->exit.status > 0 &&
	       (find(s) || find_lacks(s) >= 0);
}

void loader_say(struct subject *s)
{
	const struct complaint *row = complaints; /* a missing library, said or not */
	long fact = find_lacks(s);
	const struct ct_event *event = fact < 0 ? NULL : s->model->facts[fact].event;
	const char *name = event ? event->lacks[0].library : "";

	s->message = find(s);
	if (s->message) {
		row = complaint_of(s->message->text);
		name = name_in(row, s->message->text, &s->diagnosis->arena);
		fact = (long)s->message->fact;
	}
	s->diagnosis->process = s->model->facts[fact].process;
	s->diagnosis->event = fact;
	s->diagnosis->title =
		"FAILED: the program was executed, but its dynamic loader gave up";
	s->diagnosis->sure = CT_SURE_HIGH;
	s->diagnosis->signature = row->id;
	subject_remark(s, "why",
		       ct_arena_printf(&s->diagnosis->arena, "%s%s", row->why, name));
	if (event)
		add_lacks(s, event);
	add_places(s, name);
	s->remedy = row->remedy;
}
