/* SPDX-License-Identifier: MIT */
/* Who builds which container, and what it gets: every way that is in use. */
#include "describe.h"
#include "script.h"
#include "test.h"

static void expect(const char *text, const char *want)
{
	CT_CLEANUP_STRBUF struct ct_strbuf got = CT_STRBUF_INIT;
	struct script *script = script_run(text);

	describe_processes(&got, script->model);
	describe_containers(&got, script->model);
	CHECK_STR(got.data, want);
	script_free(script);
}

TEST(crun_clones_its_init_into_new_namespaces)
{
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
	       "10 exec /usr/bin/make make run all\n"
	       "10 fork 11\n"
	       "11 exec /bin/ls ls\n",
	       "process 10 unknown make\n"
	       "process 11 unknown ls by 10\n");
}

TEST(podman_conmon_and_crun_share_a_container)
{
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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
	expect("10 root\n"
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

TEST(a_thread_of_the_runtime_may_run_the_payload)
{
	expect("10 root\n"
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
