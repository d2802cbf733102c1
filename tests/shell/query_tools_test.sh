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
exits "the format may be said" 1 callisto validate --format j1ql packs/notes.txt
printf '{"query": "FIND User"' >broken.json
exits "what cannot be read is exit code 2" 2 callisto validate missing broken.json packs/some.j1ql
has "missing files" "$(cat err)" "cannot read missing"
has "broken files, with the place" "$(cat err)" "broken.json:1:22: this is not JSON"
has "the others are checked all the same" "$(cat out)" "1 valid, 1 invalid"

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

finish
