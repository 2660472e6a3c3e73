/* SPDX-License-Identifier: MIT */
/* Which instructions of an unwind table are let through: DWARF 5, sections 6.4.2 and 2.5.
 */
#include "cfi.h"

/*
 * Operands of an instruction: '1' '2' '4' so many bytes, 'n' a LEB128 number, 'x' an
 * expression with its length in front. NULL: not let through.
 */
static const char *const instructions[64] = {
	[0x00] = "",   /* nop */
	[0x02] = "1",  /* advance_loc1 */
	[0x03] = "2",  /* advance_loc2 */
	[0x04] = "4",  /* advance_loc4 */
	[0x05] = "nn", /* offset_extended */
	[0x06] = "n",  /* restore_extended */
	[0x07] = "n",  /* undefined */
	[0x08] = "n",  /* same_value */
	[0x09] = "nn", /* register */
	[0x0a] = "",   /* remember_state */
	[0x0b] = "",   /* restore_state */
	[0x0c] = "nn", /* def_cfa */
	[0x0d] = "n",  /* def_cfa_register */
	[0x0e] = "n",  /* def_cfa_offset */
	[0x0f] = "x",  /* def_cfa_expression */
	[0x10] = "nx", /* expression */
	[0x11] = "nn", /* offset_extended_sf */
	[0x12] = "nn", /* def_cfa_sf */
	[0x13] = "n",  /* def_cfa_offset_sf */
	[0x14] = "nn", /* val_offset */
	[0x15] = "nn", /* val_offset_sf */
	[0x16] = "nx", /* val_expression */
	[0x2e] = "n",  /* GNU_args_size */
	[0x2f] = "nn", /* GNU_negative_offset_extended */
};

/* The same for the operations of an expression: no division, no jump, no call. */
static const struct {
	uint8_t first, last;
	const char *operands;
} operations[] = {
	{ 0x06, 0x06, "" },  /* deref */
	{ 0x08, 0x09, "1" }, /* const1u, const1s */
	{ 0x0a, 0x0b, "2" }, /* const2u, const2s */
	{ 0x0c, 0x0d, "4" }, /* const4u, const4s */
	{ 0x10, 0x11, "n" }, /* constu, consts */
	{ 0x12, 0x14, "" },  /* dup, drop, over */
	{ 0x16, 0x17, "" },  /* swap, rot */
	{ 0x1a, 0x1a, "" },  /* and */
	{ 0x1c, 0x1c, "" },  /* minus */
	{ 0x1f, 0x22, "" },  /* neg, not, or, plus */
	{ 0x23, 0x23, "n" }, /* plus_uconst */
	{ 0x24, 0x27, "" },  /* shl, shr, shra, xor */
	{ 0x29, 0x2e, "" },  /* eq, ge, gt, le, lt, ne */
	{ 0x30, 0x4f, "" },  /* lit0 … lit31 */
	{ 0x70, 0x80, "n" }, /* breg0 … breg16 */
	{ 0x96, 0x96, "" },  /* nop */
};

static const char *operands_of_operation(uint64_t op)
{
	for (size_t i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		if (op >= operations[i].first && op <= operations[i].last)
			return operations[i].operands;
	return NULL;
}

/* The two highest bits hold the short forms: advance_loc, offset, restore. */
static const char *operands_of_instruction(uint64_t op)
{
	static const char *const short_forms[4] = { NULL, "", "n", "" };

	return op >> 6 ? short_forms[op >> 6] : instructions[op];
}

static bool skip_operand(struct ct_bytes bytes, uint64_t *at, char kind)
{
	uint64_t ignored;

	if (kind == 'n')
		return ct_bytes_take_leb(bytes, at, &ignored);
	return ct_bytes_take(bytes, at, (size_t)(kind - '0'), &ignored);
}

static bool vet_operation(struct ct_bytes bytes, uint64_t *at)
{
	const char *operands;
	uint64_t op;

	if (!ct_bytes_take(bytes, at, 1, &op))
		return false;
	operands = operands_of_operation(op);
	for (; operands && *operands; operands++)
		if (!skip_operand(bytes, at, *operands))
			return false;
	return operands != NULL;
}

static bool vet_expression(struct ct_bytes bytes, uint64_t *at)
{
	uint64_t length, end;

	if (!ct_bytes_take_leb(bytes, at, &length) || !ct_bytes_has(bytes, *at, length))
		return false;
	end = *at + length;
	while (*at < end)
		if (!vet_operation(bytes, at))
			return false;
	return *at == end;
}

static bool vet_instruction(struct ct_bytes bytes, uint64_t *at)
{
	const char *operands;
	uint64_t op;

	if (!ct_bytes_take(bytes, at, 1, &op))
		return false;
	operands = operands_of_instruction(op);
	for (; operands && *operands; operands++)
		if (*operands == 'x' ? !vet_expression(bytes, at)
				     : !skip_operand(bytes, at, *operands))
			return false;
	return operands != NULL;
}

bool ct_cfi_vet(struct ct_bytes bytes, uint64_t at, uint64_t end)
{
	while (at < end)
		if (!vet_instruction(bytes, &at))
			return false;
	return at == end;
}
