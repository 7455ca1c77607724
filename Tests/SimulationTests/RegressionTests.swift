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

  /// What is left of seeds that once broke a law, and what it was.
  private static let fixtures: [(Fixture, String)] = [
    (
      Fixture(.staying, seed: 252, actions: [1, 5, 6], faults: false, crashes: false),
      "a commit that could not be applied at once was forgotten"
    ),
    (
      Fixture(.staying, seed: 168), "what came of a commit was not recorded once the disk had been full"
    ),
    (
      Fixture(.staying, seed: 1953, actions: [0, 1, 3, 5, 8, 9, 10, 12, 13, 14]),
      "a slot that waited began after a deadline that the same commit had brought forward"
    ),
    (Fixture(.staying, seed: 71), "a run that a slot had ordered began after the slot's deadline"),
    (Fixture(.staying, seed: 180), "a run that a slot had ordered began during a pause"),
    (
      Fixture(.services, seed: 317, actions: [0, 1, 2, 3, 4, 5, 7, 8]),
      "a run that was ordered began beside one that somebody else had started meanwhile"
    ),
    (
      Fixture(.services, seed: 207, actions: [0, 1, 2], faults: false, crashes: false),
      "a later attempt that met somebody else's job took its settled request up again"
    ),
    (
      Fixture(.services, seed: 431, actions: [0, 1, 2, 4], faults: false, crashes: false),
      "a run that was let go between two attempts was called lost, and had failed"
    ),
    (
      Fixture(.stayingServices, seed: 1, actions: [0, 1, 3], faults: false, crashes: false),
      "slots of a schedule that a service holds were settled when its pipeline was let go"
    ),
    (Fixture(.staying, seed: 5), "a controller that was to end after its runs span meanwhile"),
  ]

  @Test(arguments: fixtures)
  func `what once broke a law keeps it, without all that did not matter`(fixture: Fixture, fault: String) {
    let verdict = simulate(fixture.scenario)
    #expect(verdict.isLawful, "\(fault):\n\(verdict)")
  }

  @Test(arguments: seeds)
  func `what once broke a law keeps it`(seed: UInt64, fault: String) {
    let verdict = simulate(Scenario(seed: seed))
    #expect(verdict.isLawful, "\(fault):\n\(verdict)")
  }
}
