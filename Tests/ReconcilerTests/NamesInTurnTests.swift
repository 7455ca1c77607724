import PipelineModel
import Testing

@testable import Reconciler

struct NamesInTurnTests {
  @Test(arguments: [["a", "b", "b", "d"], ["d", "b", "a", "b"], []])
  func `names are found where they stand first, whether they come sorted or not`(texts: [String]) {
    var names = NamesInTurn(texts)
    for text in ["0", "a", "b", "c", "d", "e"] {
      #expect(names.place(of: PipelineName(text)) == texts.firstIndex(of: text))
    }
  }

  @Test(arguments: [["a", "b", "b", "d"], ["d", "b", "a", "b"], []])
  func `each name is taken once, in its turn, from where it stands first`(texts: [String]) {
    var names = NamesInTurn(texts)
    for text in Set(texts).sorted() {
      #expect(names.upcoming == text)
      #expect(names.take("another") == nil)
      #expect(names.take(text) == texts.firstIndex(of: text))
    }
    #expect(names.upcoming == nil)
    #expect(names.take("d") == nil)
  }
}
