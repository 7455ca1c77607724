/// Words that stand for a whole expression.
enum CronMacro {
  private static let expansions: [(name: String, expression: String)] = [
    ("@hourly", "0 * * * *"),
    ("@daily", "0 0 * * *"),
    ("@midnight", "0 0 * * *"),
    ("@weekly", "0 0 * * 0"),
    ("@monthly", "0 0 1 * *"),
    ("@yearly", "0 0 1 1 *"),
    ("@annually", "0 0 1 1 *"),
  ]

  static func expression(named name: String) -> String? {
    let wanted = name.lowercased()
    return expansions.first { $0.name == wanted }?.expression
  }

  static func unknown(_ token: CronToken) -> CronError {
    let nearest = Nearest.name(to: token.text, among: expansions.map(\.name))
    let kind = CronMistake.unknownMacro(token.quoted, nearest: nearest)
    if let nearest {
      return CronError(kind, at: token.range, help: CronHelp("did you mean `\(nearest)`?", replacement: nearest))
    }
    let text =
      token.text.lowercased() == "@every"
      ? "write `every: 30m` in place of `cron:` for a fixed interval"
      : "known are @hourly, @daily, @weekly, @monthly and @yearly"
    return CronError(kind, at: token.range, help: CronHelp(text))
  }
}
