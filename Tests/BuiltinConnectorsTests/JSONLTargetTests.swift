import SingerProtocol
import Testing

@testable import BuiltinConnectors

struct JSONLTargetTests {
  private let bench = Workbench()
  private let schema =
    #"{"type":"SCHEMA","stream":"a/b","schema":{"properties":{"id":{"type":"integer"}}},"key_properties":[]}"#

  private func record(_ id: Int) -> String { #"{"type":"RECORD","stream":"a/b","record":{"id":\#(id),"x":1.50}}"# }
  private func state(_ value: Int) -> String { #"{"type":"STATE","value":{"at":\#(value)}}"# }
  private var config: JSONValue { ["folder": .string(bench.path("out/deep"))] }

  @Test func `records are appended in order and the last state is printed`() throws {
    for id in [1, 2] {
      let run = try bench.run("jsonl", config: config, input: [schema, record(id), state(id)].joined(separator: "\n"))
      #expect(run.code == 0)
      #expect(run.output == [#"{"at":\#(id)}"#])
    }
    #expect(try bench.read("out/deep/a%2fb.jsonl") == #"{"id":1,"x":1.50}"# + "\n" + #"{"id":2,"x":1.50}"# + "\n")
  }

  @Test func `overwrite begins anew`() throws {
    var config = config
    config.set("overwrite", to: true)
    for id in [1, 2] {
      _ = try bench.run(
        "jsonl", config: config, input: [schema, record(id), schema, record(id)].joined(separator: "\n"))
    }
    #expect(try bench.lines("out/deep/a%2fb.jsonl") == [#"{"id":2,"x":1.50}"#, #"{"id":2,"x":1.50}"#])
  }

  @Test func `a half line of a killed run is dropped, a whole one is ended`() throws {
    _ = try bench.run("jsonl", config: config, input: [schema, record(1)].joined(separator: "\n"))
    try bench.write(#"{"id":1}"# + "\n" + #"{"id":2,"x""#, to: "out/deep/a%2fb.jsonl")
    _ = try bench.run("jsonl", config: config, input: [schema, record(2)].joined(separator: "\n"))
    #expect(try bench.lines("out/deep/a%2fb.jsonl") == [#"{"id":1}"#, #"{"id":2,"x":1.50}"#])
    try bench.write(#"{"id":1}"#, to: "out/deep/a%2fb.jsonl")
    _ = try bench.run("jsonl", config: config, input: [schema, record(2)].joined(separator: "\n"))
    #expect(try bench.lines("out/deep/a%2fb.jsonl") == [#"{"id":1}"#, #"{"id":2,"x":1.50}"#])
  }

  @Test func `a state is printed once its records are in the file, while the input stays open`() throws {
    let target = ConnectorThread("jsonl", config: try bench.write(config.text, to: "c.json"))
    target.send([schema, record(1), state(1)])
    #expect(target.nextLine() == #"{"at":1}"#)
    #expect(try bench.lines("out/deep/a%2fb.jsonl").count == 1)
    target.closeInput()
    #expect(target.nextLine() == nil)
    #expect(target.exitCode() == 0)
  }

  @Test func `stream names cannot leave the folder`() {
    #expect(JSONLFile.fileName("../x") == "%2e.%2fx.jsonl")
    #expect(JSONLFile.fileName("a%2fb") == "a%252fb.jsonl")
    #expect(JSONLFile.fileName("public-orders") == "public-orders.jsonl")
  }
}
