/* SPDX-License-Identifier: MIT */
/*
 * The prefixes come in one order, pid, label, time, number of the call, address, but each
 * depends on an option. They are told apart by their looks.
 */
#include "prefix.h"

#include <string.h>

#define NS_PER_S 1000000000
#define EPOCH_MIN                                                            \
	100000000 /* seconds: nobody waits for three years between two calls \
		   */
#define PARTS_MAX 8

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits behind the point; they may be missing. */
static int64_t fraction(struct ct_span *rest)
{
	int64_t ns = 0, unit = NS_PER_S / 10;

	if (rest->at == rest->end || *rest->at != '.')
		return 0;
	for (rest->at++; rest->at < rest->end && is_digit(*rest->at); rest->at++) {
		ns += unit * (*rest->at - '0');
		unit /= 10;
	}
	return ns;
}

bool ct_log_seconds(struct ct_span *rest, int64_t *ns)
{
	struct ct_span at = *rest;
	uint64_t seconds;

	if (!ct_span_number(&at, INT64_MAX / NS_PER_S - 1, &seconds))
		return false;
	*ns = (int64_t)seconds * NS_PER_S + fraction(&at);
	*rest = at;
	return true;
}

static bool ends_word(struct ct_span rest)
{
	return rest.at < rest.end && (*rest.at == ' ' || *rest.at == '\t');
}

/* 12:34:56.789 */
static bool clock_time(struct ct_span *rest, struct ct_log_prefix *prefix)
{
	struct ct_span at = *rest;
	uint64_t hours, minutes;
	int64_t seconds;

	if (!ct_span_number(&at, 23, &hours) || !ct_span_take(&at, ":") ||
	    !ct_span_number(&at, 59, &minutes) || !ct_span_take(&at, ":") ||
	    !ct_log_seconds(&at, &seconds) || !ends_word(at))
		return false;
	prefix->time_ns = (int64_t)(hours * 60 + minutes) * 60 * NS_PER_S + seconds;
	*rest = at;
	return true;
}

/* 1700000000.123456 since 1970, or 0.000123 since the line before. */
static bool seconds_time(struct ct_span *rest, struct ct_log_prefix *prefix)
{
	struct ct_span at = *rest;
	bool paren = ct_span_take(&at, "(+");
	int64_t ns;

	ct_span_skip_blanks(&at);
	if (!ct_log_seconds(&at, &ns) || (paren && !ct_span_take(&at, ")")) ||
	    !ends_word(at))
		return false;
	if (!paren && ns >= (int64_t)EPOCH_MIN * NS_PER_S) {
		prefix->time_ns = ns;
		prefix->epoch = true;
	} else if (paren || memchr(rest->at, '.', (size_t)(at.at - rest->at))) {
		prefix->delta_ns = ns;
	} else {
		return false;
	}
	*rest = at;
	return true;
}

/* "<name>" directly behind a pid. */
static struct ct_span comm(struct ct_span *rest)
{
	struct ct_span at = *rest, name = { at.at, at.at };

	if (!ct_span_take(&at, "<"))
		return name;
	name = ct_span_until(&at, '>');
	*rest = at;
	return name;
}

static bool pid_number(struct ct_span *rest, struct ct_log_prefix *prefix)
{
	struct ct_span at = *rest, name;
	uint64_t pid;

	ct_span_skip_blanks(&at);
	if (prefix->pid || !ct_span_number(&at, CT_LOG_PID_MAX, &pid) || !pid)
		return false;
	name = comm(&at);
	if (at.at == at.end || !strchr(" \t]", *at.at))
		return false;
	prefix->pid = (int32_t)pid;
	prefix->comm = name;
	*rest = at;
	return true;
}

static bool looks_like_brackets(struct ct_span inside)
{
	for (; inside.at < inside.end; inside.at++)
		if (!strchr("0123456789abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ_:.,-? ",
			    *inside.at))
			return false;
	return true;
}

/* [pid 12], and what is not needed: [ 257] a number, [00007f…] an address, a label. */
static bool brackets(struct ct_span *rest, struct ct_log_prefix *prefix)
{
	struct ct_span at = *rest, inside;

	if (!ct_span_take(&at, "["))
		return false;
	if (ct_span_take(&at, "pid ")) {
		if (!pid_number(&at, prefix) || !ct_span_take(&at, "]"))
			return false;
		*rest = at;
		return true;
	}
	if (!memchr(at.at, ']', ct_span_len(at)))
		return false;
	inside = ct_span_until(&at, ']');
	if (ct_span_len(inside) < 2 || !looks_like_brackets(inside) || !ends_word(at))
		return false;
	*rest = at;
	return true;
}

void ct_log_prefix(struct ct_span *line, struct ct_log_prefix *prefix)
{
	struct ct_span rest = *line;

	*prefix = (struct ct_log_prefix){ .time_ns = -1, .delta_ns = -1 };
	for (int part = 0; part < PARTS_MAX; part++) {
		ct_span_skip_blanks(&rest);
		if (rest.at == rest.end ||
		    !(is_digit(*rest.at) || *rest.at == '[' || *rest.at == '('))
			break;
		if (!clock_time(&rest, prefix) && !brackets(&rest, prefix) &&
		    !seconds_time(&rest, prefix) &&
		    !(part == 0 && pid_number(&rest, prefix)))
			break;
	}
	*line = rest;
}
