/* SPDX-License-Identifier: MIT */
/* Option rows that several commands have, and what they mean. */
#ifndef CTTRACE_CLI_COMMON_ROWS_H
#define CTTRACE_CLI_COMMON_ROWS_H

#include "cttrace/render.h"
#include "options.h"

extern const char *const color_choices[];    /* in the order of enum color */
extern const char *const until_choices[];    /* in the order of enum until */
extern const char *const depth_choices[];    /* in the order of enum ct_depth_option */
extern const char *const failures_choices[]; /* … of enum ct_failures_option */
extern const char *const render_words[];     /* the formats of -f */
extern const char *const view_words[];       /* all views of all formats */

/* clang-format off */
#define RENDER_ROWS                                                                      \
	{ 'f', "format", "FORMAT",                                                       \
	  "ascii (default), json, dot, svg, mermaid, markdown, chrome, otlp, html",      \
	  OPTION_STRING, OPTION_AT(format), 0, 0, render_words },                                \
	{ 0, "view", "VIEW",                                                             \
	  "ascii: timeline (default), phases, tree, namespaces, mounts, isolation, network, asked; "     \
	  "mermaid: sequence (default), gantt; "                                         \
	  "dot: processes (default), namespaces, handover",                              \
	  OPTION_STRING, OPTION_AT(view), 0, 0, view_words },                                  \
	{ 0, "title", "TEXT", "heading of svg, mermaid, markdown (default: the command)", \
	  OPTION_STRING, OPTION_AT(title), 0, 0, NULL },                                 \
	{ 0, "width", "N", "how wide: columns (default: the terminal); svg: pixels",     \
	  OPTION_NUMBER, OPTION_AT(width), 40, 10000, NULL },                            \
	{ 0, "color", "WHEN", "auto (default), always, never", OPTION_CHOICE,            \
	  OPTION_AT(color), 0, 0, color_choices },                                       \
	{ 0, "ascii", NULL, "no characters beyond ASCII", OPTION_COUNT,                  \
	  OPTION_AT(ascii), 0, 0, NULL },                                                \
	{ 0, "explain", NULL, "a plain sentence with each step, and what to read",       \
	  OPTION_COUNT, OPTION_AT(explain), 0, 0, NULL },                                \
	{ 0, "filter", "EXPR", "show what it says alone: docs/filter.md",               \
	  OPTION_STRING, OPTION_AT(filter), 0, 0, NULL },                                \
	{ 'v', "verbose", NULL, "unfold the steps; twice: every event", OPTION_COUNT,    \
	  OPTION_AT(verbose), 0, 0, NULL }

#define OUTPUT_ROW                                                                       \
	{ 'o', "output", "FILE", "write to FILE instead of stdout", OPTION_STRING,       \
	  OPTION_AT(output), 0, 0, NULL }

#define TEXT_ROWS                                                                        \
	{ 0, "width", "COLUMNS", "how wide (default: the terminal)", OPTION_NUMBER,      \
	  OPTION_AT(width), 40, 1000, NULL },                                            \
	{ 0, "color", "WHEN", "auto (default), always, never", OPTION_CHOICE,            \
	  OPTION_AT(color), 0, 0, color_choices },                                       \
	{ 0, "ascii", NULL, "no characters beyond ASCII", OPTION_COUNT,                  \
	  OPTION_AT(ascii), 0, 0, NULL }

#define ATTACH_ROWS                                                                      \
	{ 'p', "attach", "PID", "record a process that runs; Ctrl-C ends (repeatable)",  \
	  OPTION_LIST, OPTION_AT(pids), 0, 0, NULL },                                    \
	{ 0, "exec-name", "NAME", "likewise, all processes that run a program NAME",     \
	  OPTION_LIST, OPTION_AT(exec_names), 0, 0, NULL }

#define TRACE_ROWS                                                                       \
	{ 'o', "output", "FILE", "write the trace to FILE; with -f, the picture",        \
	  OPTION_STRING, OPTION_AT(output), 0, 0, NULL },                                \
	{ 0, "depth", "DEPTH", "key: filtered calls only; auto (default); full: all",    \
	  OPTION_CHOICE, OPTION_AT(depth), 0, 0, depth_choices },                        \
	{ 0, "meters", "[=TIME]",                                                        \
	  "sample memory, CPU, pids, I/O of containers (every 100ms)",                   \
	  OPTION_TIME, OPTION_AT(meters), 1, 60000, NULL },                         \
	{ 0, "failures", "HOW", NULL, OPTION_CHOICE, OPTION_AT(failures), 0, 0,          \
	  failures_choices },                                                            \
	{ 0, "failures-ring", "BYTES", NULL, OPTION_NUMBER, OPTION_AT(failures_ring),    \
	  4096, 1 << 30, NULL },                                                         \
	{ 'k', "stack-trace", NULL, "record a call stack with every event", OPTION_COUNT, \
	  OPTION_AT(stacks), 0, 0, NULL },                                               \
	{ 0, "live", NULL, "print the timeline while it is made", OPTION_COUNT,         \
	  OPTION_AT(live), 0, 0, NULL },                                                 \
	{ 'q', "quiet", NULL, "no picture at the end, no remarks", OPTION_COUNT,         \
	  OPTION_AT(quiet), 0, 0, NULL },                                                \
	{ 'u', "user", "USER", "run the command as USER (as root only)", OPTION_STRING,  \
	  OPTION_AT(user), 0, 0, NULL },                                                 \
	{ 0, "until", "WHEN", "end the trace at: exit (default), payload",               \
	  OPTION_CHOICE, OPTION_AT(until), 0, 0, until_choices },                        \
	{ 0, "wait-all", NULL, "wait until the last descendant has ended",               \
	  OPTION_COUNT, OPTION_AT(wait_all), 0, 0, NULL },                               \
	{ 0, "detach", NULL, "let descendants go when the command ends (slower)",        \
	  OPTION_COUNT, OPTION_AT(detach), 0, 0, NULL },                                 \
	{ 0, "kill-on-exit", NULL, "with --detach, -p: a killed tracer takes all with it", \
	  OPTION_COUNT, OPTION_AT(kill_on_exit), 0, 0, NULL }

#define HELP_ROWS                                                                        \
	{ 'h', "help", NULL, "this text", OPTION_COUNT, OPTION_AT(help), 0, 0, NULL },   \
	{ 'V', "version", NULL, "the version", OPTION_COUNT, OPTION_AT(version), 0, 0, NULL }
/* clang-format on */

/* The format of -f, ascii without it; NULL with err filled (it names the formats). */
const struct ct_render_format *format_of(const struct options *options,
					 struct ct_error *err);

#endif
