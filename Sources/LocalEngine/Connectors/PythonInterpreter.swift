internal import PipelineModel

/// A Python of this machine, as it describes itself.
struct PythonInterpreter: Hashable, Codable, Sendable {
  /// `cpython`, `pypy`.
  var implementation: String
  /// `3.11.7`.
  var version: String
  /// `x86_64`.
  var machine: String
  /// Absolute.
  var executable: String

  /// What it prints when it is asked with `question`.
  init?(answer lines: [String]) {
    guard lines.count == 4, lines.allSatisfy({ !$0.isEmpty }), lines[3].hasPrefix("/") else { return nil }
    implementation = lines[0]
    version = lines[1]
    machine = lines[2]
    executable = lines[3]
  }

  static let question = [
    "-I", "-S", "-c",
    """
    import os, sys
    print(sys.implementation.name, "%d.%d.%d" % sys.version_info[:3], os.uname()[4], sys.executable, sep="\\n")
    """,
  ]

  /// What distinguishes its installations from others.
  var kind: String { "\(implementation)-\(version)-\(machine)" }
}
