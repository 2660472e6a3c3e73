/* SPDX-License-Identifier: MIT */
/* Who builds a container, and what it gets: each runtime in its own way. */
#include "expect.h"
#include "test.h"

TEST(crun_clones_its_init_into_new_namespaces)
{
	expect_containers(
		"10 root\n"
		"10 exec /usr/bin/crun crun run --bundle /b web caps:40 nspid:10\n"
		"10 exec - crun run --bundle /b web exe:/memfd\n"
		"10 clone 11 NEWNS|NEWPID|NEWUTS ns:mnt=1,pid=2,uts=3 nspid:1\n"
		"11 mount - / - private|rec -\n"
		"11 mount /b/rootfs /b/rootfs - bind|rec -\n"
		"11 mount proc /b/rootfs/proc proc nosuid|nodev|noexec -\n"
		"11 pivot_root /b/rootfs /b/rootfs\n"
		"11 sethostname web\n"
		"11 exec /hello /hello ns:mnt=1,pid=2,uts=3 nspid:1 caps:11 nnp:1\n"
		"11 exit 0\n"
		"10 exit 0\n",
		"process 10 runtime crun for web\n"
		"process 11→1 payload hello inside web by 10\n"
		"container web\n"
		"  runtime crun 10\n"
		"  bundle /b\n"
		"  rootfs /b/rootfs\n"
		"  root by pivot_root\n"
		"  init 11 → 1\n"
		"  payload 11 /hello status 0\n"
		"  mnt 102 → 1 clone by 10\n"
		"  pid 104 → 2 clone by 10\n"
		"  uts 107 → 3 clone by 10\n"
		"  hostname web\n"
		"  capabilities ffffffffff → 7ff\n"
		"  no_new_privs 1\n"
		"  mount / rprivate outside\n"
		"  mount / from /b/rootfs (rbind)\n"
		"  mount /proc type proc from proc (nosuid,nodev,noexec)\n");
}

TEST(runc_unshares_in_a_first_stage_and_clones_with_another_parent)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/runc runc run -b /b web\n"
			  "10 fork 20\n"
			  "20 exec /proc/self/exe runc init exe:/usr/bin/runc\n"
			  "20 clone 21 PARENT\n"
			  "21 unshare NEWNS|NEWPID ns:mnt=1,pid_for_children=0\n"
			  "21 clone 22 PARENT ns:mnt=1,pid=2 nspid:1\n"
			  "21 exit 0\n"
			  "20 exit 0\n"
			  "22 mount /r /r - bind|rec -\n"
			  "22 pivot_root /r /r\n"
			  "22 exec /hello /hello ns:mnt=1,pid=2 nspid:1\n"
			  "22 exit 3\n"
			  "10 exit 3\n",
			  "process 10 runtime runc for web\n"
			  "process 20 runtime runc for web by 10\n"
			  "process 21 runtime runc inside web by 20 child of 10\n"
			  "process 22→1 payload hello inside web by 21 child of 10\n"
			  "container web\n"
			  "  runtime runc 10\n"
			  "  bundle /b\n"
			  "  rootfs /r\n"
			  "  root by pivot_root\n"
			  "  init 22 → 1\n"
			  "  payload 22 /hello status 3\n"
			  "  mnt 102 → 1 unshare by 21\n"
			  "  pid 104 → 2 unshare by 21\n"
			  "  capabilities 0 → 0\n"
			  "  no_new_privs 0\n"
			  "  mount / from /r (rbind)\n");
}

TEST(unshare_without_fork_becomes_the_payload_itself)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/unshare unshare -m sh\n"
			  "10 unshare NEWNS ns:mnt=1\n"
			  "10 exec /bin/sh sh\n"
			  "10 fork 11\n"
			  "11 exec /bin/ls ls\n",
			  "process 10 payload sh inside pid-10\n"
			  "process 11 payload ls inside pid-10 by 10\n"
			  "container pid-10\n"
			  "  runtime unshare 10\n"
			  "  init 10 → 10\n"
			  "  payload 10 /bin/sh status -1\n"
			  "  mnt 102 → 1 unshare by 10\n");
}

TEST(unshare_pid_without_fork_runs_a_payload_whose_children_are_inside)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/unshare unshare --pid sh\n"
			  "10 unshare NEWPID ns:pid_for_children=0\n"
			  "10 exec /bin/sh sh\n"
			  "10 fork 11 ns:pid=2 nspid:1\n",
			  "process 10 payload sh for pid-10\n"
			  "process 11→1 payload sh inside pid-10 by 10\n"
			  "container pid-10\n"
			  "  runtime unshare 10\n"
			  "  init 10 → 10\n"
			  "  payload 10 /bin/sh status -1\n"
			  "  pid 104 → 2 unshare by 10\n");
}

TEST(bwrap_switches_twice_and_its_child_runs_the_payload)
{
	expect_containers(
		"10 root\n"
		"10 exec /usr/bin/bwrap bwrap --ro-bind /srv/alpine / /bin/true\n"
		"10 clone 11 NEWNS|NEWPID|NEWUSER ns:mnt=1,pid=2,user=3 nspid:1\n"
		"11 write /proc/11/uid_map 0~1000~1\\n\n"
		"11 write /proc/11/setgroups deny\\n\n"
		"11 write /proc/11/gid_map 0~100~1\\n10~200~5\\n\n"
		"11 mount tmpfs /tmp tmpfs nosuid|nodev -\n"
		"11 pivot_root /tmp /tmp/oldroot\n"
		"11 mount /oldroot/srv/alpine /newroot/ - bind|rec -\n"
		"11 mount none /newroot - ro|remount|bind -\n"
		"11 mount tmpfs /newroot/tmp tmpfs nosuid -\n"
		"11 pivot_root /newroot /newroot\n"
		"11 fork 12 nspid:2\n"
		"12 exec /bin/true true nspid:2\n"
		"12 exit 1\n"
		"11 exit 1\n"
		"10 exit 1\n",
		"process 10 runtime bwrap for pid-11\n"
		"process 11→1 init bwrap inside pid-11 by 10\n"
		"process 12→2 payload true inside pid-11 by 11\n"
		"container pid-11\n"
		"  runtime bwrap 10\n"
		"  rootfs /srv/alpine\n"
		"  root by pivot_root\n"
		"  init 11 → 1\n"
		"  payload 12 /bin/true status 1\n"
		"  mnt 102 → 1 clone by 10\n"
		"  pid 104 → 2 clone by 10\n"
		"  user 106 → 3 clone by 10\n"
		"  uid 0 1000 1\n"
		"  gid 0 100 1\n"
		"  gid 10 200 5\n"
		"  setgroups deny\n"
		"  capabilities 0 → 0\n"
		"  no_new_privs 0\n"
		"  mount / type tmpfs from tmpfs (nosuid,nodev) outside\n"
		"  mount / from /oldroot/srv/alpine (rbind)\n"
		"  mount / from none (ro,remount,bind)\n"
		"  mount /tmp type tmpfs from tmpfs (nosuid)\n");
}

TEST(a_renamed_engine_monitor_and_runtime_are_known_by_their_deeds)
{
	expect_containers("10 root\n"
			  "10 exec /opt/dock dock launch web\n"
			  "10 fork 20\n"
			  "20 exec /opt/watch watch web\n"
			  "20 fork 21\n"
			  "20 exit 0\n"
			  "21 fork 30\n"
			  "30 exec /opt/build build web\n"
			  "30 clone 31 NEWNS|NEWPID ns:mnt=1,pid=2 nspid:1\n"
			  "31 chroot /r\n"
			  "31 exec /app app ns:mnt=1,pid=2\n"
			  "30 exit 0\n"
			  "31 exit 0\n"
			  "21 exit 0\n"
			  "10 exit 0\n",
			  "process 10 engine dock\n"
			  "process 20 helper watch by 10\n"
			  "process 21 monitor watch by 20\n"
			  "process 30 runtime build for pid-31 by 21\n"
			  "process 31→1 payload app inside pid-31 by 30\n"
			  "container pid-31\n"
			  "  engine dock\n"
			  "  runtime build 30\n"
			  "  monitor 21\n"
			  "  rootfs /r\n"
			  "  root by chroot\n"
			  "  init 31 → 1\n"
			  "  payload 31 /app status 0\n"
			  "  mnt 102 → 1 clone by 30\n"
			  "  pid 104 → 2 clone by 30\n");
}

TEST(a_renamed_runtime_is_told_its_id_by_the_common_command_line)
{
	expect_containers(
		"10 root\n"
		"10 exec /opt/rt rt --log /l create --bundle /b --pid-file /p web\n"
		"10 clone 11 NEWPID ns:pid=2 nspid:1\n"
		"10 exit 0\n",
		"process 10 runtime rt for web\n"
		"process 11→1 init rt inside web by 10\n"
		"container web\n"
		"  runtime rt 10\n"
		"  bundle /b\n"
		"  init 11 → 1\n"
		"  pid 104 → 2 clone by 10\n");
}

TEST(make_run_is_no_runtime)
{
	expect_containers("10 root\n"
			  "10 exec /usr/bin/make make run all\n"
			  "10 fork 11\n"
			  "11 exec /bin/ls ls\n",
			  "process 10 unknown make\n"
			  "process 11 unknown ls by 10\n");
}

TEST(a_thread_of_the_runtime_may_run_the_payload)
{
	expect_containers("10 root\n"
			  "10 exec /opt/rt rt\n"
			  "10 thread 15\n"
			  "15 unshare NEWNS ns:mnt=1\n"
			  "10 exec /app app from:15\n"
			  "10 exit 0\n",
			  "process 10 payload app inside pid-10\n"
			  "container pid-10\n"
			  "  runtime rt 10\n"
			  "  init 10 → 10\n"
			  "  payload 10 /app status 0\n"
			  "  mnt 102 → 1 unshare by 10\n");
}
