#!/usr/bin/env bash
# Installs what is missing on this machine for a role; silent when nothing is.
#
# usage: scripts/bootstrap.sh demo | test
#
# Packages come from apt-get: as root, or through sudo if it asks for no password. Otherwise this prints the one line to run and
# exits 1. Swift itself is yours to install; its version is checked.
set -euo pipefail

say() { echo "bootstrap: $*" >&2; }

oldest_swift=6.2

# Whether version $1 is at least version $2.
at_least() { printf '%s\n%s\n' "$2" "$1" | sort --version-sort --check=quiet; }

check_swift() {
  local version
  if ! command -v swift >/dev/null; then
    say "Swift $oldest_swift or newer is needed, and no swift is on PATH; install it from https://www.swift.org/install/linux/"
    exit 1
  fi
  version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p')
  if [[ -z $version ]] || ! at_least "$version" "$oldest_swift"; then
    say "Swift $oldest_swift or newer is needed, and this is ${version:-unknown}; install one from https://www.swift.org/install/linux/"
    exit 1
  fi
}

# Each `has_…` asks for what is used, not for a package: whoever installed it another way is not bothered.
has_python() { command -v python3 >/dev/null; }
has_venv() { has_python && python3 -c 'import ensurepip, venv' 2>/dev/null; }
has_library() { command -v pkg-config >/dev/null && pkg-config --exists "$1"; }
has_zones() { [[ -e /usr/share/zoneinfo/Europe/Berlin ]]; }
has_headers() { python3 -c 'import os, sysconfig; raise SystemExit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))'; }
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; }

# The major version of the newest server here.
postgres_version() {
  local initdb
  initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort --version-sort | tail -n 1) || initdb=initdb
  "$initdb" --version | sed -n 's/.* \([0-9][0-9]*\)\..*/\1/p'
}
has_wal2json() {
  compgen -G "/usr/lib/postgresql/$(postgres_version)/lib/wal2json.so" >/dev/null ||
    [[ -e $(pg_config --pkglibdir)/wal2json.so ]]
}

missing=()
# needs PACKAGE CHECK…: notes the package unless the check succeeds.
needs() {
  local package=$1
  shift
  if ! "$@"; then missing+=("$package"); fi
}

list_missing() {
  needs git command -v git >/dev/null
  needs pkg-config command -v pkg-config >/dev/null
  needs libyaml-dev has_library yaml-0.1
  needs libsqlite3-dev has_library sqlite3
  needs python3 has_python
  needs python3-venv has_venv
  needs tzdata has_zones
  if [[ $1 == test ]]; then
    needs postgresql has_postgres
    # For connectors that have no wheel for this Python and are built when they are installed.
    needs gcc command -v gcc >/dev/null
    needs python3-dev has_headers
    needs libpq-dev command -v pg_config >/dev/null
  fi
}

install_missing() {
  local as_root=()
  if ! command -v apt-get >/dev/null; then
    say "please install what Debian calls: ${missing[*]}"
    exit 1
  fi
  if [[ $(id -u) -ne 0 ]]; then
    if ! sudo -n true 2>/dev/null; then
      say "some packages are missing, and installing them needs root; please run:"
      echo "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ${missing[*]}'" >&2
      exit 1
    fi
    as_root=(sudo -n)
  fi
  say "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
}

role=${1:-}
if [[ $# -ne 1 || ($role != demo && $role != test) ]]; then
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi

check_swift
list_missing "$role"
if [[ ${#missing[@]} -gt 0 ]]; then
  install_missing
  missing=()
  hash -r
  list_missing "$role"
  if [[ ${#missing[@]} -gt 0 ]]; then
    say "still missing after the installation: ${missing[*]}"
    exit 1
  fi
fi
# Only a test of the shipped unit wants it.
if [[ $role == test ]] && ! command -v systemd-analyze >/dev/null; then
  missing=(systemd)
  (install_missing) || say "without systemd, the test of its unit is skipped"
fi
# Named after the version of the server, so it comes last; not every machine has it.
if [[ $role == test ]] && ! has_wal2json; then
  missing=("postgresql-$(postgres_version)-wal2json")
  (install_missing) || say "without ${missing[*]}, the test that follows a database's log is skipped"
fi
