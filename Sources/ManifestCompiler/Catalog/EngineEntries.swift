extension DiagnosticCatalog {
  static let engines: [DiagnosticEntry] = [
    DiagnosticEntry(
      .unavailableEngine, "engine that is not available", "The type is known, and not part of this version.",
      .manifest(.engine, "  type: airbyte\n#       ^^^^^^^ PC0401", name: "far")),
    DiagnosticEntry(
      .unknownEngineType, "unknown type of engine", "`local` runs jobs on this machine.",
      .manifest(.engine, "  type: lokal\n#       ^^^^^ PC0402", name: "big")),
    DiagnosticEntry(
      .remoteOnLocalEngine, "remote definition on this machine",
      "`remote` refers to what an engine holds itself; this machine needs a source and a destination.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          remote: {id: "4711"}
        # ^^^^^^ PC0403
        """)),
    DiagnosticEntry(
      .unsupportedMode, "mode that the engine does not have",
      "Engines differ in what they can be asked for. (`acme` stands for such an engine.)",
      .init(remote("  mode: continuous\n#       ^^^^^^^^^^ PC0405"))),
    DiagnosticEntry(
      .completeNeedsContinuous, "complete without a continuous run",
      "Only a continuous run has an end that can be asked for. `cancel` ends the run of any mode.",
      .pipeline("  job: {request: end-1, action: complete}\n#                               ^^^^^^^^ PC0406")),
    DiagnosticEntry(
      .cannotComplete, "complete on an engine that cannot",
      "The engine has no way to end a job well. (`acme` stands for such an engine.)",
      .init(remote("  job: {request: end-1, action: complete}\n#                               ^^^^^^^^ PC0407"))),
    DiagnosticEntry(
      .cannotDropDestination, "destination that cannot be dropped",
      "Only built-in destinations can be dropped before a run. Empty others yourself.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          source: {connector: {type: builtin, name: csv}, config: {path: in}}
          destination: {connector: {type: singer, executable: target-postgres}}
          job: {request: again-1, action: start, dropDestinationFirst: true}
        #                                        ^^^^^^^^^^^^^^^^^^^^ PC0408
        """)),
    DiagnosticEntry(
      .engineOwnsSchedule, "setting of schedules on an engine that keeps its own",
      "Its runs start there, so nothing here can hold them to it. (`acme` stands for such an engine.)",
      .init(remote("  schedule: {every: 1h, overlap: queue}\n#                       ^^^^^^^ PC0409"))),
    DiagnosticEntry(
      .connectorSetting, "setting of a built-in connector",
      "A built-in connector knows its settings: one that it does not have, one of another type and one that is missing would end every run.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Destination
        metadata: {name: warehouse}
        spec:
          connector: {type: builtin, name: sqlite}
          config:
            path: warehouse.db
            batchRow: 500
        #   ^^^^^^^^ PC0410
        """)),
    DiagnosticEntry(
      .undeclaredCapability, "capability that a command does not declare",
      "pipectl cannot know what a program can do, so a command declares it: modes, `complete`, `dropDestinationFirst`. Nothing else is asked of it.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          command: {argv: [dbt, build], capabilities: {modes: [incremental]}}
          job: {request: again-1, action: start, mode: historical}
        #                                              ^^^^^^^^^^ PC0411
        """)),
    DiagnosticEntry(
      .commandOnOtherEngine, "command on an engine that runs none",
      "Commands run on this machine. (`acme` stands for another engine.)",
      .init(
        remote("  schedule: {every: 1h}", work: "command: {argv: [dbt, build]}\n# ^^^^^^^ PC0412"))),
    DiagnosticEntry(
      .incapableConnector, "what a connector cannot do",
      "The connector is part of pipectl, or its manifest states under `capabilities` what it cannot do. What is not stated is allowed.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          source:
            connector: {type: singer, executable: tap-shop, capabilities: {logBased: false}}
          destination: {connector: {type: builtin, name: sqlite}, config: {path: out.db}}
          streams:
            - {name: orders, replication: log-based}
        #                                 ^^^^^^^^^ PC0413
        """)),
    DiagnosticEntry(
      .unkeepableSchedule, "schedule that the engine cannot keep",
      "An engine that keeps its own schedules has only some. (`acme` stands for such an engine.)",
      .init(remote("  schedule: {every: 45m}\n#                   ^^^ PC0414"))),
    DiagnosticEntry(
      .unknownCredential, "credential that the engine does not take",
      "Each type of engine names the credentials that its interface wants. (`acme` stands for such an engine.)",
      .manifest(
        .engine,
        "  type: acme\n  baseURL: https://api.example.com\n  credentials:\n    token: {fromEnv: ACME_TOKEN}\n    password: {fromEnv: ACME_PASSWORD}\n#             ^^^^^^^^^^^^^^^^^^^^^^^^ PC0415",
        name: "far")),
    DiagnosticEntry(
      .secondLocalEngine, "another name for this machine",
      "This machine is one engine, `local`, with one `maxConcurrentRuns` for all that it runs. An Engine of that name sets it, and no service can have that name.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Engine
        metadata: {name: small}
        spec: {type: local, maxConcurrentRuns: 1}
        ---
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          engine: small
        #         ^^^^^ PC0416
          command: {argv: [dbt, build]}
        """)),
    DiagnosticEntry(
      .startWhilePaused, "start of a paused pipeline",
      "Where pausing turns a pipeline off, nothing starts in it. (`acme` stands for such an engine.)",
      .init(
        remote(
          "  paused: true\n  job: {request: again-1, action: start}\n#                                 ^^^^^ PC0421"))),
    DiagnosticEntry(
      .pauseLeavesRun, "pause that is to end a run",
      "Only engines that turn a pipeline off can end its run with that. Elsewhere a pause holds back what would start, and nothing else.",
      .pipeline("  paused: {cancelRun: true}\n#          ^^^^^^^^^ PC0422")),
    DiagnosticEntry(
      .unselectableStreams, "streams of an engine that takes no selection",
      "Some engines let pipectl select the streams of what they hold, and others only select them themselves. (`acme` stands for such an engine.)",
      .init(
        remote(
          "  schedule: {every: 1h}",
          work: "remote: {id: \"4711\", streams: [{name: orders}]}\n#                      ^^^^^^^ PC0430"))),
    DiagnosticEntry(
      .notOnDemand, "job action for an object that takes none",
      "Engines hold objects whose jobs only they start; `remote.capabilities` says which.",
      .init(
        remote(
          "  job: {request: now-1, action: start}\n#                               ^^^^^ PC0431",
          work: "remote: {id: \"4711\", capabilities: {start: false}}"))),
    DiagnosticEntry(
      .sharedObject, "two pipelines of one object",
      "What an engine holds follows one pipeline: two would change it back and forth. Engines of different names may have the same ids. (`acme` stands for such an engine.)",
      .init(
        remote("---")
          + """

          apiVersion: pipectl.dev/v1
          kind: Pipeline
          metadata: {name: refunds}
          spec:
            engine: far
            remote: {id: "4711"}
          #              ^^^^^^ PC0432
          """)),
    DiagnosticEntry(
      .unguardedAddress, "interface on another machine that asks nobody who calls",
      "Whoever reaches it controls it, and reads what is sent to it, passwords included. (`mover` stands for such an engine.)",
      .manifest(
        .engine,
        "  type: mover\n  baseURL: https://mover.example.com\n#          ^^^^^^^^^^^^^^^^^^^^^^^^^ PC0440", name: "far")
    ),
    DiagnosticEntry(
      .misplacedMigration, "migration in the wrong place",
      "Some engines run migrations and nothing else, and the others run none. (`mover` stands for one of the former.)",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Engine
        metadata: {name: near}
        spec: {type: mover, baseURL: "http://127.0.0.1:8278"}
        ---
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          engine: near
          remote: {id: "4711"}
        # ^^^^^^ PC0441
        """)),
    DiagnosticEntry(
      .tooManyRuns, "several runs at a time on an engine that runs one",
      "Pipelines on it run one after the other. (`mover` stands for such an engine.)",
      .manifest(
        .engine,
        "  type: mover\n  baseURL: http://127.0.0.1:8278\n  maxConcurrentRuns: 2\n#                    ^ PC0442",
        name: "near")),
  ]

  /// A pipeline on a remote engine.
  private static func remote(_ lines: String, work: String = "remote: {id: \"4711\"}") -> String {
    """
    apiVersion: pipectl.dev/v1
    kind: Engine
    metadata: {name: far}
    spec: {type: acme, baseURL: "https://api.example.com", credentials: {token: {fromEnv: ACME_TOKEN}}}
    ---
    apiVersion: pipectl.dev/v1
    kind: Pipeline
    metadata: {name: orders}
    spec:
      engine: far
      \(work)
    \(lines)
    """
  }
}
