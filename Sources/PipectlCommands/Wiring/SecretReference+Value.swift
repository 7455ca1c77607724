import EngineAPI
import Foundation
import PipelineModel

extension SecretReference {
  /// The secret itself, read where a call is about to be made; a file without the line end that editors leave behind it.
  func value(in environment: [String: String]) throws(EngineError) -> String {
    switch self {
    case .environment(let name):
      guard let value = environment[name], !value.isEmpty else {
        throw EngineError(
          .unavailable,
          "the environment variable `\(name)`, which holds a credential, is not set where pipectl was called",
          .retryable)
      }
      return value
    case .file(let path):
      guard let data = FileManager.default.contents(atPath: path) else {
        throw EngineError(
          .unavailable, "the file `\(path)`, which holds a credential, cannot be read: \(systemMessage())", .retryable)
      }
      return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
  }
}
