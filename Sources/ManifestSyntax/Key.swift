/// A key of a mapping, before its value is read.
struct Key {
  let text: String
  let place: PackedRange
}
