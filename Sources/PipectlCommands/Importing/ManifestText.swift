import Foundation
import PipelineModel
import SingerProtocol

/// Manifests as a person would write them: what is the default anyway is left out.
enum ManifestText {
  /// - Parameter comment: what stands above it, on one line.
  static func pipeline(_ name: String, _ spec: PipelineSpec, comment: String) throws(CommandEnd) -> String {
    "# \(commentText(comment))\n" + yamlText(of: document("Pipeline", name, try members(of: spec)))
  }

  static func engine(_ engine: EngineSpec) throws(CommandEnd) -> String {
    var members = [JSONMember("type", .string(engine.type))]
    if let connection = engine.connection {
      members.append(JSONMember("baseURL", .string(manifestText(connection.baseURL))))
      let credentials = connection.credentials.map { JSONMember($0.name, $0.secret.tree) }
      if !credentials.isEmpty { members.append(JSONMember("credentials", .object(credentials))) }
    }
    members.append(JSONMember("maxConcurrentRuns", .integer(engine.maxConcurrentRuns)))
    return yamlText(of: document("Engine", engine.name.text, members))
  }

  private static func document(_ kind: String, _ name: String, _ spec: [JSONMember]) -> JSONValue {
    .object([
      JSONMember("apiVersion", .string("pipectl.dev/v1")), JSONMember("kind", .string(kind)),
      JSONMember("metadata", .object([JSONMember("name", .string(name))])), JSONMember("spec", .object(spec)),
    ])
  }

  private static func members(of spec: PipelineSpec) throws(CommandEnd) -> [JSONMember] {
    let json = try jsonText(SpecView(spec))
    guard let tree = try? JSONValue(parsing: json), let members = tree.objectValue else {
      throw .failed("the manifest of a pipeline on engine `\(spec.engine.name)` could not be written")
    }
    var defaults: Set<String> = []
    if spec.mode == .incremental { defaults.insert("mode") }
    if spec.limits == Limits() { defaults.insert("limits") }
    if spec.retry == RetryPolicy() { defaults.insert("retry") }
    if spec.pollInterval == TimeSpan(seconds: 10) { defaults.insert("pollInterval") }
    return members.filter { !defaults.contains($0.key) }.sorted { (place($0.key), $0.key) < (place($1.key), $1.key) }
      .map { member in
        member.key == "schedule" ? JSONMember(member.key, withoutDefaults(member.value)) : member
      }
  }

  private static func place(_ key: String) -> Int {
    ["engine", "remote", "migration", "source", "destination", "streams", "mode", "schedule", "paused"].firstIndex(
      of: key) ?? 99
  }

  private static func withoutDefaults(_ schedule: JSONValue) -> JSONValue {
    guard let members = schedule.objectValue else { return schedule }
    let defaults = ["timeZone": "UTC", "missed": "skip", "startDeadline": "1h", "overlap": "skip"]
    return .object(
      members.filter { member in
        member.key != "dst" && (defaults[member.key] == nil || defaults[member.key] != member.value.stringValue)
      })
  }

  /// One line that every YAML reader takes for a comment.
  private static func commentText(_ text: String) -> String {
    let plain = text.unicodeScalars.map { scalar -> Character in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: "\u{FFFD}"
      case _: Character(scalar)
      }
    }
    let cut = plain.count > 200 ? plain.prefix(199) + ["…"] : plain[...]
    return String(cut).trimmingCharacters(in: .whitespaces)
  }
}

extension SecretReference {
  fileprivate var tree: JSONValue {
    switch self {
    case .environment(let name): .object([JSONMember("fromEnv", .string(manifestText(name)))])
    case .file(let path): .object([JSONMember("fromFile", .string(manifestText(path)))])
    }
  }
}
