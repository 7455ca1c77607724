/// The first line of a comment for a pull request: the same every time, so that a bot finds the comment that it wrote before and puts
/// the new one in its place. Each environment has its own.
struct CommentMarker: Hashable {
  let environment: String?

  var text: String {
    // A name that is none ends in a mistake anyway, and could end the comment.
    let name = environment.flatMap {
      $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") } ? $0 : nil
    }
    return "<!-- pipectl\(name.map { ": \($0)" } ?? "") -->"
  }
}
