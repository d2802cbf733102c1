#!/bin/sh
# Installs the programs that package-lock.json names, once. Usage: install.sh SOURCE TARGET
# Exits with 77 (skipped) when the registry cannot be reached, or is too slow.
set -u
source=$1 target=$2
stamp=$target/installed

if cmp -s "$source/package-lock.json" "$stamp"; then exit 0; fi
mkdir -p "$target"
rm -rf "$target/entity-validator" "$stamp"
cp -R "$source/package.json" "$source/package-lock.json" "$source/entity-validator" "$target/"
cd "$target" || exit 1
timeout 540 npm ci --ignore-scripts --prefer-offline --no-audit --no-fund >npm.log 2>&1
code=$?
if [ $code -eq 0 ]; then
  cp package-lock.json "$stamp"
  exit 0
fi
cat npm.log
if [ $code -eq 124 ]; then
  echo 'the registry is too slow: skipped'
  exit 77
fi
if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E40[34]|E5[0-9][0-9]' npm.log; then
  echo 'the registry cannot be reached: skipped'
  exit 77
fi
exit 1
