import PipelineModel
import Testing

@Suite struct StableDigestTests {
  /// Folders of installations and fingerprints of mistakes are named by it, so it may never change.
  @Test(arguments: [
    ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
  ])
  func `a digest is the published one`(text: String, digest: String) {
    #expect(StableDigest(of: text).text == digest)
  }

  @Test func `texts that are added one after the other count as one text`() {
    var digest = StableDigest(of: "foo")
    digest.add("bar")
    #expect(digest == StableDigest(of: "foobar"))
  }
}
