/* SPDX-License-Identifier: MIT */
/* UTF-8 as RFC 3629 has it, and nothing looser. */
#include "utf8.h"

size_t ct_utf8_next(const char *bytes, size_t len, uint32_t *code)
{
	/* smallest code point that needs so many bytes: anything less is an overlong form
	 */
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *b = (const unsigned char *)bytes;
	size_t size;

	if (!len)
		return 0;
	*code = b[0];
	if (b[0] < 0x80)
		return 1;
	size = b[0] < 0xc0 ? 0 : b[0] < 0xe0 ? 2 : b[0] < 0xf0 ? 3 : b[0] < 0xf8 ? 4 : 0;
	if (!size || size > len)
		return 0;
	*code &= 0x7fU >> size;
	for (size_t i = 1; i < size; i++) {
		if ((b[i] & 0xc0) != 0x80)
			return 0;
		*code = *code << 6 | (b[i] & 0x3f);
	}
	if (*code < smallest[size] || *code > 0x10ffff || (*code >> 11) == 0x1b)
		return 0;
	return size;
}
