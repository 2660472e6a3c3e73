/* SPDX-License-Identifier: MIT */
/* Finding a format and a view by name. */
#include "cttrace/render.h"

#include "formats.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

const struct ct_render_format *const ct_render_formats[] = {
	&ct_format_ascii,    &ct_format_json,
	&ct_format_dot,      &ct_format_html,
	&ct_format_svg,      &ct_format_mermaid,
	&ct_format_markdown, &ct_format_chrome,
	&ct_format_otlp,     NULL,
};

const struct ct_render_format *ct_render_find(const char *name)
{
	for (size_t i = 0; ct_render_formats[i]; i++)
		if (!strcmp(ct_render_formats[i]->name, name))
			return ct_render_formats[i];
	return NULL;
}

static bool has_view(const struct ct_render_format *format, const char *view)
{
	for (size_t i = 0; format->views && format->views[i]; i++)
		if (!strcmp(format->views[i], view))
			return true;
	return false;
}

static int bad_view(const struct ct_render_format *format, const char *view,
		    struct ct_error *err)
{
	struct ct_strbuf views = CT_STRBUF_INIT;
	int ret;

	for (size_t i = 0; format->views && format->views[i]; i++)
		ct_strbuf_addf(&views, "%s%s", i ? ", " : "", format->views[i]);
	if (views.len)
		ret = ct_error_set(err, EINVAL, "no view '%s' in format %s; it has: %s",
				   view, format->name, views.data);
	else
		ret = ct_error_set(err, EINVAL, "format %s has no views", format->name);
	ct_strbuf_release(&views);
	return ret;
}

/* As much as is handed on at once. */
#define PIECE ((size_t)1 << 20)

int ct_render_drain(struct ct_strbuf *out, const struct ct_render_options *options,
		    struct ct_error *err)
{
	if (!options->drain || out->len < PIECE)
		return 0;
	return options->drain(options->drain_ctx, out, err);
}

int ct_render(struct ct_strbuf *out, const struct ct_render_format *format,
	      const struct ct_model *model, const struct ct_render_options *options,
	      struct ct_error *err)
{
	if (options->view && !has_view(format, options->view))
		return bad_view(format, options->view, err);
	return format->render(out, model, options, err);
}
