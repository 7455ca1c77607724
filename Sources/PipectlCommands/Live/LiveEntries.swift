import ManifestCompiler

/// What can be found wrong when connectors are looked at, documented.
let liveDiagnostics = DiagnosticChapter(
  "What `validate --live` finds",
  ofConnectors + ofStreams)

private let ofConnectors = [
  DiagnosticEntry(
    .unreadableSecret, "secret that cannot be read",
    "The variable is not set, or the file cannot be read, where pipectl was called. A run reads it in the same way.",
    command: table(config: "path: {fromEnv: NO_SUCH_VARIABLE}")),
  DiagnosticEntry(
    .missingProgram, "connector without a program",
    "A bare name is looked up on PATH. Install the connector, or give its absolute path.",
    command: tap(nil)),
  DiagnosticEntry(
    .unresponsiveProgram, "connector that does not run",
    "It is there, and ends by a signal before it can be asked anything. Call it by hand. Where a target merely fails at `--about` and `--help`, this is a warning.",
    command: tap("kill -SEGV $$")),
  DiagnosticEntry(
    .refusedSetting, "setting that the connector would refuse",
    "The connector describes its settings itself (`--about --format=json`): one is missing, of another type, or has none of the values that there are.",
    command: tap(#"echo '{"capabilities": ["discover"], "settings": {"required": ["host"]}}'"#)),
  DiagnosticEntry(
    .unknownSetting, "setting that the connector does not know",
    "A warning: its own description does not list it, so it is most likely misspelt and without effect.",
    command: tap(
      """
      case $1 in
        --about) echo '{"settings": {"properties": {"host": {"type": "string"}}}}' ;;
        --config) echo '{"streams": [{"stream": "orders"}]}' ;;
      esac
      """,
      config: "hots: db")),
  DiagnosticEntry(
    .unknownCatalogOption, "option for the catalog that the tap does not know",
    "Old taps take their catalog with `--properties`, new ones with `--catalog`.",
    command: tap(
      """
      case $1 in
        --about) exit 2 ;;
        --help) echo 'usage: tap-shop --config FILE [--properties FILE] [--discover]' ;;
        --config) echo '{"streams": [{"stream": "orders"}]}' ;;
      esac
      """)),
  DiagnosticEntry(
    .failedDiscovery, "source that cannot be asked what it offers",
    "The tap's discovery failed, took longer than `--timeout`, or printed no catalog. Its last words are shown.",
    command: tap("echo 'no route to host' >&2; exit 1")),
  DiagnosticEntry(
    .lookFailed, "connector that could not be looked at",
    "Its settings are written to a private folder for as long as the look goes on, and that could not be made.",
    command: "export TMPDIR=/proc\n" + table()),
]

private let ofStreams = [
  DiagnosticEntry(
    .noSuchStream, "stream that is not there", "Names and patterns are those that the source uses when it is asked.",
    command: table(streams: "{name: person}")),
  DiagnosticEntry(
    .noSuchField, "field that is not there",
    "The stream has no field of that name, so it can be no key and cannot be chosen.",
    command: table(streams: "{name: people, fields: [nam]}")),
  DiagnosticEntry(
    .unusableKey, "replication key that is missing or cannot be one",
    "An incremental stream needs a field that grows with every change. The manifest names it with `key`, or the source states one.",
    command: table(streams: "{name: people, replication: incremental}")),
  DiagnosticEntry(
    .unusableMethod, "way of replication that the source does not allow",
    "The source states how a stream is read, and allows no other way.",
    command: tap(
      #"echo '{"streams": [{"stream": "log", "metadata": [{"breadcrumb": [], "metadata": {"forced-replication-method": "FULL_TABLE"}}]}]}'"#,
      streams: "{name: log, replication: log-based}")),
  DiagnosticEntry(
    .unusableField, "field that cannot be chosen or left out",
    "Keys are always read, and some fields cannot be read at all; the source says which.",
    command: table(streams: "{name: people, fields: [\"!id\"]}")),
  DiagnosticEntry(
    .keylessStream, "incremental stream without a key",
    "A warning: the last rows of a run are read again by the next one, and nothing tells a destination that it has them.",
    command: table(keys: "[]", streams: "{name: people, replication: incremental, key: id}")),
]

/// A command that looks at a pipeline from a CSV file.
private func table(keys: String = "[id]", config: String = "path: people.csv", streams: String = "{name: people}")
  -> String
{
  """
  printf 'id,name\\n1,Ann\\n' > people.csv
  \(pipeline("{type: builtin, name: csv}", "keyProperties: \(keys), \(config)", streams))
  pipectl validate --live -f pipeline.yaml
  """
}

/// A command that looks at a pipeline from a script; without one, from a program that is not there.
private func tap(_ script: String?, config: String = "", streams: String = "{name: orders}") -> String {
  let program = script.map { "cat > tap-shop <<'END'\n#!/bin/sh\n\($0)\nEND\nchmod +x tap-shop\n" } ?? ""
  return program + pipeline("{type: singer, executable: tap-shop}", config, streams)
    + "\nPATH=$PWD:$PATH pipectl validate --live -f pipeline.yaml"
}

private func pipeline(_ connector: String, _ config: String, _ streams: String) -> String {
  """
  cat > pipeline.yaml <<'END'
  apiVersion: pipectl.dev/v1
  kind: Pipeline
  metadata: {name: orders}
  spec:
    source: {connector: \(connector), config: {\(config)}}
    destination: {connector: {type: builtin, name: sqlite}, config: {path: out.db}}
    streams: [\(streams)]
  END
  """
}
