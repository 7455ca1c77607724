import Foundation
import ManifestCompiler
import PipelineModel

extension Compilation {
  /// Puts the pipelines into memory of their own.
  ///
  /// They were made one by one beside trees that are many times as large; left between the holes of these, they would keep most of
  /// that memory for as long as they live. Written out as one text and read again when the trees are gone, they stand side by side.
  ///
  /// - Returns: false where that does not work; they are gone then.
  mutating func layTogether() -> Bool {
    var text = Data()
    var ends: [Int] = []
    for pipeline in pipelines {
      guard let one = try? JSONEncoder().encode(pipeline) else { return false }
      text += one
      ends.append(text.count)
    }
    pipelines = []
    pipelines.reserveCapacity(ends.count)
    for (start, end) in zip([0] + ends, ends) {
      guard let copy = try? JSONDecoder().decode(DesiredPipeline.self, from: text[start..<end]) else { return false }
      pipelines.append(copy)
    }
    return true
  }
}
