# shellcheck shell=bash
# A tree of Debian's packages, of any architecture. Sourced by image.sh and sysroot.sh.

# The packages are unpacked and no script of theirs is run: so another architecture's need no
# emulation, and nothing of this system is changed. The release is this system's.
unpack() { # ARCHITECTURE ROOT PACKAGE…
  local architecture=$1 root=$2 packages
  shift 2
  packages=$(IFS=,; echo "$*")
  # shellcheck disable=SC2016 # apt-get fills them in
  mmdebstrap --quiet --mode=root --variant=extract --architectures="$architecture" \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --include="$packages" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" - < <(
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
      sort -u | grep ' main$')
}
