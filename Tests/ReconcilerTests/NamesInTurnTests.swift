import PipelineModel
import Testing

@testable import Reconciler

struct NamesInTurnTests {
  @Test(arguments: [["a", "b", "b", "d"], ["d", "b", "a", "b"], []])
  func `names are found where they stand first, whether they come sorted or not`(texts: [String]) {
    var names = NamesInTurn(texts.map { PipelineName($0) })
    for text in ["0", "a", "b", "c", "d", "e"] {
      #expect(names.place(of: PipelineName(text)) == texts.firstIndex(of: text))
    }
  }
}
