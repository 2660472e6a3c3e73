/* SPDX-License-Identifier: MIT */
/* One error, owned by the caller: what went wrong, in words for the person. */
#ifndef CTTRACE_ERROR_H
#define CTTRACE_ERROR_H

#define CT_ERROR_TEXT 512

struct ct_error {
	int code;		  /* positive errno value, 0: no error */
	char text[CT_ERROR_TEXT]; /* one line without a newline */
};

/*
 * Fills *err (which may be NULL) and returns -code, so that a function can
 * `return ct_error_set(err, ENOENT, "…")`. The first error stays: a second call on the
 * same *err changes nothing, because the first one is the cause.
 */
int ct_error_set(struct ct_error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
