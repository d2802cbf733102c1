#!/bin/sh
# Runs every ```sh block of HACKING.md as it is written, and checks that what the others name exists.
. "$(dirname "$0")/checks.sh"

doc=$sources/HACKING.md
bin=$(dirname "$binary")
mkdir build
ln -s "$(dirname "$bin")" build/dev
ln -s "$sources/samples" samples

same "every block says whether it is run" \
  "$(awk '/^```/ { if (inside) { inside = 0 } else { inside = 1; print } }' "$doc" |
    grep -vx -e '```' -e '```sh' -e '```sh build')" ""
awk '/^```sh$/ { inside = 1; print "# line " NR; next } /^```/ { inside = 0 } inside' "$doc" >commands.sh
same "HACKING.md has commands that are run" "$([ "$(grep -c build/dev/bin commands.sh)" -ge 4 ] && echo yes)" yes
for program in $(grep -oE 'build/dev/bin/[a-z_]+' commands.sh | sort -u); do
  [ -x "$program" ] || { echo "skipped: $program is not built"; exit 77; }
done
sh -eux commands.sh >out 2>err </dev/null
code=$?
[ $code -eq 0 ] || { cat out; tail -n 20 err; }
same "every command of HACKING.md works as written" "$code" 0
has "a rule's name chooses its test" "$(cat out)" "O-14"
has "a profile has real rows" "$(cat out)" "TypeScan github_repo"

# The rest is not run here, but what it names is there.
for target in $(grep -oE '(^|`)make [a-z-]+' "$doc" | sed 's/.*make //' | sort -u); do
  same "make $target exists" "$(grep -c "^$target:" "$sources/Makefile")" 1
done
for preset in $(grep -oE -e '--preset [a-z]+' "$doc" | sed 's/.* //' | sort -u); do
  has "the preset $preset exists" "$(cat "$sources/CMakePresets.json")" "{\"name\": \"$preset\""
done
for option in $(grep -oE 'CALLISTO_(BUILD|TEST|WERROR|SANITIZE|USE)[A-Z_]*' "$doc" | sort -u); do
  same "$option is an option" "$(grep -lE "(option|set)\($option " "$sources/CMakeLists.txt" "$sources"/cmake/*.cmake | wc -l | tr -d ' ')" 1
done
for folder in $(grep -oE '`[a-z.]+(/[a-z<>]+)*/`|^[a-z]+/ ' "$doc" | tr -d '` ' | grep -v '[<>]' | sort -u); do
  same "the folder $folder exists" "$([ -d "$sources/$folder" ] && echo yes)" yes
done
finish
