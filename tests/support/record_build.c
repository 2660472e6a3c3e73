/* SPDX-License-Identifier: MIT */
/* Records for tests. */
#include "record_build.h"

#include <string.h>

struct ct_record *record_call(struct ct_recbuf *rb, int64_t nr, const uint64_t args[6],
			      int64_t ret)
{
	struct ct_record *rec = ct_recbuf_start(rb, CT_RECORD_CALL);

	rec->task = (struct ct_task_id){ .tid = 100, .serial = 1 };
	rec->arch = CT_ARCH_X86_64;
	rec->nr = nr;
	memcpy(rec->args, args, sizeof(rec->args));
	rec->ret = ret;
	rec->result = ret < 0 && ret >= -4095 ? CT_RESULT_ERROR : CT_RESULT_VALUE;
	return rec;
}

void record_text(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		 const char *text)
{
	ct_recbuf_blob(rb, kind, arg, text, strlen(text));
}

void record_unreadable(struct ct_recbuf *rb, enum ct_blob_kind kind, unsigned int arg,
		       int error)
{
	ct_recbuf_reserve(rb, 0);
	ct_recbuf_commit(rb, kind, arg, -error, false);
}
