/* SPDX-License-Identifier: MIT */
/* Results: "3", "0x7f00", "-1 ENOENT (No such file or directory)", "? ERESTARTSYS (…)".
 */
#include "result.h"

#include "literal.h"
#include "prefix.h"

#include <string.h>

#define ERRNO_MAX 4095

/* "-1 EPERM (…)", whatever the language of the words, "-1 (errno 524)", "-1 ERRNO_524" */
static bool error_of(struct ct_span rest, const struct ct_symbols *symbols,
		     struct ct_event_call *call)
{
	struct ct_span word;
	uint64_t number;
	bool named;

	ct_span_skip_blanks(&rest);
	if (ct_span_take(&rest, "(errno ") || ct_span_take(&rest, "ERRNO_"))
		named = ct_span_number(&rest, ERRNO_MAX, &number);
	else if (!ct_log_word(&rest, &word))
		return false;
	else if (ct_span_take(&word, "ERESTART")) {
		call->result = CT_RESULT_RESTART;
		return true;
	} else
		named = ct_symbols_find(symbols, word, &number);
	if (!named || !number || number > ERRNO_MAX)
		return false;
	call->result = CT_RESULT_ERROR;
	call->ret = -1;
	call->error = (int)number;
	return true;
}

bool ct_log_result(struct ct_span text, const struct ct_symbols *symbols,
		   struct ct_event_call *call, char **path, struct ct_arena *arena)
{
	int64_t number;

	*path = NULL;
	call->result = CT_RESULT_NONE;
	ct_span_skip_blanks(&text);
	if (ct_span_take(&text, "?")) {
		error_of(text, symbols, call);
		if (call->result == CT_RESULT_ERROR)
			call->result = CT_RESULT_NONE;
		return true;
	}
	if (!ct_log_number(&text, &number))
		return false;
	if (number == -1 && error_of(text, symbols, call))
		return true;
	call->result = CT_RESULT_VALUE;
	call->ret = number;
	ct_log_annotation(&text, path, arena);
	return true;
}

int32_t ct_log_own_pid(struct ct_span text)
{
	static const char words[] = " in strace's PID NS";
	const char *found = memmem(text.at, ct_span_len(text), words, sizeof(words) - 1);
	const char *start = found;
	struct ct_span digits;
	uint64_t pid;

	while (start && start > text.at && start[-1] >= '0' && start[-1] <= '9')
		start--;
	digits = (struct ct_span){ start, found };
	if (!start || !ct_span_number(&digits, CT_LOG_PID_MAX, &pid))
		return 0;
	return (int32_t)pid;
}
