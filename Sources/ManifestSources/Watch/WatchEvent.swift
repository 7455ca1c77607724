import Glibc

/// One event of inotify.
struct WatchEvent {
  let watch: Int32
  /// Of what is in the watched folder; empty where the folder itself is meant.
  let name: String
  private let mask: UInt32

  init(watch: Int32, mask: UInt32, name: String) {
    self.watch = watch
    self.mask = mask
    self.name = name
  }

  /// More happened than the queue could hold.
  var isOverflow: Bool { has(IN_Q_OVERFLOW) }
  /// The watch is no more.
  var isLost: Bool { has(IN_IGNORED) }
  var isFolder: Bool { has(IN_ISDIR) }
  var isComingOrGoing: Bool { has(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO) }
  var concernsItself: Bool { has(IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT) }

  private func has(_ bits: Int32) -> Bool { mask & UInt32(bitPattern: bits) != 0 }
}

/// All events that wait on a descriptor, none of them waited for.
func readEvents(of descriptor: Int32) -> [WatchEvent] {
  let size = 64 << 10
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: MemoryLayout<inotify_event>.alignment)
  defer { buffer.deallocate() }
  var events: [WatchEvent] = []
  while true {
    let count = read(descriptor, buffer.baseAddress, size)
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { return events }
    events += parse(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }
}

private func parse(_ bytes: UnsafeRawBufferPointer) -> [WatchEvent] {
  let head = MemoryLayout<inotify_event>.size
  var events: [WatchEvent] = []
  var start = 0
  while start + head <= bytes.count {
    let event = bytes.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
    let end = min(start + head + Int(event.len), bytes.count)
    let name = bytes[(start + head)..<end].prefix { $0 != 0 }
    events.append(WatchEvent(watch: event.wd, mask: event.mask, name: String(decoding: name, as: UTF8.self)))
    start = end
  }
  return events
}
