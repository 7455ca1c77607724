import Foundation
import PipelineModel
import Testing

struct SourceSetTests {
  private static let sets: [(SourceSet, String, String)] = [
    (.path("/srv/jobs"), "/srv/jobs", #"{"path":{"_0":"\/srv\/jobs"}}"#),
    (
      .git(url: "https://example.com/shop.git", path: "jobs"), "https://example.com/shop.git//jobs",
      #"{"git":{"path":"jobs","url":"https:\/\/example.com\/shop.git"}}"#
    ),
    (
      .git(url: "git@example.com:shop", path: ""), "git@example.com:shop",
      #"{"git":{"path":"","url":"git@example.com:shop"}}"#
    ),
    (.standardInput, "<stdin>", #"{"standardInput":{}}"#),
  ]

  @Test(arguments: sets) func `a set is printed and stored`(set: SourceSet, text: String, json: String) throws {
    #expect(set.description == text)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(String(decoding: try encoder.encode(set), as: UTF8.self) == json)
    #expect(try JSONDecoder().decode(SourceSet.self, from: Data(json.utf8)) == set)
  }

  @Test func `a set contains what lies below it in the same place`() {
    let shop = SourceSet.git(url: "u", path: "jobs")
    #expect(shop.contains(.git(url: "u", path: "jobs/eu")) && SourceSet.git(url: "u", path: "").contains(shop))
    #expect(!shop.contains(.git(url: "u", path: "jobs2")) && !shop.contains(.git(url: "v", path: "jobs")))
    #expect(!shop.contains(.git(url: "u", path: "")) && !shop.contains(.path("jobs")))
    #expect(SourceSet.path("/").contains(.path("/a")) && SourceSet.path("/a").contains(.path("/a/b")))
    #expect(!SourceSet.path("/a").contains(.path("/ab")))
  }

  @Test func `a commit is its full id`() throws {
    let id = String(repeating: "aB3", count: 13) + "f"
    #expect(CommitID(id)?.text == id.lowercased())
    #expect(CommitID(String(id.dropLast())) == nil && CommitID(String(id.dropLast()) + "g") == nil)
    let stored = try JSONEncoder().encode([CommitID(id)])
    #expect(String(decoding: stored, as: UTF8.self) == "[\"\(id.lowercased())\"]")
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(CommitID.self, from: Data("\"main\"".utf8)) }
  }
}
