import ManifestCompiler

/// What is refused in a commit, documented.
let gitDiagnostics = [
  DiagnosticEntry(
    .linkInCommit, "symbolic link in a commit",
    "A commit is read as it is, without a file system in which a link could lead somewhere. What it points at may lie outside the repository, and is never read.",
    command: commit("echo 'kind: Pipeline' > template\nln -s template orders.yaml")),
  DiagnosticEntry(
    .submodule, "submodule in a commit",
    "Another repository's content is not part of the commit, and is not fetched.",
    command: commit(
      """
      git init -q pipelines/shared
      git -C pipelines/shared -c user.name=Ann -c user.email=ann@example.com commit -qm first --allow-empty
      """, path: "pipelines")),
  DiagnosticEntry(
    .pathLeavesTree, "path that leaves the repository",
    "A path is followed from the root of the repository downwards. A commit may hold such names only if somebody made it with intent.",
    command: commit("echo 'kind: Pipeline' > orders.yaml", path: "../pipelines")),
  DiagnosticEntry(
    .nameNotUTF8, "file name in a commit that is not UTF-8",
    "A diagnostic, a report and a pipeline's record name files, and this one could not be named.",
    command: commit("echo 'kind: Pipeline' > $'caf\\xe9.yaml'")),
  DiagnosticEntry(
    .manifestTooLarge, "manifest in a commit that is too large", "A manifest in a repository has at most 8 MB.",
    command: commit("head -c 9000000 /dev/zero > orders.yaml")),
  DiagnosticEntry(
    .commitTooLarge, "manifests of a commit that are too large together",
    "All manifests below the path that is followed have at most 256 MB together.",
    command: commit("head -c 8000000 /dev/zero > 1.yaml\nfor i in $(seq 2 40); do ln 1.yaml $i.yaml; done")),
  DiagnosticEntry(
    .noSuchPathInCommit, "path that the commit does not have",
    "The folder may have been moved, or emptied: git keeps no empty folders. What was applied before stays as it is.",
    command: commit("mkdir -p jobs\necho 'kind: Pipeline' > jobs/orders.yaml", path: "pipelines")),
]

/// A command that makes a repository with one commit and reads it.
private func commit(_ making: String, path: String? = nil) -> String {
  """
  git init -q shop && cd shop
  git config user.name Ann && git config user.email ann@example.com
  \(making)
  git add . && git commit -qm 'Add manifests'
  pipectl validate --git .\(path.map { " --path \($0)" } ?? "")
  """
}
