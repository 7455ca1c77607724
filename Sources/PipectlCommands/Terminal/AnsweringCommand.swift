/// A command that answers programs too: with `-o json`, standard output holds one document, however the command ends.
protocol AnsweringCommand: VerdictCommand {
  var output: OutputFormat { get }
}
