public import Diagnostics

/// What is wrong with the bytes of a file or with its YAML.
extension DiagnosticCode {
  /// The bytes are not UTF-8.
  public static let invalidUTF8 = DiagnosticCode("PC0001")
  /// The file is UTF-16 or UTF-32.
  public static let unsupportedEncoding = DiagnosticCode("PC0002")
  /// A NUL, in the text or through an escape.
  public static let nulCharacter = DiagnosticCode("PC0003")
  /// A control character other than tab and line breaks.
  public static let controlCharacter = DiagnosticCode("PC0004")
  /// A key that its mapping has already.
  public static let duplicateKey = DiagnosticCode("PC0005")
  /// The YAML 1.1 merge key `<<`.
  public static let mergeKey = DiagnosticCode("PC0006")
  /// A tag such as `!!str` or `!secret`.
  public static let tag = DiagnosticCode("PC0007")
  /// An alias whose anchor does not stand before it in the same document.
  public static let undefinedAlias = DiagnosticCode("PC0008")
  /// An alias inside the very value that it names.
  public static let recursiveAlias = DiagnosticCode("PC0009")
  /// Aliases that expand to more than the bound.
  public static let expansionTooLarge = DiagnosticCode("PC0010")
  /// Values nested deeper than the bound.
  public static let nestingTooDeep = DiagnosticCode("PC0011")
  /// One text longer than the bound.
  public static let scalarTooLong = DiagnosticCode("PC0012")
  /// A file larger than the bound.
  public static let fileTooLarge = DiagnosticCode("PC0013")
  /// A file in which no document stands.
  public static let emptyFile = DiagnosticCode("PC0014")
  /// A document with nothing in it, before another one.
  public static let emptyDocument = DiagnosticCode("PC0015")
  /// A key that is a number, a boolean or null.
  public static let keyNotString = DiagnosticCode("PC0016")
  /// A key that is a list, a mapping or an alias.
  public static let complexKey = DiagnosticCode("PC0017")
  /// A `%` directive other than `%YAML 1.2`.
  public static let directive = DiagnosticCode("PC0018")
  /// An integer that does not fit 64 bits.
  public static let integerOutOfRange = DiagnosticCode("PC0019")
  /// Infinity, not-a-number, or a number too large to hold.
  public static let nonFiniteNumber = DiagnosticCode("PC0020")
  /// An integer that starts with a zero, octal to some readers and decimal to others.
  public static let leadingZero = DiagnosticCode("PC0021")
  /// A tab where the indentation is.
  public static let tabIndentation = DiagnosticCode("PC0022")
  /// A character that cannot be seen, or changes the order in which others are shown.
  public static let invisibleCharacter = DiagnosticCode("PC0023")
  /// Anything else that is not YAML.
  public static let syntaxError = DiagnosticCode("PC0024")
  /// More mistakes in a file than are shown.
  public static let tooManyProblems = DiagnosticCode("PC0025")
}
