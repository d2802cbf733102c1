#!/bin/sh
# callisto validate and callisto format, and the doctor of empty answers.
. "$(dirname "$0")/checks.sh"

mkdir -p packs/.hidden packs/sub
cat >packs/questions.yaml <<'END'
questions:
  - title: Which hosts?
    queries:
      - name: good
        query: FIND Host WITH active = {{active}}
      - name: bad
        query: |
          FIND Host AS h
            THAT HAS Finding
          retrun h.name
END
cat >packs/sub/rules.json <<'END'
[{"instance": {"question": {"queries": [
  {"name": "query0", "query": "FIND Host WITH a == \"b\""},
  {"name": "query1", "query": "FIND Host AS h RETURN x.name"}]}}}]
END
printf 'FIND User; FIND Host THAT;\n' >packs/some.j1ql
printf '"FIND User"\n{"query": "FIND"}\n' >packs/sub/list.ndjson
echo 'FIND THAT' >packs/.hidden/bad.j1ql
echo 'FIND THAT' >packs/notes.txt
exits "validate finds what is wrong" 1 callisto validate packs
same "with file, line and column" "$(grep -o '^packs/[^ ]*' out)" "packs/questions.yaml:10:11:
packs/some.j1ql:1:26:
packs/sub/list.ndjson:2:16:
packs/sub/rules.json:2:49:
packs/sub/rules.json:3:54:"
has "with hints" "$(cat out)" 'Did you mean "RETURN"?'
has_not "and no other place" "$(cat out)" "at line"
same "and counts" "$(tail -n 1 out)" "3 valid, 5 invalid"
printf 'queries:\n- query: FIND #Tag User\n- query: FIND User AS u RETURN v.name\n' >cut.yaml
exits "a comment of YAML may cut a query" 1 callisto validate cut.yaml
has "which is said" "$(cat out)" 'In YAML " #" begins a comment: put the query in quotes, or after |.'
has "a place is the file's" "$(cat out)" 'cut.yaml:3:32: Invalid return selector provided: "v"'
has_not "and no other one" "$(cat out)" "(line 1"
printf '%s\n' 'FIND Host WITH createdOn > date.now - 2 weeks AND name = /^web/ AS h RETURN COUNT(*), COUNT(h) SKIP 5;' \
  'FIND Host AS h RETURN h.name HAVING COUNT(h) > 1 ORDER BY COUNT(h) LIMIT 300;' \
  'FIND (User|#Production) WITH name = {{name}} (THAT HAS a (THAT HAS b)?)? RETURN name;' >ours.j1ql
exits "what is ours is valid" 0 callisto validate --portable ours.j1ql
same "and warned of, each at its place" "$(grep -o '^[^ ]* warning: [A-Z][^ ]* [^ ]*' out)" "ours.j1ql:1:28: warning: Minutes and
ours.j1ql:1:58: warning: A regular
ours.j1ql:1:83: warning: COUNT(*) is
ours.j1ql:1:101: warning: SKIP is
ours.j1ql:2:74: warning: LIMIT goes
ours.j1ql:3:12: warning: A smart
ours.j1ql:3:58: warning: An optional"
same "and counted as valid" "$(tail -n 1 out)" "3 valid, 0 invalid"
exits "without the switch nothing is said of it" 0 callisto validate ours.j1ql
same "but the count" "$(cat out)" "3 valid, 0 invalid"
echo 'FIND Host WITH cpu > date.now - 2 days AND name = /web[ ]1/i RETURN region, COUNT(name) ORDER BY COUNT(name) LIMIT 250' >theirs.j1ql
exits "what others know is not warned of" 0 callisto validate --portable theirs.j1ql
same "not with a word" "$(cat out)" "1 valid, 0 invalid"

exits "the format may be said" 1 callisto validate --format j1ql packs/notes.txt
printf '{"query": "FIND User"' >broken.json
exits "what cannot be read is exit code 2" 2 callisto validate missing broken.json packs/some.j1ql
has "missing files" "$(cat err)" "cannot read missing"
has "broken files, with the place" "$(cat err)" "broken.json:1:22: this is not JSON"
has "the others are checked all the same" "$(cat out)" "1 valid, 1 invalid"

mkdir -p nothing/in/it && echo '{"name": "x"}' >nothing.json && : >empty.j1ql
exits "a check of nothing is none" 2 callisto validate nothing
has "a folder" "$(cat err)" "nothing: no query was found in files that end in .j1ql"
exits "nor is a file without queries" 2 callisto validate packs/some.j1ql nothing.json empty.j1ql
has "which says what counts" "$(cat err)" "nothing.json: no query was found; in JSON and YAML queries stand under the keys query"
has "each of them" "$(cat err)" "empty.j1ql: no query was found"
same "the others count" "$(tail -n 1 out)" "1 valid, 1 invalid"
echo '{"queries": {"a": "FIND User WITH", "b": "FIND Host"}, "rules": [{"j1ql": "FIND"}]}' >map.json
exits "queries of a map, and under j1ql" 1 callisto validate map.json
same "are found" "$(tail -n 1 out)" "1 valid, 2 invalid"

printf 'find Host with a=1 that has Finding; /* all */\nfind  User' >loose.j1ql
exits "format writes queries anew" 0 callisto format loose.j1ql
cp out tidy.j1ql
same "in the house style" "$(cat out)" 'FIND Host WITH a = 1
  THAT has Finding; /* all */

FIND User'
exits "format --check of a tidy file" 0 callisto format --check tidy.j1ql
same "says nothing" "$(cat out err)" ""
exits "format --check of another" 1 callisto format --check loose.j1ql
same "names it" "$(cat err)" "loose.j1ql would change: callisto format writes it anew"
exits "format of what is no query" 1 callisto format packs/some.j1ql
has "says where" "$(cat err)" "packs/some.j1ql:1:26: Error parsing query."
same "and writes nothing" "$(cat out)" ""
callisto format <loose.j1ql >out
same "standard input is formatted too" "$(cat out)" "$(cat tidy.j1ql)"

cat >inventory.json <<'END'
{"entities":[
 {"_key":"h1","_type":"aws_instance","_class":"Host","displayName":"web-1","name":"web-1","active":true,"cpus":4,"env":"Prod","since":"2024-01-01","seenOn":1700000000,"createdOn":1700000000000,"port":"22"},
 {"_key":"h2","_type":"aws_instance","_class":"Host","displayName":"web-2","name":"web-2","active":true,"cpus":8,"env":"dev ","since":"2024-02-01","seenOn":1690000000,"createdOn":1690000000000},
 {"_key":"f1","_type":"cve_finding","_class":"Finding","displayName":"CVE-1","severity":"high","score":9},
 {"_key":"u1","_type":"okta_user","_class":"User","displayName":"ann","username":"ann","mfa":false}],
 "relationships":[
 {"_key":"r1","_type":"x","_class":"HAS","_fromEntityKey":"h1","_toEntityKey":"f1"},
 {"_key":"r2","_type":"y","_class":"ACCESSES","_fromEntityKey":"u1","_toEntityKey":"h1"}]}
END
cat >sick.txt <<'END'
.doctor FIND host
.doctor FIND Hots
.doctor FIND Host WITH active = 'true'
.doctor FIND Host WITH cpus = '4'
.doctor FIND Host WITH port = 22
.doctor FIND Host WITH env = 'prod'
.doctor FIND Host WITH env = 'dev'
.doctor FIND Host WITH env ~= 'PRO'
.doctor FIND Host WITH seenOn > date.now - 7 days
.doctor FIND Host WITH createdOn < 1700000001
.doctor FIND Host WITH since > date.now - 7 days
.doctor FIND Host WITH actve = true
.doctor FIND Host WITH username = 'ann'
.doctor FIND Host AS h THAT HAS << Finding AS f RETURN h.name
.doctor FIND Host THAT ACCESSES Finding
.doctor FIND Host WITH active = true THAT HAS >> Finding WITH severity = 'High' AND score > 3
.doctor FIND Host WITH cpus = 4 THAT !HAS Finding
.doctor FIND Host AS h RETURN h.name, COUNT(h) AS n HAVING n > 5
.doctor FIND Host SKIP 5
.doctor FIND Host
END
exits "the doctor tells why nothing is found" 0 callisto --load inventory.json -f sick.txt
cat >diagnoses <<'END'
FIND host  0 ✗
No entity has the type host: a word in lower case is a type. Write Host, which is a class (2 entities).
FIND Hots  0 ✗
No entity has the class Hots. Did you mean Host (2 entities)?
FIND Host  2
  → WITH active = 'true'  0 ✗
active is a boolean, and a boolean never equals a text: write true without quotes.
FIND Host  2
  → WITH cpus = '4'  0 ✗
cpus is a number, such as 4, 8, and a number never equals a text: write 4 without quotes.
FIND Host  2
  → WITH port = 22  0 ✗
port is a text here, such as '22', and a text never equals a number: write it in quotes.
FIND Host  2
  → WITH env = 'prod'  0 ✗
Letters count: write 'Prod', or /prod/i for either case.
FIND Host  2
  → WITH env = 'dev'  0 ✗
The blanks around it count: there is 'dev '.
FIND Host  2
  → WITH env ~= 'PRO'  0 ✗
Letters count: there is 'Prod'; a regular expression, ~= /PRO/i, takes either case.
FIND Host  2
  → WITH seenOn > date.now - 7 days  0 ✗
seenOn seems to be in seconds, such as 1690000000, 1700000000, while dates are milliseconds: the integration has to store milliseconds.
FIND Host  2
  → WITH createdOn < 1700000001  0 ✗
createdOn is in milliseconds, such as 1690000000000, 1700000000000: multiply by 1000, or write a date(…).
FIND Host  2
  → WITH since > date.now - 7 days  0 ✗
since is a date as text, such as '2024-01-01', '2024-02-01'; only times in epoch milliseconds compare with dates.
FIND Host  2
  → WITH actve = true  0 ✗
None of these has the property actve. Did you mean active?
FIND Host  2
  → WITH username = 'ann'  0 ✗
None of these has the property username; it is one of okta_user (1).
FIND Host  2
  → THAT HAS << Finding  0 ✗
The relationships point the other way: write >> Finding (1).
FIND Host  2
  → THAT ACCESSES Finding  0 ✗
Other verbs lead to Finding from there: HAS (1).
This verb leads to other types from there: okta_user (1).
FIND Host  2
  → WITH active = true  2
  → THAT HAS >> Finding  1
  → WITH severity = 'High'  0 ✗
  → WITH score > 3  –
Letters count: write 'high', or /High/i for either case.
FIND Host  2
  → WITH cpus = 4  1
  → THAT !HAS Finding  0 ✗
Everything that is left has such a relationship, and ! keeps what has none: THAT HAS Finding without ! finds them.
FIND Host  2
  → HAVING n > 5  0 ✗
None of 2 rows passes HAVING.
FIND Host  2
  → SKIP 5  0 ✗
There are only 2 rows to skip.
FIND Host  2
Something is left after every part: the query has rows.
END
same "for each usual reason" "$(cat out)" "$(cat diagnoses)"
exits "the doctor as a command" 0 callisto doctor "FIND Host WITH cpus > 100" --load inventory.json
has "says what there is" "$(cat out)" "cpus lies between 4 and 8 here."
exits "the doctor of a smart class that nobody defined" 0 callisto doctor "FIND #CritcalAsset" --load inventory.json
has "names the near one" "$(cat out)" 'Did you mean "#CriticalAsset"?'
printf '{"query":"FIND a"}\nnot json\n{"query":"FND b"}\n' >lines.ndjson
exits "a bad line of NDJSON" 2 callisto validate lines.ndjson
has "does not hide the bad query after it" "$(cat out)" "lines.ndjson:3:11"
has "nor the good ones" "$(cat out)" "1 valid, 1 invalid"
printf "FIND Host WITH cpus > 100;\n.doctor\n" >asked.txt
exits "the doctor after a query, without a terminal" 0 callisto --load inventory.json -f asked.txt
has "speaks of that query" "$(cat out)" "cpus lies between 4 and 8 here."
exits "the doctor of what is no query" 1 callisto doctor "FIND" --load inventory.json
printf '{"entities":[{"_key":"gone","_type":"a","_class":"A","displayName":"gone"}]}' >gone.json
exits "the doctor knows deleted objects" 0 callisto --data graph -c '.sync gone.json diff s' \
  -c '.doctor FIND a'
callisto sync --empty --force --mode diff --scope s --data graph >/dev/null 2>&1
exits "once they are deleted" 0 callisto doctor "FIND a" --data graph
has "and says so" "$(cat out)" "Only deleted objects fit: --include-deleted shows them (1)."

finish
