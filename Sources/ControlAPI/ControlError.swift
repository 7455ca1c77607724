/// Why a controller could not be spoken to, or would not do what it was asked.
public struct ControlError: Error, Hashable, Codable, Sendable {
  public var code: Code
  /// What is wrong, where, and what to do about it.
  public var message: String

  public enum Code: String, Hashable, Codable, Sendable {
    /// The socket, or its folder, cannot be made or used.
    case socket
    /// The folder of the socket is not one that only its owner can enter.
    case foreign
    /// The caller is somebody else.
    case forbidden
    /// The controller is another version of pipectl.
    case version
    /// The controller went away while it was at work.
    case gone
    /// What was asked for is no request that the controller knows.
    case request
    /// The controller cannot answer now.
    case unavailable
    /// What was answered is no answer of a controller.
    case answer
  }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
