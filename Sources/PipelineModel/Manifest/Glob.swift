/// A name in which `*` stands for any text and `?` for one character.
public struct Glob: Hashable, Sendable {
  public let text: String
  private let pattern: [UInt8]

  public init(_ pattern: String) {
    text = pattern
    self.pattern = Array(pattern.utf8)
  }

  public func matches(_ name: String) -> Bool {
    let name = Array(name.utf8)
    var (place, at) = (0, 0)
    var star: (place: Int, at: Int)?
    while at < name.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == name[at] || pattern[place] == UInt8(ascii: "?") {
        (place, at) = (place + 1, at + 1)
      } else if let last = star {
        star = (last.place, last.at + 1)
        (place, at) = (last.place + 1, last.at + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
