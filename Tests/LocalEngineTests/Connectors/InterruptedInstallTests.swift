import EngineAPI
import Foundation
import Glibc
import PipelineModel
import Testing

@testable import LocalEngine

@Suite struct InterruptedInstallTests {
  /// A run whose installer waits in the middle of its work.
  private func midway() async throws -> (PackageBench, requirement: String) {
    let packages = try PackageBench()
    let requirement = try packages.tap()
    packages.bench.touch("gate")
    try await packages.start(packages.order(requirement, limits: Limits(cancelGrace: TimeSpan(seconds: 5))))
    try await packages.bench.eventually("the installer is at work") { packages.bench.exists("waiting") }
    let found = try #require(packages.folder.contents())
    #expect(found.map(\.requirement) == [requirement])
    #expect(found.allSatisfy { $0.contents == nil && $0.isInUse })
    return (packages, requirement)
  }

  /// The next run begins anew, and finds nothing of what was half made.
  private func expectNextWorks(_ packages: PackageBench, _ requirement: String) async throws {
    unlink(packages.bench.file("gate"))
    try await packages.start(packages.order(requirement, number: 2))
    let report = try await packages.ended(2)
    #expect(report.status == .ended(.succeeded))
    #expect(report.stages.first?.stage == .install)
    let installation = try #require(packages.folder.contents()?.first)
    #expect(installation.contents != nil)
    let half = try Files.contents(of: installation.path + "/half")
    #expect(half.split(separator: 0x0A).count == 1, "the folder was begun anew")
  }

  @Test func `a cancel ends the installer at once, and nothing half-made is used`() async throws {
    let (packages, requirement) = try await midway()
    try await packages.engine.stop(
      StopOrder(run: packages.bench.run(), kind: .cancel, request: nil, reason: "test"))
    #expect(try await packages.ended().status == .ended(.cancelled))
    #expect(packages.installers == [])
    #expect(packages.folder.contents() == [])
    try await expectNextWorks(packages, requirement)
  }

  @Test func `the time of an installation counts as the run's`() async throws {
    let packages = try PackageBench()
    let requirement = try packages.tap()
    packages.bench.touch("gate")
    try await packages.start(packages.order(requirement, limits: Limits(runTimeout: TimeSpan(seconds: 3))))
    let failure = try #require(try await packages.ended().failure)
    #expect(failure.code == .runTimeout)
    #expect(failure.message == "installing the connectors took the run past its limit of 3s")
    #expect(packages.installers == [])
    try await expectNextWorks(packages, requirement)
  }

  @Test func `an installer that is killed fails the attempt, and the next run begins anew`() async throws {
    let (packages, requirement) = try await midway()
    for pid in packages.installers { kill(pid, SIGKILL) }
    let failure = try #require(try await packages.ended().failure)
    #expect(failure.code == .installInterrupted)
    #expect(failure.message.contains("was killed by signal 9"))
    try await expectNextWorks(packages, requirement)
  }

  @Test func `an installer whose supervisor was killed is ended with the run, and the next begins anew`() async throws {
    let (packages, requirement) = try await midway()
    let history = try packages.bench.history()
    let supervisor = try #require(history.supervisor?.identity.pid)
    #expect(history.children.map(\.role) == [.install])
    kill(supervisor, SIGKILL)
    try await packages.bench.eventually("the run is lost") {
      _ = await packages.engine.observe()
      return packages.engine.progress(of: packages.bench.run())?.status == .ended(.lost)
    }
    #expect(packages.installers == [])
    #expect(packages.folder.contents()?.allSatisfy { $0.contents == nil } == true)
    try await expectNextWorks(packages, requirement)
  }

  @Test func `of two that need the same, one installs and the other waits for it`() async throws {
    let (packages, requirement) = try await midway()
    var other = packages.order(requirement)
    other.run = RunID(pipeline: PipelineName("others"), number: 1)
    try await packages.start(other)
    let waiting = other.run
    try await packages.bench.eventually("the other waits") {
      guard let log = packages.engine.directory(of: waiting)?.tapLog else { return false }
      return ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").contains("waiting for process")
    }
    unlink(packages.bench.file("gate"))
    #expect(try await packages.ended().status == .ended(.succeeded))
    try await packages.bench.eventually("the other succeeds", within: 180) {
      packages.engine.progress(of: waiting)?.status == .ended(.succeeded)
    }
    #expect(packages.bench.lines("calls").count == 2)
  }

  @Test func `what a run uses cannot be removed, and what nobody uses can`() async throws {
    let packages = try PackageBench()
    let requirement = try packages.tap()
    var order = packages.order(requirement)
    guard case .replication(var replication) = order.spec.work else { return }
    replication.source.config = [
      steps(.step("touch", .string(packages.bench.file("sent"))), .step("await", .string(packages.bench.file("go"))))
    ]
    order.spec.work = .replication(replication)
    try await packages.start(order)
    try await packages.bench.eventually("the tap runs", within: 180) { packages.bench.exists("sent") }
    let used = try #require(packages.folder.contents()?.first)
    #expect(used.isInUse && used.contents != nil)
    #expect(try packages.folder.remove(used) == false)
    packages.bench.touch("go")
    #expect(try await packages.ended().status == .ended(.succeeded))
    try await packages.bench.eventually("the supervisor is gone") {
      packages.folder.contents()?.first?.isInUse == false
    }
    #expect(try packages.folder.remove(used))
    #expect(packages.folder.contents() == [])
  }

  @Test func `an installation without its marker, without its Python, or moved, is made anew`() throws {
    let packages = try PackageBench()
    let requirement = try packages.tap()
    let first = try #require(try packages.install(requirement).installation)
    #expect(try packages.install(requirement).wasThere)
    unlink(first.path + "/pipectl-connector.json")
    #expect(try packages.install(requirement).wasThere == false)
    unlink(first.path + "/bin/python")
    #expect(packages.folder.contents()?.first?.contents == nil)
    #expect(try packages.install(requirement).wasThere == false)
    #expect(try packages.install(requirement, isAnew: true).wasThere == false)
    #expect(packages.folder.contents()?.map(\.name) == [first.name])
    let moved = ConnectorsFolder(packages.bench.file("moved"))
    #expect(rename(packages.folder.path, moved.path) == 0)
    #expect(moved.contents()?.first?.contents == nil)
    #expect(symlink(moved.path, packages.folder.path) == 0)
    #expect(try packages.install(requirement).wasThere == false)
    #expect(try packages.install(requirement).wasThere)
    #expect(moved.contents()?.first?.contents != nil, "a symbolic link is another name for the same place")
  }
}
