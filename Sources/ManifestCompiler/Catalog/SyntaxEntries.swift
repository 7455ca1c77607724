import ManifestSyntax

extension DiagnosticCatalog {
  static let syntax: [DiagnosticEntry] = [
    DiagnosticEntry(
      .invalidUTF8, "not UTF-8", "A manifest is UTF-8. Save the file as UTF-8, or remove the byte.",
      "name: caf⟨E9⟩\n#        ^ PC0001"),
    DiagnosticEntry(
      .unsupportedEncoding, "UTF-16 or UTF-32", "A manifest is UTF-8; the file has another encoding. Save it as UTF-8.",
      "⟨FF⟩⟨FE⟩k⟨00⟩\n#! PC0002"),
    DiagnosticEntry(
      .nulCharacter, "NUL character",
      "A NUL ends texts in many programs that a value is handed to. Remove it, or its escape.",
      "reason: \"a\\0b\"\n#       ^^^^^^ PC0003"),
    DiagnosticEntry(
      .controlCharacter, "control character", "Control characters cannot be seen and may steer a terminal. Remove it.",
      "reason: a⟨07⟩b\n#        ^ PC0004"),
    DiagnosticEntry(
      .duplicateKey, "duplicate key", "Readers of YAML disagree on which of two equal keys counts, so neither does.",
      "paused: true\nretry: {attempts: 3}\npaused: false\n#< PC0005"),
    DiagnosticEntry(
      .mergeKey, "merge key", "`<<` belongs to YAML 1.1. Write the keys out, or use an Environment's patches.",
      "limits:\n  <<: {runTimeout: 2h}\n# ^^ PC0006"),
    DiagnosticEntry(
      .tag, "tag",
      "Tags make values of foreign types. Every field has its type already: remove the tag, and quote what is a text.",
      "port: !!int \"5432\"\n#     ^ PC0007"),
    DiagnosticEntry(
      .undefinedAlias, "undefined alias", "An alias repeats a value that has an anchor before it in the same document.",
      "limits: *common\n#       ^^^^^^^ PC0008"),
    DiagnosticEntry(
      .recursiveAlias, "recursive alias", "An alias inside the value that it names would never end.",
      "config: &all {copy: *all}\n#                   ^^^^ PC0009"),
    DiagnosticEntry(
      .expansionTooLarge, "aliases expand too far",
      "Aliases of aliases can make a small file larger than any memory, so there is a bound on what they add. Here it is 64 bytes.",
      .init(
        "a: &a [1, 2, 3, 4]\nb: [*a, *a]\n#   ^^ PC0010", bounds: bounds { $0.expansion = 64 })),
    DiagnosticEntry(
      .nestingTooDeep, "nested too deeply", "Values are nested in each other only so far. Here the bound is 3.",
      .init("a: {b: {c: [1]}}\n#          ^ PC0011", bounds: bounds { $0.depth = 3 })),
    DiagnosticEntry(
      .scalarTooLong, "text too long",
      "One text has a bound; keep large texts in files of their own. Here the bound is 20 bytes.",
      .init(
        "reason: more than twenty bytes\n#       ^^^^^^^^^^^^^^^^^^^^^^ PC0012", bounds: bounds { $0.scalarLength = 20 }
      )),
    DiagnosticEntry(
      .fileTooLarge, "file too large", "A file has a bound: it is read into memory whole. Here it is 20 bytes.",
      .init("reason: more than twenty bytes\n#! PC0013", bounds: bounds { $0.fileSize = 20 })),
    DiagnosticEntry(
      .emptyFile, "no document", "A file without a document is most often a mistake in a template or a path.",
      "# nothing but this comment\n#! PC0014"),
    DiagnosticEntry(
      .emptyDocument, "empty document", "Between two `---` stands nothing. Remove one of them.",
      "---\n#< PC0015\n---\nkind: Pipeline"),
    DiagnosticEntry(
      .keyNotString, "key that is not a text", "Keys are texts. Quote it.",
      "config: {5432: port}\n#        ^^^^ PC0016"),
    DiagnosticEntry(
      .complexKey, "list or mapping as a key", "Keys are texts. A template such as `{{ name }}` needs quotes.",
      "name: {{ name }}\n#      ^ PC0017"),
    DiagnosticEntry(
      .directive, "directive", "Only `%YAML 1.2` may stand before a document.",
      "%YAML 1.1\n#< PC0018\n---\nkind: Pipeline"),
    DiagnosticEntry(
      .integerOutOfRange, "integer too large", "Integers have 64 bits. Quote it if a text is meant.",
      "account: 9223372036854775808\n#        ^^^^^^^^^^^^^^^^^^^ PC0019"),
    DiagnosticEntry(
      .nonFiniteNumber, "number that is not finite",
      "Infinity and not-a-number mean nothing in any field, and have no form in JSON.",
      "ratio: .inf\n#      ^^^^ PC0020"),
    DiagnosticEntry(
      .leadingZero, "integer with a leading zero",
      "It is octal to readers of YAML 1.1 and decimal to those of YAML 1.2. Drop the zero, write `0o`, or quote it.",
      "mode: 0644\n#     ^^^^ PC0021"),
    DiagnosticEntry(
      .tabIndentation, "tab in the indentation", "YAML is indented with spaces.",
      "spec:\n⟨09⟩engine: local\n#< PC0022"),
    DiagnosticEntry(
      .invisibleCharacter, "invisible character",
      "Characters that cannot be seen, or that turn the direction of a line, make a manifest mean something else than it shows.",
      "reason: a⟨E2⟩⟨80⟩⟨8B⟩b\n#        ^ PC0023"),
    DiagnosticEntry(
      .syntaxError, "not YAML", "The text breaks the grammar of YAML at this place.",
      "schedule: every: 30m\n#              ^ PC0024"),
    DiagnosticEntry(
      .tooManyProblems, "too many mistakes",
      "Only so many mistakes of a file are shown; mend these first. Here the bound is 1.",
      .init("a: 0777\n#  ^^^^ PC0021\nb: 0888\n#! PC0025", bounds: bounds { $0.diagnostics = 1 })),
  ]

  private static func bounds(_ change: (inout SyntaxBounds) -> Void) -> SyntaxBounds {
    var bounds = SyntaxBounds.standard
    change(&bounds)
    return bounds
  }
}
