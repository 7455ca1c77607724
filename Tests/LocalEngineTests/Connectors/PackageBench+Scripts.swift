extension PackageBench {
  /// Stands in for `uv`: makes environments without pip, and unpacks wheels. What it finds beside `bin` tells it what else to do.
  static let installer = #"""
    import os, subprocess, sys, time, zipfile
    home = os.path.dirname(os.path.dirname(os.path.abspath(sys.argv[0])))
    def there(name): return os.path.exists(os.path.join(home, name))
    def note(name, text):
        with open(os.path.join(home, name), "a") as f: f.write(text + "\n")
    note("calls", " ".join(sys.argv[1:3]))
    note("environment", "\n".join(sorted("%s=%s" % pair for pair in os.environ.items())))
    if os.environ.get("UV_DEFAULT_INDEX") == "unusable":
        print("error: error sending request for url (https://unusable.example/simple/tap-made/)", flush=True)
        sys.exit(2)
    if sys.argv[1] == "venv":
        python, folder = sys.argv[sys.argv.index("--python") + 1], sys.argv[-1]
        sys.exit(subprocess.call([python, "-I", "-m", "venv", "--without-pip", folder]))
    requirement, python = sys.argv[-1], sys.argv[sys.argv.index("--python") + 1]
    folder = os.path.dirname(os.path.dirname(python))
    note(os.path.relpath(folder, home) + "/half", requirement)
    note("pids", str(os.getpid()))
    print("collecting " + requirement, flush=True)
    if there("gate"):
        note("waiting", str(os.getpid()))
        while there("gate"): time.sleep(0.01)
    if there("refusal"):
        sys.stderr.write(open(os.path.join(home, "refusal")).read())
        sys.exit(1)
    if " @ file://" not in requirement:
        sys.exit("No solution found: there is no version of " + requirement)
    wheel = requirement.split(" @ file://")[1]
    site = [os.path.join(root, "site-packages") for root, names, _ in os.walk(folder) if "site-packages" in names][0]
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
        points = [n for n in archive.namelist() if n.endswith("entry_points.txt")][0]
        lines = archive.read(points).decode().splitlines()
    module = os.path.basename(wheel).split("-")[0]
    for line in lines:
        if " = " not in line: continue
        name, function = line.split(" = ")
        program = os.path.join(folder, "bin", name)
        with open(program, "w") as f:
            f.write("#!%s\nimport sys\nfrom %s import %s\nsys.exit(%s())\n" % (python, *function.split(":"), function.split(":")[1]))
        os.chmod(program, 0o755)
    """#

  /// Makes a wheel whose programs are functions that run the given texts.
  static let wheelMaker = #"""
    import json, sys, zipfile
    about, programs = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
    info = about["module"] + "-1.0.dist-info/"
    names = sorted(programs)
    code = "".join("def run%d():\n    exec(compile(%r, 'program', 'exec'), {'__name__': 'program'})\n" % (i, programs[n]) for i, n in enumerate(names))
    with zipfile.ZipFile(about["file"], "w") as wheel:
        files = {
            about["module"] + ".py": code,
            info + "METADATA": "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n" % about["name"],
            info + "WHEEL": "Wheel-Version: 1.0\nGenerator: hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            info + "entry_points.txt": "[console_scripts]\n" + "".join("%s = %s:run%d\n" % (n, about["module"], i) for i, n in enumerate(names)),
        }
        for name, text in files.items(): wheel.writestr(name, text)
        wheel.writestr(info + "RECORD", "".join(name + ",,\n" for name in files) + info + "RECORD,,\n")
    """#

  /// The scripted tap, which says what it is when it is asked.
  static let tap = "import sys\nif '--help' in sys.argv: print('usage: tap-made'); sys.exit(0)\n" + Scripts.tap
}
