import PipelineModel

/// What can be counted on where a job is not run by pipectl itself.
struct PromiseView: Codable, Hashable {
  var engineType: String
  var topic: CapabilityAnswer.Topic
  /// As `explain engine` words it.
  var answer: String
}

extension PromiseView {
  /// Of what a plan does, each once; nothing is said of the embedded engine.
  static func all(of plan: Plan, among pipelines: [DesiredPipeline]) -> [PromiseView] {
    let topics = plan.operations.map { ($0.pipeline, $0.effect.promised) }.filter { !$0.1.isEmpty }
    guard !topics.isEmpty else { return [] }
    let types = Dictionary(
      pipelines.map { ($0.name, $0.spec.engine.type) }, uniquingKeysWith: { first, _ in first })
    var wanted: [String: Set<CapabilityAnswer.Topic>] = [:]
    for (pipeline, topics) in topics { wanted[types[pipeline] ?? "", default: []].formUnion(topics) }
    return wanted.sorted { $0.key < $1.key }.flatMap { type, topics in of(type, topics) }
  }

  /// What to know of a pipeline's engine before anything is asked of it.
  static func all(of engine: EngineSpec) -> [PromiseView] { of(engine.type, [.start, .cancel, .proof, .tail]) }

  private static func of(_ type: String, _ topics: Set<CapabilityAnswer.Topic>) -> [PromiseView] {
    guard type != EngineName.local.text, let capabilities = capabilitiesByType[type] else { return [] }
    return CapabilityAnswer.Topic.allCases.filter { topics.contains($0) }.map { topic in
      PromiseView(engineType: type, topic: topic, answer: capabilities.answer(on: topic))
    }
  }

  /// A heading for each type, and a line for each answer.
  static func lines(_ promises: [PromiseView]) -> [String] {
    var lines: [String] = []
    for (index, promise) in promises.enumerated() {
      if index == 0 || promises[index - 1].engineType != promise.engineType {
        lines += ["", "What is promised on engines of type `\(promise.engineType)`:"]
      }
      lines.append("  \(promise.topic.question) \(promise.answer)")
    }
    return lines
  }
}

extension Effect {
  /// What somebody who agrees to it should know first.
  fileprivate var promised: Set<CapabilityAnswer.Topic> {
    switch self {
    case .start: [.start, .running]
    case .stop: [.cancel, .proof, .tail]
    case .write(let order): order.isPaused == true ? [.pause] : []
    case .configure, .forget, .settle: []
    }
  }
}
