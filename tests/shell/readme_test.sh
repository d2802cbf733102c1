#!/bin/sh
# Runs every ```sh block of README.md as it is written, in order, in one temporary folder. Blocks that
# install or build this checkout are marked ```sh build there and are what made this binary.
. "$(dirname "$0")/checks.sh"

ln -s "$sources/samples" samples
awk '/^```sh$/ { inside = 1; print "# line " NR; next } /^```/ { inside = 0 } inside' \
  "$sources/README.md" >commands.sh
same "README.md has commands" "$([ "$(grep -c callisto commands.sh)" -ge 5 ] && echo yes)" yes
sh -eux commands.sh >out 2>err </dev/null
code=$?
if [ $code -ne 0 ]; then
  cat out
  tail -n 20 err
fi
same "every command of README.md works as written" "$code" 0

# What README.md shows as output is what comes out: each line of a ```text block, somewhere.
awk '/^```text$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$sources/README.md" >shown
while IFS= read -r line; do
  [ -n "$line" ] || continue
  grep -Fqx -- "$line" out || {
    failures=$((failures + 1))
    printf 'FAIL README.md shows a line that no command prints:\n%s\n' "$line"
  }
done <shown
[ "$failures" = 0 ] || cat out
finish
