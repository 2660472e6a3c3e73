/* SPDX-License-Identifier: MIT */
/* The values behind the texts of arguments. */
#include "decoded.h"
#include "record_build.h"
#include "test.h"

#define SECCOMP    317
#define CAPSET     126
#define PRLIMIT64  302
#define CONNECT    42
#define WRITE_CALL 1

TEST(a_filter_keeps_its_instructions)
{
	static const uint64_t args[6] = { 1, 0, 0x1000 };
	static const uint64_t program[] = { 2, 0x1111, 0x7fff000000000006 };
	struct decoded d = { 0 };
	const struct ct_arg *arg;

	record_call(&d.rb, SECCOMP, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 2, program, sizeof(program));
	decoded_read(&d);
	arg = decoded_arg(&d, "args");
	CHECK_INT(arg->type, CT_VALUE_FIELDS);
	CHECK_INT(arg->n_items, 2);
	CHECK_STR(arg->items[0].name, "len");
	CHECK_INT(arg->items[0].i, 2);
	CHECK_STR(arg->items[1].name, "filter");
	CHECK_INT(arg->items[1].type, CT_VALUE_STR);
	CHECK_INT(arg->items[1].len, 16);
	CHECK(!memcmp(arg->items[1].str, &program[1], 16));
	CHECK(!arg->items[1].truncated);
	decoded_release(&d);
}

TEST(capability_sets_have_64_bits)
{
	static const uint64_t args[6] = { 0x1000, 0x2000 };
	static const uint32_t data[6] = { 1, 2, 3, 4, 5, 6 };
	struct decoded d = { 0 };
	const struct ct_arg *arg;

	record_call(&d.rb, CAPSET, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, data, sizeof(data));
	decoded_read(&d);
	CHECK_INT(decoded_arg(&d, "hdrp")->type, CT_VALUE_NONE);
	arg = decoded_arg(&d, "datap");
	CHECK_INT(arg->n_items, 3);
	CHECK_STR(arg->items[0].name, "effective");
	CHECK_INT(arg->items[0].i, 0x400000001);
	CHECK_STR(arg->items[1].name, "permitted");
	CHECK_INT(arg->items[1].i, 0x500000002);
	CHECK_STR(arg->items[2].name, "inheritable");
	CHECK_INT(arg->items[2].i, 0x600000003);
	decoded_release(&d);
}

TEST(an_infinite_limit_is_minus_one)
{
	static const uint64_t args[6] = { 0, 7, 0x1000, 0 };
	static const uint64_t limit[2] = { 4096, UINT64_MAX };
	struct decoded d = { 0 };
	const struct ct_arg *arg;

	record_call(&d.rb, PRLIMIT64, args, 0);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 2, limit, sizeof(limit));
	decoded_read(&d);
	arg = decoded_arg(&d, "new_limit");
	CHECK_STR(arg->items[0].name, "rlim_cur");
	CHECK_INT(arg->items[0].i, 4096);
	CHECK_INT(arg->items[1].i, -1);
	CHECK_INT(decoded_arg(&d, "resource")->i, 7);
	decoded_release(&d);
}

TEST(a_socket_of_a_path_has_a_path)
{
	static const uint64_t args[6] = { 3, 0x1000, 9 };
	struct decoded d = { 0 };

	record_call(&d.rb, CONNECT, args, -2);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, "\1\0/run/s\0", 9);
	decoded_read(&d);
	CHECK_STR(decoded_arg(&d, "addr")->path, "/run/s");
	CHECK_STR(decoded_arg(&d, "addr")->items[1].str, "/run/s");
	decoded_release(&d);
}

TEST(a_buffer_keeps_every_byte)
{
	static const uint64_t args[6] = { 3, 0x1000, 256 };
	struct decoded d = { 0 };
	const struct ct_arg *arg;
	char bytes[256];

	for (int i = 0; i < 256; i++)
		bytes[i] = (char)i;
	record_call(&d.rb, WRITE_CALL, args, 256);
	ct_recbuf_blob(&d.rb, CT_BLOB_MEM, 1, bytes, sizeof(bytes));
	decoded_read(&d);
	arg = decoded_arg(&d, "buf");
	CHECK_INT(arg->len, 256);
	CHECK(!memcmp(arg->str, bytes, 256));
	CHECK(!arg->truncated);
	decoded_release(&d);
}
