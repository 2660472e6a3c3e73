/* SPDX-License-Identifier: MIT */
/* The scenes of the goldens: numbers of the order that real starts show. */
#include "build.h"

#include <errno.h>
#include <stdio.h>

#define ID "3520e0d77aab8f2f0c1d3f5a7b9c0e2f4a6b8c0d2e4f60718293a4b5c6d7e8f9"

static void label(struct build *b, int process, struct ct_container *c)
{
	b->model.processes[process].container = (int)(c - b->model.containers);
}

static int podman_network(struct build *b, int podman)
{
	int netavark =
		build_process(b, US(58120), 6432, podman, CT_ROLE_NETWORK, "netavark");

	build_exec(b, netavark, US(58300), "/usr/lib/podman/netavark",
		   "/usr/lib/podman/netavark --config /run/netavark setup "
		   "/run/netns/netns-1d87");
	for (int i = 0; i < 24; i++) {
		int iptables = build_process(b, US(76011 + i * 3000), 6433 + i, netavark,
					     CT_ROLE_FIREWALL, "iptables");

		build_exec(b, iptables, US(76211 + i * 3000), "/usr/sbin/iptables",
			   "iptables -w -t nat -C NETAVARK-1D8721804F16F -j ACCEPT");
		build_exit(b, iptables, US(78000 + i * 3000), i % 3 == 0);
	}
	build_exit(b, netavark, US(162100), 0);
	return netavark;
}

static void podman_mounts(struct build *b, struct ct_container *c)
{
	static const char *const mounts[][4] = {
		{ "proc", "/proc", "proc", "nosuid,noexec,nodev" },
		{ "tmpfs", "/dev", "tmpfs", "nosuid" },
		{ "sysfs", "/sys", "sysfs", "ro,nosuid,noexec,nodev" },
		{ "devpts", "/dev/pts", "devpts", "nosuid,noexec" },
		{ "mqueue", "/dev/mqueue", "mqueue", "nosuid,noexec,nodev" },
		{ "/var/lib/containers/storage/overlay-containers/" ID "/userdata/hosts",
		  "/etc/hosts", "", "rbind" },
		{ "shm", "/dev/shm", "", "bind" },
		{ "/dev/null", "/proc/kcore", "", "bind" },
	};

	for (size_t i = 0; i < sizeof(mounts) / sizeof(*mounts); i++) {
		const char *args = ct_arena_printf(
			&b->arena, "source=\"%s\"|target=\"%s\"|filesystemtype=\"%s\"",
			mounts[i][0], mounts[i][1], mounts[i][2]);
		size_t e = build_call(b, c->init, US(174300 + (int)i * 900), TAG(MOUNT),
				      "mount", args);

		build_mount(b, c, e,
			    (struct ct_mount){ .source = mounts[i][0],
					       .target = mounts[i][1],
					       .type = mounts[i][2],
					       .flags = mounts[i][3] });
		if (i % 2)
			build_fail(b,
				   build_call(b, c->init, US(174600 + (int)i * 900),
					      TAG(BENIGN), "mkdirat",
					      "dirfd=7|pathname=\"dev\"|mode=0755"),
				   EEXIST);
	}
}

/* What the container's first process does until its program runs. */
static void podman_init(struct build *b, struct ct_container *c)
{
	int init = c->init;
	long maker = (long)b->model.processes[0].ns_changes[0].event;
	size_t e = build_call(b, init, US(172655), TAG(NAMESPACE), "setns",
			      "fd=5</run/netns/netns-1d87>|nstype=CLONE_NEWNET");

	build_ns(b, init, e,
		 (struct ct_ns_change){ .type = CT_NS_NET,
					.how = CT_NS_SETNS,
					.from = 4026531837,
					.to = 4026532310 });
	build_handover(b, e,
		       (struct ct_handover){ .kind = CT_HANDOVER_NAMESPACE,
					     .from = 0,
					     .to = init,
					     .from_event = maker,
					     .label = "net" });
	c->ns[CT_NS_NET].how = CT_NS_SETNS;
	c->ns[CT_NS_NET].to = 4026532310;
	c->ns[CT_NS_NET].t_ns = US(38415);
	c->ns[CT_NS_NET].by = 0;
	podman_mounts(b, c);
	c->pivot = "pivot_root";
	c->pivot_ns = US(184100);
	e = build_call(b, init, US(184100), TAG(ROOT) | TAG(MOUNT), "pivot_root",
		       "new_root=\".\"|put_old=\".\"");
	b->model.facts[e].step = CT_STEP_PIVOT;
	build_call(b, init, US(184300), TAG(HOSTNAME), "sethostname",
		   "name=\"3520e0d77aab\"|len=12");
	for (int i = 0; i < 30; i++)
		build_call(b, init, US(184900 + i), TAG(CAPABILITY), "prctl",
			   "option=PR_CAPBSET_DROP|arg2=1");
	e = build_call(b, init, US(185000), TAG(CAPABILITY), "capset",
		       "hdrp={pid=0}|datap={}");
	b->model.facts[e].step = CT_STEP_CAPABILITIES;
	e = build_call(b, init, US(185300), TAG(SECCOMP), "seccomp",
		       "operation=SECCOMP_SET_MODE_FILTER|flags=0|args={len=1125}");
	b->model.facts[e].step = CT_STEP_SECCOMP;
	c->has_caps = true;
	c->caps_before.effective = 0x1ffffffffff;
	c->caps.effective = c->caps.permitted = c->caps.bounding = 0x800405fb;
	c->no_new_privs = 0;
	c->seccomp_instructions = 1125;
}

static int podman_create(struct build *b, int conmon)
{
	static const struct {
		enum ct_ns type;
		uint64_t inode;
	} made[] = { { CT_NS_MNT, 4026532311 },
		     { CT_NS_UTS, 4026532312 },
		     { CT_NS_IPC, 4026532313 },
		     { CT_NS_PID, 4026532314 } };
	int crun = build_process(b, US(163002), 6460, conmon, CT_ROLE_RUNTIME, "crun");
	struct ct_container *c;
	size_t e;
	int init;

	build_exec(b, crun, US(163202), "/usr/bin/crun",
		   "/usr/bin/crun --systemd-cgroup create --bundle "
		   "/var/lib/containers/storage/"
		   "overlay-containers/" ID "/userdata --pid-file /run/pidfile " ID);
	build_exec(b, crun, US(163911), "/proc/self/fd/4", "crun create");
	b->model.processes[crun].execs[1].self = true;
	init = build_process(b, US(172480), 6461, crun, CT_ROLE_INIT, "crun");
	b->model.processes[init].nspid = 1;
	e = b->model.n_facts - 1;
	b->model.facts[e].step = CT_STEP_NAMESPACES;
	c = build_container(b, ID, init);
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++) {
		uint64_t from = b->header.host_ns[made[i].type];

		build_ns(b, init, e,
			 (struct ct_ns_change){ .type = made[i].type,
						.how = CT_NS_CLONE,
						.from = from,
						.to = made[i].inode });
		c->ns[made[i].type] = (struct ct_container_ns){
			CT_NS_CLONE, from, made[i].inode,
			US(172480),  crun, (int)b->model.n_ns_changes - 1
		};
	}
	c->engine = "podman";
	c->runtime = "crun";
	c->runtime_path = "/usr/bin/crun";
	c->runtime_process = crun;
	c->monitor = conmon;
	c->cgroup = "/machine.slice/libpod-" ID ".scope";
	e = build_call(b, crun, US(172520), TAG(CGROUP), "write",
		       "fd=6|buf=\"6461\"|count=4");
	b->model.facts[e].step = CT_STEP_CGROUP;
	build_move(b, e,
		   (struct ct_cgroup_change){ .process = init,
					      .writer = crun,
					      .from = "/user.slice",
					      .to = c->cgroup,
					      .n_hierarchies = 1 });
	build_call(b, crun, US(172600), TAG(LIMIT), "prlimit64",
		   "pid=0|resource=RLIMIT_NOFILE|new_limit={rlim_cur=1048576, "
		   "rlim_max=1048576}");
	podman_init(b, c);
	label(b, crun, c);
	label(b, conmon, c);
	build_exit(b, crun, US(195900), 0);
	return init;
}

static void podman_phases(struct build *b, int crun, int conmon, int netavark)
{
	static const struct {
		const char *name;
		enum ct_step step;
		int start, end;
		const char *detail;
	} steps[] = {
		{ "namespaces", CT_STEP_NAMESPACES, 172480, 172900,
		  "+ mnt uts ipc pid, joined net" },
		{ "cgroup", CT_STEP_CGROUP, 173020, 174900, "pids.max 2048" },
		{ "root file system", CT_STEP_ROOTFS, 174300, 184100, "8 mounts" },
		{ "pivot_root", CT_STEP_PIVOT, 184100, 184200, "" },
		{ "capabilities", CT_STEP_CAPABILITIES, 184900, 185100, "41 → 11" },
		{ "seccomp", CT_STEP_SECCOMP, 185300, 185600, "1125 instructions" },
	};

	build_phase(b, "engine", CT_STEP_NONE, 0, US(58120), "")->process = 0;
	build_phase(b, "network", CT_STEP_NONE, US(58120), US(162100), "")->process =
		netavark;
	build_phase(b, "monitor", CT_STEP_NONE, US(162240), US(163002), "")->process =
		conmon;
	build_phase(b, "create", CT_STEP_NONE, US(163002), US(195900), "")->process =
		crun;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		build_phase(b, steps[i].name, steps[i].step, US(steps[i].start),
			    US(steps[i].end), steps[i].detail);
	build_phase(b, "run", CT_STEP_NONE, US(197900), US(198400), "exit 0")->process =
		b->model.containers[0].init;
	build_phase(b, "clean-up", CT_STEP_NONE, US(198400), US(312000), "")->process = 0;
	for (size_t i = 2; i < b->model.n_phases; i++)
		b->model.phases[i].container = 0;
}

static void podman_cleanup(struct build *b, int podman, int conmon)
{
	int netavark, crun;

	netavark =
		build_process(b, US(213700), 6470, podman, CT_ROLE_NETWORK, "netavark");
	build_exec(b, netavark, US(213900), "/usr/lib/podman/netavark",
		   "netavark teardown /run/netns/netns-1d87");
	for (int i = 0; i < 12; i++) {
		int iptables = build_process(b, US(220000 + i * 3000), 6471 + i, netavark,
					     CT_ROLE_FIREWALL, "iptables");

		build_exec(b, iptables, US(220200 + i * 3000), "/usr/sbin/iptables",
			   "iptables -w -t nat -D NETAVARK-1D8721804F16F");
		build_exit(b, iptables, US(222000 + i * 3000), 0);
	}
	build_exit(b, netavark, US(262000), 0);
	build_call(
		b, podman, US(270000), TAG(MOUNT), "umount2",
		"target=\"/var/lib/containers/storage/overlay/merged\"|flags=MNT_DETACH");
	crun = build_process(b, US(280000), 6490, podman, CT_ROLE_RUNTIME, "crun");
	build_exec(b, crun, US(280200), "/usr/bin/crun", "crun delete --force " ID);
	build_exit(b, crun, US(290000), 0);
	build_exit(b, conmon, US(300000), 0);
	build_exit(b, podman, US(312000), 0);
}

void build_podman(struct build *b)
{
	int podman, netavark, fork, conmon, init, start;
	struct ct_container *c;
	size_t e;

	build_init(b, "podman run --rm hello-world");
	podman = build_process(b, 0, 6422, -1, CT_ROLE_ENGINE, "podman");
	build_exec(b, podman, US(210), "/usr/bin/podman", "podman run --rm hello-world");
	build_call(b, podman, US(31902), TAG(MOUNT), "mount",
		   "source=\"overlay\"|target=\"/var/lib/containers/storage/overlay/"
		   "merged\"|"
		   "filesystemtype=\"overlay\"|mountflags=0");
	e = build_call(b, podman, US(38415), TAG(NAMESPACE), "unshare",
		       "flags=CLONE_NEWNET");
	build_ns(b, podman, e,
		 (struct ct_ns_change){ .type = CT_NS_NET,
					.how = CT_NS_UNSHARE,
					.from = 4026531837,
					.to = 4026532310 });
	/* a thread of podman did that: the process as a whole stays where it was */
	b->model.processes[podman].ns[CT_NS_NET] = 4026531837;
	netavark = podman_network(b, podman);
	fork = build_process(b, US(162240), 6457, podman, CT_ROLE_UNKNOWN, "podman");
	conmon = build_process(b, US(162400), 6458, fork, CT_ROLE_MONITOR, "conmon");
	build_exec(b, conmon, US(162600), "/usr/bin/conmon",
		   "/usr/bin/conmon --api-version 1 -c " ID " -u " ID
		   " -r /usr/bin/crun");
	build_exit(b, fork, US(162800), 0);
	init = podman_create(b, conmon);
	start = build_process(b, US(197250), 6463, podman, CT_ROLE_RUNTIME, "crun");
	build_exec(b, start, US(197300), "/usr/bin/crun", "/usr/bin/crun start " ID);
	e = build_call(b, start, US(197700), TAG(FILE), "openat",
		       "pathname=\"/run/crun/" ID "/exec.fifo\"|flags=O_WRONLY");
	build_handover(b, e,
		       (struct ct_handover){ .kind = CT_HANDOVER_FIFO,
					     .from = start,
					     .to = init,
					     .from_event = -1,
					     .label = "exec.fifo" });
	e = build_exec(b, init, US(197900), "/hello", "/hello");
	b->model.facts[e].tags |= TAG(PAYLOAD);
	c = &b->model.containers[0];
	c->payload = init;
	c->payload_exec = 0;
	c->payload_ns = US(197900);
	c->exit.status = 0;
	build_exit(b, start, US(198300), 0);
	build_exit(b, init, US(198400), 0);
	podman_phases(b, c->runtime_process, conmon, netavark);
	podman_cleanup(b, podman, conmon);
}

void build_failed(struct build *b)
{
	static const char *evidence[] = {
		"crun, 0.2 ms later: \"setrlimit `RLIMIT_NOFILE`: Operation not "
		"permitted\"",
		"config.json asks for RLIMIT_NOFILE 1048576",
	};
	int podman, crun, init;
	struct ct_container *c;
	size_t e;

	build_init(b, "podman run --rm hello-world");
	podman = build_process(b, 0, 700, -1, CT_ROLE_ENGINE, "podman");
	build_exec(b, podman, US(200), "/usr/bin/podman", "podman run --rm hello-world");
	build_fail(b,
		   build_call(b, podman, US(900), TAG(BENIGN), "access",
			      "pathname=\"/etc/containers/mounts.conf\"|mode=F_OK"),
		   ENOENT);
	crun = build_process(b, US(95000), 6460, podman, CT_ROLE_RUNTIME, "crun");
	build_exec(b, crun, US(95200), "/usr/bin/crun", "crun create " ID);
	init = build_process(b, US(95500), 6461, crun, CT_ROLE_INIT, "crun");
	c = build_container(b, ID, init);
	c->engine = "podman";
	c->runtime = "crun";
	e = build_fail(
		b,
		build_call(b, crun, US(96120), TAG(LIMIT), "prlimit64",
			   "pid=0|resource=RLIMIT_NOFILE|new_limit={rlim_cur=1048576, "
			   "rlim_max=1048576}|old_limit=NULL"),
		EPERM);
	build_call(b, crun, US(96320), TAG(MESSAGE), "write",
		   "fd=2|buf=\"setrlimit `RLIMIT_NOFILE`: Operation not "
		   "permitted\"|count=51");
	build_exit(b, init, US(96500), 1);
	build_exit(b, crun, US(96800), 1);
	build_exit(b, podman, US(142000), 126);
	b->model.findings = ct_arena_array(&b->arena, struct ct_finding, 1);
	b->model.n_findings = 1;
	b->model.findings[0] = (struct ct_finding){
		.id = "rlimit-above-hard",
		.severity = "error",
		.confidence = 95,
		.title = "crun may not raise RLIMIT_NOFILE above its hard limit",
		.event = (long)e,
		.evidence = evidence,
		.n_evidence = 2,
		.cause = "raising a hard limit needs CAP_SYS_RESOURCE; this task has "
			 "every "
			 "capability but that one, and its hard limit is 20000",
		.remedy = "podman run --ulimit nofile=20000:20000 …",
	};
}
