import Foundation
import Glibc
import Synchronization
import Testing

/// A controller may end or die at any time: runs are their supervisors', and the next controller takes them over.
struct ServedRunTests {
  @Test func `a controller that is told to end leaves runs going, and one that drains waits for them`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(isGated: true, extra: "  job: {request: once, action: start}")
    let first = try Daemon(sandbox, ["--manifests", "pipelines"])
    try eventually("the run is under way") { sandbox.marks().count == 1 }
    let end = first.end()
    #expect(end.exitCode == 0 && end.errors.contains("ended; 1 run goes on under its own supervisor"), "\(end)")

    let second = try Daemon(sandbox, ["--manifests", "pipelines", "--drain"])
    #expect(try second.says("took over 1 pipeline and 1 active run"))
    second.program.send(SIGTERM)
    // It says so once it has heard the signal.
    try second.awaits("ending when 1 run is over")
    #expect(second.program.isRunning)
    try sandbox.write("", to: "gate")
    let drained = second.program.end()
    #expect(drained.exitCode == 0 && drained.errors.contains("ended; no run is active"), "\(drained)")
    #expect(sandbox.marks().map { $0[0] } == ["begin", "end"])
    #expect(try sandbox.pipectl("wait", "orders", "--for", "succeeded").exitCode == 0)
  }

  @Test func `SIGKILL of the controller with 20 runs in flight kills none, doubles none, and loses none`() throws {
    let sandbox = try Sandbox()
    let names = (1...20).map { "orders-\($0)" }
    let manifests = try names.map {
      try sandbox.markingManifest($0, isGated: true, extra: "  job: {request: once, action: start}")
    }
    try sandbox.write(manifests.joined(separator: "---\n"), to: "pipelines/orders.yaml")
    let first = try Daemon(sandbox, ["--manifests", "pipelines"])
    try eventually("20 runs are under way") { sandbox.marks().count == 20 }
    first.program.send(SIGKILL)
    #expect(first.program.end().exitCode == -SIGKILL)

    let second = try Daemon(sandbox, ["--manifests", "pipelines"])
    #expect(try second.says("took over 20 pipelines and 20 active runs"))
    try sandbox.write("", to: "gate")
    try eventually("all runs have ended") {
      try second.log().filter { $0.message == "run ended: succeeded" }.count == 20
    }
    #expect(second.end().exitCode == 0)
    let marks = sandbox.marks().map { $0.joined(separator: " ") }
    #expect(marks.sorted() == names.flatMap { ["begin \($0).1", "end \($0).1"] }.sorted())
    #expect(try sandbox.count("runs") == 20)
    #expect(try sandbox.count("intents WHERE open = 1") == 0)
  }

  @Test func `a controller whose memory was lost takes the runs in that it finds, and starts none beside them`() throws
  {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(isGated: true, extra: "  job: {request: once, action: start}")
    let first = try Daemon(sandbox, ["--manifests", "pipelines"])
    try eventually("the run is under way") { sandbox.marks().count == 1 }
    first.program.endNow()
    for file in try FileManager.default.contentsOfDirectory(atPath: sandbox.path + "/.pipectl")
    where file.hasPrefix("store.sqlite") {
      try sandbox.remove(".pipectl/" + file)
    }
    let second = try Daemon(sandbox, ["--manifests", "pipelines"])
    try second.awaits("applied: ")
    #expect(try second.says("of which orders.1 goes on"))
    try sandbox.write("", to: "gate")
    try second.awaits("run ended: succeeded")
    #expect(sandbox.marks().map { $0.joined(separator: " ") } == ["begin orders.1", "end orders.1"])
    #expect(second.end().exitCode == 0)
  }

  @Test func `a command whose controller goes away finishes by itself`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline(isGated: true)
    let daemon = try Daemon(sandbox, ["--manifests", "pipelines"])
    let start = try sandbox.start(["start", "orders", "--request", "by-hand", "-o", "json"])
    try eventually("the run is under way") { sandbox.marks().count == 1 }
    daemon.program.send(SIGKILL)
    _ = daemon.program.end()
    try sandbox.write("", to: "gate")
    let outcome = start.end()
    #expect(outcome.exitCode == 0, "\(outcome)")
    #expect(try outcome.text("runs", 0, "id") == "orders.1", "\(outcome)")
    #expect(try outcome.text("operations", 0, "answer") == "done", "what the controller did is told: \(outcome)")
    #expect(sandbox.marks().map { $0[0] } == ["begin", "end"])
    #expect(try sandbox.count("runs") == 1)
  }

  @Test func `a controller that is told to end while it starts ends as at any other time`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline()
    let serve = try sandbox.start(["serve", "--manifests", "pipelines"])
    try eventually("it watches for signals") { serve.catches(SIGHUP) || !serve.isRunning }
    serve.send(SIGHUP)
    serve.send(SIGTERM)
    let end = serve.end()
    #expect(end.exitCode == 0 && end.errors.contains("ended; no run is active"), "\(end)")

    try FileManager.default.createDirectory(atPath: sandbox.path + "/.pipectl", withIntermediateDirectories: true)
    let holder = try Running(
      program: "/usr/bin/flock", ["--no-fork", sandbox.path + "/.pipectl/lock", "sleep", "600"], in: sandbox,
      environment: [:], input: "")
    defer { holder.endNow() }
    try eventually("the folder is in use") {
      try sandbox.pipectl("apply", "-f", "pipelines", "--lock-timeout", "0s").errors.contains("is in use by")
    }
    let waiting = try sandbox.start(["serve", "--manifests", "pipelines", "--lock-timeout", "10m"])
    try eventually("it watches for signals") { waiting.catches(SIGHUP) || !waiting.isRunning }
    waiting.send(SIGTERM)
    #expect(waiting.end().exitCode == 1, "it waits for the folder no longer")
  }

  @Test func `systemd hears of a controller that has nothing to do`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline()
    let notices = try NoticeSocket(at: sandbox.path + "/notify")
    defer { notices.end() }
    let daemon = try Daemon(
      sandbox, ["--manifests", "pipelines"],
      environment: ["NOTIFY_SOCKET": sandbox.path + "/notify", "WATCHDOG_USEC": "300000"])
    try eventually("it beats while it is idle") { notices.received.filter { $0 == "WATCHDOG=1" }.count >= 20 }
    #expect(daemon.end().exitCode == 0)
    try eventually("it says that it ends") { notices.received.contains("STOPPING=1") }
    #expect(notices.received.contains { $0.hasPrefix("READY=1\nSTATUS=following ") })
  }

  @Test func `a systemd that does not listen keeps the controller from nothing`() throws {
    let sandbox = try Sandbox()
    try sandbox.writeMarkingPipeline()
    let notices = try NoticeSocket(at: sandbox.path + "/notify")
    notices.end()
    let daemon = try Daemon(
      sandbox, ["--manifests", "pipelines"],
      environment: ["NOTIFY_SOCKET": sandbox.path + "/notify", "WATCHDOG_USEC": "30000"])
    #expect(try sandbox.pipectl("get").exitCode == 0)
    #expect(daemon.end().exitCode == 0)
  }
}

extension Running {
  /// Whether it has a handler for a signal, as the kernel tells.
  fileprivate func catches(_ signal: Int32) -> Bool {
    let status = (try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
    let mask = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
    return mask & (1 << UInt64(signal - 1)) != 0
  }
}

/// What systemd listens at, as long as the test lasts.
private final class NoticeSocket: Sendable {
  private let texts = Mutex<[String]>([])
  private let isOver = Atomic<Bool>(false)

  init(at path: String) throws {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0 else { throw SandboxError("no socket at \(path): errno \(errno)") }
    var pause = timeval(tv_sec: 0, tv_usec: 100_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &pause, socklen_t(MemoryLayout<timeval>.size))
    Thread.detachNewThread { [self] in listen(on: descriptor) }
  }

  /// The kernel keeps ten notices at most: whoever does not listen all the time hears of some only.
  private func listen(on descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !isOver.load(ordering: .relaxed) {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { continue }
      texts.withLock { $0.append(String(decoding: buffer[..<count], as: UTF8.self)) }
    }
    close(descriptor)
  }

  func end() { isOver.store(true, ordering: .relaxed) }

  var received: [String] { texts.withLock { $0 } }
}
