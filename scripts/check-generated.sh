#!/usr/bin/env bash
# Fails when a generated file in the project is not what pipectl would write today.
set -euo pipefail

cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
scripts/generate.sh "$fresh"

stale=0
while IFS= read -r file; do
  if ! diff -u --label "$file (in the project)" --label "$file (generated)" "$file" "$fresh/$file" >&2; then
    echo "generated: $file is stale; run \`make generate\` and commit it" >&2
    stale=1
  fi
done < <(cd "$fresh" && find . -type f -printf '%P\n' | sort)
[[ $stale -eq 0 ]] || exit 1
echo "generated: every file is fresh"
