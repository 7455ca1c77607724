import Diagnostics
import ManifestCompiler
import ManifestSources
import PipelineModel

extension LoadedManifests {
  /// Where each value of each pipeline came from: one line a field.
  var originText: String {
    compilation.pipelines.map { pipeline in
      var table = Table(["FIELD", "PLACE", "ORIGIN"])
      for entry in compilation.origins[pipeline.name]?.entries ?? [] {
        let range = entry.origin.range
        table.add([entry.path, "\(range.file):\(range.start.line):\(range.start.column)", entry.origin.description])
      }
      return "\(pipeline.name)\n" + table.lines(indent: "  ").joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
