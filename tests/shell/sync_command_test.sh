#!/bin/sh
# Sync jobs, overrides, single-entity writes, export and import through the command.
. "$(dirname "$0")/checks.sh"

db="--data graph"
ask() { callisto $db -c "$1" | tail -n +2; }

exits "a sync job" 0 callisto sync hosts.json --mode diff --scope hosts $db
has "reports what it did" "$(cat out)" "DIFF FINISHED"
same "and the graph has it" "$(ask 'FIND * AS e RETURN COUNT(e)')" 4

exits "the same again" 0 callisto sync hosts.json --mode diff --scope hosts --format json $db
has "changes nothing" "$(cat out)" '"numEntitiesUpdated":0'

web=$(ask 'FIND Host WITH name = "web-1" AS h RETURN h._id')
db1=$(ask 'FIND Host WITH name = "db-1" AS h RETURN h._id')
printf '{"_id":"%s","criticality":9,"cpus":64}\n{"_id":"%s","criticality":7}\n' "$web" "$db1" >tiers.ndjson
exits "a dry run" 0 callisto sync tiers.ndjson --mode override --scope tiers --dry-run $db
has "O-29 it says that nothing is written" "$(cat out)" "nothing is written"
has "O-29 and shows before and after" "$(cat out)" "cpus  4 → 64"
same "O-29 and nothing was" "$(ask 'FIND Host WITH criticality > 0 AS h RETURN COUNT(h)')" 0

exits "an override" 0 callisto sync tiers.ndjson --mode override --scope tiers --author ana --reason "PCI scope" $db
same "O-1 filters see it" "$(ask 'FIND Host WITH criticality >= 7 AS h RETURN h.name ORDER BY h.name')" "db-1
web-1"
same "O-30 the integration's view does not" \
  "$(callisto $db --layer integration -c 'FIND Host WITH name = "web-1" AS h RETURN h.cpus' | tail -n 1)" 4

printf '{"_id":"%s","criticality":1}\n' "$web" >audit.ndjson
exits "a younger scope" 0 callisto sync audit.ndjson --mode override --scope audit $db
exits "why" 0 callisto why web-1 criticality $db
has "O-27 the winner is marked" "$(cat out)" "▸ override  9"
has "O-27 with who and why" "$(cat out)" 'by ana'
has "O-27 the loser is hidden, and why" "$(cat out)" "hidden: scope tiers is older"
exits "why in one word" 0 callisto why web-1.cpus $db
has "O-27 what the override hides" "$(cat out)" "hidden"
exits "why as json" 0 callisto why web-1 cpus --format json $db
has "is one object" "$(cat out)" '"effective":64'
exits "why of nobody" 1 callisto why nobody cpus $db
has "says so" "$(cat err)" "nobody"

exits "overrides" 0 callisto overrides --state shadowed --format csv $db
same "O-28 only those of the state" "$(tail -n +2 out | wc -l | tr -d ' ')" 1
exits "overrides of an entity by its key" 0 callisto overrides --entity web-1 --format csv $db
has "which has them" "$(cat out)" "web-1"
exits "overrides of an entity that there is not" 1 callisto overrides --entity nobody $db
has "it is told" "$(cat err)" "nobody"
exits "override summary" 0 callisto overrides --summary $db
has "O-28 counts per state" "$(cat out)" "shadowed"
exits "an unknown state" 2 callisto overrides --state broken $db

exits "O-12 an empty upload clears the scope" 0 callisto sync --empty --mode override --scope tiers $db
same "O-14 the younger value shows" "$(ask 'FIND Host WITH name = "web-1" AS h RETURN h.criticality')" 1

exits "update by hand" 0 callisto update web-2 owner=ana 'labels=["x","y"]' $db
same "shows" "$(ask 'FIND Host WITH owner = "ana" AS h RETURN h.name')" "web-2"
exits "reset" 0 callisto reset web-2 owner labels $db
same "takes it back" "$(ask 'FIND Host WITH owner = "ana" AS h RETURN COUNT(h)')" 0
exits "update without a value" 2 callisto update web-2 owner $db

exits "export" 0 callisto export all.ndjson $db
exits "import" 0 callisto import all.ndjson --data copy
same "the copy is equal" "$(callisto export --data copy 2>/dev/null | cksum)" "$(cksum <all.ndjson)"
exits "import into a full graph" 1 callisto import all.ndjson $db
exits "jobs" 0 callisto jobs $db
has "are listed" "$(cat out)" "OVERRIDE"
exits "compact" 0 callisto compact $db
same "and nothing is lost" "$(ask 'FIND * AS e RETURN COUNT(e)')" 4
exits "delete" 0 callisto delete web-2 $db
same "is gone" "$(ask 'FIND Host AS h RETURN COUNT(h)')" 2

printf '{"_id":"%s","criticality":{"nested":1}}\n' "$web" >broken.ndjson
exits "a bad upload" 1 callisto sync broken.ndjson --mode override --scope audit $db
has "names the property" "$(cat err)" "criticality"
same "and changes nothing" "$(ask 'FIND Host WITH name = "web-1" AS h RETURN h.criticality')" 1
exits "no mode" 2 callisto sync hosts.json --scope hosts $db
awk 'BEGIN { for (i = 0; i < 30; i++) printf "{\"_key\":\"g:%d\",\"_type\":\"app_gone\",\"_class\":\"Record\"}\n", i }' >thirty.ndjson
head -n 10 thirty.ndjson >ten.ndjson
exits "thirty of a scope" 0 callisto sync thirty.ndjson --mode diff --scope guarded $db
exits "a DIFF that deletes most of its scope is refused" 1 callisto sync ten.ndjson --mode diff --scope guarded $db
has "with the numbers" "$(cat err)" "would delete 20 of the 30 entities"
has "and the way to go on" "$(cat err)" "--expect-deletes"
same "nothing is deleted" "$(ask 'FIND app_gone AS g RETURN COUNT(g)')" 30
exits "another number is refused" 1 callisto sync ten.ndjson --mode diff --scope guarded --expect-deletes 3 $db
exits "the expected number passes" 0 callisto sync ten.ndjson --mode diff --scope guarded --expect-deletes 20 $db
same "and deletes" "$(ask 'FIND app_gone AS g RETURN COUNT(g)')" 10
exits "--force and a number" 2 callisto sync ten.ndjson --mode diff --scope guarded --force --expect-deletes 2 $db
callisto sync thirty.ndjson --mode diff --scope guarded $db >/dev/null
exits "--force passes" 0 callisto sync ten.ndjson --mode diff --scope guarded --force $db
same "and deletes, too" "$(ask 'FIND app_gone AS g RETURN COUNT(g)')" 10

for text in '' '\n\n' '{}' '{"message":"Unauthorized"}' '{"entites":[]}' '<html>'; do
  printf "$text" >accident
  exits "D38 no upload: '$text'" 1 callisto sync accident --mode diff --scope guarded --force $db
  has "D38 says what was found" "$(cat err)" "found"
done
mkdir -p run/a/entities run/a/relationships
printf '{"entities":[{"_key":"x","_type":"app_run","_class":"Record"}]}' >run/a/entities/1.json
: >run/a/entities/2.json
exits "D38 one empty file in a folder" 1 callisto sync run --mode diff --scope run $db
has "D38 is named" "$(cat err)" "run/a/entities/2.json: found nothing"
mv run/a/entities/2.json run/a/entities/2.json.gz
exits "D38 one packed file in a folder" 1 callisto sync run --mode diff --scope run $db
rm run/a/entities/2.json.gz
ln -s nowhere run/a/relationships/1.json
exits "D38 a dead link in a folder" 4 callisto sync run --mode diff --scope run $db
rm run/a/relationships/1.json
printf '{"_key":"e","_type":"r","_class":"HAS","_fromEntityKey":"x","_toEntityKey":"nobody"}\n' >run/edges.ndjson
exits "a sync that makes none of its relationships is no success" 1 callisto sync run --mode diff --scope run $db
has "names the end that is missing" "$(cat out)" "e  _toEntityKey nobody"
has "and says it" "$(cat err)" "none of the relationships could be made"
exits "--load says it too" 1 callisto --load run -c 'FIND *'
exits "--empty of a DIFF is guarded" 1 callisto sync --empty --mode diff --scope run $db
jobs=$(callisto jobs $db | wc -l)
exits "O-29 a dry run" 0 callisto sync --empty --mode diff --scope run --dry-run $db
has "O-29 tells that the job would be refused" "$(cat err)" "The job would be refused: this DIFF would delete 1 of the 1 entities"
has "O-29 and how it would pass" "$(cat err)" "--expect-deletes N, or --force"
exits "O-29 a dry run with the wrong number" 0 callisto sync --empty --mode diff --scope run --dry-run --expect-deletes 5 $db
has "O-29 tells the right one" "$(cat err)" "would delete 1 entity where 5"
exits "O-29 a dry run with the right number" 0 callisto sync --empty --mode diff --scope run --dry-run --expect-deletes 1 $db
same "O-29 has nothing to tell" "$(cat err)" ""
same "O-29 is no job" "$(callisto jobs $db | wc -l)" "$jobs"
exits "--empty with the number" 0 callisto sync --empty --mode diff --scope run --expect-deletes 1 $db
printf '{"_key":"n","_type":"app_run","_class":"Record","n":123456789012345678,"t":"cut \\ud83d"}\n' >odd.ndjson
exits "odd values" 0 callisto sync odd.ndjson --mode diff --scope run $db
has "D43 half a character is told" "$(cat out)" 'warning: 1 half character'
has "a number that is not exact is told" "$(cat out)" 'property "n": 123456789012345678'
exits "D44 a limit is set" 1 callisto --input-limit text_bytes=5 --load odd.ndjson -c 'FIND *'
has "D44 and named" "$(cat err)" 'property "t": the text is too long: 7 bytes, at most 5 (limit "text_bytes")'
exits "D44 an unknown limit" 2 callisto --input-limit none=5 -c 'FIND *'

exits "jobs" 0 callisto jobs $db --format csv
same "one word for all that was uploaded, created, updated, deleted" "$(head -n 1 out | cut -d, -f6-10)" \
  "uploaded,created,updated,deleted,errors"
same "times are ISO in every format" "$(sed -n 2p out | cut -c1-2,5,11,24)" "20-TZ"
exits "describe" 0 callisto $db -c '.describe Nope'
has "an unknown class is told" "$(cat err)" 'warning: the graph has no class or type "Nope"'
exits "describe of a class" 0 callisto $db -c '.describe Host'
same "a known one is not" "$(cat err)" ""
exits "verbs" 0 callisto $db -c '.verbs nope'
has "nor a type" "$(cat err)" 'warning: the graph has no type "nope"'
exits "types" 0 callisto $db -c '.types nope'
has "nor the beginning of one" "$(cat err)" 'no type of the graph begins with "nope"'

echo '{"relationships":[{"_key":"r9","_class":"HAS","_fromEntityKey":"team:ops","_toEntityKey":"host:web-1"}]}' >edges.json
exits "relationships in an override" 1 callisto sync edges.json --mode override --scope audit $db
has "O-8 refused in the known words" "$(cat err)" "Relationship uploads are not allowed for OVERRIDE sync jobs"
finish
