#!/bin/bash
# The mount table that unshare(1) and mount(8) leave behind, compared with the kernel's.
. "${0%/*}/../lib.sh"
. "${0%/*}/../mounts.bash"
need_root
need jq unshare mount

table() { # NAME UNSHARE-OPTIONS SHELL-COMMANDS
  mkdir -p "$TMP/$1/a" "$TMP/$1/b" "$TMP/$1/c"
  # shellcheck disable=SC2086 # several options
  trace "$1" unshare --mount $2 sh -c "cd $TMP/$1 && { $3; } && exec cat /proc/self/mountinfo"
  assert_mount_table "$1"
}

table copy "" true
table propagation "--propagation slave" \
  'mount -t tmpfs -o size=1m,nosuid x a && mount --make-shared a && mount --bind a b &&
   mkdir a/sub && mount -t tmpfs y a/sub && mount --make-rprivate b'
assert_jq "$REPORT" "what is mounted on a peer is mounted on both" \
  '[.containers[0].mount_table.mounts[] | select(.target | endswith("/b/sub"))] | length == 1'
table unbindable "" \
  'mount -t tmpfs x a && mkdir a/sub && mount -t tmpfs y a/sub && mount --make-unbindable a/sub &&
   mount --rbind a b'
table remount "" \
  'mount --bind /etc a && mount -o remount,bind,ro,noexec a && mount -t tmpfs -o noatime x b &&
   mount -o remount,bind,nodev,noatime b && mount --bind b c && mount -o remount,ro c'
table move "" \
  'mount -t tmpfs x a && mkdir a/sub && mount -t proc p a/sub && mount --move a b && mount -t tmpfs z b/sub'
table unmount "" \
  'mount -t tmpfs x a && mkdir a/sub && mount -t tmpfs y a/sub && mount --rbind a b && umount -l a &&
   mount -t tmpfs x c && umount c'
table stacked "" 'mount -t tmpfs x a && mount -t tmpfs y a && mount --rbind a b && umount b'
assert_jq "$REPORT" "the lower one is covered" \
  '[.containers[0].mount_table.mounts[] | select(.target | endswith("/stacked/a")) | .covered] == [true, false]'
# All of the host's, as a copy: the table doubles.
table everything "" 'mount --rbind / a && umount -l a/proc'

# pivot_root as runtimes call it, and what is left of the old root.
table pivot "--propagation private" \
  'mount -t tmpfs x a && mkdir a/old a/proc a/bin a/lib a/lib64 a/usr && mount --rbind /usr a/usr &&
   mount --rbind /bin a/bin && mount --rbind /lib a/lib &&
   { [ ! -d /lib64 ] || mount --rbind /lib64 a/lib64; } && mount -t proc p a/proc && cd a &&
   pivot_root . old && cd / && umount -l /old'
assert_jq "$REPORT" "pivot: the root is what was mounted there" '.containers[0].mount_table.mounts[0].type == "tmpfs"'

# The mount API of 2019, which mount(8) does not use everywhere yet.
if command -v perl >/dev/null && [ "$(uname -m)" = x86_64 ]; then
  mkdir "$TMP/api"
  # shellcheck disable=SC2016 # perl's variables
  trace api unshare --mount perl -e '
    sub must { my @a = @_; my $r = syscall(shift(@a), @a); die "@_: $!\n" if $r < 0; $r }
    my $here = shift;
    my $context = must(430, "tmpfs", 0);             # fsopen
    must(431, $context, 1, "size", "1m", 0);         # fsconfig: a string
    must(431, $context, 1, "source", "made", 0);
    must(431, $context, 6, 0, 0, 0);                 # create
    my $tree = must(432, $context, 0, 0x2 | 0x4);    # fsmount: nosuid, nodev
    must(429, $tree, "", -100, $here, 0x4);          # move_mount
    mkdir "$here/etc"; mkdir "$here/again";
    $tree = must(428, -100, "/etc", 0x1 | 0x8000);   # open_tree: a recursive copy
    must(442, $tree, "", 0x1000 | 0x8000, pack("Q4", 0x1 | 0x8, 0, 0, 0), 32); # ro, noexec
    must(429, $tree, "", -100, "$here/etc", 0x4);
    must(442, -100, $here, 0, pack("Q4", 0x10, 0x70 | 0x4, 0, 0), 32); # noatime, no more nodev
    must(429, -100, "$here/etc", -100, "$here/again", 0);              # moved
    exec "cat", "/proc/self/mountinfo"' "$TMP/api"
  assert_mount_table "api"
else
  skip "the new mount API" "needs perl on x86_64"
fi

# A container that shares the mounts of the host has no table of its own.
trace shared unshare --pid --fork sh -c true
assert_jq "$REPORT" "no mount namespace, no table" '.containers[0].mount_table.mounts == []'
assert_match "and the view says so" "$("$CTTRACE" render --view mounts "$TRACE")" "those of the host"
finish
