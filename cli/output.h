/* SPDX-License-Identifier: MIT */
/* Files that are written whole or not at all, and what the terminal can show. */
#ifndef CTTRACE_CLI_OUTPUT_H
#define CTTRACE_CLI_OUTPUT_H

#include "cttrace/error.h"
#include "cttrace/render.h"
#include "options.h"

#include <stdio.h>

/*
 * Writes all bytes to `path` ("-": stdout), through a temporary file beside it, so that a
 * reader never finds half of it; devices and pipes are written directly.
 */
int output_write(const char *path, const char *bytes, size_t len, struct ct_error *err);
/* The same with a picture, while it is drawn: it need not fit into memory. */
int output_render(const char *path, const struct ct_render_format *format,
		  const struct ct_model *model, const struct ct_render_options *style,
		  struct ct_error *err);
int output_write_fd(int fd, const char *name, const char *bytes, size_t len,
		    struct ct_error *err);

/* Width, colour and character set for a stream: options, environment, terminal. */
void output_style(struct ct_render_options *style, const struct options *options,
		  FILE *stream);

/* For what goes to the file of -o, else to stdout. */
void output_result_style(struct ct_render_options *style, const struct options *options);
int output_result(const struct options *options, const struct ct_strbuf *result,
		  struct ct_error *err);

/* There is no format of that name; nth(0), nth(1) … are those that there are, then NULL.
 */
void output_no_format(const char *name, const char *(*nth)(size_t i),
		      struct ct_error *err);

#endif
