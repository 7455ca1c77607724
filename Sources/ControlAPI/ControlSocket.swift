import Glibc

/// Where the controller of a state folder is spoken to: a Unix socket in a folder that only its owner can enter.
public struct ControlSocket: Hashable, Sendable {
  /// `STATE/control`.
  public let folder: String
  /// `STATE/control/socket`.
  public var path: String { folder + "/" + ControlSocket.name }

  static let name = "socket"
  /// What the kernel's socket address holds, its final zero not counted.
  static let longestAddress = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

  public init(stateFolder: String) {
    folder = stateFolder + "/control"
  }

  /// Whether a controller has ever been here; it need not be there any more.
  public var exists: Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Makes the folder (0700) where it is missing; one that others own or may enter is refused, and so is whatever stands in the socket's place.
  public func prepare() throws(ControlError) {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw ControlError(.socket, "\(folder): \(systemText())")
    }
    try checkFolder()
    var status = stat()
    guard lstat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFSOCK else {
      throw ControlError(.foreign, "\(path) is no socket; remove it, and start the controller again")
    }
  }

  /// Refuses a folder that somebody else could have put a socket into.
  func checkFolder(as user: uid_t = geteuid()) throws(ControlError) {
    var status = stat()
    guard lstat(folder, &status) == 0 else { throw ControlError(.socket, "\(folder): \(systemText())") }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw ControlError(.foreign, "\(folder) is no folder; remove it, and start the controller again")
    }
    guard status.st_uid == user || status.st_uid == 0 || user == 0 else {
      throw ControlError(
        .foreign,
        "\(folder) belongs to uid \(status.st_uid), and a controller's belongs to you or to root: look who made it, then remove it"
      )
    }
    guard status.st_mode & 0o077 == 0 else {
      throw ControlError(.foreign, "others may enter \(folder): `chmod 700 \(folder)`, and look who did that")
    }
  }

  /// Runs `body` with an address of the socket that fits, however long its path is.
  ///
  /// A longer one is named by way of its folder, which is kept open meanwhile.
  public func withAddress<Result, Failure: Error>(_ body: (String) throws(Failure) -> Result) throws(Failure) -> Result
  {
    guard let handle = FolderHandle(of: self) else { return try body(path) }
    defer { withExtendedLifetime(handle) {} }
    return try body(handle.address)
  }

  /// An open folder that gives a short address for as long as the value lives; absent where the path is short enough or cannot be opened.
  public final class FolderHandle: Sendable {
    private let descriptor: Int32
    /// `/proc/self/fd/7/socket`.
    public var address: String { "/proc/self/fd/\(descriptor)/\(ControlSocket.name)" }

    public init?(of socket: ControlSocket) {
      guard socket.path.utf8.count > ControlSocket.longestAddress else { return nil }
      descriptor = open(socket.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }
  }
}

func systemText(_ code: Int32 = errno) -> String {
  String(cString: strerror(code))
}
