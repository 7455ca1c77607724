#!/usr/bin/env bash
# Installs real Singer connectors, and the independent schema validator, for the tests.
#
# usage: scripts/install-singer.sh DIR [tap-postgres | target-jsonl | check-jsonschema]...
#
# Each goes into a virtual environment of its own, made once and kept, from the exact versions in scripts/python/<name>.txt (a
# changed list makes a new environment); none needs a compiler. The path of each executable is printed on stdout, one a line,
# in the order asked for; everything else is on stderr. Without names: tap-postgres and target-jsonl.
# DIR may be shared by several test runs: a lock lets one install, and a marker written last says that an environment is whole.
# (An environment contains its own absolute path, so it is built where it will stay, not renamed into place.)
set -euo pipefail

usage() {
  sed -n '2,10s/^# \{0,1\}//p' "$0" >&2
  exit 64
}

# The list of exact versions behind a name; its first entry is the program itself.
list_of() {
  local list=$lists/$1.txt
  if [[ $1 == */* || ! -e $list ]]; then
    echo "install-singer: no such program: $1" >&2
    usage
  fi
  echo "$list"
}

# Makes the environment `$1` from the list `$2`, with uv where there is one (seconds) and else with pip.
build_environment() {
  local environment=$1 list=$2
  if command -v uv >/dev/null; then
    uv venv --quiet "$environment" >&2
    uv pip install --quiet --no-deps --python "$environment/bin/python" --requirement "$list" >&2
  else
    python3 -m venv "$environment" >&2
    "$environment/bin/python" -m pip install --quiet --no-deps --no-input --disable-pip-version-check --requirement "$list" >&2
  fi
}

# Prints the path of the executable `$1`, installing it first unless it is there and whole.
install_program() {
  local name=$1 list environment marker
  list=$(list_of "$name")
  environment=$directory/$name-$(sha256sum <"$list" | cut -c 1-12)
  marker=$environment/.complete
  exec 9>"$directory/.$name.lock"
  flock 9
  if [[ ! -e $marker || ! -x $environment/bin/$name ]]; then
    echo "install-singer: installing $(sed -n '/^[^#]/{p;q}' "$list")" >&2
    rm -rf "$environment"
    build_environment "$environment" "$list" 9>&-
    if [[ ! -x $environment/bin/$name ]]; then
      echo "install-singer: $list brought no executable named $name" >&2
      exit 1
    fi
    : >"$marker"
  fi
  exec 9>&-
  echo "$environment/bin/$name"
}

[[ $# -ge 1 ]] || usage
lists=$(cd "$(dirname "$0")" && pwd -P)/python
mkdir -p "$1"
directory=$(cd "$1" && pwd -P)
shift
[[ $# -ge 1 ]] || set -- tap-postgres target-jsonl
for name in "$@"; do
  list_of "$name" >/dev/null
done
for name in "$@"; do
  install_program "$name"
done
