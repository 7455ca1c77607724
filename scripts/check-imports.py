#!/usr/bin/env python3
"""Holds the arrows of the house: who may depend on whom, and who imports what.

usage: scripts/check-imports.py [PACKAGE-FOLDER]

SwiftPM accepts an import of anything that is reachable. This check accepts only what `Package.swift` declares for the target,
and lets `Package.swift` declare only what the table below draws (the same table as in docs/architecture.md). It also keeps clock,
chance and concurrency out of the pure core. One line per finding, `file:line: error: what`; exit 1 if there is any.
"""

import json
import pathlib
import re
import subprocess
import sys

from swift_source import code_of, finish, line_at

# Who stands on whom. A target may depend on what its line names and on what those reach, for a type that is passed up
# must be importable where its members are called. C targets and other packages' modules do not travel up: see OWNERS.
ARROWS = {
    "PipelineModel": [],
    "Diagnostics": [],
    "ManifestSyntax": ["Diagnostics"],
    "Scheduling": ["PipelineModel"],
    "ManifestCompiler": ["ManifestSyntax", "Scheduling", "PipelineModel", "Diagnostics"],
    "Reconciler": ["Scheduling", "PipelineModel"],
    "EngineAPI": ["PipelineModel"],
    "StoreAPI": ["PipelineModel"],
    "SingerProtocol": [],
    "BuiltinConnectors": ["SingerProtocol"],
    "LocalEngine": ["EngineAPI", "SingerProtocol"],
    "EngineHTTP": ["EngineAPI"],
    "StitchEngine": ["EngineHTTP"],
    "HevoEngine": ["EngineHTTP"],
    "RelationalMigratorEngine": ["EngineHTTP"],
    "SQLiteStore": ["StoreAPI", "EngineAPI"],
    "ManifestSources": ["ManifestCompiler"],
    "ControlLoop": ["Reconciler", "EngineAPI", "StoreAPI"],
    "ControlAPI": ["PipelineModel"],
    "ControlServer": ["ControlAPI", "ControlLoop"],
    "SeededRandom": [],
    "ContractServers": ["PipelineModel"],
    "contract-server": ["ContractServers"],
    "Simulation": ["ControlLoop", "SeededRandom"],
    "EngineConformance": [
        "ControlLoop", "SQLiteStore", "LocalEngine", "StitchEngine", "HevoEngine", "RelationalMigratorEngine", "ContractServers"],
    "simulate": ["Simulation"],
    "PipectlCommands": [
        "ManifestSources", "ControlLoop", "LocalEngine", "SQLiteStore", "BuiltinConnectors", "ControlServer", "StitchEngine",
        "HevoEngine", "RelationalMigratorEngine"],
    "pipectl": ["PipectlCommands"],
    "CLibYAML": [],
    "CPosix": [],
    # No target: its tests run the built program from outside.
    "EndToEnd": [],
}

# What only these may touch: C targets and modules of other packages.
OWNERS = {
    "CLibYAML": {"ManifestSyntax"},
    "CPosix": {"LocalEngine", "ManifestSources", "PipectlCommands"},
    "GRDB": {"SQLiteStore", "BuiltinConnectors"},
    "ArgumentParser": {"PipectlCommands", "pipectl", "contract-server"},
    "HeapModule": {"ControlLoop"},
    "AsyncHTTPClient": {"EngineHTTP"},
    "OrderedCollections": {"ControlLoop"},
    "Hummingbird": {"ControlServer"},
    "NIOCore": {"ControlServer", "EngineHTTP", "ContractServers"},
    "NIOHTTP1": {"EngineHTTP", "ContractServers"},
    "NIOSSL": {"EngineHTTP"},
    "NIOPosix": {"ControlServer", "EngineHTTP", "ContractServers"},
    "Logging": {"ControlServer"},
}
# The tests that may look behind those walls.
TEST_OWNERS = {
    "CLibYAML": {"ManifestSyntaxTests"},
    "CPosix": {"LocalEngineTests", "PipectlCommandsTests"},
    "GRDB": {"SQLiteStoreTests", "BuiltinConnectorsTests", "PipectlCommandsTests", "EndToEndTests"},
    "NIOCore": {"EngineHTTPTests"},
    "NIOHTTP1": {"EngineHTTPTests"},
    "NIOPosix": {"EngineHTTPTests"},
    "NIOSSL": {"EngineHTTPTests"},
    "ArgumentParser": {"PipectlCommandsTests"},
}
# Proof: tests of anything may use it, products never.
PROOF = {"SeededRandom", "Simulation", "ContractServers"}

PURE_CORE = {"PipelineModel", "Diagnostics", "ManifestSyntax", "Scheduling", "ManifestCompiler", "Reconciler"}
PORTS = {"EngineAPI", "StoreAPI"}
SYSTEM = {"Foundation", "FoundationEssentials", "Glibc", "Dispatch", "Synchronization"}

IMPORT = re.compile(
    r"^[ \t]*(?P<attributes>(?:@\w+(?:\([^)\n]*\))?[ \t]+)*)(?:(?:public|package|internal|fileprivate|private)[ \t]+)?"
    r"import[ \t]+(?:(?:struct|class|enum|protocol|typealias|func|let|var)[ \t]+)?(?P<module>\w+)",
    re.MULTILINE,
)

# What the pure core must be given as an argument, or must not do at all.
IMPURE = [
    (r"\bDate\b|\b\w*Clock\b|\bDispatchTime\b|(?<![\w)\]?!`])\.now\b|\bclock_gettime\b|\bgettimeofday\b|\btime\((?:nil|&)",
     "the pure core has no clock; take the instant as an argument"),
    (r"\.random\b|\brandom\s*\(|\brandomElement\b|\.shuffled?\s*\(|\w*RandomNumberGenerator\b|\bUUID\b|\bhashValue\b",
     "the pure core has no chance; derive ids, and sort by what is written, not by hashes"),
    (r"\basync\b|\bawait\b|\bTask\s*[.{(<]|\bactor\s+\w", "the pure core is synchronous"),
    (r"\b(?:print|debugPrint|dump|fopen|getenv|readLine)\s*\(|\bFileHandle\b|\bFileManager\b|\bProcessInfo\b",
     "the pure core reads and writes nothing; return a value"),
]


def reachable(target):
    """Everything that a target may depend on, by the table."""
    found, waiting = set(), list(ARROWS.get(target, []))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += ARROWS[name]
    return found


def allowed(target):
    """What a target of `Sources` may declare."""
    return reachable(target) | {module for module, owners in OWNERS.items() if target in owners}


def allowed_in_tests(target):
    """What a test target may declare: its subject, what that reaches, and the proof with what it reaches."""
    subject = target.removesuffix("Tests")
    proof = PROOF.union(*(reachable(name) for name in PROOF))
    return {subject} | reachable(subject) | proof | {m for m, owners in TEST_OWNERS.items() if target in owners}


def system_modules(target, is_test):
    """The modules of the system that a target may import."""
    if is_test:
        return SYSTEM | {"Testing"}
    if target == "ManifestSyntax":
        # The lock is for the numbers of file names, the one thing that all trees have in common.
        return {"Glibc", "Synchronization"}
    if target in PURE_CORE | PORTS:
        return set()
    return SYSTEM


def declared(target):
    return set(target.get("target_dependencies", [])) | set(target.get("product_dependencies", []))


def check_declaration(target, findings):
    """Compares what `Package.swift` declares with the table."""
    name, is_test = target["name"], target["type"] == "test"
    known = name.removesuffix("Tests") if is_test else name
    if known not in ARROWS:
        findings.append(("Package.swift", 0, f"{name} is not in the table of arrows; draw it in scripts/check-imports.py and docs/architecture.md"))
        return
    for dependency in sorted(declared(target) - (allowed_in_tests(name) if is_test else allowed(name))):
        findings.append(("Package.swift", 0, f"{name} must not depend on {dependency}: no arrow leads there"))


def check_imports(target, place, code, findings):
    """Holds every import line of one file to the declaration of its target."""
    name, is_test = target["name"], target["type"] == "test"
    permitted = declared(target) | system_modules(name, is_test)
    for found in IMPORT.finditer(code):
        module, line = found["module"], line_at(code, found.start("module"))
        if "@_exported" in found["attributes"]:
            findings.append((place, line, f"@_exported import of {module} would widen every arrow that leads here"))
        if "@testable" in found["attributes"] and not is_test:
            findings.append((place, line, f"@testable import of {module} belongs in tests"))
        if module not in permitted:
            findings.append((place, line, refusal(name, module, is_test)))


def refusal(name, module, is_test):
    if module in SYSTEM or module == "Testing":
        return f"{name} must not import {module}: " + (
            "the pure core imports no system module" if name in PURE_CORE else "not a module for this layer")
    may = allowed_in_tests(name) if is_test else allowed(name)
    if module in may:
        return f"{name} imports {module} without declaring it in Package.swift"
    return f"{name} must not import {module}: no arrow leads there (docs/architecture.md)"


def check_purity(place, code, findings):
    for pattern, message in IMPURE:
        for found in re.finditer(pattern, code):
            findings.append((place, line_at(code, found.start()), f"`{found.group().strip()}`: {message}"))


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent).resolve()
    answer = subprocess.run(
        ["swift", "package", "--package-path", str(root), "describe", "--type", "json"],
        stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if answer.returncode:
        sys.exit(f"check-imports: swift package describe failed\n{answer.stderr}")
    targets = json.loads(answer.stdout)["targets"]
    findings, files = [], 0
    for target in targets:
        check_declaration(target, findings)
        for source in target["sources"]:
            if not source.endswith(".swift"):
                continue
            files += 1
            place = f"{target['path']}/{source}"
            code = code_of((root / place).read_text(encoding="utf-8"))
            check_imports(target, place, code, findings)
            if target["name"] in PURE_CORE:
                check_purity(place, code, findings)
    finish("imports", findings, f"{len(targets)} targets, {files} files, every arrow points down")


main()
