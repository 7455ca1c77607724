import ArgumentParser

enum LogFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}
