internal import Glibc

extension PosixError {
  /// Why a program was not started, and what mends it.
  func startSentence(of path: String) -> String {
    "`\(path)` could not be started: " + (startReason(path) ?? String(cString: strerror(code)))
  }

  private func startReason(_ path: String) -> String? {
    switch code {
    // The kernel says of a script what is true of its interpreter.
    case ENOENT:
      interpreter(of: path).map { name in
        name.hasSuffix("\r")
          ? "its first line ends with a carriage return, which no interpreter has in its name: save the script with Unix line ends"
          : "its first line names the interpreter `\(name)`, which is not there: install it, or mend that line"
      }
    case ENOEXEC:
      "it is no program of this machine, and no script: the first line of a script is `#!` and the path of its interpreter"
    case _: nil
    }
  }

  /// The program that a script is for, where it is not there.
  private func interpreter(of path: String) -> String? {
    guard let file = try? FileDescriptor(opening: path, O_RDONLY) else { return nil }
    var beginning = [UInt8](repeating: 0, count: 256)
    guard let count = try? beginning.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 2,
      beginning.starts(with: "#!".utf8)
    else { return nil }
    let words = beginning[2..<count].prefix { $0 != 0x0A }.split { $0 == 0x20 || $0 == 0x09 }
    guard let name = words.first.map({ String(decoding: $0, as: UTF8.self) }), !Files.exists(name) else { return nil }
    return name
  }
}
