/// What the machine and the state folder need, each found or not.
struct DoctorView: Codable {
  var apiVersion = "pipectl.dev/v1"
  var kind = "Checkup"
  var checks: [Check]

  struct Check: Codable, Hashable {
    var name: String
    var status: Status
    var message: String
    /// How to mend it.
    var help: String?
  }

  enum Status: String, Codable {
    case ok
    /// Worth knowing; everything works.
    case warning
    case broken
  }

  var broken: [Check] { checks.filter { $0.status == .broken } }

  func text(paint: Paint) -> String {
    let width = checks.map(\.name.count).max() ?? 0
    return checks.flatMap { check in
      let name = check.name + String(repeating: " ", count: width - check.name.count)
      let help = check.help.map { [String(repeating: " ", count: width + 11) + paint.faint($0)] } ?? []
      return ["\(check.status.label(paint))  \(name)  \(check.message)"] + help
    }.joined(separator: "\n") + "\n"
  }
}

extension DoctorView.Status {
  fileprivate func label(_ paint: Paint) -> String {
    switch self {
    case .ok: paint.added("ok     ")
    case .warning: paint.warning("warning")
    case .broken: paint.alarm("BROKEN ")
    }
  }
}
