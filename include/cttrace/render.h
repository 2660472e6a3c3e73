/* SPDX-License-Identifier: MIT */
/* Pictures of a model. A format is one file in render/ and one entry in its table. */
#ifndef CTTRACE_RENDER_H
#define CTTRACE_RENDER_H

#include "cttrace/error.h"
#include "cttrace/model.h"
#include "cttrace/strbuf.h"

enum ct_color { CT_COLOR_OFF, CT_COLOR_ON };

struct ct_render_options {
	const char *view; /* NULL: the format's default; ascii: "timeline", "tree", … */
	int width;        /* columns, ≥ 40; 0: 100 */
	bool color;       /* ANSI colours */
	bool ascii;       /* no characters beyond ASCII */
	int verbose;      /* 0: folded by meaning; 1: every step; 2: every event */
	bool explained;   /* the reason of a failure stands before the picture already */
	bool lessons;     /* --explain: a plain sentence with each step */
	const char *title; /* of drawings and documents; NULL: the command */
	int pixels;        /* how wide a drawing is; 0: 1200 */
	/*
	 * Where a picture goes while it is made, if it is large: takes what is in `out`,
	 * and empties it. NULL: all of it stays in `out`. The last piece always does.
	 */
	int (*drain)(void *ctx, struct ct_strbuf *out, struct ct_error *err);
	void *drain_ctx;
};

struct ct_render_format {
	const char *name;        /* "ascii" */
	const char *description; /* one line for --help */
	const char *const
		*views; /* NULL-terminated, the first is the default; may be NULL */
	/* Appends the picture. -errno with *err filled when it cannot. */
	int (*render)(struct ct_strbuf *out, const struct ct_model *model,
		      const struct ct_render_options *options, struct ct_error *err);
};

/* NULL-terminated table of all formats. */
extern const struct ct_render_format *const ct_render_formats[];
const struct ct_render_format *ct_render_find(const char *name);

/* For formats that can be large, now and then: hands on what has come together. */
int ct_render_drain(struct ct_strbuf *out, const struct ct_render_options *options,
		    struct ct_error *err);

/* The timeline while it is made: what --live prints. Each step is a line of its own. */
struct ct_live;
/* What the header points to must stay; the options need not. */
struct ct_live *ct_live_new(const struct ct_trace_header *header,
			    const struct ct_render_options *options);
/* Adds the lines of an event; what is not to be shown only makes later lines right. */
void ct_live_feed(struct ct_live *live, const struct ct_event *event, bool shown,
		  struct ct_strbuf *out);
void ct_live_free(struct ct_live *live);

/* Checks the view and renders. */
int ct_render(struct ct_strbuf *out, const struct ct_render_format *format,
	      const struct ct_model *model, const struct ct_render_options *options,
	      struct ct_error *err);

#endif
