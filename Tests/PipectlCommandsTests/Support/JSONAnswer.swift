import Foundation

extension Outcome {
  /// Standard output as a JSON object.
  func json() throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(output.utf8))
    guard let object = value as? [String: Any] else { throw SandboxError("no JSON object: \(output)") }
    return object
  }
}
