import ControlAPI
import Foundation
import Glibc

/// A controller that stays, `pipectl serve`, on the state folder of a sandbox; it is killed where a test lets go of it.
final class Daemon {
  let program: Running
  private let folder: String

  /// Returns when it is ready.
  init(_ sandbox: Sandbox, _ arguments: [String], environment: [String: String] = [:]) throws {
    folder = sandbox.path + "/.pipectl"
    let program = try sandbox.start(["serve", "--log-format", "json"] + arguments, environment: environment)
    self.program = program
    try eventually("the controller is ready") {
      guard program.isRunning else { throw SandboxError("the controller has ended: \(program.end())") }
      return program.errors.contains(#""message":"ready""#)
    }
  }

  deinit {
    guard program.isRunning else { return }
    program.send(SIGKILL)
    _ = program.end()
  }

  /// One line of its log.
  struct Line: Decodable {
    var time: String
    var level: String
    var message: String
    var pipeline: String?
    var run: String?
    var generation: Int?
    var commit: String?
  }

  /// Those that are whole.
  func log() throws -> [Line] {
    let text = program.errors
    return try text.prefix(upTo: text.lastIndex(of: "\n") ?? text.startIndex).split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  func says(_ words: String) throws -> Bool { try log().contains { $0.message.contains(words) } }

  func awaits(_ words: String) throws {
    do {
      try eventually("the controller says `\(words)`") { try says(words) }
    } catch {
      throw SandboxError("\(error)\n\(program.errors)")
    }
  }

  /// What it answers on its socket.
  func page(_ target: String) throws -> String {
    guard var connection = try ControlClient(ControlSocket(stateFolder: folder)).connect() else {
      throw SandboxError("no controller listens")
    }
    try connection.send("GET", target)
    return String(decoding: try connection.wholeBody(within: 60_000), as: UTF8.self)
  }

  /// Asks it to end, and waits for that.
  func end(_ signal: Int32 = SIGTERM) -> Outcome {
    program.send(signal)
    return program.end()
  }
}

extension Sandbox {
  /// A pipeline whose job notes its run and its slot in the file `marks`, and then waits for the file `gate`, where it is gated.
  func writeMarkingPipeline(
    _ name: String = "orders", word: String = "begin", isGated: Bool = false, extra: String = "",
    file: String? = nil
  ) throws {
    try write(markingManifest(name, word: word, isGated: isGated, extra: extra), to: file ?? "pipelines/\(name).yaml")
  }

  func markingManifest(_ name: String, word: String = "begin", isGated: Bool = false, extra: String = "") throws
    -> String
  {
    try write(Sandbox.marking, to: "mark", mode: 0o755)
    return """
      apiVersion: pipectl.dev/v1
      kind: Pipeline
      metadata: {name: \(name)}
      spec:
        command: {argv: [\(path)/mark, \(path), \(word), "\(isGated)"]}
      \(extra)

      """
  }

  /// What jobs have noted: a word, the run, the slot where there was one.
  func marks() -> [[String]] {
    let text = (try? read("marks")) ?? ""
    return text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// A line that is shorter than a page is appended as a whole. Where the folder is gone, the test is over.
  private static let marking = """
    #!/bin/sh
    echo "$2 $PIPECTL_RUN_ID $PIPECTL_SLOT" >>"$1/marks"
    while [ "$3" = true ] && [ ! -e "$1/gate" ]; do
      [ -d "$1" ] || exit 1
      sleep 0.2
    done
    echo "end $PIPECTL_RUN_ID $PIPECTL_SLOT" >>"$1/marks"
    """ + "\n"
}
