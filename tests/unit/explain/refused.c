/* SPDX-License-Identifier: MIT */
/* Errors that came over D-Bus: each row of the catalogue, from a message with its name.
 */
#include "scene.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static size_t seed(char *bytes, const char *name)
{
	CT_CLEANUP_STRBUF struct ct_strbuf path = CT_STRBUF_INIT;
	FILE *file;
	size_t len;

	ct_strbuf_addf(&path, CT_SOURCE_DIR "/tests/fuzz/seeds/dbus/%s", name);
	file = fopen(path.data, "rb");
	CHECK(file);
	len = fread(bytes, 1, 4096, file);
	fclose(file);
	return len;
}

/* An error for call 3: name and text in the places where the protocol has them. */
static void add_text(struct ct_strbuf *sb, const char *text)
{
	ct_strbuf_addc(sb, (char)strlen(text));
	ct_strbuf_add(sb, "\0\0", 3);
	ct_strbuf_add(sb, text, strlen(text) + 1);
}

static void add_error(struct ct_strbuf *sb, const char *name, const char *text)
{
	size_t fields;

	ct_strbuf_add(sb, "l\3\0\1", 4);
	ct_strbuf_addc(sb, (char)(strlen(text) + 5));
	ct_strbuf_add(sb, "\0\0\0\7\0\0\0\0\0\0\0", 11);
	ct_strbuf_add(sb, "\5\1u\0\3\0\0\0\10\1g\0\1s\0\0\4\1s\0", 20);
	add_text(sb, name);
	fields = sb->len - 16;
	sb->data[12] = (char)fields;
	ct_strbuf_pad(sb, '\0', (8 - sb->len % 8) % 8);
	add_text(sb, text);
}

static struct scene *refused(const char *name, const char *text, const char *said)
{
	static char call[4096];
	static struct ct_strbuf error = CT_STRBUF_INIT;
	struct scene *s = scene_new();
	size_t len = seed(call, "crun-call-starttransientunit");

	ct_strbuf_release(&error);
	add_error(&error, name, text);
	scene_root(s, 100, "/usr/bin/crun");
	scene_write(s, 100, 4, "socket:[1]", call, len);
	scene_receive(s, 100, 4, error.data, error.len);
	scene_call(s, 100, "rmdir", EACCES, "/sys/fs/cgroup/x");
	scene_say(s, 100, said);
	scene_exit(s, 100, 1);
	scene_diagnose(s);
	return s;
}

TEST(each_refusal_is_recognised)
{
	static const struct {
		const char *name, *id;
	} rows[] = {
		{ "org.freedesktop.systemd1.UnitExists", "systemd-unit-exists" },
		{ "org.freedesktop.DBus.Error.AccessDenied", "systemd-denied" },
		{ "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired",
		  "systemd-denied" },
		{ "org.freedesktop.DBus.Error.ServiceUnknown", "systemd-not-there" },
		{ "org.freedesktop.DBus.Error.NameHasNoOwner", "systemd-not-there" },
		{ "org.freedesktop.DBus.Error.Spawn.ChildExited", "systemd-not-there" },
		{ "org.freedesktop.DBus.Error.UnknownProperty", "systemd-property" },
		{ "org.freedesktop.DBus.Error.PropertyReadOnly", "systemd-property" },
		{ "org.freedesktop.DBus.Error.InvalidArgs", "systemd-property" },
		{ "org.freedesktop.systemd1.NoSuchUnit", "systemd-no-unit" },
		{ "org.freedesktop.DBus.Error.NoReply", "systemd-busy" },
		{ "org.freedesktop.DBus.Error.LimitsExceeded", "systemd-busy" },
		{ "org.freedesktop.systemd1.JobTypeNotApplicable", "systemd-refused" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct scene *s = refused(rows[i].name, "no such luck today",
					  "sd-bus call: no such luck today: "
					  "Permission denied\n");

		CHECK_STR(s->diagnosis->signature, rows[i].id);
		CHECK_INT(s->diagnosis->kind, CT_DIAGNOSIS_DECISION);
		CHECK_STR(scene_culprit(s)->name, "write");
		CHECK_INT(s->diagnosis->sure, CT_SURE_HIGH);
		CHECK(strstr(scene_remark(s, "seen"), rows[i].name));
		scene_free(s);
	}
}

/* runc gets UnitExists, and goes on: what breaks the start then is something else. */
TEST(an_error_that_nobody_repeats_is_not_the_reason)
{
	struct scene *s = refused("org.freedesktop.systemd1.UnitExists", "Unit x exists.",
				  "rmdir /sys/fs/cgroup/x: Permission denied\n");

	CHECK_INT(s->diagnosis->kind, CT_DIAGNOSIS_CALL);
	CHECK_STR(scene_culprit(s)->name, "rmdir");
	scene_free(s);
}
