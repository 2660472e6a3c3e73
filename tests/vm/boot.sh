#!/bin/bash
# boot.sh amd64|arm64 IMAGE PAYLOAD OUT: boots what image.sh made, with a folder PAYLOAD, in which
# `bash run.sh` is run as root. What that prints comes out here as it comes; what it leaves in
# /out is put into OUT. Ends with run.sh's status, or 125 if there is none.
# CT_VM_ACCEL=kvm: with the processor's help; CT_VM_MINUTES: how long it may take (60).
set -euo pipefail
arch=${1:?amd64 or arm64} image=${2:?folder of the image} payload=${3:?folder} out=${4:?folder}
tmp=$(mktemp -d "${TMPDIR:-/tmp}/cttrace-vm.XXXXXX")
trap 'rm -rf --one-file-system "$tmp"' EXIT
mkdir -p "$out"
tar -C "$payload" --owner=0 --group=0 -cf "$tmp/in" .
truncate -s %1M "$tmp/in"
truncate -s 512M "$tmp/out"

accel=${CT_VM_ACCEL:-tcg}
case $arch in
amd64) machine=(qemu-system-x86_64 -M q35 -cpu max -append) console=ttyS0 ;;
arm64) machine=(qemu-system-aarch64 -M "virt,gic-version=3" -cpu cortex-a72 -append) console=ttyAMA0 ;;
*) echo "amd64 or arm64, not $arch" >&2; exit 125 ;;
esac
# An emulated processor has no secrets to protect, and on a busy host no timers to be tested.
machine+=("console=$console quiet panic=-1 mitigations=off no_timer_check rootfstype=ext4 net.ifnames=0
  cgroup_no_v1=all systemd.unified_cgroup_hierarchy=1 systemd.show_status=0")
disk() { # NAME FILE snapshot=on|off
  machine+=(-drive "file=$2,format=raw,if=none,id=$1,cache=unsafe,$3" -device "virtio-blk-pci,drive=$1")
}
disk root "$image/root.img" snapshot=on
disk in "$tmp/in" snapshot=on
disk out "$tmp/out" snapshot=off

# (a port whose other side is at its end is closed, and who writes to it waits for ever)
mkfifo "$tmp/said"
cat "$tmp/said" &
nice timeout -k 5 "${CT_VM_MINUTES:-60}m" "${machine[@]}" -accel "$accel" -smp 1 -m 1536 \
  -nodefaults -no-user-config -display none -no-reboot -monitor none \
  -kernel "$image/vmlinuz" -initrd "$image/initrd" -serial "file:$out/console" \
  -device virtio-rng-pci -device virtio-serial-pci -chardev "file,id=said,path=$tmp/said" \
  -device virtserialport,chardev=said </dev/null || true
wait
tar -C "$out" -xf "$tmp/out" 2>/dev/null || true
if [ ! -s "$out/status" ]; then
  echo "Bail out! the machine did not come to its end" && tail -n 20 "$out/console" | sed 's/^/# /'
  exit 125
fi
exit "$(cat "$out/status")"
