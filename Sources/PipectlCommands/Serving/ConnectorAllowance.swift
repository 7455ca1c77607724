import PipelineModel

/// Which programs a controller may start.
struct ConnectorAllowance: Hashable, Sendable {
  /// Empty: all of them.
  private let patterns: [String]

  init(_ patterns: [String]) {
    self.patterns = patterns
  }

  static let everything = ConnectorAllowance([])

  /// What is said of it at the start.
  var sentence: String {
    patterns.isEmpty
      ? "any program that a manifest names may be started, as the user that this runs as; --allow-connector narrows it"
      : "programs that may be started: what comes with pipectl, and \(patterns.joined(separator: ", "))"
  }

  /// The programs of a pipeline that may not be started.
  func refused(of spec: PipelineSpec) -> [String] {
    guard !patterns.isEmpty else { return [] }
    return spec.programs.filter { program in
      !patterns.contains { pattern in program.names.contains { $0.matches(pattern) } }
    }.map(\.words)
  }
}

/// A program that a manifest names.
private struct NamedProgram {
  let words: String
  /// What a pattern may mean it by.
  let names: [String]
}

extension PipelineSpec {
  /// Without those that are part of pipectl.
  fileprivate var programs: [NamedProgram] {
    switch work {
    case .replication(let work): [work.source.connector, work.destination.connector].compactMap(\.program)
    case .command(let job): [NamedProgram(path: job.argv.first ?? "")]
    case .remote, .migration: []
    }
  }
}

extension Connector {
  fileprivate var program: NamedProgram? {
    switch self {
    case .executable(let path): NamedProgram(path: path)
    case .package(let requirement, _):
      NamedProgram(
        words: "package \(requirement)",
        names: [requirement, String(requirement.prefix { !"=<>!~[; @".contains($0) })])
    case .builtin: nil
    }
  }
}

extension NamedProgram {
  fileprivate init(path: String) {
    self.init(words: path, names: [path, path.split(separator: "/").last.map(String.init) ?? path])
  }
}

extension String {
  /// Whether a pattern in which `*` stands for anything covers the whole text.
  fileprivate func matches(_ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
    guard let first = parts.first, parts.count > 1 else { return self == pattern }
    guard hasPrefix(first) else { return false }
    var rest = dropFirst(first.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }
}
