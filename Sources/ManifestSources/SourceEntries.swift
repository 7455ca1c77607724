public import ManifestCompiler

/// What can be wrong with a `-f` argument or with a commit, documented.
public let sourceDiagnostics = DiagnosticChapter(
  "Files and folders",
  [
    DiagnosticEntry(
      .noSuchFile, "no such file or folder", "What `-f` names is not there, or a link below it leads nowhere.",
      command: "pipectl validate -f nowhere.yaml"),
    DiagnosticEntry(
      .unreadableFile, "file or folder that cannot be read",
      "It is there, and the system does not let it be read: its permissions, or links that lead to themselves.",
      command: "ln -s itself.yaml itself.yaml\npipectl validate -f itself.yaml"),
    DiagnosticEntry(
      .notAFile, "neither a file nor a folder", "Manifests are plain files. For a pipe, give `-`: standard input.",
      command: "pipectl validate -f /dev/null"),
    DiagnosticEntry(
      .noManifests, "folder without a manifest",
      "`-f` on a folder reads `*.yaml` and `*.yml` below it, and skips folders whose names begin with a dot. An empty folder is more likely a mistake than a wish.",
      command: "mkdir pipelines\npipectl validate -f pipelines"),
    DiagnosticEntry(
      .linkLeavesFolder, "link that leads out of its folder",
      "A folder stands for the files in it, and what it holds decides what may be pruned. Name the link's target with a `-f` of its own.",
      command:
        "mkdir pipelines\ntouch shared.yaml\nln -s ../shared.yaml pipelines/shared.yaml\npipectl validate -f pipelines"),
    DiagnosticEntry(
      .inputNamedTwice, "standard input named twice", "Standard input can be read once: give `-f -` once.",
      command: """
        echo '{apiVersion: pipectl.dev/v1, kind: Engine, metadata: {name: big}, spec: {type: local}}' |
          pipectl validate -f - -f -
        """),
  ] + gitDiagnostics)
