/// Keeps a value until the process ends, for what is large and needed to the last: taking it apart would take longer than leaving it
/// to the system.
func keepToTheEnd<Value>(_ value: Value) {
  _ = Unmanaged.passRetained(Kept(value))
}

private final class Kept<Value> {
  let value: Value

  init(_ value: Value) {
    self.value = value
  }
}
