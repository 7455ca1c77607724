import ManifestSyntax

/// The manifest with a patch merged into its spec.
func patched(_ root: SyntaxNode, with patch: ChosenEnvironment.Patch) -> SyntaxNode {
  guard case .mapping(let entries) = root.content else { return root }
  let mended = entries.map { entry in
    entry.key == "spec"
      ? SyntaxEntry(key: entry.key, keyRange: entry.keyRange, value: merged(entry.value, patch.spec)) : entry
  }
  return SyntaxNode(range: root.range, content: .mapping(mended))
}

/// Mappings are merged key by key, null removes a key, all else is replaced; what a patch brings keeps its own place.
private func merged(_ base: SyntaxNode, _ patch: SyntaxNode) -> SyntaxNode {
  guard case .mapping(let entries) = patch.content, !patch.isSecretReference else { return patch }
  guard case .mapping(var result) = base.content, !base.isSecretReference else {
    return SyntaxNode(range: patch.range, content: .mapping(entries.compactMap(withoutNulls)))
  }
  for entry in entries {
    let place = result.firstIndex { $0.key == entry.key }
    if case .null = entry.value.content {
      if let place { result.remove(at: place) }
    } else if let place {
      let value = merged(result[place].value, entry.value)
      result[place] = SyntaxEntry(key: entry.key, keyRange: result[place].keyRange, value: value)
    } else {
      withoutNulls(entry).map { result.append($0) }
    }
  }
  return SyntaxNode(range: base.range, content: .mapping(result))
}

private func withoutNulls(_ entry: SyntaxEntry) -> SyntaxEntry? {
  switch entry.value.content {
  case .null: return nil
  case .mapping(let entries):
    let value = SyntaxNode(range: entry.value.range, content: .mapping(entries.compactMap(withoutNulls)))
    return SyntaxEntry(key: entry.key, keyRange: entry.keyRange, value: value)
  case .bool, .int, .float, .string, .sequence: return entry
  }
}

extension SyntaxNode {
  /// Whether it has the form of a reference to a secret, which is one value and not a mapping to merge.
  var isSecretReference: Bool {
    guard case .mapping(let entries) = content, entries.count == 1 else { return false }
    return SecretFields.set.keys.contains(entries[0].key)
  }
}
