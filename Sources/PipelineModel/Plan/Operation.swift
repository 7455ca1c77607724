/// One complete, named effect of a plan.
public struct Operation: Hashable, Codable, Sendable {
  public var id: OperationID
  public var pipeline: PipelineName
  public var effect: Effect
  public var dataEffect: DataEffect
  /// What must still hold when it is executed.
  public var preconditions: [Precondition]
  public var changes: [FieldChange]
  /// The request that asks for it.
  public var request: RequestID?
  /// One sentence.
  public var reason: String

  public init(
    id: OperationID, pipeline: PipelineName, effect: Effect, dataEffect: DataEffect, preconditions: [Precondition] = [],
    changes: [FieldChange] = [], request: RequestID? = nil, reason: String
  ) {
    self.id = id
    self.pipeline = pipeline
    self.effect = effect
    self.dataEffect = dataEffect
    self.preconditions = preconditions
    self.changes = changes
    self.request = request
    self.reason = reason
  }

  public var verb: String {
    switch effect {
    case .configure(let configuration): configuration.verb.rawValue
    case .start: "start"
    case .stop(let order): order.kind.rawValue
    case .write: "write-settings"
    case .forget: "forget"
    case .settle: "settle-request"
    }
  }
}

/// What an operation does to data (law 12), from harmless to destructive.
public enum DataEffect: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
  case none
  case cancelsRun = "cancels run"
  case rereads = "re-reads"
  case rewritesDestination = "rewrites destination"
  case deletes

  public static func < (left: DataEffect, right: DataEffect) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }

  /// What has to be agreed to before it happens.
  public var consent: Consent? {
    switch self {
    case .none, .rereads: nil
    case .cancelsRun: .cancel
    case .rewritesDestination: .rewrite
    case .deletes: .delete
    }
  }
}

public enum Consent: String, Hashable, Codable, Sendable, CaseIterable {
  case cancel
  case rewrite
  case delete
}

/// What must still hold when an operation is executed.
public enum Precondition: Hashable, Codable, Sendable {
  /// 0: the pipeline is not recorded.
  case generation(Int)
  case noActiveRun
  case activeRun(RunID)
  case requestUnsettled(RequestKey)
}

/// One field, before and after; a secret shows as its reference.
public struct FieldChange: Hashable, Codable, Sendable {
  public var path: String
  /// Absent: the field was not there.
  public var before: String?
  public var after: String?

  public init(path: String, before: String?, after: String?) {
    self.path = path
    self.before = before
    self.after = after
  }
}
