#!/usr/bin/env bash
# The checks, checked: each kind of violation is planted in a small package and must be found, at its place, and nothing else.
set -euo pipefail

scripts=$(cd "$(dirname "$0")" && pwd -P)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failed=0 passed=0

# A small package that breaks no rule.
plant_package() {
  rm -rf "${tree:?}"/*
  mkdir -p "$tree"/Sources/{PipelineModel,Scheduling,StoreAPI,LocalEngine,SingerProtocol} "$tree"/Tests/SchedulingTests
  cat >"$tree/Package.swift" <<'SWIFT'
// swift-tools-version: 6.2
import PackageDescription
let package = Package(
  name: "small",
  targets: [
    .target(name: "PipelineModel"),
    .target(name: "Scheduling", dependencies: ["PipelineModel"]),
    .target(name: "StoreAPI", dependencies: ["PipelineModel"]),
    .target(name: "SingerProtocol"),
    .target(name: "LocalEngine", dependencies: ["SingerProtocol", "PipelineModel"]),
    .testTarget(name: "SchedulingTests", dependencies: ["Scheduling"]),
  ]
)
SWIFT
  cat >"$tree/Sources/PipelineModel/Model.swift" <<'SWIFT'
/* import Foundation /* nested */ Date() */
// import Foundation: `async`, `Task {`, `.now`
public struct Model {
  let text = "import Foundation; Date() \(["UUID()"].count) async"
  let long = """
    import Foundation
    """
  let now = 1
  func at(_ model: Model) -> Int { model.now }
}
SWIFT
  echo 'public import PipelineModel' >"$tree/Sources/Scheduling/Slot.swift"
  echo 'public import PipelineModel' >"$tree/Sources/StoreAPI/Store.swift"
  echo 'import Foundation' >"$tree/Sources/SingerProtocol/Message.swift"
  printf 'import Glibc\nimport struct Foundation.Data\nprivate import SingerProtocol\n' >"$tree/Sources/LocalEngine/Engine.swift"
  mkdir -p "$tree/docs"
  printf '1. **One slot.** Never two.\n   *Named by* `SlotTests`: "law 1: a slot is due once".\n' >"$tree/docs/laws.md"
  cat >"$tree/Tests/SchedulingTests/LawTests.swift" <<'SWIFT'
import Testing
@Suite struct SlotTests {
  @Test func `law 1: a slot is due once, and never again`() {}
}
SWIFT
  cat >"$tree/Tests/SchedulingTests/SlotTests.swift" <<'SWIFT'
import Foundation
import Testing
@testable import Scheduling

@Test(arguments: [(1, "a)"), (2, "b")])
func `a slot is due once, "exactly"`(number: Int, text: String) {}
@Suite struct Slots {
  @Test func testing() {}
  func tester() { Task.sleep() }  // poll: no event for it
}
let script = "sleep(30) # TO DO"
SWIFT
}

# passes CHECK: the package as it stands is accepted.
passes() {
  local output
  if output=$("$scripts/$1" "$tree" 2>&1); then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'test-checks: %s refuses a clean package:\n%s\n' "$1" "$output" >&2
  fi
}

# finds CHECK TEXT: exactly one finding, which begins with TEXT. Then the package is clean again.
finds() {
  local output status=0
  output=$("$scripts/$1" "$tree" 2>&1) || status=$?
  if [[ $status -eq 1 && $output == "$2"* && $output == *": 1 to mend" ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'test-checks: %s should have found one thing, `%s`, but said (%s):\n%s\n' "$1" "$2" "$status" "$output" >&2
  fi
  plant_package
}

# plant FILE LINE…: appends lines to a file of the package.
plant() {
  local file=$tree/$1
  shift
  mkdir -p "$(dirname "$file")"
  printf '%s\n' "$@" >>"$file"
}

imports=check-imports.py hygiene=check-hygiene.py laws=check-laws.py
model=Sources/PipelineModel/Model.swift slot_tests=Tests/SchedulingTests/SlotTests.swift

plant_package
passes $imports
passes $hygiene
passes $laws

plant $model 'import Foundation'
finds $imports "$model:11: error: PipelineModel must not import Foundation"
plant $model '@preconcurrency private import struct Foundation.Data'
finds $imports "$model:11: error: PipelineModel must not import Foundation"
plant Sources/StoreAPI/Store.swift 'public import Foundation'
finds $imports "Sources/StoreAPI/Store.swift:2: error: StoreAPI must not import Foundation"
plant Sources/Scheduling/Slot.swift 'import StoreAPI'
finds $imports "Sources/Scheduling/Slot.swift:2: error: Scheduling must not import StoreAPI: no arrow"
plant Sources/LocalEngine/Engine.swift 'internal import EngineAPI'
finds $imports "Sources/LocalEngine/Engine.swift:4: error: LocalEngine imports EngineAPI without declaring it"
plant Sources/LocalEngine/Engine.swift 'import GRDB'
finds $imports "Sources/LocalEngine/Engine.swift:4: error: LocalEngine must not import GRDB"
plant Sources/LocalEngine/More.swift '@testable import SingerProtocol'
finds $imports "Sources/LocalEngine/More.swift:1: error: @testable import of SingerProtocol"
plant Sources/LocalEngine/More.swift '@_exported import SingerProtocol'
finds $imports "Sources/LocalEngine/More.swift:1: error: @_exported import of SingerProtocol"
plant $slot_tests 'import LocalEngine'
finds $imports "$slot_tests:12: error: SchedulingTests must not import LocalEngine"
sed -i 's/"StoreAPI", dependencies: \[/&"Scheduling", /' "$tree/Package.swift"
finds $imports "Package.swift: error: StoreAPI must not depend on Scheduling"
sed -i 's/"SchedulingTests", dependencies: \[/&"LocalEngine", /' "$tree/Package.swift"
finds $imports "Package.swift: error: SchedulingTests must not depend on LocalEngine"
sed -i 's/\.target(name: "SingerProtocol"),/& .target(name: "Novelty"),/' "$tree/Package.swift"
plant Sources/Novelty/Novelty.swift ''
finds $imports "Package.swift: error: Novelty is not in the table"

plant Sources/Scheduling/Slot.swift 'let a = Date()'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `Date`: the pure core has no clock'
plant Sources/Scheduling/Slot.swift 'let a: Instant = .now'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `.now`: the pure core has no clock'
plant Sources/Scheduling/Slot.swift 'let a = Int.random(in: 0...1)'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `.random`: the pure core has no chance'
plant Sources/Scheduling/Slot.swift 'let a = UUID().uuidString'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `UUID`: the pure core has no chance'
plant Sources/Scheduling/Slot.swift 'func a() async {}'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `async`: the pure core is synchronous'
plant Sources/Scheduling/Slot.swift 'let a = Task { 1 }'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `Task {`: the pure core is synchronous'
plant Sources/Scheduling/Slot.swift 'print("\(1)")'
finds $imports 'Sources/Scheduling/Slot.swift:2: error: `print(`: the pure core reads and writes nothing'

plant $slot_tests 'func testSlot() {}'
finds $hygiene "$slot_tests:12: error: testSlot looks like a test"
plant $slot_tests 'func `a slot is due`() {}'
finds $hygiene "$slot_tests:12: error: \`a slot is due\` looks like a test"
plant $slot_tests '' 'let pause = try await Task.sleep(for: .seconds(1))'
finds $hygiene "$slot_tests:13: error: a test must wait for an event"
plant $slot_tests '' 'usleep(1)'
finds $hygiene "$slot_tests:13: error: a test must wait for an event"
plant $model "// $(printf 'TO''DO'): later"
finds $hygiene "$model:11: error: TODO"
plant $model 'let path = "/ho''me/ada/pipectl"'
finds $hygiene "$model:11: error: a path of somebody's machine"
for ((line = 0; line < 400; line++)); do echo '//'; done >>"$tree/$model"
finds $hygiene "$model:401: error: 410 lines"

plant docs/laws.md '2. **Two laws.** Both hold.'
finds $laws 'docs/laws.md: error: no test is called “law 2: …”'
plant Tests/SchedulingTests/LawTests.swift '' 'func `law 1: a slot is due`() {}' && printf '1. **One slot.** Never two.\n' >"$tree/docs/laws.md"
finds $laws 'docs/laws.md: error: law 1 names none of its tests'
plant docs/laws.md '' '`SlotTests`: "a slot is late"'
finds $laws 'docs/laws.md: error: SlotTests has no test “a slot is late”'
plant docs/laws.md '' '`DayTests`: "a day"'
finds $laws 'docs/laws.md: error: there is no suite DayTests'

[[ $failed -eq 0 ]] || exit 1
echo "checks of the checks: $passed passed"
