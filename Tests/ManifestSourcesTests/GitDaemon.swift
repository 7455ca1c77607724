import Foundation
import Glibc
import Testing

/// The system's `git daemon`, on a port that it was free to take.
final class GitDaemon {
  let url: String
  private let process: Process

  init(serving repository: GitRepository) throws {
    // A port that is free now may be somebody else's a moment later, so another one is tried.
    for _ in 0..<20 {
      let port = try ListeningSocket().port
      if let started = try Self.start(port, repository) {
        url = "git://127.0.0.1:\(port)"
        process = started
        return
      }
    }
    throw NoPort()
  }

  private struct NoPort: Error {}

  /// With a signal that cannot be blocked: a child of Foundation's begins with what the thread that makes it has blocked.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Nil where it ended before it served.
  private static func start(_ port: Int, _ repository: GitRepository) throws -> Process? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Not through `git daemon`, which would leave its child behind.
    let programs = try repository.git(["--exec-path"])
    process.arguments = [
      programs + "/git-daemon", "--verbose", "--reuseaddr", "--listen=127.0.0.1", "--port=\(port)", "--export-all",
      "--base-path=\(repository.root.path)", repository.root.path,
    ]
    process.environment = repository.environment
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    var said = ""
    while !said.contains("Ready to rumble") {
      let bytes = errors.fileHandleForReading.availableData
      if bytes.isEmpty { return nil }
      said += String(decoding: bytes, as: UTF8.self)
    }
    // Whatever it says later must not fill the pipe.
    errors.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    return process
  }
}

/// A socket on this machine that takes connections and never answers.
final class ListeningSocket {
  let port: Int
  private let descriptor: Int32

  init() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    self.descriptor = descriptor
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, length) == 0 && listen(descriptor, 5) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    try #require(bound)
  }

  deinit { close(descriptor) }
}
