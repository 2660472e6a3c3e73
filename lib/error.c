/* SPDX-License-Identifier: MIT */
/* The caller-owned error. */
#include "cttrace/error.h"

#include <stdarg.h>
#include <stdio.h>

int ct_error_set(struct ct_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (!err || err->code)
		return -code;
	err->code = code;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return -code;
}
