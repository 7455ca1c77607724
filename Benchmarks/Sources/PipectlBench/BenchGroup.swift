/// Figures that are taken together.
enum BenchGroup: String, CaseIterable {
  case compile, plan, apply, runs, commands, serve

  func take(_ bench: Workbench) throws -> [Figure] {
    switch self {
    case .compile: try CompileFigures(bench: bench).take()
    case .plan: try PlanFigures(bench: bench, terraform: .find()).take()
    case .apply: try ApplyFigure(bench: bench, terraform: .find()).take()
    case .runs: try RunFigures(bench: bench).take()
    case .commands: try CommandFigures(bench: bench).take()
    case .serve: try ServeFigures(bench: bench).take()
    }
  }
}
