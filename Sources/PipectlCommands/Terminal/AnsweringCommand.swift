/// A command that answers programs too: with `-o json`, standard output holds one document, however the command ends.
protocol AnsweringCommand: VerdictCommand {
  associatedtype Output: AnswerFormat
  var output: Output { get }
  /// The document that was asked for; that of `output` unless the command has another way to ask.
  var document: DocumentForm? { get }
}

extension AnsweringCommand {
  var document: DocumentForm? { output.document }
}
