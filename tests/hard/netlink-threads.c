/* SPDX-License-Identifier: MIT */
/*
 * A netlink socket that one thread opens, another one asks on, and a third one reads, as
 * goroutines do, one after the other; only the first one is in that network namespace.
 */
#include "hard.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/stat.h>

enum { THREADS = 3, TURNS = 4 };

struct shared {
	int sock;
	pthread_barrier_t turn;
};

static void namespace_of_thread(const char *name)
{
	struct stat st;

	MUST(stat("/proc/thread-self/ns/net", &st));
	say(name, (long)st.st_ino);
}

static void *open_it(void *arg)
{
	struct shared *shared = arg;

	MUST(unshare(CLONE_NEWNET));
	namespace_of_thread("box");
	shared->sock = (int)MUST(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	for (int i = 0; i < TURNS; i++)
		pthread_barrier_wait(&shared->turn);
	return NULL;
}

/* One request that is granted, with an address; one that is refused, without. */
static void *ask(void *arg)
{
	struct shared *shared = arg;
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct {
		struct nlmsghdr head;
		struct ifinfomsg link;
	} request = {
		.head = { .nlmsg_len = sizeof(request),
			  .nlmsg_type = RTM_NEWLINK,
			  .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK,
			  .nlmsg_seq = 77 },
		.link = { .ifi_index = 1, .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
	};

	pthread_barrier_wait(&shared->turn);
	MUST(sendto(shared->sock, &request, sizeof(request), 0,
		    (struct sockaddr *)&kernel, sizeof(kernel)));
	pthread_barrier_wait(&shared->turn);
	pthread_barrier_wait(&shared->turn);
	request.link.ifi_index = 99;
	request.head.nlmsg_seq = 78;
	MUST(send(shared->sock, &request, sizeof(request), 0));
	pthread_barrier_wait(&shared->turn);
	return NULL;
}

static void read_answer(int sock)
{
	char answer[4096];
	struct nlmsgerr error;

	MUST(recv(sock, answer, sizeof(answer), 0));
	memcpy(&error, NLMSG_DATA(answer), sizeof(error));
	tell("the kernel", "says", error.error);
}

static void *read_it(void *arg)
{
	struct shared *shared = arg;

	pthread_barrier_wait(&shared->turn);
	pthread_barrier_wait(&shared->turn);
	read_answer(shared->sock);
	pthread_barrier_wait(&shared->turn);
	pthread_barrier_wait(&shared->turn);
	read_answer(shared->sock);
	return NULL;
}

int main(void)
{
	void *(*const threads[])(void *) = { open_it, ask, read_it };
	struct shared shared = { .sock = -1 };
	pthread_t thread[THREADS];

	namespace_of_thread("outside");
	pthread_barrier_init(&shared.turn, NULL, THREADS);
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, threads[i], &shared);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	pthread_barrier_destroy(&shared.turn);
	return 0;
}
