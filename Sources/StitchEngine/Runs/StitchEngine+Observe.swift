public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension StitchEngine {
  /// One call where no run is under way; lists are read only of what is expected to end.
  public func observe() async -> EngineObservation { await look().observation }

  /// The same call tells of definitions too.
  public func look() async -> EngineLook {
    let listed: RowList<StitchSource>
    do throws(CallFailure) {
      listed = try await service.sources()
    } catch {
      return EngineLook(.unavailable(error.message, at: service.ownNow()))
    }
    do throws(EngineError) {
      var known = try receipts.all()
      let sources = listed.rows
      let present = sources.filter { $0.deletedAt == nil }
      var foreign = try sweeps.last()
      if !isReadOnly {
        var look = StitchLook(service: service, budget: budget, purpose: .progress)
        try await follow(&known, &look, listed.places)
        foreign = try await sweep(after: foreign, &look, client: sources.first?.clientID, besides: known)
      }
      let checks = try await checkSelections(of: Set(present.map(\.id)))
      let tellings = known.compactMap { $0.telling(at: service.now(), patience: patience) }
      return EngineLook(
        .complete(of: tellings, at: service.ownNow()),
        held: listed.unread
          + present.map { source in
            HeldDefinition(
              source, streams: checks[source.id]?.held, lastForeignRun: foreign?.run(of: source.id, besides: known))
          })
    } catch {
      return EngineLook(.unavailable(error.message, at: service.ownNow()))
    }
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
        try keep(known[index].following(found, at: service.now(), patience: patience), at: index, in: &known)
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

  /// Goes on where the look before it ended, page by page, for all that wait.
  private func followLoads(_ known: inout [StitchReceipt], _ look: inout StitchLook) async throws(LookFailure) {
    for client in Set(known.filter(\.awaitsLoad).map(\.client)).sorted() {
      let waiting = known.indices.filter { known[$0].awaitsLoad && known[$0].client == client }
      var read: Set<Int> = []
      while read.count < StitchLoadSearch.pagesPerLook, let number = nextLoads(of: waiting.map { known[$0] }, read) {
        let page = try await look.loads(onPage: number, client: client)
        read.insert(number)
        for index in waiting { try keep(known[index].following(page, number: number), at: index, in: &known) }
      }
      for index in waiting {
        try keep(known[index].followingLoads(at: service.now()), at: index, in: &known)
      }
    }
  }

  /// Whoever waits longest has its turn first; nil where nobody has anything to read.
  private func nextLoads(of waiting: [StitchReceipt], _ read: Set<Int>) -> Int? {
    let searches = waiting.compactMap { receipt in receipt.extraction.map { ($0, receipt.loads ?? StitchLoadSearch()) }
    }
    return searches.sorted { $0.0.completedAt < $1.0.completedAt }.lazy
      .compactMap { extraction, search in search.next(besides: read, awaiting: extraction) }.first
  }

  /// Loads that could not be read are waited for no longer than others.
  private func giveUpWaiting(_ known: inout [StitchReceipt]) throws(EngineError) {
    for index in known.indices where known[index].awaitsLoad {
      let next = known[index].givingUpLoads(at: service.now(), patience: patience)
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
