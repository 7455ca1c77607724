import PipelineModel
import Testing

@testable import PipectlCommands

struct SelectorTests {
  private let labels = [DesiredPipeline.Label("team", "growth"), DesiredPipeline.Label("stage", "prod")]

  @Test(arguments: [
    ("team=growth", true), ("team==growth", true), ("team=sales", false), ("team!=sales", true),
    ("team!=growth", false),
    ("owner!=ann", true), ("team", true), ("owner", false), ("!owner", true), ("!team", false),
    ("team=growth,stage=prod", true), ("team=growth,stage=test", false),
  ])
  func `all requirements must hold`(text: String, matches: Bool) throws {
    #expect(try #require(Selector(argument: text)).matches(labels) == matches)
  }

  @Test(arguments: ["", ",", "=x", "team=a,", "!"])
  func `nonsense is refused`(text: String) {
    #expect(Selector(argument: text) == nil)
  }
}
