/// Why a source could not be read: not what is wrong in it, but that it could not be got at.
public struct SourceFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public let code: Code
  /// What failed, why, and what to do; without credentials.
  public let message: String

  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// There is no `git` on PATH, or none of what it needs for a URL.
    case gitMissing
    case gitTooOld
    /// The URL, the ref or the path is not one.
    case invalidLocation
    /// The remote did not answer, or not to the end.
    case remoteUnreachable
    case authenticationRefused
    /// The repository belongs to another user, and git refuses to read it.
    case notOwned
    case notARepository
    case refNotFound
    case timeout
    case diskFull
    /// The private copy, or the repository itself, lacks what it should have.
    case damaged
    /// Anything else that git says.
    case failed
  }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// Whether trying again may help although nobody has mended anything.
  public var isRetryable: Bool {
    switch code {
    case .remoteUnreachable, .timeout, .diskFull, .damaged, .failed: true
    case .gitMissing, .gitTooOld, .invalidLocation, .authenticationRefused, .notOwned, .notARepository, .refNotFound:
      false
    }
  }

  public var description: String { message }
}
