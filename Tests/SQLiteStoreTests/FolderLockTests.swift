import Foundation
import Glibc
import PipelineModel
import SQLiteStore
import Testing

@Suite struct FolderLockTests {
  let folder: TestFolder
  init() throws { folder = try TestFolder() }

  private let atOnce = TimeSpan(milliseconds: 0)

  @Test func `the second one is refused, and told who holds the lock`() throws {
    let lock = try ControllerLock.acquire(folder: folder.parent, command: "pipectl apply", timeout: atOnce)
    do {
      _ = try ControllerLock.acquire(folder: folder.parent, command: "pipectl stop", timeout: atOnce)
      Issue.record("two hold the lock")
    } catch {
      guard case .held(let holder?) = error.code else {
        Issue.record("nobody is named: \(error)")
        return
      }
      #expect(holder.pid == getpid() && holder.command == "pipectl apply" && holder.startTicks > 0)
      #expect(error.message.contains("pipectl apply") && error.message.contains("--lock-timeout"))
    }
    #expect(ControllerLock.holder(of: folder.parent)?.command == "pipectl apply")
    withExtendedLifetime(lock) {}
  }

  @Test func `a lock that was given back can be taken, and nobody holds it`() throws {
    for _ in 0..<2 { _ = try ControllerLock.acquire(folder: folder.parent, command: "x", timeout: atOnce) }
    #expect(ControllerLock.holder(of: folder.parent) == nil)
  }

  @Test func `whoever waits gets the lock when it is free`() async throws {
    let path = folder.parent
    var lock: ControllerLock? = try ControllerLock.acquire(folder: path, command: "first", timeout: atOnce)
    let waiting = Thread.run {
      try ControllerLock.acquire(folder: path, command: "second", timeout: TimeSpan(seconds: 30))
    }
    #expect(ControllerLock.holder(of: path)?.command == "first")
    withExtendedLifetime(lock) {}
    lock = nil
    let second = try await waiting.value
    #expect(ControllerLock.holder(of: path)?.command == "second")
    withExtendedLifetime(second) {}
  }

  @Test func `the lock of a killed process is free at once`() throws {
    let path = folder.parent
    let holder = try ChildProcess(["/usr/bin/flock", "--no-fork", path + "/lock", "sleep", "600"])
    let deadline = ContinuousClock.now + .seconds(20)
    while isFree(path), ContinuousClock.now < deadline { usleep(10_000) }  // poll: another program takes the lock
    #expect(!isFree(path))
    holder.kill()
    _ = try ControllerLock.acquire(folder: path, command: "next", timeout: atOnce)
  }

  private func isFree(_ path: String) -> Bool {
    (try? ControllerLock.acquire(folder: path, command: "look", timeout: atOnce)) != nil
  }

  @Test func `children do not inherit the lock`() throws {
    let path = folder.parent
    var lock: ControllerLock? = try ControllerLock.acquire(folder: path, command: "x", timeout: atOnce)
    let child = try ChildProcess(["/bin/sleep", "600"])
    defer { child.kill() }
    withExtendedLifetime(lock) {}
    lock = nil
    _ = try ControllerLock.acquire(folder: path, command: "y", timeout: atOnce)
  }

  @Test func `a turn that was borrowed outlives its lender, and whoever comes after waits for it`() throws {
    let path = folder.parent
    var lock: ControllerLock? = try ControllerLock.acquire(folder: path, command: "pipectl serve", timeout: atOnce)
    let lender = try #require(ControllerLock.holder(of: path))
    var turn = try ControllerLock.borrow(folder: path, of: lender, command: "pipectl state set", timeout: atOnce)
    #expect(turn != nil)
    withExtendedLifetime(lock) {}
    lock = nil
    do {
      _ = try ControllerLock.acquire(folder: path, command: "pipectl serve", timeout: atOnce)
      Issue.record("it has not waited")
    } catch {
      #expect(error.message.contains("pipectl state set"), "\(error)")
    }
    withExtendedLifetime(turn) {}
    turn = nil
    lock = try ControllerLock.acquire(folder: path, command: "pipectl serve", timeout: atOnce)
    withExtendedLifetime(lock) {}
  }

  @Test func `nobody borrows a turn of a lender that is gone, or that is another one by now`() throws {
    let path = folder.parent
    var lock: ControllerLock? = try ControllerLock.acquire(folder: path, command: "first", timeout: atOnce)
    let lender = try #require(ControllerLock.holder(of: path))
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try ControllerLock.borrow(folder: path, of: lender, command: "set", timeout: atOnce) == nil)
    lock = try ControllerLock.acquire(folder: path, command: "second", timeout: atOnce)
    #expect(try ControllerLock.borrow(folder: path, of: lender, command: "set", timeout: atOnce) == nil)
    withExtendedLifetime(lock) {}
  }

  @Test func `a folder that is not there is said to be so`() {
    #expect(throws: LockError.self) {
      try ControllerLock.acquire(folder: "/nonexistent", command: "x", timeout: TimeSpan(seconds: 5))
    }
  }
}

extension Thread {
  /// Runs something that blocks beside the threads of the pool.
  fileprivate static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) -> Task<Value, any Error>
  {
    Task {
      try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
      }
    }
  }
}
