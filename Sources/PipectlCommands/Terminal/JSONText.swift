import Foundation

/// A value as JSON for people and programs: indented, keys sorted, so that equal values are equal bytes.
func jsonText(_ value: some Encodable) throws(CommandEnd) -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  guard let data = try? encoder.encode(value) else { throw .failed("the answer could not be written as JSON") }
  return String(decoding: data, as: UTF8.self) + "\n"
}
