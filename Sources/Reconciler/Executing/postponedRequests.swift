public import PipelineModel

/// A request that is recorded and has its turn later, with what it comes to then and somebody has to agree to.
public struct PostponedRequest: Hashable, Sendable {
  public let request: RequestRecord
  public let operations: [Operation]
}

/// The requests that wait when this plan is carried out, as far as they are among the given ones and come to what needs a consent.
///
/// - Parameter stored: the records that the plan was made for.
public func postponedRequests(
  by plan: Plan, over stored: StoredState, among keys: [RequestKey], now: Timestamp
) -> [PostponedRequest] {
  guard !keys.isEmpty else { return [] }
  let waiting = requestsWaiting(after: plan, over: stored, among: Set(keys))
  return waiting.compactMap { request in
    stored.record(of: request.key.pipeline, after: plan, at: now).map { record in
      PostponedRequest(request: request, operations: stored.effects(of: request, record))
    }
  }
}

/// Sorted; without those whose own effect is part of the plan, and those that are settled by it.
private func requestsWaiting(after plan: Plan, over stored: StoredState, among keys: Set<RequestKey>) -> [RequestRecord]
{
  var waiting: [RequestKey: RequestRecord] = [:]
  for request in stored.requests where keys.contains(request.key) { waiting[request.key] = request }
  for case .putRequest(let request) in plan.bookkeeping where keys.contains(request.key) {
    waiting[request.key] = request
  }
  for operation in plan.operations {
    guard let id = operation.request else { continue }
    let key = RequestKey(operation.pipeline, id)
    if let request = waiting[key], operation.effect.isTurn(of: request) { waiting[key] = nil }
  }
  return waiting.values.filter { $0.isPending && !$0.job.action.consents.isEmpty }.sorted { $0.key < $1.key }
}

extension Effect {
  /// Whether the request is consumed or settled with it; cancelling what it replaces leaves it waiting.
  fileprivate func isTurn(of request: RequestRecord) -> Bool {
    switch (self, request.job.action) {
    case (.stop, .start), (.write, _): false
    case (.stop, .cancel), (.stop, .complete), (.start, _), (.settle, _), (.configure, _), (.forget, _): true
    }
  }
}

extension StoredState {
  /// A pipeline as it is recorded when the plan is carried out.
  fileprivate func record(of name: PipelineName, after plan: Plan, at now: Timestamp) -> PipelineRecord? {
    for operation in plan.operations where operation.pipeline == name {
      if case .configure(let configuration) = operation.effect {
        return configuration.applied(to: pipeline(name), at: now)
      }
    }
    return pipeline(name)
  }

  /// What a request that waits comes to, as far as somebody has to agree to it.
  fileprivate func effects(of request: RequestRecord, _ record: PipelineRecord) -> [Operation] {
    let active = runs.first { $0.id.pipeline == record.name && $0.isActive && $0.report.status.takesCancel }
    return request.job.action.consents.compactMap { consent in
      switch (consent, request.job.action) {
      case (.cancel, _):
        active.map { stopOperation($0, kind: .cancel, request: request, reason: request.askedFor) }
      case (.rewrite, .start(let options)):
        startOperation(order(for: request, options, record: record), request: request, reason: request.askedFor)
      case (.rewrite, .cancel), (.rewrite, .complete), (.delete, _): nil
      }
    }
  }
}
