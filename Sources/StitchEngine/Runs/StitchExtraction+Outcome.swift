internal import PipelineModel

extension StitchExtraction {
  /// How it ended.
  ///
  /// A part without an exit code is told of by its description: one that was ended from outside is called terminated.
  ///
  /// - Parameter isStopped: whether Stitch took a stop of the run before.
  func outcome(afterStop isStopped: Bool) -> RunOutcome {
    if let failure { return .failed(failure) }
    let silent = parts.filter { $0.part.exit == nil }
    if silent.isEmpty { return .succeeded }
    if silent.contains(where: \.part.isTerminated) || isStopped && silent.count == parts.count { return .cancelled }
    // A job whose schema was known before needs no discovery.
    if silent.map(\.word) == ["discovery"] { return .succeeded }
    let told = silent.map { "\($0.word): \($0.part.description ?? "nothing is told")" }.joined(separator: "; ")
    return .failed(Failure(.engineFailed, "Stitch's job \(jobName) ended without exit codes (\(told))"))
  }

  /// The first part that ended badly by itself.
  private var failure: Failure? {
    guard let (word, code, part) = parts.first(where: { ($0.part.exit ?? 0) != 0 }) else { return nil }
    let told = part.description.map { ": \($0)" } ?? ""
    return Failure(code, "the \(word) of Stitch's job \(jobName) ended with \(part.exit ?? 0)\(told)")
  }

  private var parts: [(word: String, code: FailureCode, part: Part)] {
    [("discovery", .discoveryFailed, discovery), ("tap", .tapFailed, tap), ("target", .targetFailed, target)]
  }
}

extension StitchExtraction.Part {
  fileprivate var isTerminated: Bool { description?.lowercased().contains("terminated") ?? false }
}
