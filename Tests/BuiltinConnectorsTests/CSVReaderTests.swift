import Foundation
import Testing

@testable import BuiltinConnectors

struct CSVReaderTests {
  private static let cases: [(String, [[String]])] = [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
    ("\u{FEFF}a\n1\n", [["a"], ["1"]]), ("a,\"b\nc\",d\n", [["a", "b\nc", "d"]]),
    ("\"say \"\"hi\"\"\",\"\"\n", [["say \"hi\"", ""]]),
    (",\n", [["", ""]]), ("a,\n", [["a", ""]]), ("a,", [["a", ""]]), ("\n\na\n\n\nb\n\n", [["a"], ["b"]]),
    ("\"\"\n", [[""]]), ("", []),
    ("5\" disk,x\n", [["5\" disk", "x"]]), ("\"a,b\",\"c\r\nd\"\r\n", [["a,b", "c\r\nd"]]), ("ü,😀\n", [["ü", "😀"]]),
    ("\"a\"", [["a"]]),
  ]

  @Test(arguments: cases)
  func `rows are read by RFC 4180`(text: String, rows: [[String]]) throws {
    let bench = Workbench()
    #expect(try read(try bench.write(text, to: "t.csv")) == rows)
  }

  @Test func `fields are read across the borders of the buffer`() throws {
    let bench = Workbench()
    let long = String(repeating: "x\"\n", count: 150_000)
    let quoted = "\"" + long.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    let rows = (0..<3).map { _ in "1,\(quoted),\(String(repeating: "y", count: 300_001))\n" }.joined()
    let expected = ["1", long, String(repeating: "y", count: 300_001)]
    #expect(try read(try bench.write(rows, to: "t.csv")) == [expected, expected, expected])
  }

  @Test(arguments: [
    ("a,b\n1,\"x\ny\n", ":2: the quoted field that begins here is never closed"),
    ("a\n\"x\ny\"z\n", ":3: text follows the closing quotation mark"),
  ])
  func `broken quoting names its line`(text: String, message: String) throws {
    let bench = Workbench()
    let path = try bench.write(text, to: "t.csv")
    let error = #expect(throws: ConnectorError.self) { try read(path) }
    #expect(error?.message.contains(path + message) == true, "\(String(describing: error))")
  }

  private func read(_ path: String) throws -> [[String]] {
    let reader = try CSVReader(path: path, delimiter: UInt8(ascii: ","))
    var row = CSVRow()
    var rows: [[String]] = []
    while try reader.next(into: &row) { rows.append((0..<row.count).map { row.text($0) ?? "not UTF-8" }) }
    return rows
  }
}
