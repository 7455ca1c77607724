#!/usr/bin/env bash
# Builds and tests the pure core alone: no dependencies to fetch, no SQLite, no processes. Under a minute, also from nothing.
#
# SwiftPM builds a whole package before it runs any test, so the core gets a package of its own: this project's Package.swift
# with everything else taken out, beside links to the project's folders, in .build/smoke. The exhaustive tests (oracles, every day of
# twenty thousand years) are left to `make test`, and the count printed is of what ran. Arguments go to `swift test`.
set -euo pipefail

cd "$(dirname "$0")/.."
smoke=.build/smoke
mkdir -p "$smoke"
find "$smoke" -mindepth 1 -maxdepth 1 -type l -delete
for entry in *; do
  if [[ $entry != Package.* ]]; then ln -s "../../$entry" "$smoke/$entry"; fi
done

{
  cat Package.swift
  cat <<'SWIFT'

// Added by scripts/smoke.sh.
let core = ["PipelineModel", "Diagnostics", "ManifestSyntax", "Scheduling", "ManifestCompiler", "Reconciler"]
let proof = ["SeededRandom"]
package.products = []
package.dependencies = []
package.targets.removeAll { !(core + core.map { $0 + "Tests" } + proof + ["CLibYAML"]).contains($0.name) }
SWIFT
} >"$smoke/Package.swift.new"
if cmp -s "$smoke/Package.swift.new" "$smoke/Package.swift"; then
  rm "$smoke/Package.swift.new"
else
  mv "$smoke/Package.swift.new" "$smoke/Package.swift"
fi

# shellcheck disable=SC2086 — several flags, or none
exec swift test ${SWIFT_FLAGS:-} --package-path "$smoke" --disable-xctest --skip 'OracleTests|twenty thousand years' "$@"
