import Diagnostics
import ManifestSyntax
import PipelineModel

/// What became of one pipeline's manifest.
///
/// It holds neither the tree nor what was checked: of thousands of pipelines only a few are taken apart at a time.
struct PipelineOutcome: Sendable {
  private let givenName: String?
  /// Of an empty name where the name was refused.
  let prefix: NamePrefix
  private let namePlace: PackedRange
  /// Of the id of the object that it describes, where it is compiled and an engine holds the object.
  private let objectPlace: PackedRange?
  /// Nil where it, or something that it needs, has a mistake.
  private(set) var pipeline: DesiredPipeline?
  /// Nil also where they are not wanted.
  let origins: Origins?
  let report: Report

  init(of header: Header, in workspace: Workspace) {
    var report = Report()
    let manifest = workspace.manifest(header, &report)
    var compiler = PipelineCompiler(manifest)
    let compiled = compiler.compile(in: workspace)
    report.add(compiler.report)
    givenName = compiled == nil ? manifest.name : nil
    prefix = NamePrefix(manifest.name ?? "")
    namePlace = manifest.namePlace
    pipeline = compiled?.pipeline
    let isRemote = compiled?.pipeline.spec.work.isRemote ?? false
    objectPlace = isRemote ? manifest.spec?[PipelineFields.remote]?.place(of: RemoteFields.id) : nil
    origins = compiled?.origins
    self.report = report
  }

  /// Nil where the name was refused.
  var name: String? { pipeline?.name.text ?? givenName }

  var nameRange: SourceRange { namePlace.range }

  var describesObject: Bool { objectPlace != nil }
  /// What it describes of what its engine holds.
  var object: RemoteObject? { pipeline?.spec.remoteObject }
  /// Where the object's id is written.
  var objectRange: SourceRange? { objectPlace?.range }

  mutating func takePipeline() -> DesiredPipeline? { pipeline.take() }

  /// By name; those of one name in the order of their files and documents.
  static func < (left: PipelineOutcome, right: PipelineOutcome) -> Bool {
    if left.prefix != right.prefix { return left.prefix < right.prefix }
    let (name, other) = (left.name ?? "", right.name ?? "")
    if name != other { return name < other }
    return left.isWritten(before: right)
  }

  /// In the order of the files and documents.
  func isWritten(before other: PipelineOutcome) -> Bool {
    (nameRange.file, nameRange.start) < (other.nameRange.file, other.nameRange.start)
  }
}
