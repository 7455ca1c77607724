import Foundation
import Glibc
import Testing

extension SingerTests {
  enum Victim: String, CaseIterable, Sendable {
    case tap, target, supervisor, command
  }

  enum Stage: String, CaseIterable, Sendable {
    case discovery, starting, extraction
  }

  static let kills = Victim.allCases.flatMap { victim in
    Stage.allCases.filter { !(victim == .target && $0 == .discovery) }.map { (victim, $0) }
  }

  @Test(arguments: kills)
  func `after a kill of any part nothing is doubled in the ledger, and no row is missing`(
    victim: Victim, stage: Stage
  ) async throws {
    let copy = try await Copy(of: "kills", rows: 3000)
    let apply = try copy.bench.launch(["apply", "-f", copy.manifest])
    try await copy.reached(run: 1, "its \(stage)") { journal in
      switch stage {
      case .discovery: journal.child("discovery") != nil
      case .starting: journal.child("tap") != nil
      case .extraction: copy.lines(of: "public-kills") > 200
      }
    }
    let journal = try #require(copy.bench.journal(of: "copy"))
    try #require(!journal.hasEnded)
    kill(try #require(pid(of: victim, stage, journal, apply)), SIGKILL)
    let end = try await apply.end()
    #expect(end.code == (victim == .command ? 128 + SIGKILL : 1), "\(end)")
    try await copy.does("wait", "copy")
    try await copy.does("apply", "-f", copy.manifest)
    let outcome = victim == .command ? "succeeded" : victim == .supervisor ? "lost" : "failed"
    #expect(try await copy.runs().map(\.status.outcome) == [outcome], "one run of one request")
    try await copy.does("start", "copy")
    #expect(try await copy.runs().map(\.status.outcome) == [outcome, "succeeded"])
    #expect(Set(try copy.keys("id", of: "public-kills")) == Set(1...3000), "no gap")
    try await expectNothingLeft(copy.bench)
  }

  private func pid(of victim: Victim, _ stage: Stage, _ journal: Journal, _ command: Program) -> pid_t? {
    switch victim {
    case .tap: journal.child(stage == .discovery ? "discovery" : "tap")
    case .target: journal.child("target")
    case .supervisor: journal.supervisor
    case .command: command.pid
    }
  }
}
