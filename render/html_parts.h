/* SPDX-License-Identifier: MIT */
/* The style sheet, the elements and the script of the HTML page, embedded from
 * render/html/. */
#ifndef CTTRACE_RENDER_HTML_PARTS_H
#define CTTRACE_RENDER_HTML_PARTS_H

struct ct_html_part {
	const char *text;
	const char *sha256; /* of the text, in hexadecimal */
};

extern const struct ct_html_part ct_html_style, ct_html_page, ct_html_script;

#endif
