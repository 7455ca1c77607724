extension DiagnosticCatalog {
  static let values: [DiagnosticEntry] = [
    DiagnosticEntry(
      .wrongType, "value of another type",
      "Nothing is converted from one type to another: a number in quotes is a text.",
      .pipeline("  retry: {attempts: \"3\"}\n#                   ^^^ PC0101")),
    DiagnosticEntry(
      .booleanWord, "yes, no, on, off", "In YAML 1.2 these are texts. Write `true` or `false`.",
      .pipeline("  paused: yes\n#         ^^^ PC0102")),
    DiagnosticEntry(
      .nullValue, "null without a meaning",
      "Null means something only for `schedule` and `job`: explicitly none. Elsewhere leave the key out to have its default.",
      .pipeline("  mode: null\n#       ^^^^ PC0103")),
    DiagnosticEntry(
      .invalidDuration, "not a duration", "A duration is a whole number and a unit: `250ms`, `90s`, `15m`, `2h`, `1d`.",
      .pipeline("  schedule: {every: 30}\n#                   ^^ PC0104")),
    DiagnosticEntry(
      .outOfBounds, "outside the bounds", "The field has bounds; `pipectl explain` shows them.",
      .pipeline("  retry: {attempts: 0}\n#                   ^ PC0105")),
    DiagnosticEntry(
      .invalidInstant, "not an instant",
      "An instant is written as RFC 3339 with its zone, `2026-12-01T08:00:00Z`; a bare date is midnight UTC.",
      .pipeline("  paused: {until: tomorrow}\n#                 ^^^^^^^^ PC0106")),
    DiagnosticEntry(
      .invalidCron, "not a cron expression", "Five fields: minute, hour, day of month, month, day of week.",
      .pipeline("  schedule: {cron: \"0 25 * * *\"}\n#                     ^^ PC0107")),
    DiagnosticEntry(
      .unknownTimeZone, "unknown time zone", "Zones have IANA names, such as `Europe/Berlin`; they are case-sensitive.",
      .pipeline(
        "  schedule: {cron: \"0 6 * * *\", timeZone: Europe/Berlni}\n#                                         ^^^^^^^^^^^^^ PC0108"
      )),
    DiagnosticEntry(
      .unknownWord, "unknown word", "The field knows a closed list of words.",
      .pipeline("  mode: incrementel\n#       ^^^^^^^^^^^ PC0109")),
    DiagnosticEntry(
      .invalidName, "not a name",
      "Names are part of run ids, files and process titles: at most 63 of a-z, 0-9 and `-`, with a letter or digit at both ends.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Engine
        metadata: {name: Big_Machine}
        #                ^^^^^^^^^^^ PC0110
        spec: {type: local}
        """)),
    DiagnosticEntry(
      .emptyValue, "empty value",
      "An empty text or list is most often a forgotten one. Leave the key out to have its default.",
      .pipeline("  streams: []\n#          ^^ PC0111")),
    DiagnosticEntry(
      .invalidExecutable, "not an executable",
      "Programs run without a shell, and not relative to a folder: give an absolute path, or a bare name to be found on PATH. With `package`, only a bare name.",
      .manifest(
        .source,
        "  connector: {type: singer, executable: ./tap-postgres}\n#                                       ^^^^^^^^^^^^^^ PC0112"
      )),
    DiagnosticEntry(
      .invalidRequirement, "not a package requirement",
      "The name of a Python package with its version, `name==1.2.3`, or with its place, `name @ https://…`. Options of an installer, environment markers and passwords cannot stand here.",
      .manifest(
        .source,
        "  connector: {type: singer, package: \"--index-url=https://mirror.example tap-postgres\"}\n#                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PC0113"
      )),
    DiagnosticEntry(
      .unpinnedPackage, "package without a version",
      "Where several versions fit, two machines, or two days, may run two different programs: pin one with `==`, a commit, or the hash of a file. A warning.",
      .manifest(
        .source,
        "  connector: {type: singer, package: tap-postgres}\n#                                    ^^^^^^^^^^^^ PC0114")),
    DiagnosticEntry(
      .unknownBuiltin, "unknown built-in connector",
      "`csv` reads; `jsonl` and `sqlite` write. All others are programs of type `singer`.",
      .manifest(.source, "  connector: {type: builtin, name: cvs}\n#                                  ^^^ PC0115")),
    DiagnosticEntry(
      .literalSecret, "secret written out",
      "Whoever reads the manifest, and its history, reads the secret. Refer to it, and change it. A warning; the value is never shown.",
      .manifest(
        .source,
        """
          connector: {type: singer, executable: tap-postgres}
          config: {password: hunter2}
        #                    ^^^^^^^ PC0116
        """)),
    DiagnosticEntry(
      .invalidSecretReference, "not a reference to a secret", "A reference has one key: `fromEnv` or `fromFile`.",
      .manifest(
        .source,
        """
          connector: {type: singer, executable: tap-postgres}
          config: {password: {fromEnv: DB_PASSWORD, default: x}}
        #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ PC0117
        """)),
    DiagnosticEntry(
      .invalidText, "text that breaks a rule", "The field takes only certain texts; the message says which.",
      .pipeline("  job: {request: new run, action: start}\n#                ^^^^^^^ PC0118")),
    DiagnosticEntry(
      .duplicateItem, "the same thing twice", "Only the first of two would count, or both would mean the same.",
      .pipeline("  streams: [{name: users}, {name: users}]\n#                                 ^^^^^ PC0119")),
    DiagnosticEntry(
      .wrongEnd, "connector at the wrong end", "`csv` only reads; `jsonl` and `sqlite` only write.",
      .manifest(.source, "  connector: {type: builtin, name: sqlite}\n#                                  ^^^^^^ PC0120")
    ),
    DiagnosticEntry(
      .secretInArguments, "secret among a program's arguments",
      "Everyone on the machine can read the arguments of every program. Give it the secret by a variable under `env`.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          command: {argv: [psql, -c, CHECKPOINT, {fromEnv: SHOP_DB_URL}]}
        #                                        ^^^^^^^^^^^^^^^^^^^^^^ PC0121
        """)),
  ]
}
