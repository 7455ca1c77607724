internal import Glibc

/// Why a connector ends with exit code 1; the message names the place and what to do.
struct ConnectorError: Error, Hashable, Sendable, CustomStringConvertible {
  enum Code: Hashable, Sendable {
    case usage, config, catalog, state, input, output, brokenPipe, database
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Names what was tried and the system's reason.
  static func system(_ code: Code, _ attempt: String, errno number: Int32) -> ConnectorError {
    ConnectorError(code, "\(attempt): \(String(cString: strerror(number)))")
  }

  /// Whether the same call may succeed later, nothing being changed by hand.
  var isRetryable: Bool {
    switch code {
    case .usage, .config, .catalog, .state, .input: false
    case .output, .brokenPipe, .database: true
    }
  }

  var description: String { message }
}
