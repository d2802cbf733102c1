#!/bin/sh
# update, reset, delete and where the graph is: what a command says that it did, it did.
. "$(dirname "$0")/checks.sh"

db="--data graph"
ask() { callisto $db --format ndjson -c "$1"; }

for command in "sync hosts.json --mode diff --scope s" "import x" "update web-1 a=1" "reset web-1 a" \
  "delete web-1" compact; do
  exits "without --data nothing is kept: ${command%% *}" 2 callisto $command
  has "which is said" "$(cat err)" "there is no --data DIR"
done
for command in export jobs overrides "why web-1 cpus"; do
  exits "without --data nothing is there: ${command%% *}" 2 callisto $command
  has "which is said, too" "$(cat err)" "the graph is empty"
done
exits "a dry run needs no directory" 0 callisto sync hosts.json --mode diff --scope s --dry-run
has "and says what would be" "$(cat out)" "+ host:web-1 (app_host)"

for command in "-c .types" "-c FIND" export jobs overrides "why web-1 cpus" compact "update web-1 a=1" \
  "reset web-1 a" "delete web-1" "doctor FIND"; do
  exits "no store is made where there is none: $command" 1 callisto --data nowhere $command
  has "the directory is named" "$(cat err)" "there is no data directory nowhere"
done
exits "nor by a dry run" 0 callisto sync hosts.json --mode diff --scope s --dry-run --data nowhere
printf 'FIND Host;' >ask.j1ql
exits "nor by a script that asks" 1 callisto --data nowhere -f ask.j1ql
same "nothing is there afterwards" "$(ls -d nowhere 2>&1 | grep -c cannot)" 1
exits "nor for an upload that is not there" 4 callisto sync missing.json --mode diff --scope s --data nowhere
has "which is named" "$(cat err)" "cannot read missing.json"
exits "nor for an import" 4 callisto import missing.ndjson --data nowhere
exits "nor for --load" 4 callisto --load missing.json --data nowhere -c .types
same "still nothing is there" "$(ls -d nowhere 2>&1 | grep -c cannot)" 1
exits "a script that writes makes one" 0 callisto --data made -c '.sync hosts.json diff hosts'
exits "so does --load" 0 callisto --data loaded --load hosts.json -c '.types'
same "a script that comes through a pipe is read once" \
  "$(printf '.types app_team;' | callisto --data made -f /dev/stdin | tail -n 1)" "app_team	1"
echo '{"kind":"nonsense"}' >broken.ndjson
exits "an import that fails" 1 callisto import broken.ndjson --data fresh/deep
same "leaves no directory, nor one on the way" "$(ls -d fresh* 2>/dev/null)" ""
exits "nor does a sync" 1 callisto sync broken.ndjson --mode diff --scope s --data fresh/
same "nothing is there" "$(ls -d fresh* 2>/dev/null)" ""
exits "nor --load" 1 callisto --load broken.ndjson --data fresh -c .types
same "nothing at all" "$(ls -d fresh* 2>/dev/null)" ""
mkdir fresh
exits "in a directory that was empty" 1 callisto import broken.ndjson --data fresh
same "it is empty again" "$(ls -A fresh)" ""
rmdir fresh
exits "a graph that was there" 1 callisto import broken.ndjson --data loaded
same "stays" "$(callisto --data loaded -c '.types app_team' | tail -n 1)" "app_team	1"
cat >twins.json <<'END'
{"entities":[{"_key":"t1","_type":"app","_class":"Application","displayName":"ledger","name":"one"},
 {"_key":"t2","_type":"app","_class":"Application","displayName":"two","name":"ledger"}]}
END
exits "why of one called so and another named so" 1 callisto --load twins.json why ledger name
has "is ambiguous" "$(cat err)" "2 entities have the displayName or name 'ledger'"
has "the one is named" "$(cat err)" "ledger (app)"
has "and the other" "$(cat err)" "two (app)"
exits "one key is one entity" 0 callisto --load twins.json why t2 name

mkdir empty
exits "an empty directory is no store" 1 callisto --data empty jobs
same "and stays empty" "$(ls -A empty)" ""

for address in postgresql://h/inventory http://h/ s3://bucket/x s3:bucket file:///tmp/x sqlite:x jdbc:postgresql://h ana@host:inventory \
  10.0.0.1:5432/inventory; do
  exits "$address is no directory" 2 callisto --data "$address" jobs
  has "and is named" "$(cat err)" "'$address' is an address"
done
exits "nor in the environment" 2 env CALLISTO_DATA=postgresql://h/inventory callisto jobs
exits "no place to listen" 2 callisto serve --listen nowhere:x
exits "a certificate without its key" 2 callisto serve --certificate c.pem
exits "nor of a server" 2 callisto serve --data postgresql://h/inventory
same "no folder of such a name is made" "$(ls -d ./*:* 2>/dev/null)" ""
exits "a directory is one by its ./" 0 callisto sync hosts.json --mode diff --scope s --data ./new:here
rm -r ./new:here
mkdir made:here
exits "a directory may have a colon in its name" 0 callisto sync hosts.json --mode diff --scope s --data made:here

cat >kinds.json <<'END'
{"entities":[
 {"_key":"a","_type":"app","_class":"Application","displayName":"a","version":"1.9","account":"012","active":true,"cpus":4,"tags":["x"],"port":443},
 {"_key":"b","_type":"app","_class":"Application","displayName":"b"}]}
END
exits "a graph" 0 callisto sync kinds.json --mode diff --scope kinds $db
id=$(callisto $db -c 'FIND app WITH displayName = "a" AS a RETURN a._id' | tail -n 1)

# said WHAT TEXT: of standard error, without the id.
said() { same "$1" "$(sed "s/$id/ID/; s/[0-9a-f-]\{36\}/OTHER/" err)" "$2"; }
exits "a text stays a text" 0 callisto update a version=1.10 account=0123 $db
said "and is told with what it was" 'updated 2 values of ID
  version  "1.9" → "1.10"
  account  "012" → "0123"'
same "in the graph, too" "$(ask 'FIND app WITH version = "1.10" AS a RETURN a.version, a.account')" \
  '{"a.version":"1.10","a.account":"0123"}'
exits "a text may be a word of JSON" 0 callisto update a version=true $db
said "as a text" 'updated 1 value of ID
  version  "1.10" → "true"'
exits "numbers, booleans, lists and quoted texts keep their kinds" 0 \
  callisto update a cpus=8.50 active=false 'tags=["y","z"]' 'version="2"' port=8443 $db
said "too" 'updated 5 values of ID
  cpus  4 → 8.5
  active  true → false
  tags  ["x"] → ["y","z"]
  version  "true" → "2"
  port  443 → 8443'
exits "another kind is told" 0 callisto update a cpus=007 active=1 tags=y $db
said "with both kinds" 'updated 3 values of ID
  cpus  8.5 → "007"
  cpus was a number and is a text now
  active  false → 1
  active was a boolean and is a number now
  tags  ["y","z"] → "y"
  tags was a list and is a text now'
exits ":= is JSON itself" 0 callisto update a version:=1.10 'tags:=["1"]' $db
said "and told" 'updated 2 values of ID
  version  "2" → 1.1
  version was a text and is a number now
  tags  "y" → ["1"]
  tags was a text and is a list now'
exits "what is no JSON is refused" 1 callisto update a version:=1.10.2 $db
exits "a property has the kind that it has elsewhere" 0 callisto update b account=99 $db
said "when the entity has none" 'updated 1 value of OTHER
  account  — → "99"'
exits "null hides" 0 callisto update a port=null $db
said "and says so" 'updated 1 value of ID
  port  8443 → —'
exits "digits that a number cannot hold" 0 callisto update a serial=12345678901234567890 $db
has "are told" "$(cat err)" "12345678901234567890 is rounded: numbers are exact to 2^53"
exits "NaN is no number" 1 callisto update a ratio=NaN $db
has "and is named" "$(cat err)" "NaN is no number that a value can be"
exits "nor is what is beyond all" 1 callisto update a ratio=-1e400 $db
has "and named" "$(cat err)" "-1e400 is beyond the largest number"

exits "the same again changes nothing" 1 callisto update a port=null $db
said "and says so" "nothing changed: ID has been updated so already"
exits "_type is not for update" 1 callisto update a _type=evil cpus=3 $db
has "which is said" "$(cat err)" "_type cannot be updated"
same "nothing of it counts" "$(ask 'FIND app WITH cpus = 3 AS a RETURN COUNT(a)')" '{"COUNT(a)":0}'
exits "two values of one property" 2 callisto update a cpus=1 cpus=2 $db

exits "reset of what was not updated" 1 callisto reset a nosuch displayName $db
said "is no success" 'nothing changed: ID has no update of these
  nosuch: no update to take back
  displayName: no update to take back'
exits "reset" 0 callisto reset a cpus nosuch $db
said "tells what shows again, and what there was not" 'took back 1 value of ID
  cpus  "007" → 4
  cpus was a text and is a number now
  nosuch: no update to take back'

printf '{"_id":"%s","cpus":16,"port":"443"}\n' "$id" >pins.ndjson
callisto sync pins.ndjson --mode override --scope tiers $db >/dev/null
exits "O-31 an update under a pin" 0 callisto update a cpus=2 $db
said "O-31 says so, with the scope" 'updated 1 value of ID
  cpus = 2
  cpus is hidden: scope tiers pins 16'
exits "O-31 and so does a reset" 0 callisto reset a cpus $db
said "O-31 with the scope" 'took back 1 value of ID
  cpus is hidden: scope tiers pins 16'
exits "O-28 a list of overrides" 0 callisto overrides --property port $db
has "O-28 shows kinds" "$(cat out)" '	"443"	'
exits "O-27 why" 0 callisto why a port $db
has "O-27 shows kinds" "$(cat out)" 'base      443'
same "O-30 the base" "$(callisto $db --layer base -c 'FIND app WITH displayName = "a" AS a RETURN a.port' | tail -n 1)" 443

exits "compact" 0 callisto compact $db
has "tells what it came to" "$(cat err)" "compacted graph in "
exits "again" 0 callisto compact $db
has "there is nothing to do" "$(cat err)" "nothing to compact: graph has "
for removal in '.smart Nothing none' '.store nothing' '.param nothing'; do
  exits "what is not there cannot be removed: $removal" 1 callisto $db -c "$removal"
  has "which is said" "$(cat err)" "nothing changed: "
done
exits "delete" 0 callisto delete b $db
exits "twice by name" 1 callisto delete b $db
exits "delete of an id" 0 callisto delete "$id" $db
exits "twice" 1 callisto delete "$id" $db
said "is no success" 'error: The entity ID is deleted already.
--hard deletes it for good.'
exits "for good" 0 callisto delete "$id" --hard $db
exits "and again" 1 callisto delete "$id" --hard $db

same "a fold of the command names its own switches" \
  "$(callisto --load hosts.json --max-rows 1 -c 'FIND Host' 2>&1 >/dev/null | tail -n 1)" \
  "Add LIMIT, or lift the limit with --max-rows 0."
exits "a query without -c" 2 callisto FIND Host
has "is told where it stands" "$(cat err)" "A query stands behind -c"
exits "no scope" 1 callisto sync hosts.json --mode diff $db
has "names its switch" "$(cat err)" "SCOPE_REQUIRED: --scope NAME"
exits "a variable without a value" 1 callisto --load hosts.json -c 'FIND Host WITH name = ${n}'
has "names the switch that gives it one" "$(cat err)" "Set it with --param NAME=VALUE."
finish
