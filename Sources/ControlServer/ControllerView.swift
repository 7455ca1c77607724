import PipelineModel

/// The controller as `/v1/state` shows it.
struct ControllerView: Encodable {
  var version: String
  var startedAt: String
  var ready: Bool
  var source: Source?
  var lastReconcile: Reconcile?
  var nextWake: String?
  var decisions: [String: Int]
  var loopErrors: Int

  struct Source: Encodable {
    var sets: [String]
    var commit: String?
    var readAt: String?
    var result: String?
    var conditions: [Condition]
  }

  struct Condition: Encodable {
    var type: String
    var status: String
    var reason: String
    var message: String
    var lastTransitionTime: String
  }

  struct Reconcile: Encodable {
    var endedAt: String
    var took: String
    var result: String
  }
}

extension ControllerView {
  init(_ status: ControllerStatus, version: String) {
    self.init(
      version: version, startedAt: status.startedAt.description, ready: status.isReady,
      source: status.source.map(Source.init),
      lastReconcile: status.lastReconcile.map {
        Reconcile(endedAt: $0.endedAt.description, took: $0.took.description, result: $0.result)
      },
      nextWake: status.nextWake?.description,
      decisions: Dictionary(status.decisions.map { ($0.reason, $0.count) }, uniquingKeysWith: +),
      loopErrors: status.loopErrors)
  }
}

extension ControllerView.Source {
  init(_ source: ControllerStatus.Source) {
    self.init(
      sets: source.sets.map(\.description), commit: source.commit, readAt: source.readAt?.description,
      result: source.result,
      conditions: source.conditions.map {
        ControllerView.Condition(
          type: $0.type, status: $0.status, reason: $0.reason, message: $0.message,
          lastTransitionTime: $0.since.description)
      })
  }
}
