public import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension RelationalMigratorEngine {
  public func observe() async -> EngineObservation { await look(at: []).observation }

  public func look() async -> EngineLook { await look(at: []) }

  /// One call, and one more for each open run whose job it does not show.
  public func look(at pipelines: [PipelineRecord]) async -> EngineLook {
    EngineLook(await observation(for: pipelines))
  }

  private func observation(for pipelines: [PipelineRecord]) async -> EngineObservation {
    let jobs: [MigratorJob]
    do throws(CallFailure) { jobs = try await service.jobs() } catch {
      return .unavailable(error.message, at: service.ownNow())
    }
    do throws(EngineError) {
      return .complete(of: try await followed(jobs, pipelines).map(\.telling), at: service.ownNow())
    } catch {
      return .unavailable(error.message, at: service.ownNow())
    }
  }

  /// A receipt as it is now, and where its job stands.
  private struct Followed {
    var receipt: MigratorReceipt
    var telling: RunTelling
  }

  /// The receipts that are not retired, each once it was looked for its job; what is new is kept.
  private func followed(
    _ jobs: [MigratorJob], _ pipelines: [PipelineRecord]
  ) async throws(EngineError) -> [Followed] {
    let recorded = try receipts.all()
    let known = recorded + [recorded.foreign(jobs, in: pipelines, at: service.now())].compactMap { $0 }
    var followed: [Followed] = []
    for receipt in known where !receipt.isRetired {
      let one = await follow(receipt, jobs, besides: known.jobs(besides: receipt.run))
      if !isReadOnly, !recorded.contains(one.receipt) { try receipts.keep(one.receipt) }
      followed.append(one)
    }
    return followed.sorted { $0.receipt.run < $1.receipt.run }
  }

  private func follow(
    _ receipt: MigratorReceipt, _ jobs: [MigratorJob], besides others: Set<String>
  ) async -> Followed {
    let found = receipt.following(jobs, besides: others, at: service.now(), patience)
    guard found.isOpen, let id = found.job?.id else {
      return Followed(receipt: found, telling: found.telling(nil, at: service.now(), patience))
    }
    do throws(CallFailure) {
      let job = try await look(for: id, in: jobs)
      let next = found.following(job, at: service.now(), patience)
      return Followed(
        receipt: next, telling: next.telling(job.map(next.standing), at: service.now(), patience))
    } catch {
      // An answer that cannot be read says nothing of the run, and the list says something of the others.
      return Followed(receipt: found, telling: found.unreadable(error.message))
    }
  }

  /// Nil where the instance does not know the job. That a list does not show it proves nothing: it is bounded, and empty while an instance
  /// comes up.
  private func look(for id: String, in jobs: [MigratorJob]) async throws(CallFailure) -> MigratorJob? {
    if let listed = jobs.first(where: { $0.id == id }) { return listed }
    return try await service.job(id)
  }
}
