#!/bin/bash
# Makes what the end-to-end tests need: the runtimes' packages, two images in a store of our
# own (nothing is pulled: no registry is asked), and a bundle for crun and runc each.
# All of it is below ${CT_TESTBED:-/tmp/cttrace-testbed}. May be run again; then it is fast.
# CT_HELLO: hello.c, compiled elsewhere; the packages are taken as they are then.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
version=3 # of what is made here: a testbed of another one is made anew
export CT_TESTBED=${CT_TESTBED:-/tmp/cttrace-testbed}

install="$here/../../../scripts/install-packages.sh"
[ -n "${CT_HELLO:-}" ] || "$install" build runtimes

# The scenarios start daemons of their own: the packages' must not run. invoke-rc.d(8)
install_daemons() {
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  fi
  "$install" daemons
}
# A host may have others' packages of them, which exclude the distribution's.
{ [ -n "${CT_HELLO:-}" ] || { command -v dockerd && command -v ctr; } >/dev/null; } || install_daemons
# A user for rootless podman, with ids of his own to give away.
id cttrace-e2e >/dev/null 2>&1 ||
  useradd --no-create-home --home-dir "$CT_TESTBED/home" --shell /bin/sh cttrace-e2e
for file in /etc/subuid /etc/subgid; do
  grep -q '^cttrace-e2e:' $file || echo 'cttrace-e2e:700000:65536' >>$file
done

if [ -e "$CT_TESTBED/ready" ]; then
  [ "$(cat "$CT_TESTBED/ready")" != "$version" ] || exit 0
  # With all that tests have left in it: a root file system that a container wrote to must
  # not become an image.
  "$here/as-user.sh" --end || :
  rm -rf --one-file-system "$CT_TESTBED"
fi

mkdir -p "$CT_TESTBED"/{conf,run,storage,hello-world,busybox,bundle}
chmod 755 "$CT_TESTBED"
cd "$CT_TESTBED"

if [ -n "${CT_HELLO:-}" ]; then
  install -m 755 "$CT_HELLO" hello-world/hello
else
  gcc -O2 -Wall -static -s -o hello-world/hello "$here/hello.c"
fi

mkdir -p busybox/{bin,sbin,usr/bin,usr/sbin,etc,proc,sys,dev,tmp,run,root,mnt}
cp "$(command -v busybox)" busybox/bin/busybox
chroot busybox /bin/busybox --install -s
echo 'root:x:0:0:root:/root:/bin/sh' >busybox/etc/passwd
echo 'root:x:0:' >busybox/etc/group

import() { # NAME COMMAND-AS-JSON
  tar --owner=0 --group=0 --numeric-owner -C "$1" -cf "$1.tar" .
  "$here/enter.sh" podman import -q -c "CMD $2" "$CT_TESTBED/$1.tar" "localhost/$1:latest"
}
import hello-world '["/hello"]'
import busybox '["/bin/sh"]'
"$here/enter.sh" "$here/as-user.sh" podman import -q -c 'CMD ["/bin/sh"]' - localhost/busybox:latest <busybox.tar
"$here/enter.sh" "$here/as-user.sh" --end

# Each runtime's own idea of a default configuration; only the terminal is taken away.
for runtime in crun runc; do
  mkdir -p "bundle/$runtime"
  (cd "bundle/$runtime" && rm -f config.json && "$runtime" spec &&
    jq --arg root "$CT_TESTBED/busybox" \
      '.process.terminal = false | .process.args = ["/bin/true"] | .root.path = $root' \
      config.json >new && mv new config.json)
done
echo "$version" >ready
echo "the testbed is ready in $CT_TESTBED"
