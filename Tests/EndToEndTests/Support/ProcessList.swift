import Foundation
import Glibc

/// What `/proc` shows of the other processes of this machine.
enum ProcessList {
  struct Entry {
    var pid: pid_t
    var arguments: [String]
    /// `NAME=value`; empty where it may not be read.
    var environment: [String]
  }

  static func all() -> [Entry] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { pid_t($0) }.filter { $0 != getpid() && !isZombie($0) }.sorted().map { pid in
      Entry(pid: pid, arguments: texts("/proc/\(pid)/cmdline"), environment: texts("/proc/\(pid)/environ"))
    }
  }

  /// Supervisors and connectors of a state folder, told by what they were started with.
  static func working(in folder: String) -> [Entry] {
    all().filter { entry in
      entry.arguments.contains { $0.hasPrefix(folder) }
        || entry.environment.contains { $0.hasPrefix("PIPECTL_RUN_DIRECTORY=\(folder)") }
    }
  }

  static func isAlive(_ pid: pid_t) -> Bool { kill(pid, 0) == 0 && !isZombie(pid) }

  private static func isZombie(_ pid: pid_t) -> Bool {
    guard let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else { return true }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return true }
    return text[end...].dropFirst(2).first == "Z"
  }

  private static func texts(_ path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
