import PipelineModel
import Testing

@Suite struct ZoneTableTests {
  @Test func `UTC is always known, another zone only where it was given`() {
    let berlin = ZoneRules(name: "Europe/Berlin", initialOffset: 3600, transitions: [])
    let table = ZoneTable([berlin])
    #expect(table["UTC"] == .utc)
    #expect(table["Europe/Berlin"] == berlin)
    #expect(table["Europe/Paris"] == nil)
  }
}
