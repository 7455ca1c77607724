import PipelineModel
import Testing

struct PackageRequirementTests {
  private static let commit = String(repeating: "0a", count: 20)

  @Test(arguments: [
    ("a==1.0", true), ("a===1.0", true), ("a==1.0,>=0.5", true), ("a", false), ("a>=1", false), ("a==1.*", false),
    ("a~=1.0", false), ("a @ https://host/a.whl", false), ("a @ https://host/a.whl#sha256=abc", true),
    ("a @ https://host/a.whl#sha256=", false), ("a @ git+https://host/a.git", false),
    ("a @ git+https://host/a.git@v1.0", false), ("a @ git+https://host/a.git@\(commit)", true),
    ("a @ git+https://host/a.git@\(commit)#subdirectory=x", true), ("a @ file:///x/a.whl#egg=a&sha512=1f", true),
  ])
  func `a requirement is pinned where only one thing can fit it`(text: String, isPinned: Bool) throws {
    #expect(try #require(PackageRequirement(text)).isPinned == isPinned)
  }

  @Test func `it knows its name, its version and where it comes from`() throws {
    let pinned = try #require(PackageRequirement("Tap_X[pg] == 1.2"))
    #expect(pinned.name == "Tap_X")
    #expect(pinned.pinnedVersion == "1.2")
    let placed = try #require(PackageRequirement("tap-x@https://host/x.whl"))
    #expect(placed.name == "tap-x")
    #expect(placed.origin == .url("https://host/x.whl"))
    #expect(placed.pinnedVersion == nil)
  }

  @Test(arguments: [
    ("meltanolabs-tap-postgres==0.10.0", "tap-postgres"), ("target-a-tap-b==1", "target-a-tap-b"),
    ("mysql2x", "mysql2x"),
  ])
  func `its program is guessed by the habit of Singer's`(text: String, program: String) throws {
    #expect(try #require(PackageRequirement(text)).habitualProgram == program)
  }
}
