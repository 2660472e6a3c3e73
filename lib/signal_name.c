/* SPDX-License-Identifier: MIT */
/* Signal numbers to names. */
#include "cttrace/signal.h"

#include <stddef.h>

const char *ct_signal_name(int signal)
{
	static const char *const names[] = {
#define SIGNAL(number, name) [number] = #name,
#include "signal.def"
#undef SIGNAL
	};

	if (signal < 0 || (size_t)signal >= sizeof(names) / sizeof(*names) ||
	    !names[signal])
		return "?";
	return names[signal];
}
