/* SPDX-License-Identifier: MIT */
/* The C API: names, and text that can be shown. */
#include "cttrace/cttrace.h"

#include "cttrace/escape.h"
#include "cttrace/model.h"
#include "cttrace/signal.h"
#include "cttrace/version.h"

#include <string.h>

const char *cttrace_version(void)
{
	return ct_version();
}

const char *cttrace_signal_name(int signal)
{
	return ct_signal_name(signal);
}

const char *cttrace_capability_name(unsigned int bit)
{
	return ct_cap_name(bit);
}

char *cttrace_printable(const char *text)
{
	struct ct_strbuf out = CT_STRBUF_INIT;
	const char *end = text ? text + strlen(text) : NULL;

	while (text < end) {
		uint32_t character;
		size_t n = ct_utf8_next(text, (size_t)(end - text), &character);

		if (character == '\\')
			ct_strbuf_adds(&out, "\\\\");
		else if (!ct_is_control(character))
			ct_strbuf_add(&out, text, n);
		else
			for (size_t i = 0; i < n; i++)
				ct_strbuf_addf(&out, "\\x%02x", (unsigned char)text[i]);
		text += n;
	}
	return ct_strbuf_steal(&out);
}
