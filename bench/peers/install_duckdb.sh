#!/bin/sh
# Installs DuckDB's shared library for the benchmarks, once. Usage: install_duckdb.sh [FOLDER]
# FOLDER: by default build/peers of this checkout, where callisto_bench looks. Needs npm.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-$root/build/peers}
package=@duckdb/node-bindings-linux-x64@1.5.6-r.1
library=$folder/node_modules/${package%@*}/libduckdb.so
if [ -f "$library" ]; then exit 0; fi
command -v npm >/dev/null || { echo 'install_duckdb.sh: npm is missing' >&2; exit 1; }
npm install --prefix "$folder" --ignore-scripts --no-save --no-package-lock --no-audit --no-fund "$package"
echo "install_duckdb.sh: $library"
