/* SPDX-License-Identifier: MIT */
/* Several programs around a container, several containers, and none at all. */
#include "expect.h"
#include "test.h"

TEST(podman_conmon_and_crun_share_a_container)
{
	expect_containers(
		"10 root\n"
		"10 exec /usr/bin/podman podman run alpine\n"
		"10 thread 12\n"
		"12 unshare NEWNET ns:net=9\n"
		"12 setns 7 NEWNET ns:net=103\n"
		"10 fork 15\n"
		"15 exec /usr/lib/podman/netavark netavark setup\n"
		"15 setns 3 NEWNET ns:net=9\n"
		"15 setns 4 NEWNET ns:net=103\n"
		"15 fork 16\n"
		"16 exec /usr/sbin/iptables iptables -A X\n"
		"16 exit 0\n"
		"15 exit 0\n"
		"10 fork 20\n"
		"20 exec /usr/bin/conmon conmon -c abc -n pod\n"
		"20 fork 21\n"
		"20 exit 0\n"
		"21 fork 30\n"
		"30 exec /usr/bin/crun crun --systemd-cgroup create --bundle /b abc\n"
		"30 clone 31 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"
		"31 setns 5 NEWNET ns:net=9\n"
		"31 pivot_root /r /r\n"
		"30 exit 0\n"
		"10 fork 40\n"
		"40 exec /usr/bin/crun crun start abc\n"
		"40 exit 0\n"
		"31 exec /bin/sh sh\n"
		"31 exit 0\n"
		"21 fork 50\n"
		"50 exec /usr/bin/podman podman container cleanup --rm abc\n"
		"50 fork 51\n"
		"51 exec /usr/bin/crun crun delete --force abc\n",
		"process 10 engine podman\n"
		"process 15 network netavark for abc by 10\n"
		"process 16 firewall iptables for abc by 15\n"
		"process 20 monitor conmon for abc by 10\n"
		"process 21 monitor conmon for abc by 20\n"
		"process 30 runtime crun for abc by 21\n"
		"process 31→1 payload sh inside abc by 30\n"
		"process 40 runtime crun for abc by 10\n"
		"process 50 engine podman for abc by 21\n"
		"process 51 runtime crun for abc by 50\n"
		"container abc\n"
		"  engine podman\n"
		"  runtime crun 30\n"
		"  monitor 21\n"
		"  bundle /b\n"
		"  rootfs /r\n"
		"  root by pivot_root\n"
		"  init 31 → 1\n"
		"  payload 31 /bin/sh status 0\n"
		"  mnt 102 → 1 clone by 30\n"
		"  net 103 → 9 setns by 10\n"
		"  pid 104 → 2 clone by 30\n");
}

TEST(exec_into_a_container_joins_it_and_makes_no_new_one)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/crun crun run -b /b web\n"
			  "10 clone 11 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"
			  "11 pivot_root /r /r\n"
			  "11 exec /bin/sleep sleep 100\n"
			  "10 fork 20\n"
			  "20 exec /usr/bin/nsenter nsenter -t 11 -a sh\n"
			  "20 setns 3 0 ns:mnt=1,pid_for_children=2\n"
			  "20 fork 21 ns:pid=2 nspid:5\n"
			  "21 exec /bin/sh sh\n",
			  "process 10 runtime crun for web\n"
			  "process 11→1 payload sleep inside web by 10\n"
			  "process 20 runtime nsenter inside web by 10\n"
			  "process 21→5 payload sh inside web by 20\n"
			  "container web\n"
			  "  runtime crun 10\n"
			  "  bundle /b\n"
			  "  rootfs /r\n"
			  "  root by pivot_root\n"
			  "  init 11 → 1\n"
			  "  payload 11 /bin/sleep status -1\n"
			  "  mnt 102 → 1 clone by 10\n"
			  "  pid 104 → 2 clone by 10\n");
}

TEST(a_container_in_a_container_has_its_own_engine_and_namespaces)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/unshare unshare -m --fork sh\n"
			  "10 unshare NEWNS ns:mnt=1\n"
			  "10 fork 11\n"
			  "11 exec /bin/sh sh\n"
			  "11 fork 20\n"
			  "20 exec /usr/bin/bwrap bwrap ls\n"
			  "20 clone 21 NEWNS|NEWUTS ns:mnt=5,uts=6\n"
			  "21 pivot_root /n /n\n"
			  "21 exec /bin/ls ls\n",
			  "process 10 runtime unshare inside pid-11\n"
			  "process 11 payload sh inside pid-11 by 10\n"
			  "process 20 runtime bwrap inside pid-11 by 11\n"
			  "process 21 payload ls inside pid-21 by 20\n"
			  "container pid-11\n"
			  "  runtime unshare 10\n"
			  "  init 11 → 11\n"
			  "  payload 11 /bin/sh status -1\n"
			  "  mnt 102 → 1 unshare by 10\n"
			  "container pid-21\n"
			  "  runtime bwrap 20\n"
			  "  rootfs /n\n"
			  "  root by pivot_root\n"
			  "  init 21 → 21\n"
			  "  payload 21 /bin/ls status -1\n"
			  "  mnt 1 → 5 clone by 20\n"
			  "  uts 107 → 6 clone by 20\n");
}

TEST(one_program_that_builds_two_containers)
{
	expect_containers("10 root\n"
			  "10 exec /opt/two two\n"
			  "10 clone 11 NEWPID ns:pid=1 nspid:1\n"
			  "10 clone 12 NEWPID ns:pid=2 nspid:1\n"
			  "12 exec /b b\n"
			  "11 exec /a a\n",
			  "process 10 runtime two for pid-11\n"
			  "process 11→1 payload a inside pid-11 by 10\n"
			  "process 12→1 payload b inside pid-12 by 10\n"
			  "container pid-12\n"
			  "  runtime two 10\n"
			  "  init 12 → 1\n"
			  "  payload 12 /b status -1\n"
			  "  pid 104 → 2 clone by 10\n"
			  "container pid-11\n"
			  "  runtime two 10\n"
			  "  init 11 → 1\n"
			  "  payload 11 /a status -1\n"
			  "  pid 104 → 1 clone by 10\n");
}

TEST(a_shell_that_pivots_by_hand)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/unshare unshare -m sh -c script\n"
			  "10 unshare NEWNS ns:mnt=1\n"
			  "10 exec /bin/sh sh -c script\n"
			  "10 fork 11\n"
			  "11 exec /bin/mount mount --bind /r /r\n"
			  "11 mount /r /r - bind -\n"
			  "11 exit 0\n"
			  "10 fork 12\n"
			  "12 exec /sbin/chroot chroot /r /bin/app\n"
			  "12 chroot /r\n"
			  "12 exec /bin/app app\n"
			  "12 exit 4\n",
			  "process 10 payload sh inside pid-10\n"
			  "process 11 payload mount inside pid-10 by 10\n"
			  "process 12 payload app inside pid-10 by 10\n"
			  "container pid-10\n"
			  "  runtime unshare 10\n"
			  "  rootfs /r\n"
			  "  root by chroot\n"
			  "  init 10 → 10\n"
			  "  payload 12 /bin/app status 4\n"
			  "  mnt 102 → 1 unshare by 10\n"
			  "  mount / from /r (bind)\n");
}

TEST(rootless_podman_moves_into_namespaces_of_its_own)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/podman podman run alpine\n"
			  "10 clone 11 NEWNS|NEWUSER ns:mnt=1,user=2\n"
			  "10 fork 12\n"
			  "12 exec /usr/bin/newuidmap newuidmap 11 0 1000 1\n"
			  "12 write /proc/11/uid_map 0~1000~1\n"
			  "11 fork 13\n"
			  "13 exec /usr/bin/catatonit catatonit -P\n"
			  "11 exec /proc/self/exe podman run alpine exe:/usr/bin/podman\n"
			  "11 fork 14\n"
			  "14 exec /bin/true true\n",
			  "process 10 engine podman\n"
			  "process 11 engine podman by 10\n"
			  "process 12 idmap newuidmap by 10\n"
			  "process 13 unknown catatonit by 11\n"
			  "process 14 unknown true by 11\n");
}

TEST(a_program_that_goes_on_in_its_own_namespaces_is_no_container)
{
	expect_containers("10 root\n"
			  "10 exec /opt/dock dock\n"
			  "10 clone 11 NEWNS|NEWUSER ns:mnt=1,user=2\n"
			  "11 exec /proc/self/exe dock exe:/opt/dock\n"
			  "11 fork 12\n"
			  "12 exec /bin/true true\n",
			  "process 10 unknown dock\n"
			  "process 11 unknown dock by 10\n"
			  "process 12 unknown true by 11\n");
}

TEST(the_same_id_can_be_used_again)
{
	expect_containers("10 root\n"
			  "10 exec /bin/sh sh\n"
			  "10 fork 20\n"
			  "20 exec /usr/bin/runc runc run -b /b web\n"
			  "20 exit 1\n"
			  "10 fork 30\n"
			  "30 exec /usr/bin/runc runc run -b /b web\n"
			  "30 clone 31 NEWPID ns:pid=2 nspid:1\n"
			  "31 exec /app app\n",
			  "process 10 unknown sh\n"
			  "process 20 runtime runc for web by 10\n"
			  "process 30 runtime runc for web by 10\n"
			  "process 31→1 payload app inside web by 30\n"
			  "container web\n"
			  "  runtime runc 20\n"
			  "  bundle /b\n"
			  "container web\n"
			  "  runtime runc 30\n"
			  "  bundle /b\n"
			  "  init 31 → 1\n"
			  "  payload 31 /app status -1\n"
			  "  pid 104 → 2 clone by 30\n");
}

TEST(a_hook_inside_is_not_the_payload)
{
	expect_containers("10 root\n"
			  "10 exec /opt/rt rt\n"
			  "10 clone 11 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"
			  "11 fork 12 nspid:2\n"
			  "12 exec /opt/hook hook\n"
			  "12 exit 0\n"
			  "11 pivot_root /r /r\n"
			  "11 exec /app app\n",
			  "process 10 runtime rt for pid-11\n"
			  "process 11→1 payload app inside pid-11 by 10\n"
			  "process 12→2 helper hook inside pid-11 by 11\n"
			  "container pid-11\n"
			  "  runtime rt 10\n"
			  "  rootfs /r\n"
			  "  root by pivot_root\n"
			  "  init 11 → 1\n"
			  "  payload 11 /app status -1\n"
			  "  mnt 102 → 1 clone by 10\n"
			  "  pid 104 → 2 clone by 10\n");
}

TEST(a_rootless_container_has_the_id_maps_of_its_engine)
{
	expect_containers(
		"10 root\n"
		"10 exec /usr/bin/podman podman run alpine\n"
		"10 clone 11 NEWUSER ns:user=2\n"
		"10 fork 12\n"
		"12 exec /usr/bin/newuidmap newuidmap 11 0 1000 1 1 100000 65536\n"
		"12 write /proc/11/uid_map 0~1000~1\\n1~100000~65536\\n\n"
		"11 exec /proc/self/exe podman run alpine exe:/usr/bin/podman\n"
		"11 fork 20\n"
		"20 exec /usr/bin/crun crun run -b /b web\n"
		"20 clone 21 NEWNS ns:mnt=3\n"
		"21 exec /app app ns:mnt=3\n",
		"process 10 engine podman\n"
		"process 11 engine podman by 10\n"
		"process 12 idmap newuidmap by 10\n"
		"process 20 runtime crun for web by 11\n"
		"process 21 payload app inside web by 20\n"
		"container web\n"
		"  engine podman\n"
		"  runtime crun 20\n"
		"  bundle /b\n"
		"  init 21 → 21\n"
		"  payload 21 /app status -1\n"
		"  mnt 102 → 3 clone by 20\n"
		"  user 106 → 2 clone by 11\n"
		"  uid 0 1000 1\n"
		"  uid 1 100000 65536\n");
}
