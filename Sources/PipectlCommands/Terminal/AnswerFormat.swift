/// A form of a command's answer.
protocol AnswerFormat {
  /// The document that it is; nil for what people read.
  var document: DocumentForm? { get }
}

/// The forms of a document: standard output then holds nothing else, however the command ends.
enum DocumentForm: Hashable {
  case data(DataForm)
  /// A comment for a pull request.
  case markdown(CommentMarker)
}

/// The forms of a value with `apiVersion` and `kind`.
enum DataForm: Hashable {
  case json, yaml
}
