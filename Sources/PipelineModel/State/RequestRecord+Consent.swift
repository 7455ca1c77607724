extension RequestRecord {
  /// What it may come to, and nobody has agreed to; sorted.
  ///
  /// - Parameter allowed: what the pipeline's manifest agrees to in advance.
  public func missing(_ allowed: [AllowedEffect]) -> [Consent] {
    job.action.consents.filter { consent in
      !agreed.contains(consent) && !(consent.allowed.map(allowed.contains) ?? false)
    }
  }
}

extension Consent {
  /// What a manifest can say about it; a cancel can only be agreed to by a person.
  public var allowed: AllowedEffect? {
    switch self {
    case .cancel: nil
    case .rewrite: .rewrite
    case .delete: .delete
    }
  }
}
