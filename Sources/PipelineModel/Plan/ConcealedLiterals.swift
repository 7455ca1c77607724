extension [ConfigEntry] {
  /// The same settings with `mark` in the place of every literal that may be a secret: below a key like `password`, or one by its
  /// looks (law 9). References to secrets stay.
  public func concealingLiterals(with mark: ConfigValue) -> [ConfigEntry] {
    map { ConfigEntry($0.key, $0.value.concealed(below: $0.key, isHidden: false, with: mark)) }
  }
}

extension ConfigValue {
  fileprivate func concealed(below key: String, isHidden: Bool, with mark: ConfigValue) -> ConfigValue {
    let isHidden = isHidden || namesSecret(key)
    switch self {
    case .secret, .null: return self
    case .bool, .int, .number: return isHidden ? mark : self
    case .string(let text): return isHidden || carriesSecret(text) ? mark : self
    case .array(let elements): return .array(elements.map { $0.concealed(below: "", isHidden: isHidden, with: mark) })
    case .object(let entries):
      return .object(
        entries.map { ConfigEntry($0.key, $0.value.concealed(below: $0.key, isHidden: isHidden, with: mark)) })
    }
  }
}
