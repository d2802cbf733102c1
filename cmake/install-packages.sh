#!/bin/sh
# Installs the Debian packages named in a list file that are not installed yet. Usage:
#   install-packages.sh packages.txt
# Quiet when there is nothing to do. Needs root or sudo only when something is missing.
set -eu

list=$1
wanted=$(sed -e 's/#.*//' "$list" | tr -s ' \t\n' '\n\n\n' | sed '/^$/d')

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "install-packages: this is not a Debian system; install the equivalents of $list by hand" >&2
  exit 1
fi

# dpkg-query exits non-zero when it does not know a name: that name is missing, not an error.
installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null |
  sed -n 's/^installed //p' || true)
missing=
for name in $wanted; do
  printf '%s\n' "$installed" | grep -qxF "$name" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

# A package from elsewhere may stand for the name, as one nodejs does for npm.
provided=$(dpkg-query -W -f '${db:Status-Status} ${Provides}\n' | sed -n 's/^installed //p' |
  tr ',' '\n' | sed 's/ (.*//; s/ //g' | sort -u)
names=$missing
missing=
for name in $names; do
  printf '%s\n' "$provided" | grep -qxF "$name" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "install-packages: missing:$missing" >&2
    echo "install-packages: run as root, or install sudo" >&2
    exit 1
  fi
  as_root=sudo
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# The output of apt-get is shown only when the last try fails.
try() {
  for attempt in 1 2 3; do
    if "$@" >"$log" 2>&1 </dev/null; then return 0; fi
    [ "$attempt" = 3 ] || sleep $((attempt * 5))
  done
  cat "$log" >&2
  echo "install-packages: failed: $*" >&2
  return 1
}

echo "installing:$missing"
try $as_root apt-get -q -o Acquire::Retries=3 update
try $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Acquire::Retries=3 \
  -o DPkg::Lock::Timeout=120 install --no-install-recommends $missing
