import Foundation
import Glibc

/// Terraform with its built-in resource that does nothing; where it is not installed, what it took elsewhere.
enum Terraform {
  case installed(path: String)
  /// Version 1.11.4 on two cores; 23 to 35 s and 38 to 60 s, by how busy the machine was.
  case recorded

  static let recordedPlan = 23.4
  static let recordedApply = 37.8

  static func find() -> Terraform {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let programs = folders.map { folder in "\(folder)/terraform" }
    guard let path = programs.first(where: { access($0, X_OK) == 0 }) else { return .recorded }
    return .installed(path: path)
  }

  func name(_ verb: String, _ count: Int) -> String {
    switch self {
    case .installed: "terraform \(verb), \(count) terraform_data"
    case .recorded: "terraform \(verb), recorded elsewhere"
    }
  }
}

/// A folder with so many `terraform_data` resources.
struct TerraformFolder {
  let bench: Workbench
  let terraform: String
  let name: String

  init(_ name: String, resources count: Int, terraform: String, bench: Workbench) throws {
    self.bench = bench
    self.terraform = terraform
    self.name = name
    try bench.emptyFolder(name)
    let resources = (1...count).map { "resource \"terraform_data\" \"shop_\($0)\" {\n  input = \"shop-\($0)\"\n}\n" }
    try bench.write(resources.joined(separator: "\n"), to: "\(name)/main.tf")
    _ = try program("init", "-input=false").measure()
  }

  func program(_ arguments: String...) -> Program {
    Program(
      arguments: [terraform, "-chdir=\(name)"] + arguments,
      environment: ["CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"])
  }

  /// Writes the state that an apply would leave: applying 10,000 takes Terraform more than ten minutes.
  func writeState(resources count: Int) throws {
    let resources = (1...count).map { number in
      """
      {"mode": "managed", "type": "terraform_data", "name": "shop_\(number)",
       "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
       "instances": [{"schema_version": 0, "sensitive_attributes": [], "attributes": {
         "id": "00000000-0000-0000-0000-\(String(format: "%012d", number))",
         "input": {"value": "shop-\(number)", "type": "string"}, "output": {"value": "shop-\(number)", "type": "string"},
         "triggers_replace": null}}]}
      """
    }
    try bench.write(
      """
      {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "00000000-0000-0000-0000-000000000000",
       "outputs": {}, "check_results": null, "resources": [\(resources.joined(separator: ",\n"))]}
      """, to: "\(name)/terraform.tfstate")
  }
}
