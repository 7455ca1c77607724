/// A tap and a target that do, step by step, what their configuration says.
enum Scripts {
  static let tap = #"""
    import json, os, signal, sys, time
    def option(name):
        return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None
    config = json.load(open(option("--config")))
    out = os.fdopen(1, "w", buffering=1, closefd=False)
    def dump(key):
        if config.get(key):
            with open(config[key], "a") as f:
                f.write("\0".join(sys.argv) + "\n" + "\0".join(k + "=" + v for k, v in os.environ.items()) + "\n")
                f.write("fds " + " ".join(sorted(os.readlink("/proc/self/fd/" + n) for n in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + n))) + "\n")
    def touch(path, text=""):
        with open(path + ".new", "w") as f: f.write(text)
        os.rename(path + ".new", path)
    if "--discover" in sys.argv:
        if config.get("discover_started"): touch(config["discover_started"])
        if config.get("discover_gate"):
            while not os.path.exists(config["discover_gate"]): time.sleep(0.01)
        sys.stderr.write("discovering\n")
        if config.get("discover_exit"): sys.exit(config["discover_exit"])
        names = config.get("streams", ["orders"])
        print(json.dumps({"streams": [{"tap_stream_id": n, "stream": n, "schema": {"type": "object", "properties": {"id": {"type": "integer"}}}, "metadata": [{"breadcrumb": [], "metadata": {"replication-method": "INCREMENTAL", "replication-key": "id"}}]} for n in names]}))
        sys.exit(0)
    dump("dump")
    state = json.load(open(option("--state"))) if option("--state") else {}
    if config.get("seen_state"):
        with open(config["seen_state"], "a") as f: f.write(json.dumps(state if option("--state") else None) + "\n")
    catalog = json.load(open(option("--catalog")))
    if config.get("seen_catalog"): touch(config["seen_catalog"], json.dumps(catalog))
    row = state.get("bookmarks", {}).get("orders", {}).get("id", 0)
    def write_state():
        out.write(json.dumps({"type": "STATE", "value": {"bookmarks": {"orders": {"id": row}}}}) + "\n"); out.flush()
    def on_term(number, frame):
        if config.get("on_term") == "state":
            os.write(1, (json.dumps({"type": "STATE", "value": {"bookmarks": {"orders": {"id": row}}}}) + "\n").encode()); os._exit(0)
        if config.get("on_term") == "half":
            os.write(1, b'{"type": "RECORD", "stream": "orders", "rec'); os._exit(0)
    if config.get("on_term") == "ignore": signal.signal(signal.SIGTERM, signal.SIG_IGN)
    elif config.get("on_term"): signal.signal(signal.SIGTERM, on_term)
    attempt = int(os.environ["PIPECTL_ATTEMPT"])
    out.write(json.dumps({"type": "SCHEMA", "stream": "orders", "schema": {}, "key_properties": ["id"]}) + "\n")
    for step in config.get("attempts", {}).get(str(attempt), config.get("steps", [])):
        name, value = step[0], step[1] if len(step) > 1 else None
        if name == "rows":
            for _ in range(value):
                row += 1
                out.write(json.dumps({"type": "RECORD", "stream": "orders", "record": {"id": row}}) + "\n")
                if len(step) > 2: time.sleep(step[2])
        elif name == "state": write_state()
        elif name == "raw": os.write(1, value.encode())
        elif name == "big":
            row += 1
            out.write(json.dumps({"type": "RECORD", "stream": "orders", "record": {"id": row, "text": "x" * value}}) + "\n")
        elif name == "stderr":
            for i in range(value): sys.stderr.write("line %d %s\n" % (i, "y" * 1000))
        elif name == "say": sys.stderr.write(value + "\n"); sys.stderr.flush()
        elif name == "touch": out.flush(); touch(value)
        elif name == "await":
            while not os.path.exists(value): time.sleep(0.01)
        elif name == "wait":
            while True: time.sleep(0.05)
        elif name == "exit": out.flush(); os._exit(value)
        elif name == "kill": out.flush(); os.kill(os.getpid(), value)
        elif name == "rewrite": touch(option("--config"), json.dumps(dict(config, token="new")))
        elif name == "escape":
            out.flush()
            if os.fork() == 0:
                os.setsid()
                if os.fork() != 0: os._exit(0)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                touch(value, str(os.getpid()))
                while True: time.sleep(1)
    out.flush()
    """#

  static let target = #"""
    import json, os, signal, sys, time
    config = json.load(open(sys.argv[sys.argv.index("--config") + 1]))
    if config.get("dump"):
        with open(config["dump"], "a") as f:
            f.write("\0".join(sys.argv) + "\n" + "\0".join(k + "=" + v for k, v in os.environ.items()) + "\n")
            f.write("fds " + " ".join(sorted(os.readlink("/proc/self/fd/" + n) for n in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + n))) + "\n")
    if config.get("on_term") == "ignore": signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if config.get("say"): sys.stderr.write(config["say"] + "\n"); sys.stderr.flush()
    rows, last, failing = 0, None, config.get("die_after")
    out = open(config["rows"], "a") if config.get("rows") else None
    def confirm(text):
        sys.stdout.write(text + "\n"); sys.stdout.flush()
    if config.get("gate"):
        while not os.path.exists(config["gate"]): time.sleep(0.01)
    for line in sys.stdin:
        message = json.loads(line)
        if message["type"] == "RECORD":
            rows += 1
            if out: out.write("%s\n" % message["record"].get("id")); out.flush()
            if config.get("delay"): time.sleep(config["delay"])
            if failing is not None and rows >= failing:
                sys.stderr.write("target gives up\n"); sys.stderr.flush(); os._exit(config.get("die_with", 7))
        elif message["type"] == "STATE" and not config.get("mute"):
            last = json.dumps(message["value"])
            if config.get("eager"): confirm(last)
    if config.get("noise"): confirm(config["noise"])
    if config.get("ignore_eof"):
        while True: time.sleep(0.05)
    if config.get("last_words"): sys.stdout.write(config["last_words"])
    if last is not None and not config.get("eager"): confirm(last)
    sys.exit(config.get("exit", 0))
    """#
}
