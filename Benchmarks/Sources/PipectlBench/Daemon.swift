import Foundation
import Glibc

/// A controller that stays, while figures are taken of it.
final class Daemon {
  private let process: pid_t
  private let log: String

  /// Returns when it has adopted what is recorded and listens.
  ///
  /// - Parameter source: how the manifests are named.
  init(_ bench: Workbench, state: String, following source: [String], more: [String] = []) throws(BenchError) {
    log = bench.path(state + ".log")
    var program = bench.pipectl("serve", state: state)
    program.arguments += source + more
    process = try program.start(errorsTo: log)
    try awaitLine("ready")
  }

  deinit {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// How many lines of the log hold the words.
  func count(_ words: String) -> Int { lines(with: words).count }

  func lines(with words: String) -> [Substring] {
    ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").filter { $0.contains(words) }
  }

  func awaitLine(_ words: String, count wanted: Int = 1, within seconds: Double = 300) throws(BenchError) {
    let end = now() + seconds
    while count(words) < wanted {
      guard now() < end else { throw BenchError("the controller did not say “\(words)”; see \(log)") }
      usleep(2000)
    }
  }

  /// When what it had to do at first is done: it needs less than a tenth of a core.
  func awaitQuiet(within seconds: Double = 300) {
    let end = now() + seconds
    var before = cpuSeconds
    while now() < end {
      Thread.sleep(forTimeInterval: 1)
      let after = cpuSeconds
      if after - before < 0.1 { return }
      before = after
    }
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Of both kinds together, in seconds.
  var cpuSeconds: Double {
    let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 13, let user = Double(fields[11]), let system = Double(fields[12]) else { return .nan }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  var residentBytes: Int {
    let text = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

/// Seconds that only go forward.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.seconds
}
