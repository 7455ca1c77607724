import LocalEngine
import PipelineModel

/// An installed connector.
struct ConnectorView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "InstalledConnector"
  var metadata: Metadata
  var spec: Spec
  var status: Status

  struct Metadata: Codable {
    var name: String
  }

  struct Spec: Codable {
    /// Absent where nobody wrote it down.
    var requirement: String?
  }

  struct Status: Codable {
    /// `complete`, `incomplete`, or `installing`.
    var phase: String
    var packageVersion: String?
    var python: String?
    var madeWith: String?
    var executables: [String]
    var madeAt: String?
    var bytes: Int64
    var path: String
    var inUse: Bool
    /// Pipelines of this state folder.
    var usedBy: [String]
  }

  init(_ installed: ConnectorInstallation, usedBy: [String]) {
    metadata = Metadata(name: installed.name)
    spec = Spec(requirement: installed.requirement)
    let phase = installed.contents != nil ? "complete" : installed.isInUse ? "installing" : "incomplete"
    status = Status(
      phase: phase, packageVersion: installed.contents?.packageVersion, python: installed.contents?.python,
      madeWith: installed.contents?.madeWith, executables: installed.contents?.executables ?? [],
      madeAt: installed.contents?.madeAt.description, bytes: installed.bytes, path: installed.path,
      inUse: installed.isInUse, usedBy: usedBy)
  }

  static func lines(_ views: [ConnectorView], wide: Bool, paint: Paint) -> [String] {
    let more: [(title: String, alignment: Table.Alignment)] =
      wide ? [("PROGRAMS", .left), ("WITH", .left), ("IN USE", .left), ("PATH", .left)] : []
    var table = Table(
      [
        ("REQUIREMENT", .left), ("PYTHON", .left), ("SIZE", .right), ("MADE AT", .left), ("STATE", .left),
        ("USED BY", .left),
      ] + more)
    for view in views { table.add(view.cells + (wide ? view.wideCells : [])) }
    return table.lines(paint: paint)
  }

  private var cells: [String] {
    [
      spec.requirement ?? metadata.name, status.python ?? "-", byteText(status.bytes), status.madeAt ?? "-",
      status.phase, status.usedBy.isEmpty ? "-" : status.usedBy.joined(separator: ","),
    ]
  }

  private var wideCells: [String] {
    [
      status.executables.isEmpty ? "-" : status.executables.joined(separator: ","), status.madeWith ?? "-",
      status.inUse ? "yes" : "no", status.path,
    ]
  }
}
