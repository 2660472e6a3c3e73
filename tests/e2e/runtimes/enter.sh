#!/bin/bash
# enter.sh COMMAND…: runs COMMAND as root where podman, crun and runc work and cannot touch
# the host: own mount and network namespaces, own image store, own configuration.
set -euo pipefail
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}

if [ "${CT_ENTERED:-}" != $$ ]; then # exec keeps the pid: the second time it is ours
  CT_ENTERED=$$ exec unshare --mount --net --propagation private "$0" "$@"
fi
unset CT_ENTERED
mount --make-rshared / # among ourselves, as on a booted machine: podman asks for it
ip link set lo up

# A hybrid host may lack some version 1 controllers (crun wants hugetlb), and a /sys of the
# host shows the host's network devices. Both are replaced; a version 2 host keeps its cgroups.
mount_v1_controllers() {
  local controller hierarchy enabled _
  mount -t tmpfs -o mode=755,size=1m tmpfs /sys/fs/cgroup
  while read -r controller hierarchy _ enabled; do
    [ "$enabled" = 1 ] || continue
    case $hierarchy:$controller in
    '#'* | 0:net_cls | 0:net_prio | 0:perf_event) continue ;; # free: leave them to version 2
    esac
    mkdir "/sys/fs/cgroup/$controller"
    mount -t cgroup -o "$controller" cgroup "/sys/fs/cgroup/$controller" 2>/dev/null ||
      rmdir "/sys/fs/cgroup/$controller"
  done < <(grep -v '^#' /proc/cgroups)
  mkdir /sys/fs/cgroup/systemd /sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd
  mount -t cgroup2 cgroup2 /sys/fs/cgroup/unified
}
mode=$(stat -f -c %T /sys/fs/cgroup)
umount -R -l /sys # and not covered: podman unmounts what it finds below
mount -t sysfs sysfs /sys
if [ "$mode" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
else
  mount_v1_controllers
fi

# Ordinary users may open these on a desktop, but not everywhere.
for device in fuse net/tun; do
  copy=$CT_TESTBED/run/dev-${device##*/}
  [ -c "/dev/$device" ] || continue
  if [ ! -c "$copy" ]; then
    mkdir -p "${copy%/*}"
    mknod -m 666 "$copy" c $((0x$(stat -L -c %t "/dev/$device"))) $((0x$(stat -L -c %T "/dev/$device")))
  fi
  mount --bind "$copy" "/dev/$device"
done

# Limits that this shell may set: a container's may not be above its runtime's, and podman
# lowers its own RLIMIT_NPROC to kernel.pid_max first.
lower() { if [ "$1" = unlimited ] || [ "$1" -gt "$2" ]; then echo "$2"; else echo "$1"; fi; }
files=$(lower "$(ulimit -Hn)" 1048576)
processes=$(lower "$(ulimit -Hu)" "$(cat /proc/sys/kernel/pid_max)")

mkdir -p "$CT_TESTBED"/{conf,run,storage}
export CONTAINERS_CONF=$CT_TESTBED/conf/containers.conf
export CONTAINERS_STORAGE_CONF=$CT_TESTBED/conf/storage.conf
cat >"$CONTAINERS_CONF" <<EOF
[containers]
default_ulimits = ["nofile=$files:$files", "nproc=$processes:$processes"]
log_driver = "k8s-file"
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "$CT_TESTBED/run/libpod"
[network]
network_config_dir = "$CT_TESTBED/run/networks"
EOF
cat >"$CONTAINERS_STORAGE_CONF" <<EOF
[storage]
driver = "overlay"
graphroot = "$CT_TESTBED/storage"
runroot = "$CT_TESTBED/run/storage"
EOF
exec "$@"
