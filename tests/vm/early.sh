#!/bin/busybox sh
# shellcheck shell=dash
# The first process of the virtual machine: loads what the disk needs, and gives it to systemd.
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
while read -r file; do $b insmod "/modules/$file" 2>/dev/null; done </order
tries=0
until [ -b /dev/vda ] || [ "$tries" -ge 100 ]; do
  $b sleep 0.1
  tries=$((tries + 1))
done
$b mount -t ext4 /dev/vda /root || $b poweroff -f
$b mount -o move /proc /root/proc
$b mount -o move /dev /root/dev
exec $b switch_root /root /lib/systemd/systemd
