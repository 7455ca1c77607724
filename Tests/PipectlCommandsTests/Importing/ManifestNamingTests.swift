import Testing

@testable import PipectlCommands

/// Names of manifests are made of what people call things.
@Suite struct ManifestNamingTests {
  private func names(_ displayNames: [String: String], taken: Set<String> = []) -> [String: String] {
    var naming = ManifestNaming(taken: taken, fallback: "stitch-eu")
    return naming.names(for: displayNames)
  }

  @Test(arguments: [
    ("Shop Prod", "shop-prod"), ("  --Größe (Café) №1!", "grosse-cafe-no1"), ("ＦＵＬＬ", "full"), ("Łódź", "lodz"),
    ("e\u{301}tude", "etude"), ("Kim's", "kims"), ("a\nb", "a-b"), ("🚚", ""), ("日本", ""),
  ])
  func `a plain name has letters, digits and hyphens`(displayName: String, name: String) {
    #expect(ManifestNaming.plain(displayName) == name)
  }

  @Test func `whoever shares a name has the id behind it`() {
    #expect(
      names(["1": "Shop", "2": "shop!", "3": "Billing"]) == ["1": "shop-1", "2": "shop-2", "3": "billing"])
  }

  @Test func `a name that stands for something else is not taken`() {
    #expect(names(["7": "Shop"], taken: ["shop"]) == ["7": "shop-7"])
    #expect(names(["7": "Shop"], taken: ["shop", "shop-7"]) == ["7": "shop-7-2"])
  }

  @Test func `what has no letters is called after its engine`() {
    #expect(names(["7": "日本", "8": "🚚"]) == ["7": "stitch-eu-7", "8": "stitch-eu-8"])
  }

  @Test func `no name is too long, and what tells names apart is not cut off`() {
    let long = String(repeating: "long ", count: 40)
    let found = names(["4711": long, "4712": long])
    #expect(Set(found.values).count == 2)
    #expect(found.values.allSatisfy { $0.count <= 63 && !$0.hasSuffix("-") })
    #expect(found["4711"]?.hasSuffix("-4711") == true)
  }

  @Test func `one that is called as another one's fallback collides with nothing`() {
    let found = names(["1": "a", "2": "A", "3": "a 1"])
    #expect(Set(found.values).count == 3)
    #expect(found["3"] == "a-1")
  }
}
