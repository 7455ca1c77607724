import Foundation

/// A value with its unit, as the table shows it.
struct Quantity: CustomStringConvertible {
  let value: Double
  private let unit: Unit

  private enum Unit {
    case times, seconds, bytes, percent
  }

  static func times(_ value: Double) -> Quantity { Quantity(value: value, unit: .times) }
  static func seconds(_ value: Double) -> Quantity { Quantity(value: value, unit: .seconds) }
  static func bytes(_ value: Int) -> Quantity { Quantity(value: Double(value), unit: .bytes) }
  /// - Parameter share: of one.
  static func percent(_ share: Double) -> Quantity { Quantity(value: share, unit: .percent) }
  static func megabytes(_ value: Double) -> Quantity { Quantity(value: value * 1e6, unit: .bytes) }

  var description: String {
    switch unit {
    case .times: String(format: value < 20 ? "%.2f ×" : "%.0f ×", value)
    case .percent: String(format: "%.2f %%", value * 100)
    case .bytes: String(format: "%.0f MB", value / 1e6)
    case .seconds where abs(value) < 1: String(format: abs(value) < 0.1 ? "%.1f ms" : "%.0f ms", value * 1000)
    case .seconds: String(format: "%.2f s", value)
    }
  }
}
