#!/bin/bash
# image.sh amd64|arm64 FOLDER: a machine with systemd and cgroup v2 alone, from Debian's packages:
# FOLDER/{vmlinuz,initrd,root.img}. Packages are unpacked and no script of theirs is run, so the
# other architecture needs no emulation here, and no foreign packages in this system.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/debian.bash"
arch=${1:?amd64 or arm64} folder=${2:?where to put it}
version=2 # of what is made here: an image of another one is made anew
[ "$(cat "$folder/ready" 2>/dev/null)" != "$version" ] || exit 0
rm -rf --one-file-system "$folder"
mkdir -p "$folder"
root=$folder/root

packages=(bash coreutils util-linux mount iproute2 procps kmod tar libc-bin grep sed mawk findutils diffutils
  login passwd base-passwd base-files perl-base iputils-ping hostname
  systemd systemd-sysv libpam-systemd dbus dbus-user-session udev systemd-container
  podman crun runc conmon netavark aardvark-dns iptables uidmap slirp4netns catatonit
  fuse-overlayfs bubblewrap busybox-static
  libjansson4 libelf1 libunwind8 libseccomp2 liblzma5
  jq strace python3 python3-jsonschema graphviz "linux-image-cloud-$arch")
unpack "$arch" "$root" "${packages[@]}"

kernel=$(ls "$root/lib/modules")
mv "$root/boot/vmlinuz-$kernel" "$folder/vmlinuz"
rm -rf "$root"/usr/share/{doc,man,locale,info,i18n,zoneinfo} "${root:?}"/boot/* "$root"/var/cache/apt/*
depmod -b "$root" "$kernel"

# -------- what the packages' scripts would have made --------

cp -n "$root"/usr/share/base-passwd/passwd.master "$root/etc/passwd"
cp -n "$root"/usr/share/base-passwd/group.master "$root/etc/group"
sed -i 's/^root:[^:]*:/root::/' "$root/etc/passwd"
add_user() { # NAME ID HOME SHELL
  echo "$1:x:$2:$2::$3:$4" >>"$root/etc/passwd"
  echo "$1:x:$2:" >>"$root/etc/group"
}
add_user messagebus 997 /nonexistent /usr/sbin/nologin
add_user systemd-network 998 / /usr/sbin/nologin
add_user cttrace-e2e 1001 /home/cttrace-e2e /bin/sh
install -d -m 700 -o 1001 -g 1001 "$root/home/cttrace-e2e"
echo cttrace-e2e:700000:65536 | tee "$root/etc/subuid" >"$root/etc/subgid"
chmod u+s "$root"/usr/bin/new{u,g}idmap
for tool in iptables iptables-save iptables-restore; do
  ln -sf xtables-nft-multi "$root/usr/sbin/$tool"
done
ln -sf mawk "$root/usr/bin/awk"
[ -e "$root/usr/bin/sh" ] || ln -s bash "$root/usr/bin/sh"
echo cttrace-vm >"$root/etc/hostname"
echo '127.0.0.1 localhost cttrace-vm' >"$root/etc/hosts"
: >"$root/etc/machine-id"
mkdir -p "$root"/{mnt,media,opt,srv}

# Who waits for hardware or a network, or works at night, has nothing to do here.
for unit in systemd-{resolved,networkd,timesyncd,udev-trigger,udevd,update-utmp,random-seed}.service \
  systemd-{journal-flush,modules-load,pcrphase,pcrphase-sysinit}.service getty.target \
  e2scrub_reap.service apt-daily{,-upgrade}.timer fstrim.timer \
  podman{,-auto-update,-restart}.service podman.socket podman-auto-update.timer; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
ln -sf /lib/systemd/system/multi-user.target "$root/etc/systemd/system/default.target"
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
install -m 644 "$here/guest.service" "$root/etc/systemd/system/"
ln -s ../guest.service "$root/etc/systemd/system/multi-user.target.wants/"

# -------- the way to the disk --------

early=$folder/early
mkdir -p "$early"/{bin,proc,sys,dev,root,modules}
cp "$root/bin/busybox" "$early/bin/"
for module in virtio_pci virtio_mmio virtio_blk virtio_rng virtio_console ext4; do
  modprobe -d "$root" -S "$kernel" --show-depends "$module" 2>/dev/null | sed -n 's/^insmod \([^ ]*\).*/\1/p' || true
done | awk '!seen[$0]++' | while read -r file; do
  cp "$file" "$early/modules/"
  basename "$file"
done >"$early/order"
install -m 755 "$here/early.sh" "$early/init"
(cd "$early" && find . | cpio -o -H newc --quiet | gzip -1) >"$folder/initrd"

mke2fs -q -t ext4 -O ^has_journal -E root_owner=0:0 -d "$root" "$folder/root.img" 2G
rm -rf --one-file-system "$root" "$early"
echo "$version" >"$folder/ready"
