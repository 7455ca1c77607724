// swift-tools-version: 6.2
import PackageDescription

/// A package of its own: nothing here is built, tested or shipped with pipectl. Only whole programs are measured, so it depends on
/// none of pipectl's modules; see ../docs/design-records/0008-figures-are-ratios.md.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "pipectl-benchmarks",
  targets: [
    .executableTarget(name: "PipectlBench", swiftSettings: strict),

    // What pipectl is measured against, and with: small C programs, so that the other side of a ratio costs as little as it can.
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .executableTarget(name: "YAMLEvents", dependencies: ["CYAML"]),
    .executableTarget(name: "ReplayTap"),
    .executableTarget(name: "LineSink"),
  ]
)
