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
      files, environment: environment, knownZones: Set(knownZoneNames()), settingCheck: problems,
      keepsOrigins: keepsOrigins
    ) {
      [UInt8](FileHandle.standardInput.readDataToEndOfFile())
    }
  }

  /// The manifests as a desired state; mistakes are printed and end the command, warnings are printed.
  func desiredState(_ terminal: Terminal) throws(CommandEnd) -> DesiredState {
    let loaded = load()
    terminal.show(loaded)
    if loaded.hasErrors {
      let verdict = Verdict.failed("the manifests have mistakes, and nothing was done")
      throw CommandEnd(verdict, mistakes: DiagnosticReport(loaded.diagnostics))
    }
    let pipelines = loaded.compilation.pipelines
    return DesiredState(pipelines: pipelines, sourceSets: loaded.sourceSets, zones: zoneTable(for: pipelines))
  }
}

extension Terminal {
  /// Prints what is wrong with manifests.
  func show(_ loaded: LoadedManifests) {
    guard !loaded.diagnostics.isEmpty else { return }
    say(renderText(loaded.diagnostics, sources: loaded.sources, color: hasColour))
  }
}
