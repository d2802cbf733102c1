#!/bin/sh
# Prints every C++ file that the format and the rules of this project apply to, one a line.
set -eu
cd "$(dirname "$0")/../.."
for folder in core query persist api repl server bench tests samples; do
  [ -d "$folder" ] || continue
  find "$folder" -name build -prune -o \( -name '*.h' -o -name '*.cpp' \) -print
done | sort
