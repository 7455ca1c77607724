import ArgumentParser
import ControlAPI
import ControlLoop
import PipelineModel

struct WhyCommand: AnsweringCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Explain why pipelines do what they do, or do nothing.",
    discussion: "The manifests that it was applied from are read again, so that facts name their lines.")

  @OptionGroup var pipelines: PipelineSelection
  @Option(name: .shortAndLong, help: "text, json or yaml.")
  var output: DocumentFormat = .text
  @OptionGroup var global: GlobalOptions

  func validate() throws { try pipelines.require() }

  func verdict() async throws -> Verdict {
    let workspace = try Workspace.openForReading(global.folder, tracer: global.callTracer)
    let unfollowed = unfollowedManifests(workspace.folder)
    var views: [WhyView] = []
    var now = workspace.clock.now()
    for record in try pipelines.anyRecords(in: workspace) {
      let (view, at) = try await explanation(of: record.name, workspace, unfollowed)
      views.append(view)
      now = at
    }
    try global.terminal.show(each: views, as: output) { $0.text(now: now, paint: $1) }
    return .done()
  }

  /// Why the controller of the folder, if there is one, does not follow its manifests; one that does not answer is told of elsewhere.
  private func unfollowedManifests(_ folder: String) -> ControllerGreeting.Unfollowed? {
    (try? ControlClient(ControlSocket(stateFolder: folder)).greeting(within: 2000))?.unfollowed
  }

  private func explanation(
    of name: PipelineName, _ workspace: Workspace, _ unfollowed: ControllerGreeting.Unfollowed?
  ) async throws -> (WhyView, Timestamp) {
    let survey = try await Survey(workspace, of: name)
    guard let record = survey.record(name) else {
      throw CommandEnd.failed("\(name) vanished while it was looked at; repeat")
    }
    let facts = try survey.facts(of: record, requestLimit: 10, slotLimit: 10)
    let manifest = PresentManifest(
      of: record, in: workspace, environment: survey.preview.stored.environment)
    let view = WhyView(
      pipeline: name.text, decision: decision(survey, name),
      facts: notFollowed(record, unfollowed) + manifest.facts + facts.whyFacts.map(manifest.placed),
      requests: facts.requests.map(RequestView.init))
    return (view, survey.now)
  }

  private func notFollowed(_ record: PipelineRecord, _ unfollowed: ControllerGreeting.Unfollowed?) -> [WhyView.Fact] {
    guard let unfollowed, unfollowed.sets.contains(record.applied.sourceSet) else { return [] }
    return [
      WhyView.Fact(
        type: "NotFollowed",
        message:
          "its manifests are not followed (\(unfollowed.reason)), and what was applied last goes on: \(unfollowed.message)",
        at: unfollowed.since.description, help: "`pipectl commits` shows what came of the latest ones")
    ]
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
