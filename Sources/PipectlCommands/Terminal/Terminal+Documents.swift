extension Terminal {
  /// Prints a value as the one document of standard output.
  func document(_ value: some Encodable, as form: DataForm) throws(CommandEnd) {
    switch form {
    case .json: document(try jsonText(value))
    case .yaml: document(try yamlText(value))
    }
  }

  /// Prints how a command ended early: the mistakes, or a result in which nothing was done.
  func answer(_ end: CommandEnd, as form: DocumentForm) throws(CommandEnd) {
    switch (form, end.mistakes) {
    case (.markdown(let marker), let mistakes?): document(mistakes.markdown(marker, refusal: "Not planned"))
    case (.markdown(let marker), nil): document(refusalMarkdown(end.verdict, marker))
    case (.data(let form), let mistakes?): try document(mistakes.report, as: form)
    case (.data(let form), nil): try document(ResultView(ended: end.verdict, outcome: end.outcome), as: form)
    }
  }
}
