/* SPDX-License-Identifier: MIT */
/* Says limits in words: 536870912 is 512 MiB, "50000 100000" is half a CPU. */
#include "limit.h"

#include "cttrace/strbuf.h"

#include <stdlib.h>
#include <string.h>

struct saying {
	struct ct_arena *arena;
	const struct ct_container *c;
	const struct ct_limit *limit;
};

/* How a value is said, or NULL when it is not what the file takes. */
typedef const char *say_fn(const struct saying *s);

bool limit_is_none(const char *value)
{
	/* version 1 has no word: a limit of all the bytes there are is none */
	return !strncmp(value, "max", 3) || *value == '-' ||
	       !strcmp(value, "9223372036854771712") ||
	       !strcmp(value, "9223372036854775807");
}

static bool same_cgroup(const struct ct_limit *a, const struct ct_limit *b)
{
	return !strcmp(a->cgroup, b->cgroup);
}

const struct ct_limit *limit_last(const struct ct_container *c, const char *file)
{
	const char *own = state_basename(c->cgroup);

	for (size_t i = c->n_limits; i-- > 0;)
		if (!strcmp(c->limits[i].file, file) && !c->limits[i].failed &&
		    (!*own || !strcmp(state_basename(c->limits[i].cgroup), own)))
			return &c->limits[i];
	return NULL;
}

static const char *say_text(const struct saying *s)
{
	return s->limit->value;
}

static bool parse(const char *text, uint64_t *number)
{
	char *end;

	if (*text < '0' || *text > '9')
		return false;
	*number = strtoull(text, &end, 10);
	return !*end || *end == ' ';
}

static const char *bytes_in_words(struct ct_arena *arena, uint64_t bytes)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB", "TiB", "PiB" };
	uint64_t rest = 0;
	size_t unit = 0;

	while (bytes >= 1024 && unit + 1 < sizeof(units) / sizeof(units[0])) {
		rest = bytes % 1024;
		bytes /= 1024;
		unit++;
	}
	if (!rest)
		return ct_arena_printf(arena, "%llu %s", (unsigned long long)bytes,
				       units[unit]);
	return ct_arena_printf(arena, "%llu.%02llu %s", (unsigned long long)bytes,
			       (unsigned long long)(rest * 100 / 1024), units[unit]);
}

static const char *say_bytes(const struct saying *s)
{
	uint64_t bytes;

	return parse(s->limit->value, &bytes) ? bytes_in_words(s->arena, bytes) : NULL;
}

/* "254:0 1048576": cgroup-v1/blkio-controller.rst */
static const char *say_device_rate(const struct saying *s, bool bytes)
{
	const char *value = s->limit->value, *blank = strchr(value, ' ');
	uint64_t rate;

	if (!blank || !parse(blank + 1, &rate))
		return NULL;
	return ct_arena_printf(s->arena, "%.*s: %s%s", (int)(blank - value), value,
			       bytes ? bytes_in_words(s->arena, rate) : blank + 1,
			       bytes ? "" : " operations");
}

static const char *say_device_bytes(const struct saying *s)
{
	return say_device_rate(s, true);
}

static const char *say_device_calls(const struct saying *s)
{
	return say_device_rate(s, false);
}

/* "254:0 rbps=1048576 wiops=100": cgroup-v2.rst */
static const char *say_io_max(const struct saying *s)
{
	static const struct {
		const char *key, *words;
		bool bytes;
	} keys[] = { { " rbps=", "reads ", true },
		     { " wbps=", "writes ", true },
		     { " riops=", "reads ", false },
		     { " wiops=", "writes ", false } };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const char *value = s->limit->value;
	size_t device = strcspn(value, " ");

	ct_strbuf_addf(&sb, "device %.*s:", (int)device, value);
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *at = strstr(value + device, keys[i].key);
		uint64_t rate;

		if (!at || !parse(at + strlen(keys[i].key), &rate))
			continue;
		ct_strbuf_addf(&sb, "%s %s", sb.data[sb.len - 1] == ':' ? "" : ",",
			       keys[i].words);
		if (keys[i].bytes)
			ct_strbuf_adds(&sb, bytes_in_words(s->arena, rate));
		else
			ct_strbuf_addf(&sb, "%llu operations", (unsigned long long)rate);
	}
	if (sb.data[sb.len - 1] == ':')
		return "no limit";
	ct_strbuf_adds(&sb, " a second at most");
	return ct_arena_strdup(s->arena, sb.data);
}

static const char *say_count(const struct saying *s)
{
	uint64_t n;

	return parse(s->limit->value, &n) ? s->limit->value : NULL;
}

static const char *say_share(const struct saying *s, uint64_t quota, uint64_t period)
{
	uint64_t hundredths;

	if (!period || __builtin_mul_overflow(quota, (uint64_t)100, &hundredths))
		return NULL;
	hundredths /= period;
	if (hundredths == 50)
		return "half a CPU at most";
	if (hundredths == 100)
		return "one CPU at most";
	if (hundredths % 100 == 0)
		return ct_arena_printf(s->arena, "%llu CPUs at most",
				       (unsigned long long)(hundredths / 100));
	return ct_arena_printf(s->arena, "%llu.%02llu of a CPU at most",
			       (unsigned long long)(hundredths / 100),
			       (unsigned long long)(hundredths % 100));
}

#define DEFAULT_PERIOD 100000 /* microseconds: sched-bwc.rst */

static const char *say_cpu_max(const struct saying *s)
{
	const char *blank = strchr(s->limit->value, ' ');
	uint64_t quota, period = DEFAULT_PERIOD;

	if (!parse(s->limit->value, &quota) || (blank && !parse(blank + 1, &period)))
		return NULL;
	return say_share(s, quota, period);
}

/* Version 1 has the period in a file of its own, written before or after. */
static const char *say_cpu_quota(const struct saying *s)
{
	uint64_t quota, period = DEFAULT_PERIOD;

	for (size_t i = 0; i < s->c->n_limits; i++) {
		const struct ct_limit *other = &s->c->limits[i];

		if (!strcmp(other->file, "cpu.cfs_period_us") && !other->failed &&
		    same_cgroup(other, s->limit) && !parse(other->value, &period))
			return NULL;
	}
	return parse(s->limit->value, &quota) ? say_share(s, quota, period) : NULL;
}

/* "c 1:3 rwm": cgroup-v1/devices.rst */
static const char *say_device(const struct saying *s)
{
	static const struct {
		char letter;
		const char *word;
	} uses[] = { { 'r', "read" }, { 'w', "write" }, { 'm', "mknod" } };
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;
	const char *value = s->limit->value, *number, *use;

	if (*value == 'a')
		return "any device";
	number = strchr(value, ' ');
	use = number ? strchr(number + 1, ' ') : NULL;
	if (!use)
		return NULL;
	ct_strbuf_addf(&sb, "%s device %.*s:", *value == 'b' ? "block" : "character",
		       (int)(use - number - 1), number + 1);
	for (size_t i = 0; i < sizeof(uses) / sizeof(uses[0]); i++)
		if (strchr(use, uses[i].letter))
			ct_strbuf_addf(&sb, " %s", uses[i].word);
	return ct_arena_strdup(s->arena, sb.data);
}

/* The words have one "%s". */
static const char *fill(struct ct_arena *arena, const char *words, const char *value)
{
	const char *gap = strstr(words, "%s");

	return ct_arena_printf(arena, "%.*s%s%s", (int)(gap - words), words, value,
			       gap + 2);
}

static const char *meaning(const struct saying *s)
{
	static const struct {
		const char *file;
		say_fn *say;
		const char *words;
	} rows[] = {
#define LIMIT(file, kind, words) { file, say_##kind, words },
#include "limit.def"
#undef LIMIT
	};
	const char *value;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].file, s->limit->file) != 0)
			continue;
		if (limit_is_none(s->limit->value))
			return "no limit";
		value = rows[i].say(s);
		return value ? fill(s->arena, rows[i].words, value) : "";
	}
	return "";
}

/* A file that has a line for each device: what is written replaces no other's. */
static const char *device_of(const struct ct_limit *limit)
{
	return strchr(limit->value, ':') ? limit->value : "";
}

static bool replaces(const struct ct_limit *later, const struct ct_limit *limit)
{
	return !later->failed && !strcmp(later->file, limit->file) &&
	       same_cgroup(later, limit) && strncmp(limit->file, "device", 6) != 0 &&
	       !strncmp(device_of(later), device_of(limit),
			strcspn(device_of(limit), " ") + 1);
}

static bool is_replaced(const struct ct_container *c, size_t index)
{
	const struct ct_limit *limit = &c->limits[index];

	for (size_t i = index + 1; i < c->n_limits; i++)
		if (replaces(&c->limits[i], limit))
			return true;
	return false;
}

/* The directory ends as a cgroup does that has the container's below it. */
static const char *above(const struct saying *s)
{
	const char *own = s->c->cgroup, *directory = s->limit->cgroup;
	size_t len = strlen(directory), n;

	for (n = strlen(own); n-- > 1;)
		if (own[n] == '/' && n <= len && !strncmp(directory + len - n, own, n))
			return ct_arena_strndup(s->arena, own, n);
	return "";
}

void limit_settle(struct model *m)
{
	for (size_t i = 0; i < m->pub.n_containers; i++) {
		struct ct_container *c = &m->pub.containers[i];

		for (size_t j = 0; j < c->n_limits; j++) {
			struct saying s = { &m->results, c, &c->limits[j] };

			c->limits[j].meaning = meaning(&s);
			c->limits[j].replaced = is_replaced(c, j);
			c->limits[j].above = above(&s);
		}
	}
}
