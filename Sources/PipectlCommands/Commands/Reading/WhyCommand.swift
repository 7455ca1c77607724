import ControlLoop
import ArgumentParser
import PipelineModel

struct WhyCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explain why a pipeline does what it does, or does nothing.",
    discussion: "The manifests that it was applied from are read again, so that facts name their lines.")

  @Argument(help: "The pipeline.", completion: .pipelines, transform: plainName)
  var pipeline: String
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder)
    let name = try workspace.anyPipeline(pipeline).name
    let survey = try await Survey(workspace, of: name)
    guard let record = survey.record(name) else {
      throw CommandEnd.failed("\(name) vanished while it was looked at; repeat")
    }
    let facts = try survey.facts(of: record, requestLimit: 10, slotLimit: 10)
    let manifest = PresentManifest(of: record, environment: survey.preview.stored.environment)
    let view = WhyView(
      pipeline: name.text, decision: decision(survey, name),
      facts: manifest.facts + facts.whyFacts.map(manifest.placed), requests: facts.requests.map(RequestView.init))
    try global.terminal.show(view, as: output) { view.text(now: survey.now, paint: $0) }
    return .done()
  }

  /// The planner's own reason, or what it would do at once.
  private func decision(_ survey: Survey, _ name: PipelineName) -> String {
    let operations = survey.preview.plan.operations.filter { $0.pipeline == name }
    if let first = operations.first { return "\(first.verb) is due: \(first.reason)" }
    let decision = survey.preview.plan.decisions.first { $0.pipeline == name }
    switch decision?.reason {
    case .upToDate, nil: return "nothing is due"
    case let reason?: return reason.sentence
    }
  }
}
