/// How a line of a connector's log begins.
enum LogLevel: String {
  case info = "INFO"
  case warning = "WARNING"
  case critical = "CRITICAL"
}
