#!/usr/bin/env bash
# The first pipeline: two CSV files become two tables, with the embedded engine and the connectors that are part of pipectl.
# `make demo` builds and calls this. It begins anew each time, and leaves its state folder for you to look around in.
set -euo pipefail

cd "$(dirname "$0")/.."
export PIPECTL="${PIPECTL:-.build/debug/pipectl}"
export PIPECTL_STATE=.build/demo
example=examples/csv-to-sqlite
warehouse=$example/warehouse.sqlite

if [[ ! -x $PIPECTL ]]; then
  echo "demo: there is no $PIPECTL yet: run \`make demo\`, which builds it first" >&2
  exit 1
fi
rm -rf "$PIPECTL_STATE" "$warehouse"

if [[ -t 1 ]]; then bold=$'\e[1m' faint=$'\e[2m' plain=$'\e[0m'; else bold='' faint='' plain=''; fi

title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }

# Shows a command as one would type it, and runs it.
pipectl() {
  printf '%s$ pipectl %s%s\n' "$faint" "$*" "$plain"
  "$PIPECTL" "$@"
}

title "1. A manifest says what is wanted"
sed -n '/^apiVersion/,$p' "$example/pipeline.yaml"

title "2. It is checked"
pipectl validate -f "$example"

title "3. What would be done"
pipectl plan -f "$example"

title "4. It is done: a run reads the files and loads the rows"
pipectl apply -f "$example"

title "5. The rows have arrived"
python3 - "$warehouse" <<'PYTHON'
import sqlite3
import sys

database = sqlite3.connect(sys.argv[1])
for table in ("orders", "customers"):
    rows = database.execute(f"SELECT * FROM {table} ORDER BY id")
    names = [column[0] for column in rows.description if not column[0].startswith("_")]
    rows = rows.fetchall()
    print(f"{table}: {len(rows)} rows ({', '.join(names)})")
    for row in rows[:2]:
        print("  " + ", ".join(str(value) for value in row[: len(names)]))
PYTHON

title "6. Applied again, there is nothing to do: a request is acted on once"
pipectl apply -f "$example"

title "Now it is yours"
cat <<TRY
  export PIPECTL_STATE=$PIPECTL_STATE; alias pipectl=$PIPECTL

  pipectl start orders --wait       # once more: orders go on where they stopped
  pipectl describe orders           # what is known of it, and why it stands as it does
  pipectl get runs orders           # every run, with what it loaded
TRY
