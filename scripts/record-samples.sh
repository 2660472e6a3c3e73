#!/bin/bash
# record-samples.sh CTTRACE [NAME…]: records real starts into samples/traces/ and renders them
# into samples/output/, and plays the episode; or only those of these NAMEs. As root; the testbed
# is made when it is not there.
set -euo pipefail
cd "$(dirname "$0")/.."
cttrace=$(readlink -f "${1:?usage: record-samples.sh CTTRACE [NAME…]}")
shift
names=("$@")
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}
runtimes=tests/e2e/runtimes
is_wanted() { [ "${#names[@]}" -eq 0 ] || [[ " ${names[*]} " == *" $1 "* ]]; }

if [ -z "${CT_IN_TESTBED:-}" ]; then
  $runtimes/setup.sh
  ! is_wanted episode-001 || CTTRACE=$cttrace samples/episode-001/test-commands.sh --accept
  CT_IN_TESTBED=1 exec $runtimes/enter.sh "$0" "$cttrace" "$@"
fi
# What the starts share with us would be in their traces: our cgroups, PATH, open files.
find /sys/fs/cgroup -maxdepth 2 -name cgroup.procs | while read -r procs; do
  echo $$ >"$procs" 2>/dev/null || true
done
exec </dev/null
PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
work=$(mktemp -d /tmp/cttrace-samples.XXXXXX)
trap 'rm -rf "$work"' EXIT
mkdir -p samples/traces samples/output

record() { # NAME COMMAND…; $as_user and $user for another user's
  local name=$1 status=0
  shift
  is_wanted "$name" || return 0
  (cd "$work" && ${as_user:+"$as_user" --as-root} "$cttrace" -q ${user:+-u "$user"} -o "$work/trace" -- "$@") \
    >/dev/null 2>&1 || status=$?
  # what podman leaves running as an ordinary user is still being traced
  [ -z "${as_user:-}" ] || "$as_user" --end
  until tail -n 1 "$work/trace" | grep -q '"ev":"end"'; do sleep 0.1; done
  keep "$name"
  printf '%-18s status %d, %d kB\n' "$name" "$status" "$(($(stat -c %s "samples/traces/$name.jsonl") / 1000))"
}
keep() { # NAME
  # which kernel build and which boot it was is nobody's business
  sed -E '1s/("kernel":"[0-9.]+)[^"]*"/\1"/; 1s/"boot_id":"[^"]*"/"boot_id":"00000000-0000-4000-8000-000000000000"/' \
    "$work/trace" >"samples/traces/$1.jsonl"
  chmod 644 "samples/traces/$1.jsonl"
  draw "$1"
}
draw() { # NAME
  local trace=samples/traces/$1.jsonl out=samples/output/$1
  "$cttrace" render --width 100 "$trace" >"$out.txt"
  "$cttrace" render -f json "$trace" >"$out.json"
  "$cttrace" render -f svg "$trace" >"$out.svg"
  "$cttrace" render -f dot "$trace" >"$out.dot"
  dot -Tsvg -o "$out-graph.svg" "$out.dot"
}

for runtime in crun runc; do
  mkdir "$work/$runtime"
  jq '.process.args = ["/bin/echo", "Hello from container"]' \
    "$CT_TESTBED/bundle/$runtime/config.json" >"$work/$runtime/config.json"
  record "$runtime-bundle" "$runtime" --root "$work/state" run -b "$runtime" hello
done
record bwrap bwrap --ro-bind "$CT_TESTBED/busybox" / --proc /proc --dev /dev --tmpfs /tmp \
  --unshare-all /bin/echo "Hello from container"
record unshare unshare --mount --uts --ipc --net --pid --fork --mount-proc echo "Hello"

podman=(podman --runtime crun run --rm)
record podman-crun "${podman[@]}" --network=none localhost/hello-world
record podman-bridge "${podman[@]}" localhost/hello-world
record podman-runc podman --runtime runc run --rm --network=none localhost/hello-world
record missing-program "${podman[@]}" --network=none localhost/busybox /no/such/program

as_user=$PWD/$runtimes/as-user.sh user=cttrace-e2e
! is_wanted podman-rootless || "$as_user" --end
record podman-rootless "${podman[@]}" --network=none localhost/busybox echo "Hello from container"

# docker run only asks; who does it are the daemons, with a bridge, a proxy and packet filters.
record_docker() { # NAME COMMAND…
  local name=$1 dockerd containerd tracer
  shift
  mount -t tmpfs -o mode=755 tmpfs /run
  export DOCKER_HOST=unix://$work/socket DOCKER_CONFIG=$work
  env -C "$work" -u PWD -u OLDPWD dockerd --data-root "$CT_TESTBED/docker" --exec-root "$work/exec" --pidfile "$work/docker.pid" \
    --host "$DOCKER_HOST" --log-level error >/dev/null 2>&1 &
  dockerd=$!
  until docker version >/dev/null 2>&1; do sleep 0.1; done
  containerd=$(pgrep -P "$dockerd" containerd)
  docker image inspect busybox >/dev/null 2>&1 ||
    docker import -c 'CMD ["/bin/sh"]' "$CT_TESTBED/busybox.tar" busybox >/dev/null
  "$cttrace" -q -o "$work/trace" -p "$dockerd,$containerd" &
  tracer=$!
  while grep -qx 'TracerPid:.*\<0' "/proc/$dockerd/status" "/proc/$containerd/status"; do sleep 0.1; done
  "$@" >/dev/null
  kill -INT "$tracer"
  wait "$tracer"
  keep "$name"
  kill "$dockerd"
  wait "$dockerd" || true
}
! is_wanted docker || record_docker docker docker run --rm -p 8080:80 busybox echo "Hello from container"
