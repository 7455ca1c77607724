internal import Glibc
internal import PipelineModel
internal import SingerProtocol

/// Reads the secrets that a run's settings refer to, in the supervisor and nowhere else.
struct SecretResolver {
  /// Files are relative to it.
  let directory: String
  /// What was resolved, for the scrubber.
  private(set) var secrets: [String] = []

  init(directory: String) {
    self.directory = directory
  }

  mutating func resolve(_ entries: [ConfigEntry]) throws(Failure) -> JSONValue {
    var members: [JSONMember] = []
    for entry in entries { members.append(JSONMember(entry.key, try resolve(entry.value))) }
    return .object(members)
  }

  mutating func resolve(_ value: ConfigValue) throws(Failure) -> JSONValue {
    switch value {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .number(String(value))
    case .number(let text): return .number(text)
    case .string(let text): return .string(text)
    case .array(let elements):
      var values: [JSONValue] = []
      for element in elements { values.append(try resolve(element)) }
      return .array(values)
    case .object(let entries): return try resolve(entries)
    case .secret(let reference):
      let secret = try read(reference)
      secrets.append(secret)
      return .string(secret)
    }
  }

  private func read(_ reference: SecretReference) throws(Failure) -> String {
    switch reference {
    case .environment(let name):
      guard let value = getenv(name) else {
        throw Failure(
          .secretUnresolved,
          "the environment variable `\(name)` is not set where pipectl was called: set it there, or name another")
      }
      return String(cString: value)
    case .file(let path): return try read(file: path.hasPrefix("/") ? path : "\(directory)/\(path)")
    }
  }

  /// Without the line end that editors leave behind it.
  private func read(file path: String) throws(Failure) -> String {
    do {
      var bytes = try Files.contents(of: path)
      if bytes.last == 0x0A { bytes.removeLast() }
      if bytes.last == 0x0D { bytes.removeLast() }
      return String(decoding: bytes, as: UTF8.self)
    } catch {
      throw Failure(
        .secretUnresolved, "the secret file `\(path)` cannot be read: \(String(cString: strerror(error.code)))")
    }
  }
}

extension Failure: Error {}
