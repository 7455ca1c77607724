import Foundation
import Glibc

/// Where things are on this machine.
enum Place {
  /// The root of the repository.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// The program that was built together with these tests: beside the test bundle.
  static func pipectl() throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    for path in [bundle, own].compactMap({ $0 }) {
      let beside = URL(filePath: path).deletingLastPathComponent().appending(path: "pipectl").path
      if FileManager.default.isExecutableFile(atPath: beside) { return beside }
    }
    throw Trouble("there is no pipectl beside the tests (\(own)); build it with `swift build`")
  }

  /// What every child is given.
  static var environment: [String: String] {
    let own = ProcessInfo.processInfo.environment
    var environment = ["LANG": "C.UTF-8", "NO_COLOR": "1"]
    for name in [
      "PATH", "HOME", "TMPDIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
    ] {
      environment[name] = own[name]
    }
    // Indexes and caches of Python packages.
    for (name, value) in own where name.hasPrefix("PIP_") || name.hasPrefix("UV_") || name.hasSuffix("_CA_BUNDLE") {
      environment[name] = value
    }
    return environment
  }
}
