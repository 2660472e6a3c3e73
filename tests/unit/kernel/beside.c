/* SPDX-License-Identifier: MIT */
/* What is looked up beside a stop: a runtime's bundle, what a socket speaks, and who
 * listens there. */
#include "bundle.h"
#include "peer.h"
#include "rights.h"
#include "socket.h"
#include "test.h"

#include "cttrace/strbuf.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* -------- bundles -------- */

static const struct ct_blob *config_of(struct ct_recbuf *rb, const char *argv, size_t len)
{
	ct_recbuf_start(rb, CT_RECORD_EXEC);
	ct_recbuf_blob(rb, CT_BLOB_STRV, 1, argv, len);
	if (!ct_bundle_capture(rb, getpid()))
		return NULL;
	return ct_record_find(ct_recbuf_record(rb), CT_BLOB_CONFIG, CT_BLOB_TASK);
}
#define CONFIG_OF(rb, argv) config_of(rb, argv, sizeof(argv))

static void write_file(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK_INT(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

static void check_config(const struct ct_blob *blob, const char *text)
{
	CHECK(blob && !(blob->flags & CT_BLOB_UNREADABLE));
	CHECK_INT(blob->len, strlen(text));
	CHECK(!memcmp(ct_blob_bytes(blob), text, blob->len));
}

TEST(the_config_that_a_runtime_will_read)
{
	static const char oci[] = "{\"ociVersion\": \"1.0.2\"}";
	char path[] = "/tmp/cttrace-test-XXXXXX";
	struct ct_recbuf rb = { 0 };
	const struct ct_blob *blob;

	CHECK(mkdtemp(path) && !chdir(path) && !mkdir("b", 0700));
	write_file("config.json", "{}");
	write_file("b/config.json", oci);
	/* the bundle is the working directory, if nobody says another one: runc(8) */
	check_config(CONFIG_OF(&rb, "runc\0run\0c"), "{}");
	check_config(CONFIG_OF(&rb, "crun\0create\0--bundle=b\0c"), oci);
	check_config(CONFIG_OF(&rb, "/usr/bin/crun\0create\0-b\0b\0c"), oci);
	blob = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_CONFIG_PATH, CT_BLOB_TASK);
	CHECK_INT(blob->len, strlen(path) + strlen("/b/config.json"));
	CHECK(!memcmp(ct_blob_bytes(blob), path, strlen(path)));
	/* who has not the name of one must be told of a bundle, or have one's config */
	check_config(CONFIG_OF(&rb, "stevedore\0run\0-b\0b\0c"), oci);
	CHECK(!CONFIG_OF(&rb, "npm\0run\0build"));
	CHECK(!CONFIG_OF(&rb, "crun\0state\0c")); /* makes nothing */
	CHECK(!unlink("b/config.json") && !rmdir("b") && !unlink("config.json"));
	CHECK(!chdir("/") && !rmdir(path));
	ct_recbuf_release(&rb);
}

TEST(a_config_that_is_no_file_is_not_opened)
{
	char path[] = "/tmp/cttrace-test-XXXXXX";
	struct ct_recbuf rb = { 0 };
	const struct ct_blob *blob;

	CHECK(mkdtemp(path) && !chdir(path));
	blob = CONFIG_OF(&rb, "runc\0run\0c");
	CHECK(blob && blob->flags & CT_BLOB_UNREADABLE);
	CHECK_INT(blob->error, ENOENT);
	CHECK(!mkfifo("config.json", 0600)); /* an open would wait for a writer */
	blob = CONFIG_OF(&rb, "runc\0run\0c");
	CHECK(blob && blob->flags & CT_BLOB_UNREADABLE);
	CHECK_INT(blob->error, EINVAL);
	CHECK(!unlink("config.json") && !chdir("/") && !rmdir(path));
	ct_recbuf_release(&rb);
}

/* -------- what a socket speaks -------- */

static const char *socket_link(struct ct_recbuf *rb, int fd)
{
	struct ct_task task = { .tid = getpid(), .pid = getpid() };
	const struct ct_blob *blob;
	static char link[64];

	task.args[0] = (uint64_t)fd;
	ct_recbuf_start(rb, CT_RECORD_CALL);
	if (!ct_socket_capture(rb, &task, 0))
		return "";
	blob = ct_record_find(ct_recbuf_record(rb), CT_BLOB_LINK, 0);
	CHECK(blob && blob->len < sizeof(link));
	memcpy(link, ct_blob_bytes(blob), blob->len);
	link[blob->len] = '\0';
	return link;
}

static void expect_protocol(int domain, int type, const char *name)
{
	int fd = socket(domain, type, 0);
	const struct ct_blob *net;
	struct ct_recbuf rb = { 0 };
	struct ct_blob_stat said;
	struct stat st, ns;
	char wanted[64];

	CHECK(fd >= 0 && !fstat(fd, &st) && !stat("/proc/self/ns/net", &ns));
	snprintf(wanted, sizeof(wanted), "%s:[%llu]", name,
		 (unsigned long long)st.st_ino);
	CHECK_STR(socket_link(&rb, fd), *name ? wanted : "");
	net = ct_record_find(ct_recbuf_record(&rb), CT_BLOB_STAT, 0);
	if (net) {
		memcpy(&said, ct_blob_bytes(net), sizeof(said));
		CHECK_INT(said.ino, ns.st_ino);
	}
	CHECK(!net == !*name || geteuid());
	close(fd);
	ct_recbuf_release(&rb);
}

TEST(a_socket_says_what_it_speaks)
{
	expect_protocol(AF_INET, SOCK_STREAM, "TCP");
	expect_protocol(AF_INET, SOCK_DGRAM, "UDP");
	expect_protocol(AF_INET6, SOCK_STREAM, "TCP");
	expect_protocol(AF_UNIX, SOCK_STREAM, "");
}

/* -------- descriptors in messages -------- */

struct message {
	struct iovec iov;
	struct msghdr head;
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(2 * sizeof(int))];
	char byte;
};

/* A message of ours, and the call that would send it. */
static void write_message(struct message *m, int level, const int fds[2])
{
	struct cmsghdr *c;

	*m = (struct message){ .byte = 'x' };
	m->iov = (struct iovec){ &m->byte, 1 };
	m->head = (struct msghdr){ .msg_iov = &m->iov,
				   .msg_iovlen = 1,
				   .msg_control = m->control,
				   .msg_controllen = sizeof(m->control) };
	c = CMSG_FIRSTHDR(&m->head);
	c->cmsg_level = level;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(2 * sizeof(int));
	memcpy(CMSG_DATA(c), fds, 2 * sizeof(int));
}

static const struct ct_blob *passed(struct ct_recbuf *rb, const struct message *m)
{
	static const struct ct_plan plan = { .name = "sendmsg",
					     .n_args = 3,
					     .arg[1] = { .take = CT_TAKE_MSG } };
	struct ct_task task = { .tid = getpid(), .pid = getpid(), .plan = &plan };

	task.args[1] = (uint64_t)(uintptr_t)&m->head;
	task.arch = CT_ARCH_X86_64; /* its pointers are as wide as ours */
	ct_recbuf_start(rb, CT_RECORD_CALL);
	CHECK_INT(ct_rights_sent(&task),
		  m->head.msg_controllen && m->control[8] == SOL_SOCKET);
	ct_rights_capture(rb, &task);
	return ct_record_find(ct_recbuf_record(rb), CT_BLOB_PASSED, CT_BLOB_TASK);
}

TEST(descriptors_are_named_before_they_are_sent)
{
	const int fds[2] = { open("/dev/null", O_RDONLY), pidfd_open(getpid(), 0) };
	const struct ct_blob *blob;
	struct ct_recbuf rb = { 0 };
	struct message m;
	char wanted[64];
	int n;

	CHECK(fds[0] >= 0 && fds[1] >= 0);
	write_message(&m, SOL_SOCKET, fds);
	n = snprintf(wanted, sizeof(wanted), "/dev/null%cpidfd:[%d]", 0, getpid());
	blob = passed(&rb, &m);
	CHECK(blob && blob->len == (size_t)n + 1);
	CHECK(!memcmp(ct_blob_bytes(blob), wanted, (size_t)n + 1));
	/* another kind of message, none at all, and one that claims to be longer */
	write_message(&m, IPPROTO_IP, fds);
	CHECK(!passed(&rb, &m));
	m.head.msg_controllen = 0;
	CHECK(!passed(&rb, &m));
	close(fds[0]);
	close(fds[1]);
	ct_recbuf_release(&rb);
}

/* -------- who listens -------- */

static const struct ct_blob *peer_of(struct ct_recbuf *rb, int fd)
{
	ct_recbuf_start(rb, CT_RECORD_CALL);
	ct_peer_capture(rb, getpid(), fd);
	return ct_record_find(ct_recbuf_record(rb), CT_BLOB_PEER, CT_BLOB_TASK);
}

/* A child that listens at `name` until its end of the pipe is closed. */
static pid_t listen_at(const struct sockaddr_un *name, int done)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	pid_t pid;
	char byte;

	CHECK(!bind(fd, (const struct sockaddr *)name, sizeof(*name)));
	pid = fork();
	if (!pid) {
		listen(fd, 1); /* unix(7): these are the credentials that are told */
		_exit(read(done, &byte, 1) == 1 ? 0 : 1);
	}
	close(fd);
	return pid;
}

TEST(who_has_listened_is_who_is_told)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	struct ct_recbuf rb = { 0 };
	const struct ct_blob *blob;
	struct ct_blob_peer peer;
	char exe[4096];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0), done[2], status;
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe));
	pid_t pid;

	CHECK(!pipe(done));
	/* an abstract name: nothing is left behind */
	snprintf(name.sun_path + 1, sizeof(name.sun_path) - 1, "cttrace-%d", getpid());
	CHECK(!peer_of(&rb, fd)); /* connected to nobody */
	pid = listen_at(&name, done[0]);
	while (connect(fd, (struct sockaddr *)&name, sizeof(name)))
		CHECK_INT(errno, ECONNREFUSED); /* it does not listen yet */
	blob = peer_of(&rb, fd);
	CHECK(blob && blob->len == sizeof(peer) + (size_t)len);
	memcpy(&peer, ct_blob_bytes(blob), sizeof(peer));
	CHECK_INT(peer.pid, pid);
	CHECK_INT(peer.uid, getuid());
	CHECK_INT(peer.gid, getgid());
	CHECK(!memcmp((const char *)ct_blob_bytes(blob) + sizeof(peer), exe,
		      (size_t)len));
	CHECK(write(done[1], "", 1) == 1);
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(!peer_of(&rb, done[0])); /* no socket */
	CHECK(!peer_of(&rb, -1));
	close(done[0]);
	close(done[1]);
	close(fd);
	ct_recbuf_release(&rb);
}
