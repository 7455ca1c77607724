import ArgumentParser
import PipelineModel

/// What a pause or a resume by command says, and of which pipelines.
struct OverrideOptions: ParsableArguments {
  @OptionGroup var pipelines: PipelineSelection
  @Option(help: "Why; recorded and shown.", transform: lineText)
  var reason: String?
  @Option(help: "When it ends by itself: an instant or a span (`2h`).")
  var until: InstantArgument?
  @Flag(help: "Take the override away: the manifest's value holds again.")
  var remove = false
  @Option(help: "How long another pipectl on the same state folder is waited for.")
  var lockTimeout = SpanArgument(Workspace.lockTimeout)
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text

  func validate() throws {
    try pipelines.require()
    if remove && (until != nil || reason != nil) {
      throw ValidationError("--remove takes neither --until nor --reason")
    }
  }
}
