/* SPDX-License-Identifier: MIT */
/* What does not count when two starts are compared, and what does. */
#include "normal.h"
#include "test.h"

#include <string.h>

static uint64_t key_of(const struct normal *n, enum normal_kind kind, const char *text)
{
	CT_CLEANUP_STRBUF struct ct_strbuf sb = CT_STRBUF_INIT;

	normal_add(&sb, n, kind, text, strlen(text));
	return normal_hash(sb.data, sb.len);
}

/* The first trace has process 4711 and container c1, the second 812 and web. */
static bool same(enum normal_kind kind, const char *a, const char *b)
{
	int32_t pids_a[] = { 4711 }, pids_b[] = { 812 };
	const char *ids_a[] = { "c1" }, *ids_b[] = { "web" };
	struct normal x = { pids_a, 1, ids_a, 1 }, y = { pids_b, 1, ids_b, 1 };

	return key_of(&x, kind, a) == key_of(&y, kind, b);
}

TEST(what_changes_from_run_to_run_is_the_same)
{
	static const struct {
		enum normal_kind kind;
		const char *a, *b;
	} rows[] = {
		{ NORMAL_TEXT, "4711\n", "812\n" },
		{ NORMAL_PATH, "/proc/4711/ns/net", "/proc/812/ns/net" },
		{ NORMAL_PATH, "/proc/5/fd/7", "/proc/6/fd/11" },
		{ NORMAL_PATH, "net:[4026532310]", "net:[4026532999]" },
		{ NORMAL_PATH, "/run/crun/c1/exec.fifo", "/run/crun/web/exec.fifo" },
		{ NORMAL_PATH, "/libpod-0909db2fc571a", "/libpod-d7521e38d01b4" },
		{ NORMAL_PATH, "/tmp/crun.eoth9f", "/tmp/crun.71045C" },
		{ NORMAL_PATH, "/tmp/crun.ermmuh", "/tmp/crun.xxjiFS" },
		{ NORMAL_PATH, "/var/tmp/x-abcdef/y", "/var/tmp/x-q1cdef/y" },
		{ NORMAL_PATH, "/run/runc.BUWwmv", "/run/runc.ArpQts" },
		{ NORMAL_PATH, "/run/runc.abcdef", "/run/runc.ArpQts" },
		{ NORMAL_PATH, "/var/volatile-check2391449609/x",
		  "/var/volatile-check137313455/x" },
		{ NORMAL_PATH, "/run/netns/netns-3b241101-e2bb-4255-8caf-4136c566a962",
		  "/run/netns/netns-1d87f0aa-0a0b-4c4d-9e9f-aabbccddeeff" },
		{ NORMAL_PATH, "/l/5ZQKUPZ4FQXEJEWRYH5P3OS7CP",
		  "/l/ABCDEFGHIJKLMNOPQRSTUVWX23" },
		{ NORMAL_TEXT, "time=\"2026-11-22T13:20:40Z\" level=error",
		  "time=\"2027-01-02T03:04:05.123+01:00\" level=error" },
		{ NORMAL_TEXT, "veth 3a:11:22:33:44:55", "veth aa:bb:cc:dd:ee:ff" },
		{ NORMAL_TEXT, "10.88.0.5/16", "10.88.0.17/16" },
		{ NORMAL_TEXT, "0x7ffea6eb8640", "0x7fffa9a2d190" },
		{ NORMAL_TEXT, "{\"pid\":4711}", "{\"pid\":812}" },
		{ NORMAL_TEXT, "veth veth%d ⇄ eth0 → net 4026532250",
		  "veth veth%d ⇄ eth0 → net 4026532249" },
		{ NORMAL_TEXT, "veth0 on interface 4", "veth0 on interface 17" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!same(rows[i].kind, rows[i].a, rows[i].b))
			test_fail(__FILE__, __LINE__, "%s is not %s", rows[i].a,
				  rows[i].b);
}

TEST(what_means_something_stays)
{
	static const struct {
		enum normal_kind kind;
		const char *a, *b;
	} rows[] = {
		{ NORMAL_TEXT, "67108864", "134217728" },
		{ NORMAL_TEXT, "2048", "50" },
		{ NORMAL_PATH, "/bin/sh", "/no/such/program" },
		{ NORMAL_PATH, "/usr/bin/crun", "/usr/bin/runc" },
		{ NORMAL_PATH, "/proc/sys/net", "/proc/sys/kernel" },
		{ NORMAL_TEXT, "10.88.0.5/16", "10.89.0.5/16" },
		{ NORMAL_TEXT, "1000", "0" },
		{ NORMAL_TEXT, "MS_RDONLY", "MS_NOSUID" },
		{ NORMAL_PATH, "/etc/hosts", "/etc/hostname" },
		{ NORMAL_TEXT, "/a b", "/a c" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (same(rows[i].kind, rows[i].a, rows[i].b))
			test_fail(__FILE__, __LINE__, "%s is taken for %s", rows[i].a,
				  rows[i].b);
}
