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
    ("team in (sales, growth)", true), ("team in (sales)", false), ("owner in (ann)", false),
    ("team notin (sales,ops)", true), ("team notin (growth)", false), ("owner notin (ann)", true),
    ("stage in (prod,test), team = growth , !owner", true), ("team in (a,growth),stage notin (prod)", false),
  ])
  func `all requirements must hold`(text: String, matches: Bool) throws {
    #expect(try #require(Selector(argument: text)).matches(labels) == matches)
  }

  @Test(arguments: [
    "", ",", "=x", "team=a,", "!", "team in", "team in growth", "team in (a", "in (a)", "team of (a)", "team=a b",
    "a b",
  ])
  func `nonsense is refused`(text: String) {
    #expect(Selector(argument: text) == nil)
  }
}
