internal import Glibc

/// What `/proc` says of processes.
enum ProcessTable {
  struct Entry: Hashable, Sendable {
    var pid: Int32
    var parent: Int32
    var group: Int32
    var startTime: UInt64
    var isZombie: Bool

    /// Whether it lives, and is not this process.
    var isLivingOther: Bool { !isZombie && pid != getpid() }
  }

  static func entry(of pid: Int32) -> Entry? {
    guard let bytes = try? Files.contents(of: "/proc/\(pid)/stat") else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    // The name stands in parentheses and may hold anything, parentheses too.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]), let start = UInt64(fields[19])
    else { return nil }
    let isZombie = fields[0] == "Z" || fields[0] == "X"
    return Entry(pid: pid, parent: parent, group: group, startTime: start, isZombie: isZombie)
  }

  /// Every process that can be seen, sorted by pid.
  static func all() -> [Entry] {
    let names = (try? Files.names(in: "/proc")).flatMap { $0 } ?? []
    return names.compactMap { Int32($0) }.sorted().compactMap { entry(of: $0) }
  }

  /// The living processes below one, at any depth.
  static func descendants(of ancestor: Int32) -> [Entry] {
    let entries = all()
    var found: Set<Int32> = [ancestor]
    var grew = true
    while grew {
      grew = false
      for entry in entries where found.contains(entry.parent) && found.insert(entry.pid).inserted { grew = true }
    }
    return entries.filter { $0.pid != ancestor && !$0.isZombie && found.contains($0.pid) }
  }

  /// The living processes, this one apart, that were started with that variable, also those that left their group.
  static func others(startedWith variable: String) -> [Entry] {
    all().filter { $0.isLivingOther && environment(of: $0.pid, contains: variable) }
  }

  /// Whether a process was started with that variable; false where its environment may not be read.
  static func environment(of pid: Int32, contains variable: String) -> Bool {
    guard let bytes = try? Files.contents(of: "/proc/\(pid)/environ") else { return false }
    let wanted = Array(variable.utf8)
    return bytes.split(separator: 0).contains { $0.elementsEqual(wanted) }
  }

  static func bootID() -> String {
    let bytes = (try? Files.contents(of: "/proc/sys/kernel/random/boot_id")) ?? []
    return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
  }

  static func identity(of pid: Int32) -> ProcessIdentity {
    ProcessIdentity(pid: pid, startTime: entry(of: pid)?.startTime ?? 0, bootID: bootID())
  }
}
