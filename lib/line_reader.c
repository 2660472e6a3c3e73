/* SPDX-License-Identifier: MIT */
/* Reading lines: getline(3) has no limit, and a hostile file has no newline. */
#include "line_reader.h"

enum ct_line ct_line_next(FILE *in, struct ct_strbuf *line)
{
	int c;

	ct_strbuf_reset(line);
	while ((c = getc_unlocked(in)) != EOF && c != '\n') {
		if (line->len == CT_LINE_MAX)
			return CT_LINE_TOO_LONG;
		ct_strbuf_addc(line, (char)c);
	}
	if (c == '\n')
		return CT_LINE_WHOLE;
	if (ferror(in))
		return CT_LINE_FAILED;
	return line->len ? CT_LINE_CUT : CT_LINE_END;
}
