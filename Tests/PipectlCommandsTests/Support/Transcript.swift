import Foundation

/// Commands and what they print: `$ ` begins a command, `> ` goes on with it, `# ` is for readers.
///
/// Commands are bash, in a folder of their own that holds what `Transcripts/files` holds. Times, spans and paths are replaced by
/// words; `[exit N]` stands where a command ended otherwise than with 0.
struct Transcript {
  private enum Part {
    case comment(String)
    case command([String], output: [String])
  }

  private var parts: [Part] = []

  static let isRecording = ProcessInfo.processInfo.environment["PIPECTL_RECORD"] == "1"
  private static let folder = (#filePath as NSString).deletingLastPathComponent + "/../Transcripts"

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".txt") }.sorted()
  }

  init(named name: String) throws {
    try self.init(String(contentsOfFile: Transcript.folder + "/" + name, encoding: .utf8), of: name)
  }

  init(_ text: String, of name: String) throws {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("$ ") {
        parts.append(.command([String(line.dropFirst(2))], output: []))
      } else if line.hasPrefix("# ") {
        parts.append(.comment(line))
      } else if case .command(var command, var output) = parts.last {
        if line.hasPrefix("> ") && output.isEmpty {
          command.append(String(line.dropFirst(2)))
        } else {
          output.append(line)
        }
        parts[parts.count - 1] = .command(command, output: output)
      } else if !line.isEmpty {
        throw SandboxError("\(name): a transcript begins with a comment or a command, not with `\(line)`")
      }
    }
  }

  /// The same commands with what they print now.
  ///
  /// - Parameter isServed: whether a controller has the state folder meanwhile, to which the commands hand over.
  func played(isServed: Bool = false) throws -> Transcript {
    let sandbox = try Sandbox()
    let controller = isServed ? try sandbox.startController() : nil
    defer { controller?.endNow() }
    let files = Transcript.folder + "/files"
    for name in try FileManager.default.contentsOfDirectory(atPath: files) {
      try FileManager.default.copyItem(atPath: files + "/" + name, toPath: sandbox.path + "/" + name)
    }
    return try played(in: sandbox)
  }

  /// The same, in a folder that is prepared.
  func played(in sandbox: Sandbox, environment: [String: String] = [:]) throws -> Transcript {
    var result = self
    for (index, part) in parts.enumerated() {
      guard case .command(let lines, _) = part else { continue }
      let run = try Running(
        program: "/bin/bash", ["-c", "exec 2>&1\n" + lines.joined(separator: "\n")], in: sandbox,
        environment: environment, input: ""
      ).end()
      var output = normalised(run.output, in: sandbox).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
      if output.last == "" { output.removeLast() }
      // Which stages are seen depends on how fast the machine is.
      output.removeAll { $0.range(of: #"^\S+\.\d+: [a-z ]+( \(.*\))?$"#, options: .regularExpression) != nil }
      if run.exitCode != 0 { output.append("[exit \(run.exitCode)]") }
      result.parts[index] = .command(lines, output: output)
    }
    return result
  }

  var text: String {
    parts.map { part in
      switch part {
      case .comment(let line): return line
      case .command(let lines, let output):
        let command = (lines.first.map { "$ " + $0 } ?? "") + lines.dropFirst().map { "\n> " + $0 }.joined()
        let kept = Array(output.reversed().drop(while: \.isEmpty).reversed())
        return ([command] + kept).joined(separator: "\n") + "\n"
      }
    }.joined(separator: "\n") + "\n"
  }

  func save(as name: String) throws {
    try text.write(toFile: Transcript.folder + "/" + name, atomically: true, encoding: .utf8)
  }
}

/// Words for what differs from run to run.
func normalised(_ text: String, in sandbox: Sandbox) -> String {
  let patterns = [
    (#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"#, "<time>"),
    (#"\d{4}-\d\d-\d\d \d\d:\d\d"#, "<local time>"),
    (#"\b(in|after) (\d+ms|[\d.]+s|\d+[dhm] \d+[hms])"#, "$1 <span>"),
    (#"\b(\d+ms|[\d.]+s|\d+[dhm] \d+[hms]) ago"#, "<span> ago"),
    (#"\b[0-9a-f]{32}\b"#, "<id>"),
    (#"process \d+ on [^ ]+"#, "process <pid> on <host>"),
    (#"by \Q\#(NSUserName())\E"#, "by <user>"),
  ]
  return patterns.reduce(text.replacingOccurrences(of: sandbox.path, with: "<folder>")) { text, pattern in
    text.replacingOccurrences(of: pattern.0, with: pattern.1, options: .regularExpression)
  }
}
