internal import EngineAPI
internal import EngineHTTP
public import PipelineModel

extension RelationalMigratorEngine {
  /// One call, and one more for each open run whose job is not among the newest.
  public func observe() async -> EngineObservation {
    let jobs: [MigratorJob]
    do throws(CallFailure) { jobs = try await service.jobs() } catch {
      return .unavailable(error.message, at: service.ownNow())
    }
    do throws(EngineError) { return observation(of: try await followed(jobs)) } catch {
      return .unavailable(error.message, at: service.ownNow())
    }
  }

  /// A receipt as it is now, and where its job stands.
  private struct Followed {
    var receipt: MigratorReceipt
    var telling: MigratorReceipt.Telling
  }

  private func observation(of followed: [Followed]) -> EngineObservation {
    var reports: [RunReport] = []
    var unreadable: [UnreadableRun] = []
    var digest = StableDigest()
    for one in followed {
      switch one.telling {
      case .report(let report):
        reports.append(report)
        digest.add("\(report.run) \(report.status)\n")
      case .unreadable(let run):
        unreadable.append(run)
        digest.add("\(run.run) \(run.reason)\n")
      }
    }
    return .complete(Revision(digest.text), at: service.ownNow(), runs: reports, unreadable: unreadable)
  }

  /// The receipts that are not retired, each once it was looked for its job; what is new is kept.
  private func followed(_ jobs: [MigratorJob]) async throws(EngineError) -> [Followed] {
    let known = try receipts.all()
    var followed: [Followed] = []
    for receipt in known where !receipt.isRetired {
      let one = await follow(receipt, jobs, besides: known.jobs(besides: receipt.run))
      if one.receipt != receipt, !isReadOnly { try receipts.keep(one.receipt) }
      followed.append(one)
    }
    return followed
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
        receipt: next, telling: next.telling(job?.standing(for: next.order), at: service.now(), patience))
    } catch {
      // An answer that cannot be read says nothing of the run, and the list says something of the others.
      return Followed(receipt: found, telling: found.unreadable(error.message))
    }
  }

  /// Nil where the instance does not know the job: a list with room for more shows all that there are.
  func look(for id: String, in jobs: [MigratorJob]) async throws(CallFailure) -> MigratorJob? {
    if let listed = jobs.first(where: { $0.id == id }) { return listed }
    return jobs.count < MigratorService.listed ? nil : try await service.job(id)
  }
}
