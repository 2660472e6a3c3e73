/* SPDX-License-Identifier: MIT */
/* Which unwind instructions are let through to libunwind. */
#include "cfi.h"

#include "test.h"

static bool vet(const char *instructions, size_t len)
{
	const struct ct_bytes bytes = { (const uint8_t *)instructions, len };

	return ct_cfi_vet(bytes, 0, len);
}

/* A literal without the NUL at its end. */
#define VET(literal) vet(literal, sizeof(literal) - 1)

TEST(cfi_of_a_compiler)
{
	/* def_cfa rsp+8; offset rip; advance 1; def_cfa_offset 16; offset rbp; nop */
	CHECK(VET("\x0c\x07\x08\x90\x01\x41\x0e\x10\x86\x02\x00"));
	/* remember_state; restore_state; restore rbp */
	CHECK(VET("\x0a\x0b\xc6"));
	CHECK(VET(""));
}

TEST(cfi_of_the_procedure_linkage_table)
{
	/* def_cfa_expression: breg7 8; breg16 0; lit15; and; lit11; ge; lit3; shl; plus
	 */
	CHECK(VET("\x0f\x0b\x77\x08\x80\x00\x3f\x1a\x3b\x2a\x33\x24\x22"));
}

TEST(cfi_of_a_signal_frame)
{
	/* def_cfa_expression: breg7 160; deref. expression rbp: breg7 120 */
	CHECK(VET("\x0f\x04\x77\xa0\x01\x06\x10\x06\x03\x77\xf8\x00"));
}

/* INT64_MIN / -1 would be our own SIGFPE. */
TEST(cfi_that_divides)
{
	CHECK(!VET("\x0f\x03\x31\x31\x1b"));     /* div */
	CHECK(!VET("\x16\x06\x03\x31\x31\x1d")); /* mod */
}

TEST(cfi_that_jumps)
{
	CHECK(!VET("\x0f\x03\x2f\xfd\xff"));     /* skip -3 */
	CHECK(!VET("\x0f\x04\x31\x28\xfc\xff")); /* bra -4 */
}

TEST(cfi_that_is_unknown_or_cut_off)
{
	CHECK(!VET("\x3f"));
	CHECK(!VET("\x01\x00\x00\x00\x00\x00\x00\x00\x00")); /* set_loc */
	CHECK(!VET("\x0c\x07"));
	CHECK(!VET("\x0f\x05\x77\x08"));
	/* an operand that reaches over the end of the expression */
	CHECK(!VET("\x0f\x02\x77\x80\x00"));
}
