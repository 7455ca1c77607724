/// What is neither letter, digit nor one of `-._~`, as `%XX`: a segment of a path or a value of a query stays one whatever it holds.
func percentEscaped(_ text: String) -> String {
  var escaped = ""
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      escaped.unicodeScalars.append(Unicode.Scalar(byte))
    case _:
      escaped += byte < 16 ? "%0" : "%"
      escaped += String(byte, radix: 16, uppercase: true)
    }
  }
  return escaped
}
