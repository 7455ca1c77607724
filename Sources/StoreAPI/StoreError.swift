/// Why the memory could not be read or written.
public struct StoreError: Error, Hashable, Codable, Sendable {
  public var code: Code
  public var message: String

  public enum Code: String, Hashable, Codable, Sendable {
    case notWritable = "not-writable"
    /// What is named is a file, or lies in one.
    case noFolder = "no-folder"
    case full
    case corrupt
    case newerVersion = "newer-version"
    case busy
    case failed
  }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
