import Foundation
import Glibc
import Synchronization

/// A folder with a state folder and manifests of its own, and the built program to use on them.
final class Bench: Sendable {
  let folder: String
  let secrets: [String: String]
  private let binary: String
  private let calls = Mutex(0)

  var state: String { folder + "/state" }

  init(secrets: [String: String] = [:]) throws {
    self.secrets = secrets
    binary = try Place.pipectl()
    var template = Array((FileManager.default.temporaryDirectory.path + "/pipectl-e2e.XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw Trouble("cannot make a temporary folder") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try FileManager.default.createDirectory(atPath: folder + "/said", withIntermediateDirectories: true)
  }

  deinit {
    // Only what a failed test left running; each is known by this folder's name.
    for entry in ProcessList.working(in: folder) { kill(entry.pid, SIGKILL) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    let path = folder + "/" + name
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  /// Starts `pipectl` on this state folder.
  func launch(_ arguments: [String], environment more: [String: String] = [:]) throws -> Program {
    let number = calls.withLock { calls in
      calls += 1
      return calls
    }
    var environment = Place.environment
    environment["PIPECTL_STATE"] = state
    environment.merge(secrets) { $1 }
    environment.merge(more) { $1 }
    return try Program(binary, arguments, environment: environment, logs: "\(folder)/said/\(number)")
  }

  func pipectl(_ arguments: String...) async throws -> Program.End { try await launch(arguments).end() }

  /// The same, which has to end with 0 and print JSON.
  func read<Value: Decodable>(_ type: Value.Type, _ arguments: String...) async throws -> Value {
    let end = try await launch(arguments).end()
    guard end.code == 0 else { throw Trouble("pipectl \(arguments.joined(separator: " ")): \(end)") }
    do {
      return try JSONDecoder().decode(type, from: Data(end.output.utf8))
    } catch {
      throw Trouble("pipectl \(arguments.joined(separator: " ")): \(error)\n\(end)")
    }
  }

  /// The journal of the latest run of a pipeline, active or ended; absent before the first.
  func journal(of pipeline: String) -> Journal? {
    let runs = ["active", "ended"].flatMap { place in
      ((try? FileManager.default.contentsOfDirectory(atPath: "\(state)/runs/\(place)")) ?? []).map { (place, $0) }
    }
    let own = runs.compactMap { place, name in
      name.hasPrefix(pipeline + ".") ? Int(name.dropFirst(pipeline.count + 1)).map { (place, name, $0) } : nil
    }
    guard let (place, name, _) = own.max(by: { $0.2 < $1.2 }) else { return nil }
    return Journal(run: name, at: "\(state)/runs/\(place)/\(name)/journal.jsonl")
  }
}
