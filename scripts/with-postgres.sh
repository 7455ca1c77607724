#!/usr/bin/env bash
# Runs a command beside a private, filled PostgreSQL, and leaves nothing behind.
#
# usage: scripts/with-postgres.sh COMMAND [ARGUMENT]...
#
# A new cluster in a temporary folder listens on a free port of 127.0.0.1, no socket file; it ends with the command, and also
# when this script is killed. The command finds it by PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE (user and database `shop`, a
# random password), and its exit status is this script's. What it finds there:
#   pgbench_accounts and the other tables of pgbench   scale POSTGRES_PGBENCH_SCALE, default 1 (100,000 accounts); 0 for none
#   orders(id, customer_id, amount, note, updated_at)  POSTGRES_ORDERS rows, default 1000, a minute apart from 2026-01-01T00:00Z
#   customers(id, name, country)                       a tenth as many
set -euo pipefail

say() { echo "with-postgres: $*" >&2; }

if [[ $# -eq 0 ]]; then
  sed -n '2,12s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi

# The folder of the newest installed server; Debian keeps it off PATH.
server_folder() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
  if [[ -z $newest ]] && command -v pg_config >/dev/null; then newest=$(pg_config --bindir); fi
  if [[ ! -x $newest/initdb ]]; then
    say "PostgreSQL is not installed: run scripts/bootstrap.sh test"
    exit 1
  fi
  echo "$newest"
}

# A folder that the server's user can reach, also when TMPDIR is private to this one.
private_folder() {
  local folder
  folder=$(mktemp -d "${TMPDIR:-/tmp}/with-postgres.XXXXXX")
  if [[ -n $server_user ]] && ! { chown "$server_user" "$folder" && "${as_server_user[@]}" test -w "$folder"; } 2>/dev/null; then
    rmdir "$folder"
    folder=$(mktemp -d /tmp/with-postgres.XXXXXX)
    chown "$server_user" "$folder"
  fi
  echo "$folder"
}

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

random_password() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

create_cluster() {
  (umask 077 && printf '%s\n' "$PGPASSWORD" >"$folder/password")
  if [[ -n $server_user ]]; then chown "$server_user" "$folder/password"; fi
  (cd "$folder" && "${as_server_user[@]}" "$bin/initdb" --pgdata="$folder/data" --username="$PGUSER" --pwfile="$folder/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --no-sync) >"$folder/log" 2>&1
  rm "$folder/password"
}

# Newer minor versions (15.20 is one) name the plugins that may read the log; older ones do not know the setting, and refuse to start with it.
plugin_setting() {
  if [[ $("${as_server_user[@]}" "$bin/postgres" --describe-config) == *output_plugin_libraries* ]]; then
    echo "-c output_plugin_libraries=pgoutput,test_decoding,wal2json"
  fi
}

# Starts the server on port $PGPORT and waits until it answers; fails if it ends before that (a port taken meanwhile).
# It is told to stop by the kernel should this script die without a word. Without JIT, for compiling the catalog queries of
# SQLAlchemy takes seconds each.
start_server() {
  (cd "$folder" && exec "${as_server_user[@]}" setpriv --pdeathsig INT "$bin/postgres" -D "$folder/data" -p "$PGPORT" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c wal_level=logical -c max_replication_slots=20 \
    -c max_wal_senders=20 -c fsync=off -c jit=off -c log_min_messages=warning $(plugin_setting)
  ) >>"$folder/log" 2>&1 </dev/null &
  server=$!
  local deadline=$((SECONDS + 30))
  until "$bin/pg_isready" --quiet --timeout=1; do
    if ! kill -0 "$server" 2>/dev/null || ((SECONDS >= deadline)); then
      stop_server
      return 1
    fi
    sleep 0.05
  done
}

start_on_a_free_port() {
  local attempt
  for attempt in 1 2 3 4 5; do
    PGPORT=$(free_port)
    if start_server; then return; fi
    say "no answer on port $PGPORT (attempt $attempt)"
  done
  return 1
}

fill() {
  local scale=${POSTGRES_PGBENCH_SCALE:-1} orders=${POSTGRES_ORDERS:-1000}
  PGDATABASE=postgres "$bin/psql" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --command="CREATE DATABASE shop"
  if ((scale > 0)); then "$bin/pgbench" --initialize --quiet --scale="$scale"; fi
  "$bin/psql" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --set=orders="$orders" <<'SQL'
CREATE TABLE customers (id integer PRIMARY KEY, name text NOT NULL, country text);
CREATE TABLE orders (
  id integer PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers (id),
  amount numeric(12, 2) NOT NULL,
  note text,
  updated_at timestamptz NOT NULL
);
CREATE INDEX orders_by_updated_at ON orders (updated_at);
INSERT INTO customers
  SELECT n, 'Customer ' || n, (ARRAY['DE', 'FR', NULL, 'JP'])[1 + n % 4] FROM generate_series(1, greatest(1, :orders / 10)) AS n;
INSERT INTO orders
  SELECT n, 1 + n % greatest(1, :orders / 10), n * 1.25, CASE n % 3 WHEN 0 THEN 'späte Änderung, "quoted"' END,
    timestamptz '2026-01-01 00:00:00+00' + n * interval '1 minute'
  FROM generate_series(1, :orders) AS n;
SQL
}

stop_server() {
  if [[ -z $server ]]; then return; fi
  kill -INT "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=
}

# Ends the command, then the server, and removes the folder; the way out of everything.
finish() {
  local status=$?
  trap '' HUP INT TERM
  if [[ -n $command ]]; then
    kill -TERM "$command" 2>/dev/null || true
    wait "$command" 2>/dev/null || true
  fi
  stop_server
  if [[ $status -ne 0 && -z $started && -s $folder/log ]]; then tail -n 30 "$folder/log" >&2; fi
  rm -rf "$folder"
  exit "$status"
}

bin=$(server_folder)
# The server refuses to run as root, so root lends it a user; setpriv becomes the program, so that a signal reaches it.
server_user='' as_server_user=()
if [[ $(id -u) -eq 0 ]]; then
  server_user=$(id -un postgres 2>/dev/null || echo nobody)
  as_server_user=(setpriv --reuid "$server_user" --regid "$(id -g "$server_user")" --clear-groups)
fi
server='' command='' started=''
folder=$(private_folder)
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

unset PGSERVICE PGSERVICEFILE PGOPTIONS PGHOSTADDR PGSSLMODE PGPASSFILE
export PGHOST=127.0.0.1 PGPORT PGUSER=shop PGPASSWORD PGDATABASE=shop
PGPASSWORD=$(random_password)
create_cluster
start_on_a_free_port
fill >>"$folder/log" 2>&1
started=yes

# In the background, so that a signal to this script is answered at once.
"$@" <&0 &
command=$!
status=0
wait "$command" || status=$?
command=''
exit "$status"
