/* SPDX-License-Identifier: MIT */
/* The formats; a new one is a file, a line here and a line in render.c. */
#ifndef CTTRACE_RENDER_FORMATS_H
#define CTTRACE_RENDER_FORMATS_H

#include "cttrace/render.h"

extern const struct ct_render_format ct_format_ascii;
extern const struct ct_render_format ct_format_json;
extern const struct ct_render_format ct_format_dot;
extern const struct ct_render_format ct_format_html;
extern const struct ct_render_format ct_format_chrome;
extern const struct ct_render_format ct_format_otlp;
extern const struct ct_render_format ct_format_svg;
extern const struct ct_render_format ct_format_mermaid;
extern const struct ct_render_format ct_format_markdown;

#endif
