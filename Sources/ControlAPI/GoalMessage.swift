public import PipelineModel

/// One line of the answer to `POST /v1/goals`; the last one is the result, or a refusal.
public enum GoalMessage<Report: Codable & Sendable, Result: Codable & Sendable>: Sendable {
  /// What the loop does.
  case report(Report)
  /// How the runs that are waited for are getting on.
  case progress([RunReport])
  /// How it went; the last line.
  case result(Result)
  /// Nothing was done; the last line.
  case refusal(ControlError)
}

extension GoalMessage: Codable {
  private enum Key: String, CodingKey {
    case report, progress, result, refusal
  }

  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    switch members.allKeys.first {
    case .report: self = .report(try members.decode(Report.self, forKey: .report))
    case .progress: self = .progress(try members.decode([RunReport].self, forKey: .progress))
    case .result: self = .result(try members.decode(Result.self, forKey: .result))
    case .refusal: self = .refusal(try members.decode(ControlError.self, forKey: .refusal))
    case nil:
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "an unknown message"))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    switch self {
    case .report(let report): try members.encode(report, forKey: .report)
    case .progress(let reports): try members.encode(reports, forKey: .progress)
    case .result(let result): try members.encode(result, forKey: .result)
    case .refusal(let error): try members.encode(error, forKey: .refusal)
    }
  }
}
