/// The engines that take part.
public enum EngineKind: String, Sendable, CaseIterable, CustomStringConvertible {
  case local
  case stitch
  case hevo
  case relationalMigrator = "relational-migrator"

  public var description: String { rawValue }

  /// Those whose units others can start, stop and pause.
  public static let shared = allCases.filter { $0 != .local }

  /// Whether the service has a schedule and a pause of its own.
  public var holdsDefinitions: Bool {
    switch self {
    case .local, .relationalMigrator: false
    case .stitch, .hevo: true
    }
  }

  /// Has a trial of this engine, with nothing in its state folder.
  ///
  /// - Parameters:
  ///   - units: how many there are at the service.
  ///   - program: the path of `pipectl`.
  public func tryOut(
    units: Int, supervisedBy program: String, _ body: @Sendable @escaping (Trial) async throws -> Void
  ) async throws {
    switch self {
    case .local: try await LocalFixture.serve(supervisedBy: program) { try await body(Trial($0)) }
    case .stitch: try await StitchFixture.serve(units: units) { try await body(Trial($0)) }
    case .hevo: try await HevoFixture.serve(units: units) { try await body(Trial($0)) }
    case .relationalMigrator:
      try await RelationalMigratorFixture.serve(units: units) { try await body(Trial($0)) }
    }
  }
}
