import PipelineModel
import Scheduling

/// A parsed expression that the test itself wrote.
func cron(_ text: String) throws -> CronExpression {
  try parseCron(text).get()
}

func schedule(
  _ cadence: Cadence, missed: MissedPolicy = .skip, startDeadline: TimeSpan = TimeSpan(seconds: 3600),
  transitions: TransitionPolicy = TransitionPolicy()
) -> Schedule {
  Schedule(
    cadence: cadence, timeZone: "UTC", missed: missed, startDeadline: startDeadline, overlap: .skip,
    transitions: transitions)
}

func schedule(_ text: String, transitions: TransitionPolicy = TransitionPolicy()) throws -> Schedule {
  schedule(.cron(try cron(text)), transitions: transitions)
}

/// A mistake in the table of a test itself.
struct BrokenSample: Error {
  let what: String
}

func instant(_ text: String) throws -> Timestamp {
  guard let instant = Timestamp(rfc3339: text) else { throw BrokenSample(what: text) }
  return instant
}

func zone(_ name: String) throws -> ZoneRules {
  guard let rules = zoneRules(named: name) else { throw BrokenSample(what: name) }
  return rules
}

let allPolicies: [TransitionPolicy] = TransitionPolicy.Gap.allCases.flatMap { gap in
  TransitionPolicy.Fold.allCases.map { TransitionPolicy(gap: gap, fold: $0) }
}
