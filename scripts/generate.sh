#!/usr/bin/env bash
# Writes the files that pipectl makes from its own descriptions: the JSON Schema, the manifest reference, the diagnostics, the engines.
#
# usage: scripts/generate.sh [FOLDER]      under FOLDER instead of the project's own
set -euo pipefail

cd "$(dirname "$0")/.."
folder=${1:-.}
# shellcheck disable=SC2086 — several flags, or none
swift build ${SWIFT_FLAGS:-} --product pipectl >&2
pipectl=$(swift build --show-bin-path)/pipectl

# generate FILE ARGUMENT…: the file is replaced only when pipectl wrote all of it.
generate() {
  local file=$folder/$1
  shift
  mkdir -p "$(dirname "$file")"
  if ! "$pipectl" "$@" >"$file.new"; then
    rm -f "$file.new"
    echo "generate: pipectl $* failed, so $file stays as it was" >&2
    exit 1
  fi
  mv "$file.new" "$file"
}

generate schema/pipectl.schema.json schema
generate docs/reference.md explain --reference
generate docs/diagnostics.md explain --diagnostics
generate docs/engines.md explain --engines
