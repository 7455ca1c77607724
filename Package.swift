// swift-tools-version: 6.2
import PackageDescription

/// Every target is built alike: Swift 6, explicit existentials, imports that do not leak, and no warning left standing.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  // Types are made with the conformances that the compiler knows, where otherwise the running program searches all 14,000 of its own for each.
  .unsafeFlags(
    ["-Xfrontend", "-disable-concrete-type-metadata-mangled-name-accessors"], .when(configuration: .release)),
]

/// A target of the house. What it may import is what it depends on here; `scripts/check-imports.py` holds every import line to it.
func house(_ name: String, imports dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(of name: String, imports dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name + "Tests",
    dependencies: [.target(name: name)] + dependencies,
    resources: resources,
    swiftSettings: strict
  )
}

/// Swift's own libraries inside the program: it starts in two thirds of the time, every run starts it twice, and it needs no Swift where it
/// runs. The libraries named here are those that Foundation's archives need and do not name themselves.
let swiftInside: [LinkerSetting] =
  [.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux]))]
  + ["CoreFoundation", "_FoundationICU", "_FoundationCShims", "_FoundationCollections"].map { name in
    .linkedLibrary(name, .when(platforms: [.linux]))
  }

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let orderedCollections = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let hummingbird: [Target.Dependency] = [
  .product(name: "Hummingbird", package: "hummingbird"), .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOPosix", package: "swift-nio"), .product(name: "Logging", package: "swift-log"),
]
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let tls = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let httpClient: [Target.Dependency] = [
  .product(name: "AsyncHTTPClient", package: "async-http-client"), .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
  tls,
]
let httpServer: [Target.Dependency] = [
  .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
]

let package = Package(
  name: "pipectl",
  products: [.executable(name: "pipectl", targets: ["pipectl"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    // C: the system's libyaml, and what Swift cannot import from glibc.
    .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CPosix"),

    // Vocabulary.
    house("PipelineModel"),
    house("Diagnostics"),

    // Pure core.
    house("ManifestSyntax", imports: ["Diagnostics", "CLibYAML"]),
    house("Scheduling", imports: ["PipelineModel"]),
    house("ManifestCompiler", imports: ["ManifestSyntax", "Scheduling", "PipelineModel", "Diagnostics"]),
    house("Reconciler", imports: ["Scheduling", "PipelineModel"]),

    // Ports.
    house("EngineAPI", imports: ["PipelineModel"]),
    house("StoreAPI", imports: ["PipelineModel"]),

    // Adapters.
    house("SingerProtocol"),
    house("BuiltinConnectors", imports: ["SingerProtocol", grdb]),
    house("LocalEngine", imports: ["EngineAPI", "PipelineModel", "SingerProtocol", "CPosix"]),
    house("SQLiteStore", imports: ["StoreAPI", "EngineAPI", "PipelineModel", grdb]),
    house("EngineHTTP", imports: ["EngineAPI", "PipelineModel"] + httpClient),
    house("StitchEngine", imports: ["EngineHTTP", "EngineAPI", "PipelineModel"]),
    house("HevoEngine", imports: ["EngineHTTP", "EngineAPI", "PipelineModel"]),
    house("RelationalMigratorEngine", imports: ["EngineHTTP", "EngineAPI", "PipelineModel"]),

    // Sources, loop.
    house(
      "ManifestSources", imports: ["ManifestCompiler", "ManifestSyntax", "Diagnostics", "PipelineModel", "CPosix"]),
    house("ControlLoop", imports: ["Reconciler", "EngineAPI", "StoreAPI", "PipelineModel", heap, orderedCollections]),

    // Surfaces: the controller's face, and how commands speak to it.
    house("ControlAPI", imports: ["PipelineModel"]),
    house(
      "ControlServer",
      imports: ["ControlAPI", "ControlLoop", "Reconciler", "EngineAPI", "StoreAPI", "PipelineModel"] + hummingbird
    ),

    // Composition and the one executable.
    house(
      "PipectlCommands",
      imports: [
        "PipelineModel", "Diagnostics", "ManifestSyntax", "Scheduling", "ManifestCompiler", "Reconciler", "EngineAPI",
        "StoreAPI",
        "SingerProtocol", "BuiltinConnectors", "LocalEngine", "SQLiteStore", "ManifestSources", "ControlLoop", "CPosix",
        "ControlAPI", "ControlServer", "EngineHTTP", "StitchEngine",
        "HevoEngine", "RelationalMigratorEngine", argumentParser,
      ]
    ),
    .executableTarget(
      name: "pipectl", dependencies: ["PipectlCommands"], swiftSettings: strict, linkerSettings: swiftInside),

    // Proof: ordinary targets, used by the tests.
    house("SeededRandom"),
    // Services' documented behaviour, bad habits included, for tests and for whoever has no account.
    house("ContractServers", imports: ["PipelineModel"] + httpServer),
    .executableTarget(
      name: "contract-server", dependencies: ["ContractServers", "PipelineModel", argumentParser], swiftSettings: strict
    ),
    house(
      "Simulation",
      imports: ["ControlLoop", "Reconciler", "Scheduling", "EngineAPI", "StoreAPI", "PipelineModel", "SeededRandom"]
    ),
    .executableTarget(
      name: "simulate", dependencies: ["Simulation"], swiftSettings: strict, linkerSettings: swiftInside),

    // One suite for all engines: the services that it scripts, and who drives an engine through the real loop and store.
    house(
      "EngineConformance",
      imports: [
        "ControlLoop", "Reconciler", "SQLiteStore", "LocalEngine", "StitchEngine", "HevoEngine",
        "RelationalMigratorEngine", "EngineHTTP", "ContractServers", "EngineAPI", "StoreAPI", "PipelineModel",
      ]
    ),

    tests(of: "PipelineModel"),
    tests(of: "Diagnostics"),
    tests(of: "ManifestSyntax", imports: ["Diagnostics", "SeededRandom"]),
    tests(of: "Scheduling", imports: ["PipelineModel", "SeededRandom"], resources: [.copy("Fixtures")]),
    tests(
      of: "ManifestCompiler",
      imports: ["ManifestSyntax", "Scheduling", "PipelineModel", "Diagnostics", "SeededRandom"],
      resources: [.copy("Fixtures")]
    ),
    tests(of: "Reconciler", imports: ["Scheduling", "PipelineModel", "SeededRandom"]),
    tests(of: "SingerProtocol", imports: ["SeededRandom"]),
    tests(of: "BuiltinConnectors", imports: ["SingerProtocol", "SeededRandom", grdb]),
    tests(of: "LocalEngine", imports: ["EngineAPI", "PipelineModel", "SingerProtocol", "SeededRandom", "CPosix"]),
    tests(of: "EngineHTTP", imports: ["ContractServers", "EngineAPI", "PipelineModel"] + httpServer + [tls]),
    tests(of: "StitchEngine", imports: ["EngineHTTP", "ContractServers", "EngineAPI", "PipelineModel"]),
    tests(of: "HevoEngine", imports: ["EngineHTTP", "ContractServers", "EngineAPI", "PipelineModel"]),
    tests(of: "RelationalMigratorEngine", imports: ["EngineHTTP", "ContractServers", "EngineAPI", "PipelineModel"]),
    tests(of: "SQLiteStore", imports: ["StoreAPI", "EngineAPI", "PipelineModel", "Simulation", grdb]),
    tests(of: "ManifestSources", imports: ["ManifestCompiler", "ManifestSyntax", "Diagnostics", "PipelineModel"]),
    tests(of: "ControlLoop", imports: ["Reconciler", "EngineAPI", "StoreAPI", "PipelineModel", "Simulation"]),
    tests(of: "ControlAPI", imports: ["PipelineModel"]),
    tests(
      of: "ControlServer",
      imports: [
        "ControlAPI", "ControlLoop", "Reconciler", "EngineAPI", "StoreAPI", "PipelineModel", "Simulation",
      ]
    ),
    tests(
      of: "Simulation",
      imports: ["ControlLoop", "Reconciler", "Scheduling", "EngineAPI", "StoreAPI", "PipelineModel"]
    ),
    tests(
      of: "EngineConformance",
      imports: ["ControlLoop", "Reconciler", "SQLiteStore", "EngineAPI", "StoreAPI", "PipelineModel", "SeededRandom"]),
    tests(
      of: "PipectlCommands",
      imports: [
        "PipelineModel", "Diagnostics", "ManifestCompiler", "ManifestSources", "Reconciler", "LocalEngine",
        "SQLiteStore", "ContractServers", "ControlLoop", "ControlAPI", grdb, argumentParser,
      ],
      resources: [.copy("Transcripts"), .copy("StoredStates")]
    ),
    // The built program from outside, with real databases, connectors and kills.
    .testTarget(name: "EndToEndTests", dependencies: [grdb], swiftSettings: strict),
  ]
)
