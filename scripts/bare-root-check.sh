#!/bin/sh
# bare-root-check.sh [--cache FOLDER] [--compiler] ARCHIVE [SUITE]
#
# Runs check-archive.sh in a Debian that holds nothing but its minimal base (`debootstrap --variant=minbase`), so that
# nothing of the machine that built the archive can help it. Needs root, debootstrap and an apt that works.
#   --cache FOLDER   keep the root file systems there and use them again (default: make a new one each time)
#   --compiler       add gcc and the C library's headers, so that the extension compiles too
#   SUITE            default: bookworm
set -eu

usage() {
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

cache=
compiler=
while [ $# -gt 0 ]; do
  case $1 in
    --cache) [ $# -gt 1 ] || usage; cache=$2; shift 2 ;;
    --compiler) compiler=-gcc; shift ;;
    -*) usage ;;
    *) break ;;
  esac
done
[ $# -ge 1 ] || usage
archive=$1
suite=${2:-bookworm}
here=$(dirname "$0")
[ -r "$archive" ] || { echo "$archive cannot be read" >&2; exit 64; }
[ "$(id -u)" -eq 0 ] || { echo 'only root may change the root folder' >&2; exit 64; }
command -v debootstrap >/dev/null || { echo 'debootstrap is missing: apt-get install debootstrap' >&2; exit 64; }

work=$(mktemp -d "${TMPDIR:-/tmp}/bare-root.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
[ -n "$cache" ] || cache=$work
mkdir -p "$cache"
packed=$cache/$suite$compiler.tar

# The mirror that the machine itself uses; debootstrap's own default where apt names none.
mirror() { apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Component: main' | grep -v security | head -n 1; }

make_root() {
  [ -z "$compiler" ] || set -- --include=gcc,libc6-dev
  debootstrap --variant=minbase "$@" "$suite" "$work/new" $(mirror) >"$work/log" 2>&1 || {
    tail -n 20 "$work/log" >&2
    exit 1
  }
  # Named only when it is whole, so that a run that was stopped leaves nothing to be used again.
  tar -C "$work/new" -cf "$packed.partial" . && mv "$packed.partial" "$packed"
}

[ -e "$packed" ] || make_root
mkdir -p "$work/root/check"
tar -C "$work/root" -xf "$packed"
cp "$archive" "$here/check-archive.sh" "$here/localhost.pem" "$work/root/check/"
echo "$suite$compiler: $(chroot "$work/root" dpkg-query -f '.\n' -W | wc -l) packages, $(chroot "$work/root" ldd --version | head -n 1)"
# A process namespace of its own: whatever the checks start ends with them.
unshare --pid --fork --kill-child chroot "$work/root" \
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 sh /check/check-archive.sh "/check/$(basename "$archive")"
