/* SPDX-License-Identifier: MIT */
/* What a fuzz target is: libFuzzer calls it, or replay.c does. */
#ifndef CTTRACE_TESTS_FUZZ_H
#define CTTRACE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
