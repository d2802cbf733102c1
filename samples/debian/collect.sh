#!/bin/sh
# Collects this machine's Debian package catalogue as a graph, ready for `callisto sync`: packages and
# what they depend on, source packages, maintainers, sections, and which packages this host has
# installed. Everything comes from apt and dpkg; nothing is made up. Needs only a base Debian.
set -eu

usage() {
  cat <<'END'
Usage: collect.sh --out DIR [options]

  --out DIR              writes DIR/entities.ndjson and DIR/relationships.ndjson
  --only all|installed   packages that apt offers or this host has (default), or only the installed ones
  --exclude-section S    leaves out a section, such as games or non-free/doc; may be repeated
  --limit N              at most N packages, the installed ones first
  --with-suggests        also edges for Suggests (Pre-Depends, Depends and Recommends are always there)
  --available FILE       reads this Packages file instead of apt's lists; may be repeated
  --status FILE          reads this file instead of /var/lib/dpkg/status
  --help                 this text

Then:  callisto sync DIR --mode diff --scope debian --source api
END
}

fail() {
  echo "collect.sh: $*" >&2
  exit 2
}

here=$(cd "$(dirname "$0")" && pwd)
out='' only=all excluded='' limit=0 suggests=0 available='' status=/var/lib/dpkg/status
while [ $# -gt 0 ]; do
  case $1 in
    --out | --only | --exclude-section | --limit | --available | --status)
      [ $# -ge 2 ] || fail "$1 needs a value (see --help)" ;;
  esac
  case $1 in
    --out) out=$2; shift 2 ;;
    --only) only=$2; shift 2 ;;
    --exclude-section) excluded=$excluded${excluded:+,}$2; shift 2 ;;
    --limit) limit=$2; shift 2 ;;
    --available)
      [ -r "$2" ] || fail "cannot read $2"
      available="$available $2"; shift 2 ;;
    --status) status=$2; shift 2 ;;
    --with-suggests) suggests=1; shift ;;
    --help | -h) usage; exit 0 ;;
    *) fail "unknown option $1 (see --help)" ;;
  esac
done
[ -n "$out" ] || fail "where to? give --out DIR (see --help)"
case $only in all | installed) ;; *) fail "--only is all or installed, not '$only'" ;; esac
case $limit in '' | *[!0-9]*) fail "--limit is a number, not '$limit'" ;; esac
[ -r "$status" ] || fail "cannot read $status: is this a Debian system?"

mkdir -p "$out"
work=$(mktemp -d "$out/.collect.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export LC_ALL=C

# Control files are UTF-8 by policy; what is not would be no JSON either, and is dropped.
clean() { tr -d '\000' | { iconv -c -f UTF-8 -t UTF-8 2>/dev/null || true; }; }
stanzas() { clean | awk -v "from=$1" -f "$here/json.awk" -f "$here/stanzas.awk"; }

offered() {
  if [ -n "$available" ]; then
    # A blank line between files: stanzas end with one.
    for file in $available; do cat "$file"; echo; done
  elif command -v apt-cache >/dev/null 2>&1; then
    apt-cache dumpavail 2>/dev/null || true
  fi
}

stanzas status <"$status" >"$work/lines"
offered | stanzas list >"$work/offered"
if [ ! -s "$work/offered" ]; then
  echo "collect.sh: apt has no package lists here (apt-get update fetches them):" \
    "only the installed packages are collected" >&2
fi
sort -t '	' -k1,1 -k2,2 "$work/lines" "$work/offered" |
  awk -v "only=$only" -v "excluded=$excluded" -f "$here/versions.awk" -f "$here/newest.awk" \
    >"$work/packages"
if [ "$limit" != 0 ]; then
  # Field 21 is the installed version.
  { awk -F '\t' '$21 != ""' "$work/packages"; awk -F '\t' '$21 == ""' "$work/packages"; } |
    head -n "$limit" >"$work/chosen"
  mv "$work/chosen" "$work/packages"
fi
[ -s "$work/packages" ] || fail "no package is left to collect"

release() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" /etc/os-release 2>/dev/null | head -n 1; }
native=$(dpkg --print-architecture 2>/dev/null || uname -m)
awk -v "native=$native" -v "hostname=$(hostname 2>/dev/null || cat /etc/hostname)" \
  -v "os_name=$(release NAME)" -v "os_version=$(release VERSION_ID)" \
  -v "os_title=$(release PRETTY_NAME)" -v "kernel=$(uname -r)" -v "suggests=$suggests" \
  -v "entities=$work/entities.ndjson" -v "relationships=$work/relationships.ndjson" \
  -v "counts=$work/counts" -f "$here/json.awk" -f "$here/catalogue.awk" \
  "$work/packages" "$work/packages"
mv "$work/entities.ndjson" "$out/entities.ndjson"
[ -f "$work/relationships.ndjson" ] || : >"$work/relationships.ndjson"
mv "$work/relationships.ndjson" "$out/relationships.ndjson"

sort "$work/counts" | awk '
  $1 == "unmet" { unmet = unmet (unmet == "" ? "" : ", ") $3 " " $2; next }
  { printf "%9d %s\n", $3, $2; total[$1] += $3 }
  END {
    printf "%d entities, %d relationships\n", total["entities"], total["relationships"]
    if (unmet != "") printf "left out, no such package here: %s\n", unmet
  }' >&2
