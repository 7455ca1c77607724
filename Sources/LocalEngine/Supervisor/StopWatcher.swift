internal import Foundation
internal import Glibc
internal import PipelineModel

/// Notices a stop that a controller leaves in the run directory: at once where the kernel tells of it, within a second otherwise.
enum StopWatcher {
  static func start(_ directory: RunDirectory, _ events: EventQueue) {
    let notices = inotify_init1(Int32(IN_CLOEXEC))
    if notices >= 0 { inotify_add_watch(notices, directory.path, UInt32(IN_MOVED_TO)) }
    Thread.detachNewThread { watch(directory, notices, events) }
  }

  private static func watch(_ directory: RunDirectory, _ notices: Int32, _ events: EventQueue) {
    var known: StopKind?
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      if let record = try? StopRecord.read(from: directory), record.order.kind != known {
        known = record.order.kind
        events.post(.stopAsked(record.order.kind, at: record.at))
      }
      var wait = pollfd(fd: notices, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 1000) > 0 { _ = Glibc.read(notices, &buffer, buffer.count) }
    }
  }
}
