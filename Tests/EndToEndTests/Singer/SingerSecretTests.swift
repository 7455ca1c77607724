import Foundation
import Glibc
import Testing

extension SingerTests {
  /// A part of the password that needs no quoting anywhere.
  private static func canary() -> String { "canary" + UUID().uuidString.replacing("-", with: "").lowercased() }

  @Test func `a password is seen by the tap alone, and only while it runs`() async throws {
    let canary = Self.canary()
    let copy = try await Self.reader(of: "pgbench_accounts", canary)
    try await copy.does("apply", "-f", copy.manifest, "--no-wait")
    try await eventually("the run is in the middle") { copy.lines(of: "public-pgbench_accounts") > 500 }
    expectUnseen(canary, by: try #require(copy.bench.journal(of: "copy")))
    let holders = try files(holding: canary, in: copy.bench.folder)
    #expect(!holders.isEmpty && holders.allSatisfy { $0.hasSuffix("/tap-config.json") }, "\(holders)")
    for holder in holders { #expect(try permissions(holder) == 0o600, "\(holder)") }
    try #require(copy.bench.journal(of: "copy")?.hasEnded == false, "it was looked at while the run went on")
    try await copy.does("stop", "copy", "--yes")
    try await expectForgotten(canary, copy)
  }

  @Test func `a password is nowhere after the tap or the supervisor was killed`() async throws {
    for role in ["tap", "supervisor"] {
      let canary = Self.canary()
      let copy = try await Self.reader(of: "pgbench_accounts", canary)
      let apply = try copy.bench.launch(["apply", "-f", copy.manifest])
      try await eventually("the run is in the middle") { copy.lines(of: "public-pgbench_accounts") > 500 }
      let journal = try #require(copy.bench.journal(of: "copy"))
      kill(try #require(role == "tap" ? journal.child("tap") : journal.supervisor), SIGKILL)
      let end = try await apply.end()
      #expect(end.code == 1, "\(end)")
      try await expectForgotten(canary, copy)
    }
  }

  @Test func `a password that was right is in no message about that`() async throws {
    let canary = Self.canary()
    let copy = try await Self.reader(of: "orders", canary)
    let end = try await copy.bench.pipectl("apply", "-f", copy.manifest)
    #expect(end.code == 0, "\(end)")
    try await expectForgotten(canary, copy)
  }

  @Test func `a password that is refused is in no message about that`() async throws {
    let canary = Self.canary()
    let copy = try Copy("{name: public-orders}", secrets: ["SHOP_DB_PASSWORD": canary])
    let end = try await copy.bench.pipectl("apply", "-f", copy.manifest)
    #expect(end.code == 1, "\(end)")
    #expect((end.output + end.errors).contains("authentication failed"), "\(end)")
    try await expectForgotten(canary, copy)
  }

  @Test func `a password that is not set fails the run, and says which variable is missing`() async throws {
    let copy = try Copy("{name: public-orders, replication: incremental, key: updated_at}", secrets: [:])
    let end = try await copy.bench.pipectl("apply", "-f", copy.manifest)
    #expect(end.code == 1, "\(end)")
    #expect((end.output + end.errors).contains("`SHOP_DB_PASSWORD` is not set"), "\(end)")
  }

  /// A pipeline that reads one table as a user of its own, whose password wants quoting everywhere.
  private static func reader(of table: String, _ canary: String) async throws -> Copy {
    let password = "it's \\ \"\(canary)\" ü"
    let copy = try Copy(
      "{name: public-\(table), replication: full-table}", user: "reader", secrets: ["SHOP_DB_PASSWORD": password])
    for statement in [
      "DROP ROLE IF EXISTS reader", "CREATE ROLE reader SUPERUSER LOGIN PASSWORD $$\(password)$$",
    ] { try await copy.shop.sql(statement) }
    return copy
  }

  /// No argument of any process holds it, and no environment but those that were given it under its name.
  private func expectUnseen(_ canary: String, by journal: Journal) {
    let connectors = [journal.child("tap"), journal.child("target")].compactMap { $0 }
    for entry in ProcessList.all() {
      #expect(!entry.arguments.contains { $0.contains(canary) }, "an argument of \(entry.arguments)")
      let holding = entry.environment.filter { $0.contains(canary) }
      #expect(holding.allSatisfy { $0.hasPrefix("SHOP_DB_PASSWORD=") }, "the environment of \(entry.arguments)")
      if connectors.contains(entry.pid) { #expect(holding.isEmpty, "the environment of \(entry.arguments)") }
    }
  }

  /// Every read verb is asked, and then nothing that was printed or stored holds it.
  private func expectForgotten(_ canary: String, _ copy: Copy) async throws {
    for command in [
      ["plan", "-f", copy.manifest, "-v"], ["plan", "-f", copy.manifest, "-o", "json"],
      ["get", "pipelines", "-o", "yaml"],
      ["describe", "copy"], ["describe", "run", "copy.1"], ["logs", "copy.1"], ["history", "copy", "-o", "json"],
      ["why", "copy"], ["validate", "-f", copy.manifest, "--show-origin"],
    ] {
      let end = try await copy.bench.launch(command).end()
      #expect(end.code == 0, "\(command): \(end)")
    }
    // What was printed is in files of this folder too.
    #expect(try files(holding: canary, in: copy.bench.folder) == [])
    try await expectNothingLeft(copy.bench)
  }

  private func files(holding text: String, in folder: String) throws -> [String] {
    let wanted = Data(text.utf8)
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    try #require(!paths.isEmpty)
    return paths.map { folder + "/" + $0 }.filter { path in
      FileManager.default.contents(atPath: path)?.range(of: wanted) != nil
    }.sorted()
  }

  private func permissions(_ path: String) throws -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_mode & 0o777) : nil
  }
}
