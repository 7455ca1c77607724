import ControlLoop
import Diagnostics
import Foundation
import ManifestCompiler
import ManifestSources
import PipelineModel

extension ManifestOptions {
  /// Reads and compiles the manifests.
  func load(keepsOrigins: Bool = false) -> LoadedManifests {
    loadAndCompile(
      files, environment: environment, knownZones: knownZoneNames(), capabilities: capabilitiesByType,
      settingCheck: problems,
      keepsOrigins: keepsOrigins
    ) {
      [UInt8](FileHandle.standardInput.readDataToEndOfFile())
    }
  }

  /// How manifests are compiled, wherever they come from.
  var settings: CompileSettings { ManifestOptions.settings(for: environment) }

  static func settings(for environment: String?) -> CompileSettings {
    CompileSettings(
      environment: environment, knownZones: knownZoneNames(), capabilities: capabilitiesByType,
      settingCheck: problems)
  }

  /// The manifests as a desired state; mistakes are printed and end the command, warnings are printed.
  ///
  /// - Parameter document: what standard output is for, where it is for a document.
  func desiredState(
    _ terminal: Terminal, mistakes format: MistakeFormat = .human, beside document: DocumentForm? = nil
  ) throws(CommandEnd) -> DesiredState {
    try compiled(terminal, mistakes: format, beside: document).desired
  }

  /// The desired state, and what there is to say of the manifests.
  ///
  /// - Parameter isShown: whether warnings are printed at once; mistakes are in any case.
  func compiled(
    _ terminal: Terminal, mistakes format: MistakeFormat, beside document: DocumentForm?, isShown: Bool = true
  ) throws(CommandEnd) -> (desired: DesiredState, mistakes: Mistakes) {
    let loaded = load()
    let mistakes = Mistakes(loaded, of: self)
    if isShown || loaded.hasErrors { try terminal.show(mistakes, as: format, beside: document) }
    if loaded.hasErrors {
      throw CommandEnd(.failed("the manifests have mistakes, and nothing was done"), mistakes: mistakes)
    }
    let pipelines = loaded.compilation.pipelines
    let zones = zoneTable(for: pipelines)
    return (DesiredState(pipelines: pipelines, sourceSets: loaded.sourceSets, zones: zones), mistakes)
  }
}
