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

int output_create(const char *path, struct ct_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return ct_error_set(err, errno, "cannot write %s: %s", path,
				    errno == ELOOP ? "it is a symbolic link"
						   : strerror(errno));
	return fd;
}

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

static int write_and_close(int fd, const char *path, const char *bytes, size_t len,
			   struct ct_error *err)
{
	int r;

	if (fd < 0)
		return ct_error_set(err, errno, "cannot write %s: %s", path,
				    strerror(errno));
	r = output_write_fd(fd, path, bytes, len, err);
	if (close(fd) && !r)
		r = ct_error_set(err, errno, "cannot write %s: %s", path,
				 strerror(errno));
	return r;
}

int output_write(const char *path, const char *bytes, size_t len, struct ct_error *err)
{
	CT_CLEANUP_STRBUF struct ct_strbuf temporary = CT_STRBUF_INIT;
	struct stat st;
	int r;

	if (!strcmp(path, "-"))
		return output_write_fd(STDOUT_FILENO, "the output", bytes, len, err);
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return write_and_close(open(path, O_WRONLY | O_CLOEXEC), path, bytes, len,
				       err);
	ct_strbuf_addf(&temporary, "%s.XXXXXX", path);
	r = write_and_close(mkostemp(temporary.data, O_CLOEXEC), path, bytes, len, err);
	if (!r && rename(temporary.data, path))
		r = ct_error_set(err, errno, "cannot write %s: %s", path,
				 strerror(errno));
	if (r)
		unlink(temporary.data);
	return r;
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
		.title = options->title,
		.pixels = options->width,
	};
	/* a file gets Unicode always; a terminal, if its locale can show it */
	setlocale(LC_CTYPE, "");
	style->ascii = options->ascii || (isatty(fileno(stream)) &&
					  strcmp(nl_langinfo(CODESET), "UTF-8") != 0);
}
