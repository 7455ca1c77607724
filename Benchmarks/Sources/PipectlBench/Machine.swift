import Foundation

/// Where and when figures were taken.
enum Machine {
  static var sentence: String {
    let memory = ProcessInfo.processInfo.physicalMemory >> 30
    return
      "Taken on \(day) on \(ProcessInfo.processInfo.activeProcessorCount) cores of \(processor) with \(memory) GiB."
  }

  private static var day: String {
    var now = time(nil)
    var date = tm()
    gmtime_r(&now, &date)
    return String(format: "%04d-%02d-%02d", date.tm_year + 1900, date.tm_mon + 1, date.tm_mday)
  }

  private static var processor: String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return model.map { $0.trimmingCharacters(in: .whitespaces) } ?? "an unknown processor"
  }
}
