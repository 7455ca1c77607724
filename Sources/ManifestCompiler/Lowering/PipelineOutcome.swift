import Diagnostics
import ManifestSyntax
import PipelineModel

/// What became of one pipeline's manifest.
///
/// It holds neither the tree nor what was checked: of thousands of pipelines only a few are taken apart at a time.
final class PipelineOutcome: Sendable {
  /// Nil where the name was refused.
  let name: String?
  private let namePlace: PackedRange
  /// Nil where it, or something that it needs, has a mistake.
  let pipeline: DesiredPipeline?
  /// Nil also where they are not wanted.
  let origins: Origins?
  let report: Report

  init(of header: Header, in workspace: Workspace) {
    var report = Report()
    let manifest = workspace.manifest(header, &report)
    var compiler = PipelineCompiler(manifest)
    let compiled = compiler.compile(in: workspace)
    report.add(compiler.report)
    name = manifest.name
    namePlace = manifest.namePlace
    pipeline = compiled?.pipeline
    origins = compiled?.origins
    self.report = report
  }

  var nameRange: SourceRange { namePlace.range }

  /// By name; those of one name in the order of their files and documents.
  static func < (left: PipelineOutcome, right: PipelineOutcome) -> Bool {
    let (name, other) = (left.name ?? "", right.name ?? "")
    if name != other { return name < other }
    return (left.nameRange.file, left.nameRange.start) < (right.nameRange.file, right.nameRange.start)
  }
}
