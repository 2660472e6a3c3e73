/* SPDX-License-Identifier: MIT */
/* What mail programs, chats and web pages do to a line, undone. */
#ifndef CTTRACE_IMPORT_MEND_H
#define CTTRACE_IMPORT_MEND_H

#include "span.h"

#include "cttrace/strbuf.h"

/* Takes the marks of a quotation ("> > ", "| "), and the carriage return at the end, off,
 * turns tabs and no-break spaces into blanks, and &lt; into <. */
void ct_log_mend(struct ct_strbuf *line);

#endif
