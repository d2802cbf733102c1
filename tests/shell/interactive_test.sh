#!/bin/sh
# The shell in a real terminal: the first five minutes of a person. Needs tmux.
. "$(dirname "$0")/checks.sh"

command -v tmux >/dev/null 2>&1 || { echo "skipped: tmux is not installed (it is in packages.txt)"; exit 77; }
socket=callisto-test-$$
tm() { tmux -L "$socket" -f /dev/null "$@"; }
trap 'tm kill-server 2>/dev/null; rm -rf "$work"' EXIT

screen() { tm capture-pane -p -t shell; }

# wait_for WHAT PART: until it is on the screen, at most 20 s.
wait_for() {
  tries=0
  while [ $tries -lt 200 ]; do
    case $(screen) in *"$2"*) echo "ok   $1"; return ;; esac
    tries=$((tries + 1))
    sleep 0.1
  done
  has "$1" "$(screen)" "$2"
}

# A `;` at the end of a word would end the command for tmux.
type_in() {
  case $1 in
    *\;) tm send-keys -t shell -l "${1%;}\\;" ;;
    *) tm send-keys -t shell -l "$1" ;;
  esac
}
press() { tm send-keys -t shell "$@"; }
clear_screen() { press C-l; sleep 0.2; }

callisto sync hosts.json --mode diff --scope hosts --data graph >/dev/null || exit 1
web=$(callisto --data graph -c 'FIND Host WITH name = "web-1" AS h RETURN h._id' | tail -n 1)
printf '{"_id":"%s","criticality":9}\n' "$web" >tiers.ndjson
i=0
while [ $i -lt 90 ]; do
  printf '{"_key":"part:%02d","_type":"app_part","_class":"Record","displayName":"part-%02d","size":%d}\n' $i $i $i
  i=$((i + 1))
done >parts.ndjson
callisto sync parts.ndjson --mode diff --scope parts --data graph >/dev/null || exit 1

awk 'BEGIN {
  for (i = 0; i < 40; i++) {
    printf "{\"_key\":\"l:%d\",\"_type\":\"app_left\",\"_class\":\"Record\",\"size\":%d}\n", i, i
    printf "{\"_key\":\"r:%d\",\"_type\":\"app_right\",\"_class\":\"Record\",\"size\":%d}\n", i, i
    for (j = 0; j < 40; j++)
      printf "{\"_key\":\"j:%d:%d\",\"_type\":\"app_left_joins_right\",\"_class\":\"JOINS\",\"_fromEntityKey\":\"l:%d\",\"_toEntityKey\":\"r:%d\"}\n", i, j, i, j
  }
}' >joined.ndjson
callisto sync joined.ndjson --mode diff --scope joined --data graph >/dev/null || exit 1

tm new-session -d -s shell -x 100 -y 45 "env NO_COLOR=1 callisto --data graph" || { echo "skipped: tmux cannot start a session here"; exit 77; }
wait_for "the shell greets with the size of the graph" "174 entities"
wait_for "and has its prompt" "callisto>"

type_in "FIND app_h"
press Tab
wait_for "Tab completes a type" "FIND app_host"
type_in "WITH cp"
press Tab
wait_for "Tab completes a property of that type" "WITH cpus"
type_in "> 4;"
press Enter
wait_for "the query runs at its semicolon" "2 rows"
wait_for "a list shows what its objects are" "web-2"

clear_screen
type_in "FIND app_host"
press Enter
type_in "AS h RETURN h.name ORDER BY h.name;"
press Enter
wait_for "a query over two lines runs as one" "3 rows"
clear_screen
press Up
wait_for "history recalls the whole statement" "AS h RETURN h.name"
wait_for "with its first line" "FIND app_host"
press Enter
wait_for "and runs it again" "3 rows"

clear_screen
type_in "FIND Host WIHT active = true;"
press Enter
wait_for "an error shows the text" "> 1 | FIND Host WIHT active = true"
wait_for "with a caret under the word" "^^^^"
clear_screen
type_in "FIND Host WITH active = true;"
press Enter
wait_for "fixed, it runs" "2 rows"

clear_screen
type_in "FIND app_part AS p RETURN p.displayName, p.size ORDER BY p.size;"
press Enter
wait_for "a long result is folded" "90 rows (20 shown)"
wait_for "to its first rows" "part-09"
wait_for "and its last" "part-80"
has_not "not its middle" "$(screen)" "part-45"
wait_for "and says how to see all here" ".last shows all of these rows, .maxrows 0 those of every result"
clear_screen
type_in ".limit rows 30"
press Enter
type_in "FIND app_part AS p RETURN p.displayName;"
press Enter
wait_for "a limit of rows still shows rows" "30 rows (20 shown)"
wait_for "and says how to lift it here" "stopped at 30 rows, there are more: .limit rows 0 lifts that"
type_in ".limit rows 0"
press Enter

clear_screen
type_in ".sync tiers.ndjson override tiers ana"
press Enter
wait_for "an override from within" "OVERRIDE FINISHED"
clear_screen
type_in ".why web-1 criticality"
press Enter
wait_for "why explains" "▸ override"
wait_for "who did it" "by ana"
clear_screen
type_in ".ov"
press Tab
wait_for "Tab completes commands" ".overrides"
press Enter
wait_for "counts of override states" "active"

clear_screen
type_in ".pager cat >paged.txt"
press Enter
type_in "FIND app_part AS p RETURN p.displayName ORDER BY p.size;"
press Enter
tries=0
while ! grep -q "part-89" paged.txt 2>/dev/null && [ $tries -lt 200 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
has "a pager gets what is longer than the screen, unfolded" "$(cat paged.txt)" "part-45"
type_in ".pager off"
press Enter

# Each of 40 left nodes is joined with each of 40 right ones: 90 million paths of five, none of which
# has the property.
clear_screen
type_in "FIND app_left AS a THAT JOINS app_right THAT JOINS app_left THAT JOINS app_right THAT JOINS app_left AS b WHERE a.none = b.size RETURN a.size, b.size;"
press Enter
wait_for "a long query says that it runs" "running"
press C-c
wait_for "Ctrl-C cancels it" "cancelled"
wait_for "and the shell has its prompt back" "callisto>"
clear_screen
type_in "FIND app_team AS t RETURN t.name, t.displayName;"
press Enter
wait_for "the next query runs" "1 row"
clear_screen
type_in "FIND never finished"
press C-c
wait_for "Ctrl-C clears the line" "^C"
type_in ".timer"
sleep 0.5
same "and leaves a clean prompt" "$(screen | grep -v '^$' | tail -n 1)" "callisto> .timer"
press Enter
type_in ".mode csv"
press Enter
type_in "FIND app_team AS t RETURN t.name;"
press Enter
wait_for "the next line starts afresh" "t.name"
clear_screen
type_in ".layer base"
press Enter
wait_for "the prompt tells the layer" "callisto:base>"
clear_screen
type_in ".help why"
press Enter
wait_for "help has an example" "example: .why web-1 criticality"

type_in ".quit"
press Enter
tries=0
while tm has-session -t shell 2>/dev/null && [ $tries -lt 100 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
same "the shell left" "$(tm has-session -t shell 2>/dev/null && echo still here)" ""
same "history is on disk, for its owner only" "$(stat -c %a .callisto_history)" 600
has "with whole statements" "$(cat .callisto_history)" "ORDER BY p.size"

tm new-session -d -s shell -x 100 -y 30 "callisto --data graph"
wait_for "a second shell" "callisto>"
press C-r
type_in "p.size"
wait_for "Ctrl-R finds what was typed before" "RETURN p.displayName"
press C-c
press C-d
sleep 1
press C-d
tries=0
while tm has-session -t shell 2>/dev/null && [ $tries -lt 50 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
same "Ctrl-D leaves" "$(tm has-session -t shell 2>/dev/null && echo still here)" ""
finish
