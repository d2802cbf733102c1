#!/bin/sh
# What HACKING.md names exists.
. "$(dirname "$0")/checks.sh"

doc=$sources/HACKING.md
# What it names is there; its commands are run by tests/documents.
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
