extension HevoAccount {
  /// An account as they grow over the years: every kind of schedule and state, and odd names.
  public static func mixed(_ count: Int) -> HevoAccount {
    HevoAccount(pipelines: (0..<max(0, count)).map { .mixed($0) })
  }
}

extension HevoPipelineState {
  fileprivate static func mixed(_ number: Int) -> HevoPipelineState {
    var pipeline = HevoPipelineState(id: 101 + number * 3, name: MixedNames.name(number))
    let frequencies: [Int?] = [60, 30, nil, 1440, 5, 1, 90, 2880]
    pipeline.frequency = frequencies[number % frequencies.count]
    let states = [
      "INITIALIZED", "ENABLED", "DISABLED", "INITIALIZED", "DISABLING", "INITIALIZE_FAILED", "ENABLED", "ENABLE_FAILED",
      "INITIALIZING", "DELETED", "RESTARTING", "MIGRATING", "DISABLED",
    ]
    pipeline.status = states[number % states.count]
    return pipeline
  }
}
