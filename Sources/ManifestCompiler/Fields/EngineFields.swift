/// The spec of `kind: Engine`.
enum EngineFields {
  static let type = Field<String>.text("type", "What executes the jobs.", .any, .required, examples: ["local"])
  static let baseURL = Field<String>.text(
    "baseURL", "Where the engine's interface is.", .baseURL, examples: ["https://api.stitchdata.com"])
  static let credentials = Field<[CheckedEntry]>.table(
    "credentials", "References to the secrets that the engine's interface wants.", keys: .any,
    of: .object(SecretFields.set), examples: ["{token: {fromEnv: STITCH_TOKEN}}"])
  static let maxConcurrentRuns = Field<Int>.integer(
    "maxConcurrentRuns", "How many runs it executes at the same time.", 1...10_000, .defaulted(32), examples: ["10"])

  static let allowRemote = Field<Bool>.boolean(
    "allowRemote", "Whether an interface that asks nobody who calls may be on another machine.", .defaulted(false),
    examples: ["true"])
  static let continuous = Field<Bool>.boolean(
    "continuous", "Whether this instance has continuous jobs, of a type of engine whose instances differ in that.",
    .defaulted(false), examples: ["true"])

  static let set = FieldSet(
    "EngineSpec", [type, baseURL, credentials, maxConcurrentRuns, allowRemote, continuous])
}
