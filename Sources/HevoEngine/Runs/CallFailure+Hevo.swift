internal import EngineHTTP
internal import Foundation

extension CallFailure {
  /// Whether Hevo says that a job is in progress: by a 409, or by the words of a 5xx.
  var isConflict: Bool {
    guard let answer else { return false }
    if answer.status == 409 { return true }
    let words = String(decoding: answer.body, as: UTF8.self).lowercased()
    return answer.status >= 500 && words.contains("in progress")
  }
}
