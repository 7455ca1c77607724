import Diagnostics
import ManifestCompiler
import ManifestSources
import PipelineModel

extension Plan {
  /// Job actions of manifests that the objects they are for do not take, as their engines show them: the same mistake as where a manifest
  /// states it, at the same place.
  func mistakes(in manifests: Mistakes, _ settings: CompileSettings) -> [Diagnostic] {
    let refused = operations.compactMap(\.refusedJob)
    guard !refused.isEmpty else { return [] }
    let origins = compiledWithOrigins(manifests.sources, settings).origins
    return refused.map { pipeline, words in
      let places = origins[pipeline]
      let secondary = places?.range(of: "remote.id").map { [LabelledRange($0, "as its engine shows it")] } ?? []
      return Diagnostic(
        .notOnDemand, .error, "its jobs can neither be started nor stopped on demand",
        at: places?.range(of: "job.action"),
        secondary: secondary, notes: [words], help: Help("remove `job`: the engine's own schedule starts them"))
    }
  }
}

extension Operation {
  /// The pipeline and the reason, where it settles a manifest's request for what its engine never does.
  fileprivate var refusedJob: (PipelineName, String)? {
    guard case .settle(let request) = effect, request.origin == .manifest,
      case .refused(.engine(let words)) = request.state.result
    else { return nil }
    return (pipeline, words)
  }
}
