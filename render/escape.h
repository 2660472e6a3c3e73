/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a trace are whatever a program passed to the kernel. These, and ct_escape()
 * for JSON, are the only ways in which they reach a picture.
 */
#ifndef CTTRACE_RENDER_ESCAPE_H
#define CTTRACE_RENDER_ESCAPE_H

#include "cttrace/strbuf.h"

#include <stdbool.h>

/*
 * For a terminal: printable text stays; control characters, C1, bidirectional and other
 * invisible format characters and bytes that are not UTF-8 become \n, \x1b, \u202e, \xff.
 * With `ascii` the drawing characters of this program get their plain stand-ins and every
 * other character beyond ASCII becomes \u….
 */
void ct_escape_terminal(struct ct_strbuf *out, const char *bytes, size_t len, bool ascii);

/* For a double-quoted string of the DOT language: as for a terminal, and quotes. */
void ct_escape_dot(struct ct_strbuf *out, const char *bytes, size_t len);

/*
 * All of these as for a terminal first: what a person cannot see is spelled out. Then so
 * that nothing is markup: entities of XML; Mermaid's #NN; for all but letters, digits and
 * harmless signs; backslashes and entities of Markdown (one line, also in a table).
 */
void ct_escape_xml(struct ct_strbuf *out, const char *bytes, size_t len);
void ct_escape_mermaid(struct ct_strbuf *out, const char *bytes, size_t len);
void ct_escape_markdown(struct ct_strbuf *out, const char *bytes, size_t len);

#endif
