/* SPDX-License-Identifier: MIT */
/* Walking over bytes that may or may not be UTF-8. */
#ifndef CTTRACE_RENDER_UTF8_H
#define CTTRACE_RENDER_UTF8_H

#include <stddef.h>
#include <stdint.h>

/*
 * The code point at the start of `bytes`: returns how many bytes it takes (1…4), or 0
 * when they are not well-formed UTF-8 (overlong forms, surrogates and cut sequences are
 * not).
 */
size_t ct_utf8_next(const char *bytes, size_t len, uint32_t *code);

#endif
