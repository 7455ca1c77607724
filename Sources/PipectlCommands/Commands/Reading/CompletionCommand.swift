import ArgumentParser

struct CompletionCommand: VerdictCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion", abstract: "Print a completion script for a shell.",
    discussion: """
      bash: pipectl completion bash > ~/.local/share/bash-completion/completions/pipectl
      zsh: pipectl completion zsh > "${fpath[1]}/_pipectl"
      fish: pipectl completion fish > ~/.config/fish/completions/pipectl.fish

      Names of pipelines are completed from the state folder.
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var completion: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "bash, zsh or fish.")
  var shell: Shell
  @OptionGroup var global: GlobalOptions

  func verdict() async throws -> Verdict {
    global.terminal.data(Pipectl.completionScript(for: shell.completion))
    return .done()
  }
}
