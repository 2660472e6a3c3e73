/* SPDX-License-Identifier: MIT */
/* Records for tests, as the tracer would make them; the rest is in recbuf.h. */
#ifndef CTTRACE_TESTS_RECORD_BUILD_H
#define CTTRACE_TESTS_RECORD_BUILD_H

#include "recbuf.h"

/* An x86_64 call of task 100 (serial 1). A ret of -1…-4095 is an error. Valid until the
 * next blob is added. */
struct ct_record *record_call(struct ct_recbuf *rb, int64_t nr, const uint64_t args[6],
			      int64_t ret);
/* A blob with the bytes of a string, without its NUL. */
void record_text(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		 const char *text);
/* A blob that says that the bytes could not be read. */
void record_unreadable(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		       int error);

#endif
