import Foundation
import Testing

/// What a service holds is taken over as it is: the plan that follows is empty, and taking it over again changes nothing.
@Suite struct ImportTests {
  /// An account of 200 objects, old enough to have everything in it.
  struct Account: Sendable, CustomTestStringConvertible {
    var type: String
    /// Of `contract-server`.
    var arguments: [String]
    var settings: String
    var environment: [String: String]
    /// How many become manifests.
    var count: Int
    /// What is told beside.
    var words: [String]

    var testDescription: String { type }
  }

  private static let accounts = [
    Account(
      type: "stitch", arguments: ["stitch", "--sources", "200"],
      settings: "credentials: {token: {fromEnv: STITCH_TOKEN}}",
      environment: ["STITCH_TOKEN": "stitch-token"], count: 184,
      words: [
        "Stitch itself has paused it since", "its cron expression `0 0 0 LW * ?` is none that a manifest can declare",
        "its step of 45m is none", "its data is pushed to it (`import_api`): it is no Singer-powered source",
        "it was deleted in Stitch",
        "it is not set up to the end in Stitch (`field_selection`)",
        "environment variable STITCH_TOKEN, for engine far (credentials.token)",
      ]),
    Account(
      type: "hevo", arguments: ["hevo", "--pipelines", "200"],
      settings: "credentials: {key: {fromEnv: HEVO_KEY}, secret: {fromEnv: HEVO_SECRET}}",
      environment: ["HEVO_KEY": "hevo-key", "HEVO_SECRET": "hevo-secret"], count: 185,
      words: [
        "its step of 2d is none that a manifest can declare",
        "Hevo calls it MIGRATING, a word that this version of pipectl does not know",
        "Hevo could not set it up (INITIALIZE_FAILED)", "it is deleted in Hevo (DELETED)",
        "environment variable HEVO_SECRET, for engine far (credentials.secret)",
      ]),
    Account(
      type: "relational-migrator", arguments: ["migrator", "--projects", "200"], settings: "continuous: true",
      environment: [:], count: 178,
      words: [
        "its last job was of the mode `INCREMENTAL`", "its last job dropped the collections first",
        "no job of it is known",
        "environment variable MIGRATOR_PROJECT_1000_PASSWORD (not there), for pipeline shop-prod-project-1000",
      ]),
  ]

  private func writeEngine(_ account: Account, at address: String, in sandbox: Sandbox) throws {
    try sandbox.write(
      """
      apiVersion: pipectl.dev/v1
      kind: Engine
      metadata: {name: far}
      spec: {type: \(account.type), baseURL: "\(address)", \(account.settings)}
      """, to: "repo/engines.yaml")
  }

  /// Every file of the folder with its text.
  private func files(_ folder: String, in sandbox: Sandbox) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.path + "/" + folder)
    return try Dictionary(uniqueKeysWithValues: names.map { ($0, try sandbox.read(folder + "/" + $0)) })
  }

  @Test(arguments: accounts)
  func `an account of 200 mixed objects is imported, planned as it is, and imported again byte for byte`(
    account: Account
  ) throws {
    let sandbox = try Sandbox()
    func run(_ arguments: String...) throws -> Outcome {
      try sandbox.start(arguments, environment: account.environment).end()
    }
    let service = try PlayedService(account.arguments, in: sandbox)
    try writeEngine(account, at: service.address, in: sandbox)
    let first = try run("import", "far", "-f", "repo", "--all", "--out", "repo/far")
    #expect(first.exitCode == 0, "\(first)")
    let (count, left) = (account.count, 200 - account.count)
    #expect(first.errors.contains("\(count) written, \(left) passed over"), "\(first)")
    for words in account.words { #expect(first.output.contains(words), "\(words)\n\(first)") }
    let written = try files("repo/far", in: sandbox)
    #expect(written.count == count)
    let plan = try run("plan", "-f", "repo", "--detailed-exitcode")
    #expect(plan.exitCode == 0, "\(plan)")
    #expect(plan.output.hasPrefix("Nothing to do."), "\(plan)")

    let again = try run("import", "far", "-f", "repo", "--all", "--out", "repo/far")
    #expect(again.exitCode == 0, "\(again)")
    #expect(again.errors.contains("\(count) unchanged"), "\(again)")
    // The same account, told in another order, with defaults left out, and elsewhere in other pages.
    let other = try PlayedService(account.arguments + ["--terse"], in: sandbox)
    try writeEngine(account, at: other.address, in: sandbox)
    let elsewhere = try run(
      "import", "far", "-f", "repo/engines.yaml", "--all", "--out", "fresh", "--state", "other")
    #expect(elsewhere.exitCode == 0, "\(elsewhere)")
    #expect(try files("fresh", in: sandbox) == written)
    #expect(try files("repo/far", in: sandbox) == written)
    #expect(service.violations == "" && other.violations == "")
  }
}
