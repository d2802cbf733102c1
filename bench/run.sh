#!/bin/sh
# Measures at the sizes S and M and writes the tables of docs/performance.md.
# Usage: run.sh BIN_DIR [SIZES]    e.g. run.sh build/release/bin "S M"
set -eu
bin=$1
sizes=${2:-S M}
root=$(cd "$(dirname "$0")/.." && pwd)
results=$(dirname "$bin")/bench
mkdir -p "$results"
status=0
files=
for size in $sizes; do
  "$bin/callisto_bench" --size "$size" \
    --benchmark_out="$results/$size.json" --benchmark_out_format=json || status=1
  [ -s "$results/$size.json" ] || exit 1
  files="$files $results/$size.json"
done
# shellcheck disable=SC2086  # One word a file.
python3 "$root/bench/report.py" --doc "$root/docs/performance.md" $files
echo "bench: results in $results, tables in docs/performance.md"
exit $status
