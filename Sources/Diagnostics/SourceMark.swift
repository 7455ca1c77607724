/// A range to underline, and what is written beside the line.
struct SourceMark {
  let range: SourceRange
  let label: String?
  let isPrimary: Bool
}
