import SingerProtocol
import Testing

struct ConnectorAboutTests {
  private func answer(_ text: String) -> ConnectorAbout? { ConnectorAbout(Array(text.utf8)) }

  @Test func `what a connector says of itself is read`() throws {
    let about = try #require(
      answer(
        #"{"name": "tap-shop", "version": "1.2", "sdk_version": "0.54.9", "capabilities": ["state", "catalog"], "settings": {"type": "object"}}"#
      ))
    #expect(about.name == "tap-shop")
    #expect(about.version == "1.2")
    #expect(about.capabilities == ["catalog", "state"])
    #expect(about.can("catalog") == true)
    #expect(about.can("properties") == false)
  }

  @Test(arguments: ["", "usage: tap-shop", "[]", "{}", #"{"type": "SCHEMA"}"#, #"{"capabilities": ["state"]"#])
  func `anything else is no answer`(text: String) {
    #expect(answer(text) == nil)
  }

  @Test func `one that lists nothing may be able to do anything`() {
    #expect(answer(#"{"settings": {}}"#)?.can("state") == nil)
  }
}
