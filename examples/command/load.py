"""Copies orders from a CSV file into a table of a SQLite database: the whole job of the pipeline beside this file.

usage: load.py CSV DATABASE

It declares three things to pipectl, and this is where it keeps its word:
  mode incremental      only orders that are newer than the newest in the table
  mode historical       every order again
  dropDestinationFirst  the table is emptied first
"""

import csv
import os
import sqlite3
import sys


def main(source, destination):
    mode = os.environ.get("PIPECTL_MODE", "incremental")
    database = sqlite3.connect(destination)
    # One transaction: a run that is cut off in the middle, by SIGTERM or a power failure, leaves nothing half done.
    with database:
        database.execute(
            "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, status TEXT, amount TEXT, updated_at TEXT)"
        )
        if os.environ.get("PIPECTL_DROP_DESTINATION_FIRST") == "true":
            database.execute("DELETE FROM orders")
            print("the table was emptied first")
        since = ""
        if mode == "incremental":
            since = database.execute("SELECT coalesce(max(updated_at), '') FROM orders").fetchone()[0]
        with open(source, newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["updated_at"] > since]
        database.executemany(
            "INSERT OR REPLACE INTO orders VALUES (:id, :status, :amount, :updated_at)", rows
        )
    print(f"{len(rows)} orders written" + (f", all after {since}" if since else ""))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
