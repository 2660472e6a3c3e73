/* SPDX-License-Identifier: MIT */
/* Messages that crun and runc exchanged with a peer, against what the peer understood. */
#include "message.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

struct seed {
	char bytes[4096];
	size_t len;
};

static struct seed seed(const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	struct seed s = { .len = 0 };
	FILE *file;

	ct_strbuf_addf(&path, CT_SOURCE_DIR "/tests/fuzz/seeds/dbus/%s", name);
	file = fopen(path.data, "rb");
	CHECK(file);
	s.len = fread(s.bytes, 1, sizeof(s.bytes), file);
	fclose(file);
	return s;
}

static void expect(const char *name, const char *member, const char *body)
{
	struct seed s = seed(name);
	struct ct_arena arena = CT_ARENA_INIT;
	CT_CLEANUP_STRBUF struct ct_strbuf words = CT_STRBUF_INIT;
	struct ct_dbus_message m;

	CHECK_INT(ct_dbus_length(s.bytes, s.len), s.len);
	CHECK_INT(ct_dbus_parse(&m, s.bytes, s.len, &arena), 0);
	CHECK(!m.cut);
	CHECK_STR(m.member, member);
	ct_dbus_say(&words, &m.body);
	CHECK_STR(words.data, body);
	ct_arena_release(&arena);
}

TEST(a_call_of_crun)
{
	expect("crun-call-hello", "Hello", "()");
	expect("crun-call-stopunit", "StopUnit", "(test-c1.scope, replace)");
	expect("crun-signal", "JobRemoved",
	       "(3, /org/freedesktop/systemd1/job/3, test-c1.scope, done)");
}

TEST(arrays_of_properties)
{
	struct seed s = seed("runc-call-setunitproperties");
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_dbus_message m;
	const struct ct_dbus_value *list;

	CHECK_INT(ct_dbus_parse(&m, s.bytes, s.len, &arena), 0);
	CHECK_STR(m.signature, "sba(sv)");
	CHECK_STR(m.interface, "org.freedesktop.systemd1.Manager");
	CHECK_STR(m.path, "/org/freedesktop/systemd1");
	CHECK_INT(m.body.n_items, 3);
	list = &m.body.items[2];
	CHECK_STR(list->items[0].items[0].text, "DevicePolicy");
	CHECK_STR(list->items[0].items[1].text, "strict");
	/* a variant with an array of structs in it, an empty one first */
	CHECK_STR(list->items[1].items[0].text, "DeviceAllow");
	CHECK_INT(list->items[1].items[1].n_items, 0);
	CHECK_STR(list->items[2].items[1].items[0].items[0].text, "block-*");
	ct_arena_release(&arena);
}

TEST(an_error_has_a_name_and_a_text)
{
	struct seed s = seed("crun-refused-error");
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_dbus_message m;

	CHECK_INT(ct_dbus_parse(&m, s.bytes, s.len, &arena), 0);
	CHECK_INT(m.type, CT_DBUS_ERROR);
	CHECK_INT(m.reply_serial, 3);
	CHECK_STR(m.error_name, "org.freedesktop.systemd1.UnitExists");
	CHECK_STR(m.body.items[0].text, "Unit test-c1.scope already exists.");
	ct_arena_release(&arena);
}

/* The numbers of a message are in its sender's byte order. */
TEST(the_other_byte_order)
{
	static const char big[] = "B\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00\x09"
				  "\x00\x00\x00\x0f\x05\x01u\x00\x00\x00\x00\x07"
				  "\x08\x01g\x00\x01s\x00\x00\x00\x00\x00\x01x";
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_dbus_message m;

	CHECK_INT(ct_dbus_length(big, sizeof(big)), 38);
	CHECK_INT(ct_dbus_parse(&m, big, sizeof(big), &arena), 0);
	CHECK_INT(m.serial, 9);
	CHECK_INT(m.reply_serial, 7);
	CHECK_STR(m.body.items[0].text, "x");
	ct_arena_release(&arena);
}

TEST(what_is_cut_off_is_said_to_be)
{
	struct seed s = seed("runc-call-starttransientunit");
	struct ct_arena arena = CT_ARENA_INIT;
	struct ct_dbus_message m;

	CHECK_INT(ct_dbus_length(s.bytes, 3), 0);
	CHECK_INT(ct_dbus_length(s.bytes, CT_DBUS_HEAD_MIN), s.len);
	CHECK_INT(ct_dbus_parse(&m, s.bytes, 100, &arena), -EBADMSG);
	CHECK_INT(ct_dbus_parse(&m, s.bytes, s.len - 50, &arena), 0);
	CHECK(m.cut);
	CHECK_STR(m.body.items[0].text, "test-c1.scope");
	ct_arena_release(&arena);
}

TEST(other_bytes_are_no_message)
{
	static const char http[] = "GET / HTTP/1.1\r\n\r\n";
	/* type 0, version 2, serial 0, a header longer than any */
	static const char *const wrong[] = {
		"l\x00\x00\x01\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00",
		"l\x01\x00\x02\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00",
		"l\x01\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
		"l\x01\x00\x01\x00\x00\x00\x00\x01\x00\x00\x00\xff\xff\xff\xff",
	};

	CHECK_INT(ct_dbus_length(http, sizeof(http)), -EBADMSG);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		CHECK_INT(ct_dbus_length(wrong[i], CT_DBUS_HEAD_MIN), -EBADMSG);
}

/* A struct that takes no bytes would make an array of them endless. */
TEST(signatures_that_lie)
{
	static const char *const wrong[] = { "()", "a()", "a", "(", "{s", "z", "aaaa" };
	static const unsigned char bytes[64] = { 16 };
	struct ct_arena arena = CT_ARENA_INIT;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct ct_dbus_reader r = { .bytes = bytes,
					    .len = sizeof(bytes),
					    .arena = &arena };

		ct_dbus_read_all(&r, wrong[i]);
		CHECK(r.bad);
	}
	ct_arena_release(&arena);
}
