import ArgumentParser
import PipelineModel

/// What may be taken away or taken over.
struct PruneOptions: ParsableArguments {
  @Flag(help: "Let go of pipelines whose manifests are gone from the folders given with -f.")
  var prune = false

  @Option(help: "How many may go at once: N objects or N%. (default: 10 objects or 20%)")
  var pruneLimit: PruneLimitArgument?

  @Flag(help: "Take over pipelines that belong to another source.")
  var adopt = false

  /// Absent: nothing is pruned.
  var limit: PruneLimit? { prune ? pruneLimit?.limit ?? PruneLimit() : nil }

  func validate() throws {
    if pruneLimit != nil && !prune { throw ValidationError("--prune-limit means nothing without --prune") }
  }
}

/// `15` or `30%`; the one that is not given does not limit.
struct PruneLimitArgument: ExpressibleByArgument {
  let limit: PruneLimit

  init?(argument: String) {
    if argument.hasSuffix("%") {
      guard let percent = Int(argument.dropLast()), (0...100).contains(percent) else { return nil }
      limit = PruneLimit(objects: .max, percent: percent)
    } else {
      guard let objects = Int(argument), objects >= 0 else { return nil }
      limit = PruneLimit(objects: objects, percent: 100)
    }
  }
}
