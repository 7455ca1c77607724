import ArgumentParser
import ControlLoop
import PipelineModel

enum AllowArgument: String, CaseIterable, ExpressibleByArgument {
  case rewrite, delete

  var consent: Consent {
    switch self {
    case .rewrite: .rewrite
    case .delete: .delete
    }
  }
}

/// What the user agrees to in advance.
struct ConsentOptions: ParsableArguments {
  @Flag(
    name: [.customLong("yes"), .customShort("y")],
    help: "Agree to cancelling runs, and to what --allow names; nothing is asked.")
  var yes = false

  @Option(parsing: .singleValue, help: "With --yes, also agree to this; may be given twice.")
  var allow: [AllowArgument] = []

  /// Nothing without `--yes`.
  var granted: Set<Consent> { yes ? Set(allow.map(\.consent) + [.cancel]) : [] }
}
