import Foundation
import Glibc

/// What the system tells of this process.
struct ProcessFigures {
  var residentBytes: Int
  var processorSeconds: Double
  var openFiles: Int

  /// Absent where `/proc` does not tell.
  init?() {
    guard let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " "),
      pages.count > 1, let resident = Int(pages[1]),
      let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    else { return nil }
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    residentBytes = resident * Int(sysconf(Int32(_SC_PAGESIZE)))
    processorSeconds = Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    openFiles = files.count
  }
}
