internal import Foundation

/// The text without what addresses of databases hold of secrets: a user and a password before `@`, and what `password=` and its like say.
public func hidingSecretsInAddresses(_ text: String) -> String {
  var bare = text
  if text.contains("@") {
    // Up to the last `@`: a password may hold one. Slashes may be escaped, as JSON allows.
    bare = bare.replacing(/(:\\?\/\\?\/)[^\/\s"]*@/) { "\($0.1)***@" }
    bare = bare.replacing(/(?i)(jdbc:oracle:\w+:)[^@\s"]+@/) { "\($0.1)***@" }
  }
  guard bare.contains("=") else { return bare }
  return bare.replacing(secretParameter()) { "\($0.1)=***" }
}

/// Passwords and their like within an address, as they stand there and as they are meant.
func secretsInAddress(_ text: String) -> [String] {
  let passwords = text.matches(of: /:\/\/[^:\/\s"]*:([^\/\s"]*)@/).map { String($0.1) }
  let parameters = text.matches(of: secretParameter()).map { String($0.2) }
  return (passwords + parameters).flatMap { [$0, $0.removingPercentEncoding ?? $0] }
}

/// `password=…`, whatever stands before it in its name.
private func secretParameter() -> Regex<(Substring, Substring, Substring)> {
  /(?i)([\w.\-]*(?:password|passwd|passphrase|pwd|token|secret|credential|api_?key|access_?key|private_?key)[\w.\-]*|\bpass)=([^&;\s"]+)/
}
