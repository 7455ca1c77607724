public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension StitchEngine {
  /// One call where no run is under way; lists are read only of what is expected to end.
  public func observe() async -> EngineObservation { await look().observation }

  /// The same call tells of definitions too.
  public func look() async -> EngineLook {
    let sources: [StitchSource]
    do throws(CallFailure) {
      sources = try await service.sources()
    } catch {
      return EngineLook(.unavailable(error.message, at: service.ownNow()))
    }
    do throws(EngineError) {
      var known = try receipts.all()
      let present = sources.filter { $0.deletedAt == nil }
      var foreign = try sweeps.last()
      if !isReadOnly {
        var look = StitchLook(service: service, budget: budget, purpose: .progress)
        try await follow(&known, &look, sources.map(\.id).sorted())
        foreign = try await sweep(after: foreign, &look, client: sources.first?.clientID, besides: known)
      }
      let checks = try await checkSelections(of: Set(present.map(\.id)))
      return EngineLook(
        observation(of: known),
        held: present.map { source in
          HeldDefinition(
            source, streams: checks[source.id]?.held, lastForeignRun: foreign?.run(of: source.id, besides: known))
        })
    } catch {
      return EngineLook(.unavailable(error.message, at: service.ownNow()))
    }
  }

  private func observation(of known: [StitchReceipt]) -> EngineObservation {
    var reports: [RunReport] = []
    var unreadable: [UnreadableRun] = []
    var digest = StableDigest()
    for receipt in known {
      switch receipt.telling(at: service.now(), patience: patience) {
      case .report(let report):
        reports.append(report)
        digest.add("\(report.run) \(report.status)\n")
      case .unreadable(let run):
        unreadable.append(run)
        digest.add("\(run.run) \(run.reason)\n")
      case nil: break
      }
    }
    return .complete(Revision(digest.text), at: service.ownNow(), runs: reports, unreadable: unreadable)
  }

  /// Looks how open runs are getting on, and keeps what is new. A look that is not to be had now leaves them as they were.
  private func follow(
    _ known: inout [StitchReceipt], _ look: inout StitchLook, _ sources: [Int]
  ) async throws(EngineError) {
    do throws(LookFailure) {
      // From behind, so that pages that are read serve several.
      for index in known.indices.sorted(by: { known[$0].source > known[$1].source }) where known[index].awaitsExtraction
      {
        let found = try await look.extraction(of: known[index].source, client: known[index].client, among: sources)
        try keep(known[index].following(found, at: service.now()), at: index, in: &known)
      }
      try await followLoads(&known, &look)
    } catch {
      switch error {
      case .engine(let error): throw error
      case .call, .noCallsLeft: break
      }
    }
    try giveUpWaiting(&known)
  }

  private func followLoads(_ known: inout [StitchReceipt], _ look: inout StitchLook) async throws(LookFailure) {
    for client in Set(known.filter(\.awaitsLoad).map(\.client)).sorted() {
      let loads = try await look.loads(client: client)
      for index in known.indices where known[index].awaitsLoad && known[index].client == client {
        try keep(known[index].following(loads, at: service.now(), patience: patience), at: index, in: &known)
      }
    }
  }

  /// Loads that could not be read are waited for no longer than others.
  private func giveUpWaiting(_ known: inout [StitchReceipt]) throws(EngineError) {
    for index in known.indices where known[index].awaitsLoad {
      let next = known[index].following(nil as [StitchLoad]?, at: service.now(), patience: patience)
      guard next != known[index] else { continue }
      try receipts.keep(next)
      known[index] = next
    }
  }

  private func keep(
    _ next: StitchReceipt, at index: Int, in known: inout [StitchReceipt]
  ) throws(LookFailure) {
    guard next != known[index] else { return }
    do throws(EngineError) { try receipts.keep(next) } catch { throw .engine(error) }
    known[index] = next
  }
}

extension StitchReceipt {
  fileprivate var awaitsExtraction: Bool { isOpen && extraction == nil }
  fileprivate var awaitsLoad: Bool { isOpen && extraction != nil }
}
