#!/usr/bin/env python3
"""How the time of crossfoot grows with its input: the exponent k of t = c n^k, fitted to the last two sizes of each row
(start-up, measured with nothing to do, is taken off).

    python3 benches/growth.py --bin "$PWD/target/release/crossfoot" [--largest N] [--only NAME] [--most K]

`check`, `compare` and `--against` are given many short documents; `one file` and the rows below it one document of many
figures, of the shapes that set every figure against every other. An exponent of 1 is linear; n log n shows as 1.1.
With --most the exit status is 1 where an exponent is larger.
"""
import argparse
import math
import pathlib
import subprocess
import sys
import tempfile
import time

DOCUMENTS = (500, 5_000, 50_000)
FIGURES = (1_000, 10_000, 100_000)
TOWNS = ("Alder", "Birchen", "Cowden", "Dunmore", "Easby", "Farndale", "Glaston")


def short(n):
    """A document of three sentences and four figures, one of ten on one town."""
    town = f"{TOWNS[n % 7]}{n // 70}"
    return (f"# Flood in {town}\n\nThe flood in {town} drove {n % 900 + 100} families from their homes on Monday. "
            f"The council has set aside £{n % 40 + 3}m for repairs, and {n % 17 + 3} schools are shut. "
            f"The river stood at {n % 5 + 2} metres.\n")


SHAPES = {
    "one file": lambda n: short(n).split("\n\n")[1] + "\n",
    "one noun": lambda n: f"The fire burned {n % 8999 + 11} homes on Monday.\n\n",
    "one sentence": lambda n: f"{n % 8999 + 11} homes, ",
    "conversions": lambda n: f"The road is {n % 90 + 10} miles ({n % 90 * 8 // 5 + 16}km) long.\n\n",
    "currencies": lambda n: f"It costs ${n % 900 + 2} (£{n % 900 + 1}). ",
    "shares": lambda n: f"Some {n % 90 + 1}% of the voters chose party {n}, and {n % 7 + 3} of {n % 7 + 9} members left. ",
    "headings": lambda n: f"# Fire kills {n + 11} people\n\nFire killed {n + 13} people on Monday.\n\n",
    "bounds": lambda n: f"More than {n + 11} people were hurt in the fire on Monday.\n\n{n + 10} people were hurt.\n\n",
    "table": lambda n: f"| Town {n} | {n % 97} | {n % 89} |\n",
    "list": lambda n: f"- {n % 97} cars\n",
}


def timed(arguments):
    start = time.perf_counter()
    done = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    took = time.perf_counter() - start
    if done.returncode not in (0, 1, 2):
        sys.exit(f"{' '.join(arguments[:4])}: {done.stderr[:300]}")
    return took


def exponent(sizes, times):
    if len(sizes) < 2:
        return float("nan")
    (a, b), (s, t) = sizes[-2:], [max(t, 1e-3) for t in times[-2:]]
    return math.log(t / s) / math.log(b / a)


def rows(binary, folder, largest, only):
    """Each row's name, sizes and a function from a size to the arguments."""
    many = folder / "many"
    many.mkdir()
    written = 0

    def documents(count):
        nonlocal written
        for n in range(written, count):
            below = many / f"{n // 500:04}"
            below.mkdir(exist_ok=True)
            (below / f"{n:06}.md").write_text(short(n))
        written = max(written, count)
        return [str(many / f"{n:04}") for n in range(count // 500)]

    (folder / "draft.md").write_text(short(3) + short(44).split("\n\n")[1])
    sizes = [n for n in DOCUMENTS if n <= largest]
    json = ["--threads", "1", "--no-config", "--format", "json"]
    for name, arguments in (
        ("check", lambda n: [binary, "check", *json, *documents(n)]),
        ("compare", lambda n: [binary, "compare", *json, *documents(n)]),
        ("--against", lambda n: [binary, "check", *json, str(folder / "draft.md"),
                                *(f"--against={below}" for below in documents(n))]),
    ):
        if only in (None, name):
            yield name, sizes, arguments
    for name, shape in SHAPES.items():
        def one(n, name=name, shape=shape):
            file = folder / f"{name.replace(' ', '-')}-{n}.md"
            file.write_text("".join(map(shape, range(n))))
            return [binary, "check", *json, str(file)]
        if only in (None, name):
            yield name, [n for n in FIGURES if n <= largest], one


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bin", required=True)
    parser.add_argument("--largest", type=int, default=100_000)
    parser.add_argument("--only")
    parser.add_argument("--most", type=float)
    arguments = parser.parse_args()
    steep = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "empty.md").write_text("Nothing.\n")
        begin = min(timed([arguments.bin, "check", "--no-config", str(folder / "empty.md")]) for _ in range(3))
        print(f"start-up {begin * 1000:.0f} ms")
        for row, sizes, command in rows(arguments.bin, folder, arguments.largest, arguments.only):
            commands = [command(n) for n in sizes]
            times = [max(timed(c) - begin, 0) for c in commands]
            fitted = exponent(sizes, times)
            shown = "  ".join(f"{n:>7,}: {t:8.2f} s" for n, t in zip(sizes, times))
            print(f"{row:14} {shown}  exponent {fitted:.2f}", flush=True)
            if arguments.most is not None and fitted > arguments.most:
                steep.append(row)
    if steep:
        sys.exit(f"steeper than {arguments.most}: {', '.join(steep)}")


if __name__ == "__main__":
    main()
