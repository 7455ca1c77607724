/// Names as people give them over the years.
enum MixedNames {
  /// The first of them, then the same with a number; later ones have the names of the first again.
  static func name(_ number: Int) -> String {
    let round = number / all.count
    return all[number % all.count] + (round > 0 && round < 5 ? " \(round)" : "")
  }

  private static let all = [
    "Shop Prod", "shop-prod", "Größe & Maß", "Crème brûlée (EU)", "日本語のショップ", "Заказы", "🚚 Deliveries", "null", "4711",
    "  spaced   out  ", "---", "# not a comment", "key: value", "\"quoted\" 'twice'", "two\nlines", "${variable} $$",
    String(repeating: "A very long name of an integration ", count: 12), "ＦＵＬＬ ＷＩＤＴＨ", "ﬁligree", "Ĳsselmeer",
    "orders/2026", "orders.2026", "ORDERS 2026", "e\u{301}tude", "étude", "\u{202E}reversed", "tab\there", "Łódź",
    "true",
    "engine-stitch-eu",
  ]
}
