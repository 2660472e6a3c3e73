/* SPDX-License-Identifier: MIT */
/* A protocol, and any bytes sent over its socket: framing stays within them, and what is
 * decoded keeps what event.h promises. */
/* links: ct_decode */
#include "fuzz.h"

#include "decode.h"
#include "netlink.h"
#include "recbuf.h"

#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#define HEAD 8 /* the protocol, and room to align what follows */

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_arg(const struct ct_arg *arg, int depth)
{
	require(depth < 16 && arg->text && *arg->text);
	require(arg->ns_type >= -1 && arg->ns_type < CT_NS_TYPES);
	require(arg->type != CT_VALUE_STR || (arg->str && !arg->str[arg->len]));
	require(arg->n_items == 0 || arg->items);
	for (size_t i = 0; i < arg->n_items; i++)
		check_arg(&arg->items[i], depth + 1);
}

static void check_framing(const uint8_t *bytes, size_t size)
{
	struct ct_netlink_bytes rest = ct_netlink_bytes_of(bytes, size);
	struct ct_netlink_message message;
	struct ct_netlink_target target;
	size_t n = 0;

	while (ct_netlink_next(&rest, &message)) {
		require(message.body.at >= bytes && message.body.end <= bytes + size);
		require(message.body.at <= message.body.end && ++n <= size);
	}
	ct_netlink_target(bytes, size, &target);
	ct_netlink_interface(ct_netlink_bytes_of(bytes, size));
	/* what refuses is an error of the kernel's, which nobody asks for */
	require(!ct_netlink_only_asks(ct_netlink_bytes_of(bytes, size)) ||
		!ct_netlink_refuses(ct_netlink_bytes_of(bytes, size)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ct_decode_options options = { .start_ns = 1 };
	const struct ct_blob_stat st = { .ino = 1, .ns_type = CT_NS_NET + 1 };
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_recbuf rb = { 0 };
	struct ct_record *rec;
	struct ct_event event;

	if (size < HEAD || size > 65536)
		return 0;
	check_framing(data + HEAD, size - HEAD);
	rec = ct_recbuf_start(&rb, CT_RECORD_CALL);
	rec->arch = CT_ARCH_X86_64;
	rec->nr = SYS_sendto;
	ct_recbuf_blob(&rb, CT_BLOB_MEM, 1, data + HEAD, size - HEAD);
	ct_recbuf_blob(&rb, CT_BLOB_NETLINK, 1, data, sizeof(int32_t));
	ct_recbuf_blob(&rb, CT_BLOB_STAT, 1, &st, sizeof(st));
	ct_decode(&event, ct_recbuf_record(&rb), &options, &arena);
	require(event.kind == CT_EVENT_CALL && event.call.n_args == 6);
	check_arg(&event.call.args[1], 0);
	ct_arena_release(&arena);
	ct_recbuf_release(&rb);
	return 0;
}
