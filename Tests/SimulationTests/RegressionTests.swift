import Simulation
import Testing

@Suite struct RegressionTests {
  /// Seeds that once broke a law, and what it was.
  private static let seeds: [(UInt64, String)] = [
    (39, "a start whose run was cancelled before it began kept its request open"),
    (181, "a run that was to be tried again waited for the request that waited for it"),
    (271, "a request for a pipeline that had been let go was recorded"),
    (245, "a lost run of a pipeline that had been let go was to be tried again"),
    (840, "a pipeline was let go while its run had yet to begin"),
    (1142, "a request id that was used again for something else kept the first one from going on"),
    (195, "a run whose end was unconfirmed got its cancel again and again"),
    (761, "a command waited for a run that nobody was going to begin"),
    (5917, "a run that was lost while it completed was told to complete again and again"),
    (6846, "a saved plan started a run that its crashed predecessor had started"),
    (11629, "an empty saved plan waited for what was not its own"),
    (12081, "a pipeline was let go with a run that had begun and had not been read back"),
    (30249, "a lost run that somebody else had started was tried again"),
    (19142, "a saved plan acted on a request that had its result"),
    (21334, "a saved plan that was applied waited for a run that it would not begin"),
  ]

  @Test(arguments: seeds)
  func `what once broke a law keeps it`(seed: UInt64, fault: String) {
    let verdict = simulate(Scenario(seed: seed))
    #expect(verdict.isLawful, "\(fault):\n\(verdict)")
  }
}
