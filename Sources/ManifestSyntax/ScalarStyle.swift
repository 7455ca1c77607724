/// How a string was written; a plain one may have been meant as something else (`yes`, `0o17`).
public enum ScalarStyle: Hashable, Sendable {
  case plain
  case quoted
  case block
}
