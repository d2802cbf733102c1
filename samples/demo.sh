#!/bin/sh
# The whole story on this machine's own Debian package catalogue: sync it, pin values over it, sync it
# again, see the pins stick, ask why, take them back. Every step prints its command so that it can be
# repeated by hand, and checks what it shows: the exit code is 0 only if all was as told.
set -eu

usage() {
  cat <<'END'
Usage: demo.sh [--keep] [--limit N]

  --keep      leaves the folder with the collections and the graph, to go on by hand
  --limit N   at most N packages, the installed ones first (default: all that apt offers); with too few
              of them the check of the packages that every Debian has fails

CALLISTO names the binary; default: build/release/bin/callisto of this checkout.
END
}

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
keep=0 limit=''
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=1; shift ;;
    --limit) [ $# -ge 2 ] || { usage >&2; exit 2; }; limit=$2; shift 2 ;;
    --help | -h) usage; exit 0 ;;
    *) echo "demo.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
done
callisto=${CALLISTO:-$root/build/release/bin/callisto}
[ -x "$callisto" ] || { echo "demo.sh: there is no $callisto; make demo builds it" >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/callisto-demo.XXXXXX")
cleanup() { [ "$keep" = 1 ] || rm -rf "$work"; }
trap cleanup EXIT
trap 'exit 130' INT TERM
cd "$work"
exec 3>&1  # The terminal, also where the output of a command goes to a file.
export LC_ALL=C.UTF-8
unset CALLISTO_DATA || true
failures=0 checks=0 steps=0 started=$(date +%s)

step() {
  steps=$((steps + 1))
  printf '\n\n=== %s. %s\n' "$steps" "$1"
}

# A word as one would type it.
quoted() {
  case $1 in
    '' | *[!A-Za-z0-9_./:=@%+,-]*) printf " '%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf ' %s' "$1" ;;
  esac
}

# Prints a command, then runs it. What `callisto` is was said at the start.
run() {
  {
    printf '\n$'
    for word; do quoted "$word"; done
    printf '\n'
  } >&3
  if [ "$1" = callisto ]; then
    shift
    "$callisto" "$@"
  else
    "$@"
  fi
}

# A question as a box for the reader; in the same process its rows go to a file, for a check: opening
# the graph again for that would take longer than asking.
show() {
  {
    printf '\n$ callisto --data graph --format box -c'
    quoted "$1"
    printf '\n'
  } >&3
  "$callisto" --data graph --format tsv -c '.once answer.tsv' -c "$1" -c '.mode box' -c "$1"
}

# The rows of the question shown last, without their header.
answer() { tail -n +2 answer.tsv; }

# The rows of a question without their header, for a check.
rows() { "$callisto" --data graph --format tsv -c "$1" | tail -n +2; }

# check WHAT ACTUAL EXPECTED
check() {
  checks=$((checks + 1))
  if [ "$2" = "$3" ]; then
    printf '  ✓ %s: %s\n' "$1" "$(printf '%s' "$2" | tr '\t\n' ' ,')"
  else
    failures=$((failures + 1))
    printf '  ✗ %s: expected «%s», found «%s»\n' "$1" "$3" "$2"
  fi
}

# check_has WHAT TEXT PART
check_has() {
  checks=$((checks + 1))
  case $2 in
    *"$3"*) printf '  ✓ %s\n' "$1" ;;
    *) failures=$((failures + 1)); printf '  ✗ %s: «%s» is not in «%s»\n' "$1" "$3" "$2" ;;
  esac
}

keys_of() { sed 's/^{"_key":\("[^"]*"\).*/\1/' "$1/entities.ndjson" | LC_ALL=C sort -u; }
lines_of() { wc -l <"$1" | tr -d ' '; }

echo "Callisto: an override that sticks, on the package catalogue of $(uname -n)."
echo "Each command is a process of its own on the folder graph/: nothing is kept but what is on disk."
printf '\n$ cd %s\n$ alias callisto=%s\n' "$work" "$callisto"

step "Collect the catalogue, at first without the documentation packages"
run "$here/debian/collect.sh" --out monday --exclude-section doc ${limit:+--limit "$limit"}
entities=$(lines_of monday/entities.ndjson)
relationships=$(lines_of monday/relationships.ndjson)

step "Sync it as an integration does: DIFF, everything this integration knows"
host=$(uname -n)
began=$(date +%s)
run callisto sync monday --mode diff --source integration-managed --instance "debian-$host" --data graph
sync_seconds=$(($(date +%s) - began))
check "entities in the graph are those collected" \
  "$(rows 'FIND * AS e RETURN COUNT(e)')" "$(keys_of monday | wc -l | tr -d ' ')"
installed=$(rows 'FIND debian_host THAT INSTALLED deb_package AS p RETURN COUNT(p)')
check "this host has every package that dpkg calls installed" "$installed" \
  "$(grep -c '"installed":true' monday/entities.ndjson)"

step "Find the _id of what matters"
important='name = ("libc6" OR "dpkg" OR "bash" OR "coreutils" OR "tar")'
find="FIND deb_package WITH installed = true AND $important AS p RETURN p._id, p.name, p.section, p.version ORDER BY p.name"
show "$find"
"$callisto" --data graph --format ndjson -c "$find" >found.ndjson
pinned=$(lines_of found.ndjson)
check "packages found, of five that every Debian has" "$([ "$pinned" -ge 5 ] && echo enough)" enough
id=$(rows 'FIND deb_package WITH installed = true AND name = "libc6" AS p RETURN p._id LIMIT 1')

step "Scope architects pins their criticality (OVERRIDE): the upload is made from the ids"
program='{
  id = $0; sub(/.*"p\._id":"/, "", id); sub(/".*/, "", id)
  name = $0; sub(/.*"p\.name":"/, "", name); sub(/".*/, "", name)
  printf "{\"_id\":\"%s\",\"criticality\":%d}\n", id, name == "libc6" ? 10 : 8
}'
printf "\n$ callisto --data graph --format ndjson -c '%s' |\n    awk '%s' >architects.ndjson\n" "$find" "$program"
awk "$program" found.ndjson >architects.ndjson
run cat architects.ndjson
run callisto sync architects.ndjson --mode override --scope architects --author ana \
  --reason 'everything stands on it' --data graph
pins='FIND deb_package WITH criticality >= 8 AS p RETURN p.name, p.criticality ORDER BY p.name'
show "$pins"
first_pins=$(answer)
check "packages with a criticality" "$(printf '%s\n' "$first_pins" | wc -l | tr -d ' ')" "$pinned"

step "A younger scope, auditors, disagrees about libc6, and adds what nobody said"
printf '{"_id":"%s","criticality":3,"complianceScope":"pci"}\n' "$id" >auditors.ndjson
run cat auditors.ndjson
run callisto sync auditors.ndjson --mode override --scope auditors --author ben --reason 'audit 2' --data graph
libc="FIND deb_package WITH _id = \"$id\" AS p RETURN p.criticality, p.complianceScope"
show "$libc"
check "the older scope wins, property by property" "$(answer)" "10	pci"
run callisto overrides --summary --data graph
check "auditors' criticality is recorded, and waits" \
  "$("$callisto" overrides --state shadowed --data graph --format tsv | tail -n +2 | wc -l | tr -d ' ')" 1

step "Pins are seen by filters, traversals and groupings alike"
grouping='FIND deb_package WITH criticality > 0 AS p RETURN p.criticality AS criticality, COUNT(p) AS packages ORDER BY criticality DESC'
show "$grouping"
before_grouping=$(answer)
traversal='FIND deb_package AS user THAT USES >> deb_package WITH criticality = 10 AS core RETURN core.name, COUNT(user) AS dependents'
show "$traversal"
dependents=$(answer)
hosted='FIND debian_host AS h THAT INSTALLED deb_package WITH complianceScope = "pci" AS p RETURN h.hostname, p.name'
show "$hosted"
before_hosted=$(answer)

step "The integration comes again, with real changes: documentation is in, games are out"
run "$here/debian/collect.sh" --out tuesday --exclude-section games ${limit:+--limit "$limit"}
keys_of monday >monday.keys
keys_of tuesday >tuesday.keys
appeared=$(LC_ALL=C comm -13 monday.keys tuesday.keys | wc -l | tr -d ' ')
vanished=$(LC_ALL=C comm -23 monday.keys tuesday.keys | wc -l | tr -d ' ')
echo "By the keys of the two collections, $appeared entities are new and $vanished are gone. First dry:"
run callisto sync tuesday --mode diff --source integration-managed --instance "debian-$host" --dry-run --format json --data graph >plan.json
check_has "the dry run foresees the new entities" "$(cat plan.json)" "\"numEntitiesCreated\":$appeared,"
check_has "and the deletions" "$(cat plan.json)" "\"numEntitiesDeleted\":$vanished,"
run callisto sync tuesday --mode diff --source integration-managed --instance "debian-$host" --data graph
check "entities in the graph are Tuesday's" "$(rows 'FIND * AS e RETURN COUNT(e)')" "$(lines_of tuesday.keys)"

step "The pins are still in force"
show "$pins"
check "the same packages have the same criticality" "$(answer)" "$first_pins"
show "$grouping"
check "groupings still see them" "$(answer)" "$before_grouping"
show "$hosted"
check "traversals still see them" "$(answer)" "$before_hosted"
show "$traversal"
after_dependents=$(answer)

step "Why has libc6 this criticality?"
run callisto why "$id" criticality --data graph
why=$("$callisto" why "$id" criticality --data graph)
check_has "all layers are told, the loser is marked hidden" "$why" 'hidden: scope architects is older'
check_has "and so is who said it" "$why" 'by ana'
run callisto --data graph --format box --layer base -c "$libc"
check "without overrides, the integration said nothing" \
  "$("$callisto" --data graph --layer base -c "$libc" | tail -n +2 | tr -d '\t')" ''

step "The architects clear their scope: the younger value shows at once"
run callisto sync --empty --mode override --scope architects --data graph
show "$libc"
check "the auditors' value is in force now" "$(answer)" "3	pci"
check "the others are what the integration says: nothing" \
  "$(rows 'FIND deb_package WITH criticality >= 8 AS p RETURN COUNT(p)')" 0

step "Restart from disk: every command so far was a restart; export and import come to the same"
run callisto export graph.ndjson --data graph
run callisto import graph.ndjson --data copy
copy() { "$callisto" --data copy --format tsv -c "$1" | tail -n +2; }
check "the copy has the same entities" "$(copy 'FIND * AS e RETURN COUNT(e)')" "$(lines_of tuesday.keys)"
check "and the same pins" "$(copy "$libc")" "3	pci"
run callisto jobs --data graph --format box

printf '\n\n=== Summary\n'
cat <<END
  entities on Monday         $entities
  relationships on Monday    $relationships
  installed on this host     $installed
  first sync                 $sync_seconds s, collection to disk
  new and gone on Tuesday    $appeared and $vanished
  dependents of the core     $(printf '%s' "$dependents" | tr '\t' ' ') on Monday, $(printf '%s' "$after_dependents" | tr '\t' ' ') on Tuesday
  graph on disk              $(du -sh graph | cut -f1)
  all in all                 $(($(date +%s) - started)) s, $checks checks
END
if [ "$failures" -gt 0 ]; then
  echo "  $failures of $checks checks FAILED"
  exit 1
fi
echo "  all checks passed"
[ "$keep" = 0 ] || echo "  kept: $work"
