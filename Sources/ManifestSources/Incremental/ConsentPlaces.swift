import Diagnostics
import ManifestCompiler
import ManifestSyntax
import PipelineModel

extension [SyntaxDocument] {
  /// Where pipelines ask for what their manifests have to agree to as well, where nobody can be asked: `orders.yaml:12:5`.
  var consentPlaces: [PipelineName: String] {
    let places = compactMap { document -> (PipelineName, String)? in
      guard let title = ManifestTitle(document), title.kind == .pipeline,
        let wish = document.root["spec"]?["job"]?["dropDestinationFirst"]
      else { return nil }
      let start = wish.range.start
      return (PipelineName(title.name), "\(document.file):\(start.line):\(start.column)")
    }
    return Dictionary(places, uniquingKeysWith: { first, _ in first })
  }
}
