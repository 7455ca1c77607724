extension DiagnosticCatalog {
  static let structure: [DiagnosticEntry] = [
    DiagnosticEntry(
      .unknownKey, "unknown key", "A key that is not known would be silently without effect, so it is refused.",
      .pipeline("  schedul: {every: 30m}\n# ^^^^^^^ PC0201")),
    DiagnosticEntry(
      .missingKey, "missing key", "The key has no default, so it must be there.",
      .pipeline("  job: {request: backfill-1}\n#      ^^^^^^^^^^^^^^^^^^^^^ PC0202")),
    DiagnosticEntry(
      .conflictingKeys, "keys that exclude each other", "Each of them says the whole; only one can be meant.",
      .pipeline("  schedule: {cron: \"0 6 * * *\", every: 1h}\n#                               ^^^^^ PC0203")),
    DiagnosticEntry(
      .meaninglessKey, "key without a meaning here", "Beside the other keys it has no effect, and would promise one.",
      .pipeline(
        "  job: {request: stop-1, action: cancel, mode: snapshot}\n#                                        ^^^^ PC0204"
      )),
    DiagnosticEntry(
      .unsupportedAPIVersion, "unknown version", "This version reads `pipectl.dev/v1`.",
      .init(
        "apiVersion: pipectl.dev/v2\n#           ^^^^^^^^^^^^^^ PC0205\nkind: Engine\nmetadata: {name: big}\nspec: {type: local}"
      )),
    DiagnosticEntry(
      .unknownKind, "unknown kind", "The kinds are Pipeline, Source, Destination, Engine and Environment.",
      .init(
        "apiVersion: pipectl.dev/v1\nkind: Pipline\n#     ^^^^^^^ PC0206\nmetadata: {name: orders}\nspec: {}")),
    DiagnosticEntry(
      .duplicateName, "two manifests with one name",
      "Names are unique among the manifests of a kind that are given together.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Engine
        metadata: {name: big}
        spec: {type: local}
        ---
        apiVersion: pipectl.dev/v1
        kind: Engine
        metadata: {name: big}
        #                ^^^ PC0207
        spec: {type: local}
        """)),
  ]
}
