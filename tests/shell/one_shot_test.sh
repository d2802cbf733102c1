#!/bin/sh
# One-shot queries: formats, exit codes, streams, pipes.
. "$(dirname "$0")/checks.sh"

load="--load hosts.json"
query='FIND Host AS h RETURN h.name, h.cpus, h.note ORDER BY h.name'

exits "a query works" 0 callisto $load -c "$query"
same "tsv is what a pipe gets" "$(cat out)" "h.name	h.cpus	h.note
db-1	16	a,\"b\"\\tc
web-1	4	
web-2	8	=1+1"
same "nothing is said on standard error" "$(cat err)" ""

exits "csv" 0 callisto $load --format csv -c "$query"
same "csv escapes formulas and quotes" "$(tr -d '\r' <out)" "h.name,h.cpus,h.note
db-1,16,\"a,\"\"b\"\"	c\"
web-1,4,
web-2,8,'=1+1"

exits "ndjson" 0 callisto $load --format ndjson -c "$query"
same "ndjson has an object for each row" "$(sed -n 2p out)" '{"h.name":"web-1","h.cpus":4,"h.note":null}'

exits "json of a table" 0 callisto $load --format json -c "$query LIMIT 1"
has "the result document says its type" "$(cat out)" '"type":"table"'
has "and holds the row" "$(cat out)" '"h.cpus":16'
exits "json of a list" 0 callisto $load --format json -c "FIND app_team"
has "a list" "$(cat out)" '"type":"list"'

exits "markdown" 0 callisto $load --format markdown -c "$query LIMIT 1"
same "markdown" "$(sed -n 1,2p out)" '| h.name | h.cpus | h.note |
| --- | --- | --- |'

exits "box" 0 callisto $load --format box -c "FIND Host AS h RETURN h.name, h.cpus ORDER BY h.name"
same "a box that nobody looks at is not folded" "$(sed '$d' out)" "┌────────┬────────┐
│ h.name │ h.cpus │
│ string │ number │
├────────┼────────┤
│ db-1   │     16 │
│ web-1  │      4 │
│ web-2  │      8 │
└────────┴────────┘"
has "its footer counts" "$(tail -n 1 out)" "3 rows · 2 columns · "

exits "tree" 0 callisto $load --format tree -c "FIND Team THAT MANAGES Host RETURN TREE"
has "a tree is drawn" "$(cat out)" "ops (app_team)"
has "with its verbs" "$(cat out)" "MANAGES → web-1 (app_host)"

exits "a list has every property in csv" 0 callisto $load --format csv -c "FIND app_host"
has "identifying columns first" "$(head -n 1 out)" "displayName,_type,_class,_key,_id"
has "then the others" "$(head -n 1 out)" "cpus"

exits "parameters" 0 callisto $load --param 'n=web-1' -c 'FIND Host WITH name = ${n} AS h RETURN h.cpus'
same "the parameter chose" "$(tail -n 1 out)" 4
exits "an object as a parameter" 2 callisto $load --param 'n={"a":1}' -c 'FIND Host WITH name = ${n}'
has "is refused" "$(cat err)" "--param n: a variable is a text, a number, a boolean or a list of those"

exits "the switch for paths that come back" 0 callisto $load -c '.revisit on' -c '.revisit' \
  -c 'FIND Team AS t THAT MANAGES Host THAT MANAGES Team AS u WHERE t._key = u._key RETURN t.name LIMIT 1' \
  -c '.revisit off' -c 'FIND Team AS t THAT MANAGES Host THAT MANAGES Team AS u WHERE t._key = u._key RETURN t.name LIMIT 1'
same "is off unless turned on" "$(cat out)" 't.name
ops
t.name'

exits "a query is formatted" 0 callisto -c \
  ".format find unique Host with cpus>4 as h that has>>Finding as f (that IS Cve)? return h.name limit 3"
same "over several lines" "$(cat out)" 'FIND UNIQUE Host WITH cpus > 4 AS h
  THAT has >> Finding AS f
  (THAT IS Cve)?
RETURN h.name
LIMIT 3'
exits "a query with a comment is formatted" 0 callisto -c '.format find /* all */ Host'
same "and keeps it" "$(cat out)" "FIND /* all */ Host"

exits "smart classes and stored parameters" 0 callisto $load -c '.smart Big FIND Host WITH cpus > 4' \
  -c '.smart Big' -c '.store wanted ["web-2", "x"]' -c '.store' \
  -c 'FIND #Big WITH name = ${param.wanted} AS h RETURN h.name'
same "are defined, listed and used" "$(cat out)" '#Big = FIND Host WITH cpus > 4
wanted = ["web-2","x"]
h.name
web-2'
exits "a definition that is no query is exit code 1" 1 callisto $load -c '.smart Big FIND Host WITH'
has "and is drawn" "$(cat err)" "> 1 | FIND Host WITH"

exits "a syntax error is exit code 1" 1 callisto $load -c "FIND Host WIHT active = true"
same "no data with an error" "$(cat out)" ""
has "the error shows the text" "$(cat err)" "> 1 | FIND Host WIHT active = true"
has "and points at the word" "$(cat err)" "    |           ^^^^"
has "and knows a better one" "$(cat err)" 'WITH'

exits "a usage error is exit code 2" 2 callisto --format xml -c "FIND Host"
exits "an unknown subcommand is exit code 2" 2 callisto frobnicate
exits "a limit is exit code 3" 3 callisto $load --max-rows 1 -c "FIND Host AS h RETURN h.name"
exits "an unknown dot command is exit code 2" 2 callisto -c ".nothing"
exits "a missing script is exit code 4" 4 callisto -f missing.j1ql
exits "a missing upload is exit code 4" 4 callisto --load missing.json -c "FIND Host"
has "and is named" "$(cat err)" "missing.json"
if [ -w /dev/full ]; then
  callisto $load -c "$query" >/dev/full 2>err
  same "a full disk is exit code 4" "$?" 4
fi

printf '%s\n' '-- a note' 'FIND Host AS h' '  RETURN COUNT(h);' '.mode csv' 'FIND Team AS t RETURN t.name;' >script.j1ql
exits "a script of statements and commands" 0 callisto $load -f script.j1ql
same "its answers" "$(tr -d '\r' <out)" "COUNT(h)
3
t.name
ops"
same "standard input is a script, too" \
  "$(printf 'FIND Team AS t RETURN t.name;' | callisto $load)" "t.name
ops"
printf 'FIND Team AS t RETURN;\nFIND Team AS t RETURN t.name;' >bad.j1ql
exits "a script stops at its first error" 1 callisto $load -f bad.j1ql
same "nothing after it ran" "$(cat out)" ""
has "the place in the script is told" "$(cat err)" "in bad.j1ql, line 1"
exits "--fail-at-end goes on" 1 callisto $load --fail-at-end -f bad.j1ql
has "what came after ran" "$(cat out)" "ops"

exits "dot commands work in one-shot runs" 0 callisto $load -c ".types"
has "and print in the chosen format" "$(cat out)" "app_host	3"
exits "describe" 0 callisto $load -c ".describe Host"
has "properties are described" "$(cat out)" "cpus	number	3"
exits "explain" 0 callisto $load -c ".explain FIND app_host WITH cpus > 4"
has "a plan has estimates" "$(cat out)" "estimated"
exits "the last format of .mode wins over the pipe's" 0 callisto $load -c ".mode ndjson
FIND Team AS t RETURN t.name"
same "ndjson" "$(cat out)" '{"t.name":"ops"}'

i=0
while [ $i -lt 60 ]; do
  printf '{"_key":"k:%s","_type":"many","_class":"Record","displayName":"%0999d"}\n' $i $i
  i=$((i + 1))
done >many.ndjson
same "a reader that has enough is no error" \
  "$(callisto --load many.ndjson -c 'FIND many AS m RETURN m._key' 2>&1 | head -n 1)" "m._key"
exits ".once writes a file whole" 0 callisto --load many.ndjson --format box -c ".once rows.txt
FIND many AS m RETURN m.displayName"
same "with every row and no fold" "$(grep -c '│ 0000' rows.txt)" 60
has_not "and no cut value" "$(cat rows.txt)" "…"
exits "--help" 0 callisto --help
has "has examples" "$(cat out)" "Examples:"
exits "--version" 0 callisto --version
finish
