#!/usr/bin/env python3
"""Times crossfoot beside what else a user would pick, on the same files in one run, and prints the ratios.

    python3 -m venv peers && peers/bin/pip install quantulum3 recognizers-text-suite "emoji<2" typos vale
    python3 benches/peers.py --bin "$PWD/target/release/crossfoot" --venv peers [FILE...]

Without files, the drafts of `fixtures/` are repeated until they are 50 kB (`--size`). A peer that is not installed is left out. The
extractors (quantulum3, Recognizers-Text) are compared with `crossfoot extract`, the prose linters (typos, vale) with
`crossfoot check`; all run on one thread, and the best of three runs counts, start-up and all. quantulum3 and
Recognizers-Text are given paragraph by paragraph what crossfoot is given as files, in one process.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent

READ = """
import pathlib, sys
for name in sys.argv[1:]:
    for paragraph in pathlib.Path(name).read_text().split("\\n\\n"):
        read(paragraph)
"""
QUANTULUM = "from quantulum3.parser import parse as read\n" + READ
RECOGNIZERS = """
import recognizers_suite as suite
def read(text):
    for recognize in (suite.recognize_number, suite.recognize_percentage, suite.recognize_currency,
                      suite.recognize_dimension, suite.recognize_temperature, suite.recognize_age):
        recognize(text, "en-us")
""" + READ
VALE = "StylesPath = styles\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Vale\n"


def repeated(folder, wanted):
    """The fixtures' drafts under other names, until there is enough."""
    drafts = sorted((ROOT / "fixtures").glob("*/draft.md"))
    files, size = [], 0
    while size < wanted:
        draft = drafts[len(files) % len(drafts)]
        file = folder / f"{len(files):04}.md"
        file.write_text(draft.read_text())
        files.append(str(file))
        size += file.stat().st_size
    return files


def best(arguments, folder):
    """The best of three runs in seconds; none where it cannot run."""
    times = []
    environment = {**os.environ, "RAYON_NUM_THREADS": "1", "GOMAXPROCS": "1"}
    for _ in range(3):
        start = time.perf_counter()
        try:
            done = subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True)
        except OSError:
            return None
        times.append(time.perf_counter() - start)
        if done.returncode not in (0, 1, 2) or "Traceback" in done.stderr:
            print(f"{pathlib.Path(arguments[0]).name}: {done.stderr.strip()[-200:]}", file=sys.stderr)
            return None
        # Those that take minutes are not in need of a second look.
        if times[0] > 60:
            break
    return min(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--venv", required=True, type=pathlib.Path)
    parser.add_argument("--size", type=int, default=50_000, help="bytes")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    binaries = arguments.venv.resolve() / "bin"
    python = str(binaries / "python")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / ".vale.ini").write_text(VALE)
        (folder / "styles").mkdir()
        files = [str(pathlib.Path(f).resolve()) for f in arguments.files] or repeated(folder, arguments.size)
        size = sum(os.path.getsize(f) for f in files)
        print(f"{len(files)} files, {size:,} bytes")
        groups = {
            "extractors": {
                "crossfoot extract": [arguments.bin, "extract", "--format", "json", "--threads", "1", *files],
                "quantulum3": [python, "-c", QUANTULUM, *files],
                "Recognizers-Text": [python, "-c", RECOGNIZERS, *files],
            },
            "prose linters": {
                "crossfoot check": [arguments.bin, "check", "--no-config", "--threads", "1", *files],
                "typos": [str(binaries / "typos"), "--threads", "1", *files],
                "vale": [str(binaries / "vale"), "--no-exit", *files],
            },
        }
        for group, peers in groups.items():
            print(f"\n{group:20} {'seconds':>9} {'MB/s':>8}   time beside crossfoot's")
            own = None
            for peer, command in peers.items():
                took = best(command, folder)
                if took is None:
                    print(f"{peer:20} not installed, or did not run")
                    continue
                own = own or took
                print(f"{peer:20} {took:9.2f} {size / took / 1e6:8.2f}   {took / own:.2f}", flush=True)


if __name__ == "__main__":
    main()
