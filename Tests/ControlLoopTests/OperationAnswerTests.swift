import ControlLoop
import EngineAPI
import PipelineModel
import Reconciler
import Testing

@Suite struct OperationAnswerTests {
  private static let other = RunID(pipeline: PipelineName("orders"), number: 4)
  private static let table: [(EngineError.Code, EngineError.Retryability, OperationAnswer)] = [
    (.alreadyRunning(other), .terminal, .alreadyRunning(other)),
    (.alreadyRunning(nil), .terminal, .occupied("why")),
    (.alreadyRunning(other), .uncertain, .uncertain("why")),
    (.runUnknown, .terminal, .runUnknown),
    (.wrongStage, .terminal, .wrongStage("why")),
    (.refused, .terminal, .refused("why")),
    (.refused, .retryable, .unavailable("why")),
    (.refused, .uncertain, .uncertain("why")),
    (.unavailable, .retryable, .unavailable("why")),
    (.unavailable, .terminal, .unavailable("why")),
    (.unavailable, .uncertain, .uncertain("why")),
    (.brokenInput, .terminal, .refused("why")),
  ]

  @Test(arguments: table)
  func `an error becomes the answer that it is`(
    code: EngineError.Code, retryability: EngineError.Retryability, answer: OperationAnswer
  ) {
    #expect(OperationAnswer(EngineError(code, "why", retryability)) == answer)
  }
}
