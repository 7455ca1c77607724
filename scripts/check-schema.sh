#!/usr/bin/env bash
# Holds schema/pipectl.schema.json to an independent validator, check-jsonschema.
#
# usage: scripts/check-schema.sh
#
# The schema is a valid one; every example and every accepted manifest of the compiler's tests validates against it, and manifests
# with mistakes that a schema can see do not. The validator is installed from PyPI, once, beside the build.
set -euo pipefail

cd "$(dirname "$0")/.."
schema=schema/pipectl.schema.json
fixtures=Tests/ManifestCompilerTests/Fixtures
# Rejected manifests of which each has a mistake that a schema can see.
rejected=(misspelt-required-key several-mistakes schedule-without-cadence remote-and-source key-without-incremental
  command-beside-ends)

validator=$(scripts/install-singer.sh .build/singer check-jsonschema)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Splits a stream of manifests, for the validator takes one document a file: FOLDER/<path of the file>-<number>.yaml
split_documents() {
  local name=$2/${1//\//+}
  awk -v name="${name%.*}" '
    function finish() { if (filled) { file = sprintf("%s-%d.yaml", name, ++number); printf "%s", text > file; close(file) } text = ""; filled = 0 }
    /^---([ \t]|$)/ { finish(); next }
    { text = text $0 "\n"; if ($0 !~ /^[ \t]*(#|$)/) filled = 1 }
    END { finish() }' "$1"
}

# A manifest of which one line is a mistake.
plant() {
  cat >"$folder/bad/$1.yaml"
}

fail() {
  echo "check-schema: $*" >&2
  exit 1
}

"$validator" --check-metaschema "$schema" >"$folder/answer" || fail "$schema is no valid schema: $(<"$folder/answer")"

mkdir "$folder/good" "$folder/bad"
count=0
while IFS= read -r file; do
  split_documents "$file" "$folder/good"
  count=$((count + 1))
done < <(find examples "$fixtures/accepted" \( -name '*.yaml' -o -name '*.yml' \) | sort)
((count >= 5)) || fail "only $count manifests were found: where are the examples and $fixtures/accepted?"
"$validator" --schemafile "$schema" "$folder"/good/*.yaml >"$folder/answer" 2>&1 ||
  fail "these have to validate: $(<"$folder/answer")"

plant unknown-key <<'YAML'
apiVersion: pipectl.dev/v1
kind: Source
metadata: {name: shop}
spec: {connector: {type: builtin, name: csv}, confg: {}}
YAML
plant wrong-type <<'YAML'
apiVersion: pipectl.dev/v1
kind: Pipeline
metadata: {name: orders}
spec: {source: shop, destination: files, retry: {attempts: many}}
YAML
plant missing-key <<'YAML'
apiVersion: pipectl.dev/v1
kind: Pipeline
metadata: {name: orders}
spec: {source: shop}
YAML
plant unknown-kind <<'YAML'
apiVersion: pipectl.dev/v1
kind: Pipelin
metadata: {name: orders}
spec: {source: shop, destination: files}
YAML
plant other-version <<'YAML'
apiVersion: pipectl.dev/v0
kind: Pipeline
metadata: {name: orders}
spec: {source: shop, destination: files}
YAML
plant null <<'YAML'
apiVersion: pipectl.dev/v1
kind: Pipeline
metadata: {name: orders}
spec: {source: shop, destination: files, mode: null}
YAML
plant bad-name <<'YAML'
apiVersion: pipectl.dev/v1
kind: Pipeline
metadata: {name: Orders_1}
spec: {source: shop, destination: files}
YAML
for name in "${rejected[@]}"; do
  cp "$fixtures/rejected/$name.yaml" "$folder/bad/"
done
for file in "$folder"/bad/*.yaml; do
  if "$validator" --schemafile "$schema" "$file" >"$folder/answer" 2>&1; then
    fail "$(basename "$file") has a mistake, and the schema accepts it: $(<"$file")"
  fi
  # Refused for its contents, not because it could not be read.
  grep -q 'Schema validation errors' "$folder/answer" || fail "$(basename "$file"): $(<"$folder/answer")"
done

echo "check-schema: $(find "$folder/good" -type f | wc -l) documents accepted, $(find "$folder/bad" -type f | wc -l) refused"
