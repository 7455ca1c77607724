extension DiagnosticCatalog {
  static let references: [DiagnosticEntry] = [
    DiagnosticEntry(
      .unresolvedReference, "name without a manifest",
      "References are resolved among the manifests that are given together.",
      .pipeline("  engine: big\n#         ^^^ PC0301")),
    DiagnosticEntry(
      .wrongKindReference, "name of another kind",
      "The name belongs to a manifest of another kind than the one wanted here.",
      .init(
        """
        apiVersion: pipectl.dev/v1
        kind: Pipeline
        metadata: {name: orders}
        spec:
          source: warehouse
        #         ^^^^^^^^^ PC0302
          destination: warehouse
        ---

        """
          + Example.text(
            .destination, "warehouse", "  connector: {type: builtin, name: sqlite}\n  config: {path: out.db}"))),
    DiagnosticEntry(
      .unknownEnvironment, "unknown environment", "`--env` names an Environment among the manifests given.",
      .pipeline(
        "#! PC0303", environment: "production", more: Example.text(.environment, "staging", "  variables: {region: eu}")
      )),
    DiagnosticEntry(
      .unsetVariable, "variable without a value", "Variables are set by the Environment that `--env` chooses.",
      .environment(
        "  variables: {engine_name: local}", pipeline: "  engine: \"${engine}\"\n#          ^^^^^^^^^ PC0304")),
    DiagnosticEntry(
      .malformedVariable, "not a variable", "`${name}` has letters, digits and `_`. Write `$$` for a dollar sign.",
      .environment(
        "  variables: {region: eu}", pipeline: "  engine: \"big-${my region}\"\n#              ^^^^^^^^^^^^ PC0305")),
    DiagnosticEntry(
      .idlePatch, "patch without a target", "No manifest has the kind and the name that the patch asks for. A warning.",
      .environment(
        """
          patches:
            - {target: {kind: Pipeline, name: "invoices*"}, spec: {paused: true}}
        #                                     ^^^^^^^^^^^ PC0306
        """, pipeline: "  paused: false")),
    DiagnosticEntry(
      .secretInText, "secret within a text",
      "A secret is never put into another text. Let the variable be the whole value.",
      .environment(
        "  variables: {token: {fromEnv: API_TOKEN}}",
        pipeline:
          "  job: {request: first, action: start, reason: \"with ${token}\"}\n#                                                    ^^^^^^^^ PC0307"
      )),
  ]

  private typealias Example = DiagnosticEntry.Example
}
