#!/usr/bin/env python3
"""Reads real feeds and IPTC's samples through crossfoot, whole and corrupted; nothing of theirs is kept in this repository.

    cargo build --release
    python3 benches/doors.py [--iptc FOLDER]... [--feeds N] [--seeds N] [--bin target/release/crossfoot]

The feeds are those of the test suites of four packages, at fixed versions and sums: the crates rss, atom_syndication and
feed-rs, which cargo fetches, and feedparser's source distribution, which pip does. All are read whole. Of N of them (24,
spread over the crates' feeds), and of every file under FOLDER, so many corrupted copies are read too, cut off or with
bytes changed; seed by seed they are the same on every run. FOLDER is a checkout of github.com/iptc/newsinjson or
github.com/iptc/newsml-g2, or a folder of such files. A copy may be no document any more; a panic, a signal or a minute
without an end is a fault, and then the exit status is 1.
"""

import argparse
import hashlib
import os
import pathlib
import random
import subprocess
import sys
import tarfile
import tempfile

CRATES = {
    "rss-2.1.2": "5fdc977a288e79bfacb4faeaba370da8aef9893ac38b68ae1df6a30d4224a2f9",
    "atom_syndication-0.12.10": "d48d93a31c932d58b9fd68664a904ae5b74bea37f06c5f68d5bec92f0cdd106d",
    "feed-rs-3.0.0": "a1b8e25998007f8af0befc64e16ac2dd23cc0d5b76052d52d0b15d5acd7ed908",
}
FEEDPARSER = ("feedparser", "6.0.12", "64f76ce90ae3e8ef5d1ede0f8d3b50ce26bcce71dd8ae5e82b1cd2d4a5f94228")
KINDS = {".xml", ".rss", ".atom", ".rdf", ".json", ".ninjs", ".newsml"}
# A folder is searched for these only, so copies are named so whatever they were called.
SEARCHED = {".json": ".ninjs", ".ninjs": ".ninjs", ".newsml": ".newsml"}


def archive(path, digest):
    """The files of an archive whose sum is right, as (name, bytes)."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        sys.exit(f"{path}: not the file that was expected")
    with tarfile.open(path) as tar:
        for member in tar:
            if member.isfile() and pathlib.Path(member.name).suffix in KINDS:
                yield member.name, tar.extractfile(member).read()


def crates(scratch):
    """The feeds of the crates' tests."""
    (scratch / "src").mkdir()
    (scratch / "src/lib.rs").write_text("")
    wanted = "".join('{} = "={}"\n'.format(*name.rsplit("-", 1)) for name in CRATES)
    package = '[package]\nname = "feeds"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
    (scratch / "Cargo.toml").write_text(package + wanted)
    subprocess.run(["cargo", "fetch", "--quiet"], cwd=scratch, check=True)
    home = pathlib.Path(os.environ.get("CARGO_HOME") or pathlib.Path.home() / ".cargo")
    for name, digest in CRATES.items():
        found = sorted((home / "registry/cache").glob(f"*/{name}.crate"))
        if not found:
            sys.exit(f"{name}: cargo fetched it, but it is not in {home}/registry/cache")
        yield from archive(found[0], digest)


def feedparser(scratch):
    """The feeds of feedparser's tests."""
    name, version, digest = FEEDPARSER
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", f"{name}=={version}"]
    subprocess.run([*command, "-d", str(scratch)], check=True)
    yield from archive(scratch / f"{name}-{version}.tar.gz", digest)


def corrupted(data, seed):
    """A copy, cut off or whole, with up to a dozen bytes changed."""
    dice = random.Random(seed)
    copy = bytearray(data)
    if dice.random() < 0.5:
        del copy[dice.randrange(len(copy) + 1):]
    for _ in range(dice.randrange(12)):
        if copy:
            copy[dice.randrange(len(copy))] = dice.randrange(256)
    return bytes(copy)


def run(binary, paths, what):
    """Reads files; gives the number of complaints, and what went wrong, if anything did."""
    command = [binary, "check", "--no-config", "--fail-on", "never", "--format", "jsonl", *map(str, paths)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=60 + len(paths))
    except subprocess.TimeoutExpired:
        return 0, f"{what}: no end in sight"
    errors = done.stderr.decode(errors="replace")
    if done.returncode not in (0, 2) or "panicked" in errors:
        return 0, f"{what}: status {done.returncode}: {errors[:400]}"
    return errors.count("\n"), None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--iptc", action="append", default=[], type=pathlib.Path)
    parser.add_argument("--feeds", type=int, default=24)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--bin", default="target/release/crossfoot")
    arguments = parser.parse_args()
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        real = [pair for pair in crates(scratch) if pair[0].endswith((".xml", ".rss", ".atom"))]
        groups = {"crates": real, "feedparser": list(feedparser(scratch))}
        samples = []
        for root in arguments.iptc:
            files = sorted(path for path in root.rglob("*") if path.suffix in KINDS and path.is_file())
            samples += [(str(path), path.read_bytes()) for path in files]
        groups["IPTC"] = samples
        for group, files in groups.items():
            paths = []
            for number, (name, data) in enumerate(files):
                path = scratch / f"{group}-{number}{pathlib.Path(name).suffix}"
                path.write_bytes(data)
                paths.append(path)
            complaints = 0
            for start in range(0, len(paths), 100):
                told, fault = run(arguments.bin, paths[start:start + 100], f"{group}, from {files[start][0]}")
                complaints += told
                faults += [fault] if fault else []
            print(f"{group}: {len(files)} files, {len(files) - complaints} read, {complaints} told of in a line each")
        step = max(1, len(real) // max(1, arguments.feeds))
        chosen = real[::step][:arguments.feeds] + samples
        complaints = 0
        for number, (name, data) in enumerate(chosen):
            suffix = SEARCHED.get(pathlib.Path(name).suffix, ".rss")
            paths = []
            for seed in range(arguments.seeds):
                path = scratch / f"copy-{seed}{suffix}"
                path.write_bytes(corrupted(data, f"{number}/{seed}"))
                paths.append(path)
            told, fault = run(arguments.bin, paths, f"copies of {name}")
            complaints += told
            faults += [fault] if fault else []
            for path in paths:
                path.unlink()
        copies = len(chosen) * arguments.seeds
        print(f"corrupted: {copies} copies of {len(chosen)} files, {complaints} told of in a line each")
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
