/* SPDX-License-Identifier: MIT */
/* Writing results, and fitting them to the terminal. */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_WIDTH 100
#define MAX_WIDTH     1000

int output_write_fd(int fd, const char *name, const char *bytes, size_t len,
		    struct ct_error *err)
{
	while (len) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ct_error_set(err, errno, "cannot write %s: %s", name,
					    strerror(errno));
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

/* A file that is there under its name when all of it is. */
struct output {
	const char *path;
	struct ct_strbuf temporary; /* its name until then; "": it has none */
	int fd;                     /* -1: nothing was written yet */
};

#define OUTPUT_TO(name)                                               \
	{                                                             \
		.path = (name), .temporary = CT_STRBUF_INIT, .fd = -1 \
	}

static int failed(const char *path, struct ct_error *err)
{
	return ct_error_set(err, errno, "cannot write %s: %s", path, strerror(errno));
}

static int open_output(struct output *output, struct ct_error *err)
{
	struct stat st;

	if (!strcmp(output->path, "-")) {
		output->fd = STDOUT_FILENO;
		return 0;
	}
	if (!stat(output->path, &st) && !S_ISREG(st.st_mode)) {
		output->fd = open(output->path, O_WRONLY | O_CLOEXEC);
	} else {
		ct_strbuf_addf(&output->temporary, "%s.XXXXXX", output->path);
		output->fd = mkostemp(output->temporary.data, O_CLOEXEC);
		if (output->fd < 0)
			ct_strbuf_release(&output->temporary);
	}
	return output->fd < 0 ? failed(output->path, err) : 0;
}

static int output_add(struct output *output, const char *bytes, size_t len,
		      struct ct_error *err)
{
	int r = output->fd < 0 ? open_output(output, err) : 0;

	if (r)
		return r;
	return output_write_fd(output->fd,
			       output->fd == STDOUT_FILENO ? "the output" : output->path,
			       bytes, len, err);
}

/* `r`: what went wrong before, or 0. */
static int output_end(struct output *output, int r, struct ct_error *err)
{
	if (!r && output->fd < 0)
		r = open_output(output, err);
	if (output->fd >= 0 && output->fd != STDOUT_FILENO && close(output->fd) && !r)
		r = failed(output->path, err);
	if (!r && output->temporary.len && rename(output->temporary.data, output->path))
		r = failed(output->path, err);
	if (r && output->temporary.len)
		unlink(output->temporary.data);
	ct_strbuf_release(&output->temporary);
	return r;
}

int output_write(const char *path, const char *bytes, size_t len, struct ct_error *err)
{
	struct output output = OUTPUT_TO(path);

	return output_end(&output, output_add(&output, bytes, len, err), err);
}

static int drain(void *ctx, struct ct_strbuf *out, struct ct_error *err)
{
	int r = output_add(ctx, out->data, out->len, err);

	ct_strbuf_reset(out);
	return r;
}

int output_render(const char *path, const struct ct_render_format *format,
		  const struct ct_model *model, const struct ct_render_options *style,
		  struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf out = CT_STRBUF_INIT;
	struct output output = OUTPUT_TO(path);
	struct ct_render_options draining = *style;
	int r;

	draining.drain = drain;
	draining.drain_ctx = &output;
	r = ct_render(&out, format, model, &draining, err);
	if (!r)
		r = drain(&output, &out, err);
	return output_end(&output, r, err);
}

static int columns(FILE *stream)
{
	const char *env = getenv("COLUMNS");
	long wide = env ? strtol(env, NULL, 10) : 0;
	struct winsize ws;

	if (!ioctl(fileno(stream), TIOCGWINSZ, &ws) && ws.ws_col)
		return ws.ws_col;
	return wide > 0 && wide <= MAX_WIDTH ? (int)wide : DEFAULT_WIDTH;
}

static bool wants_color(const struct options *options, FILE *stream)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	if (options->color != COLOR_AUTO)
		return options->color == COLOR_ALWAYS;
	if (no_color && *no_color)
		return false;
	return isatty(fileno(stream)) && term && strcmp(term, "dumb") != 0;
}

void output_style(struct ct_render_options *style, const struct options *options,
		  FILE *stream)
{
	int width = options->width ? options->width : columns(stream);

	*style = (struct ct_render_options){
		.view = options->view,
		.width = width < 40 ? 40 : width,
		.color = wants_color(options, stream),
		.verbose = options->verbose,
		.lessons = options->explain,
		.title = options->title,
		.pixels = options->width,
	};
	/* a file gets Unicode always; a terminal, if its locale can show it */
	setlocale(LC_CTYPE, "");
	style->ascii = options->ascii || (isatty(fileno(stream)) &&
					  strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
}

void output_no_format(const char *name, const char *(*nth)(size_t i),
		      struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf all = CT_STRBUF_INIT;

	for (size_t i = 0; nth(i); i++)
		ct_strbuf_addf(&all, "%s%s", i ? ", " : "", nth(i));
	ct_error_set(err, EINVAL, "there is no format '%s'; there are %s", name,
		     all.data);
}

void output_result_style(struct ct_render_options *style, const struct options *options)
{
	output_style(style, options, stdout);
	if (options->output)
		style->color = options->color == COLOR_ALWAYS;
}

int output_result(const struct options *options, const struct ct_strbuf *result,
		  struct ct_error *err)
{
	return output_write(options->output ? options->output : "-", result->data,
			    result->len, err);
}
