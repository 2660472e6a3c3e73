#!/bin/bash
# Runs in the virtual machine: makes a testbed, and runs scenarios in it, each one test of TAP.
# guest.sh SCENARIO…, which are files below /payload. What they made is left in /out.
set -u -o pipefail
cd /payload || exit 1
mkdir -p /out
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8
export CTTRACE=/payload/cttrace SAMPLES=/payload/samples/built HARD=/payload/hard CT_TESTBED=/testbed TMPDIR=/out/tmp
mkdir -p "$TMPDIR"
mount -t tmpfs tmpfs /out/tmp
mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
modprobe -a overlay tun fuse 2>/dev/null
dot -c # the script of its package would have done that

end() {
  umount /out/tmp
  echo "$1" >/out/status
  tar -C /out -cf /dev/vdc .
  sync
  exit "$1"
}
echo "# $(uname -srm), $(systemctl --version | head -n 1), $(stat -f -c %T /sys/fs/cgroup), $(podman --version)"
if ! CT_HELLO=/payload/hello tests/e2e/runtimes/setup.sh >/out/setup.log 2>&1; then
  echo "Bail out! there is no testbed"
  sed 's/^/# /' /out/setup.log
  end 1
fi
# As on a host: podman asks systemd for cgroups. The rest is as in the testbed.
sed 's/^cgroup_manager.*/cgroup_manager = "systemd"/' "$CT_TESTBED/conf/containers.conf" \
  >/etc/containers/containers.conf
cp "$CT_TESTBED/conf/storage.conf" /etc/containers/
export CT_IN_TESTBED=1 LIMIT=900 # an emulated processor is slow

number=0 failed=0
for scenario; do
  number=$((number + 1)) begun=$SECONDS status=0
  name=${scenario##*/}
  name=${name%.*}
  case $scenario in
  tests/hard/*.expect) set -- tests/hard/run.sh "$HARD/$name" "$scenario" ;;
  *.expect) set -- tests/e2e/sample.sh "$SAMPLES/$name" "$scenario" ;;
  *) set -- "$scenario" ;;
  esac
  timeout -k 5 1800 bash "$@" >"/out/$name.tap" 2>&1 </dev/null || status=$?
  sed 's/^/    /' "/out/$name.tap"
  took="($((SECONDS - begun)) s)"
  case $status in
  0) echo "ok $number - $name $took" ;;
  77) echo "ok $number - $name # SKIP $(sed -n 's/^1..0 # SKIP //p' "/out/$name.tap")" ;;
  *) echo "not ok $number - $name $took: exit status $status" && failed=$((failed + 1)) ;;
  esac
done
echo "1..$number"
end $((failed > 0))
