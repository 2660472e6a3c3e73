/* SPDX-License-Identifier: MIT */
/* The fixed part of a message, its header fields, its body. */
#include "message.h"

#include <errno.h>
#include <string.h>

#define PROTOCOL_VERSION 1
#define LENGTH_MAX       (UINT32_C(1) << 27) /* of a message, by the specification */

enum field {
	FIELD_PATH = 1,
	FIELD_INTERFACE,
	FIELD_MEMBER,
	FIELD_ERROR_NAME,
	FIELD_REPLY_SERIAL,
	FIELD_DESTINATION,
	FIELD_SENDER,
	FIELD_SIGNATURE,
};

/* The fixed part: order, type, flags, version, then three numbers. */
enum { ORDER, TYPE, FLAGS, VERSION, BODY_LENGTH, SERIAL = 8, FIELDS_LENGTH = 12 };

static struct ct_dbus_reader reader_of(const unsigned char *bytes, size_t len, size_t at)
{
	return (struct ct_dbus_reader){
		.bytes = bytes, .len = len, .at = at, .big = bytes[ORDER] == 'B'
	};
}

static uint32_t head_word(const unsigned char *bytes, size_t at)
{
	struct ct_dbus_reader r = reader_of(bytes, CT_DBUS_HEAD_MIN, at);

	return ct_dbus_u32(&r);
}

static size_t header_len(const unsigned char *bytes)
{
	return (CT_DBUS_HEAD_MIN + (size_t)head_word(bytes, FIELDS_LENGTH) + 7) / 8 * 8;
}

ssize_t ct_dbus_length(const void *bytes, size_t len)
{
	const unsigned char *head = bytes;

	if ((len > ORDER && head[ORDER] != 'l' && head[ORDER] != 'B') ||
	    (len > TYPE && (head[TYPE] < CT_DBUS_CALL || head[TYPE] > CT_DBUS_SIGNAL)) ||
	    (len > VERSION && head[VERSION] != PROTOCOL_VERSION))
		return -EBADMSG;
	if (len < CT_DBUS_HEAD_MIN)
		return 0;
	if (!head_word(head, SERIAL) || head_word(head, FIELDS_LENGTH) > LENGTH_MAX ||
	    head_word(head, BODY_LENGTH) > LENGTH_MAX)
		return -EBADMSG;
	return (ssize_t)(header_len(head) + head_word(head, BODY_LENGTH));
}

static void set_field(struct ct_dbus_message *m, uint64_t code,
		      const struct ct_dbus_value *value)
{
	const struct {
		enum field code;
		const char **text;
		char type;
	} texts[] = {
		{ FIELD_PATH, &m->path, 'o' },
		{ FIELD_INTERFACE, &m->interface, 's' },
		{ FIELD_MEMBER, &m->member, 's' },
		{ FIELD_ERROR_NAME, &m->error_name, 's' },
		{ FIELD_DESTINATION, &m->destination, 's' },
		{ FIELD_SENDER, &m->sender, 's' },
		{ FIELD_SIGNATURE, &m->signature, 'g' },
	};

	if (code == FIELD_REPLY_SERIAL && value->type == 'u')
		m->reply_serial = (uint32_t)value->number;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].code == code && texts[i].type == value->type)
			*texts[i].text = value->text;
}

int ct_dbus_parse(struct ct_dbus_message *message, const void *bytes, size_t len,
		  struct ct_arena *arena)
{
	const unsigned char *head = bytes;
	const char *signature = "a(yv)";
	ssize_t whole = ct_dbus_length(bytes, len);
	struct ct_dbus_value fields;
	struct ct_dbus_reader r;

	if (whole <= 0 || header_len(head) > len)
		return -EBADMSG;
	*message = (struct ct_dbus_message){ .type = (enum ct_dbus_type)head[TYPE],
					     .serial = head_word(head, SERIAL),
					     .path = "",
					     .interface = "",
					     .member = "",
					     .error_name = "",
					     .destination = "",
					     .sender = "",
					     .signature = "" };
	r = reader_of(head, header_len(head), FIELDS_LENGTH);
	r.arena = arena;
	fields = ct_dbus_read(&r, &signature);
	if (r.bad)
		return -EBADMSG;
	for (size_t i = 0; i < fields.n_items; i++)
		if (fields.items[i].n_items == 2)
			set_field(message, fields.items[i].items[0].number,
				  &fields.items[i].items[1]);
	r = reader_of(head, len < (size_t)whole ? len : (size_t)whole, header_len(head));
	r.arena = arena;
	message->body = ct_dbus_read_all(&r, message->signature);
	message->cut = r.bad;
	return 0;
}
