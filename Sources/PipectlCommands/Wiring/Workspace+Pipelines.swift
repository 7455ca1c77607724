import Diagnostics
import PipelineModel
import StoreAPI

extension Workspace {
  /// A managed pipeline by its name; a mistyped one is told with the nearest that there is.
  func pipeline(_ name: String) throws -> PipelineRecord {
    let all = try store.load(StoreQuery()).pipelines
    let records = all.filter { !$0.isForgotten }
    if let record = records.first(where: { $0.name.text == name }) { return record }
    let hint: String
    if all.contains(where: { $0.name.text == name }) {
      hint =
        "it was let go, and applying its manifest brings it back; `pipectl describe \(name)` tells what is known of it"
    } else if records.isEmpty {
      hint =
        "the state folder \(folder) holds none yet; `pipectl apply -f FILE` records some, --state names another folder"
    } else if let near = nearest(name, among: records.map(\.name.text)) {
      hint = "did you mean `\(near)`?"
    } else {
      hint = "recorded here: " + listed(records.map { "`\($0.name)`" })
    }
    throw CommandEnd.failed("there is no pipeline `\(name)`: \(hint)")
  }

  /// The run that is active, as last recorded; absent where none is.
  func activeRun(of name: PipelineName) throws(StoreError) -> RunRecord? {
    try store.load(StoreQuery(pipelines: [name])).runs.first { $0.id.pipeline == name && $0.isActive }
  }
}
