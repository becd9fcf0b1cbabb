#!/usr/bin/env python3
"""Reads the specs of Microsoft Recognizers-Text, as JSON lines, through `crossfoot extract`: how many of the entries that
design.md calls quantities have the right span and value.

    python3 benches/recognizers.py --bin "$PWD/target/release/crossfoot" FILE.jsonl [--misses] [--excluded]

Records: {id, model, text, expected: [{start, end, text, value}]}. Models read: number, numberrange, percent, currency,
dimension, temperature, age and duration; others (ordinal) are none of ours to measure here.

- Span: the claim's bytes are the entry's, but for words that bound the number ("more than"), articles and
  punctuation at either end: the specs count them in for some models and out for others. The specs read a number
  without its unit under one model and with it under another, and no rates: a claim may hold the unit besides.
- Value: the number, scale applied; for ranges both ends, an end the words leave open being open here too.
  Durations are compared in seconds, a month being 30 days and a year 365 there. Where the specs give no value
  (`duration_ext`) the span alone counts.

An entry that is no quantity by design.md is left out with a reason, which --excluded prints.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

RULES = pathlib.Path(__file__).resolve().parent.parent / "rules" / "en"
MODELS = ("number", "numberrange", "percent", "currency", "dimension", "temperature", "age", "duration")
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "wk": 604800, "mo": 2592000, "a": 31536000, "10.a": 315360000, "100.a": 3153600000}


def bounding_words():
    """The words that may stand at either end of a claim's span and not of the entry's, or the other way round."""
    table = tomllib.loads((RULES / "bounds.toml").read_text(encoding="utf-8"))
    phrases = [p for line in table["bound"] for p in line.get("before", []) + line.get("after", [])]
    phrases += table["skip"]["words"] + ["from", "between", "equal", "equals", "equaling", "to"]
    return {word for phrase in phrases for word in phrase.split()}


BOUNDING = bounding_words()


def only_bounds(text):
    return all(word in BOUNDING for word in re.findall(r"[^\s.,;:()]+", text.lower()))


def same_span(text, model, entry, claim, unit):
    """Both spans share a middle, and what one has over the other at an end only bounds it, or is the unit or the rate
    that the entry's model leaves to another model."""
    start, end = max(entry[0], claim[0]), min(entry[1], claim[1])
    if start >= end:
        return False
    before, after = text[min(entry[0], claim[0]):start], text[end:max(entry[1], claim[1])]
    wider = claim[0] <= entry[0] and claim[1] >= entry[1]
    if unit and wider and model == "number" and not re.search(r"\d", before + after):
        return True
    rated = wider and "/" in (unit or "") and not re.search(r"\d", after)
    return only_bounds(before) and (rated or only_bounds(after))


def close(a, b):
    return a is not None and abs(a - b) <= 1e-9 + 1e-6 * abs(b)


def same_value(model, value, quantity, unit=None):
    if model.startswith("duration"):
        if model == "duration_ext":
            return quantity["kind"] in ("duration", "rate")
        factor = SECONDS.get(quantity["unit"])
        return factor is not None and len(quantity["numbers"]) == 1 and close(quantity["numbers"][0] * factor, float(value))
    interval = re.fullmatch(r"[\[(]([^,]*),([^,]*)[\])]", value)
    if interval:
        low, high = (float(x) if x.strip() else None for x in interval.groups())
        found = (quantity["low"], quantity["high"])
        return all((f is None) == (w is None) and (w is None or close(f, w)) for f, w in zip(found, (low, high)))
    number = float(value.rstrip("%"))
    if unit == "Foot" and quantity["unit"] == "[in_i]":
        number *= 12
    numbers = quantity["numbers"]
    # "A third" is 1/3 there and here; "20 to 30" has two numbers and is no match.
    return len(numbers) == 1 and close(numbers[0], number)


# Entries that are no quantities in the sense of design.md: by what they are, and a few one by one.
def reason_to_leave_out(record, entry, one_by_one):
    place = f"{record['id']}@{entry['start']}"
    if place in one_by_one:
        return one_by_one[place]
    if entry.get("value") in (None, "null") and not record["model"] == "duration_ext":
        return "a unit without a number"
    text = entry["text"]
    if re.search(r"\d\.\d+\.\d+\.\d+", record["text"]):
        return "an address on the network"
    if record["model"] == "number" and re.search(r"\^|\be[+-]?\d|\d[eE][+-]?\d|\dG$| over ", text, re.IGNORECASE):
        return "a power, a division or a calculator's notation, not copy"
    if text.startswith("- "):
        return "a dash with a space before a number, which in copy is a dash or a bullet"
    if record["model"].startswith("duration") and re.match(r"(all|full|whole|another|few|some)\b", text):
        return "a length of time that no number is given for"
    if record["model"] == "percent" and re.match(r"per ?cents? of", text):
        return "the sign as a word before the number, which is no English"
    return None


def claims(binary, texts):
    """{id: claims} with offsets in characters."""
    out = {}
    names = list(texts)
    for at in range(0, len(names), 250):
        with tempfile.TemporaryDirectory() as folder:
            files = {}
            for i, name in enumerate(names[at:at + 250]):
                files[f"{i:05}.txt"] = name
                (pathlib.Path(folder) / f"{i:05}.txt").write_text(texts[name], encoding="utf-8", newline="")
            done = subprocess.run([binary, "extract", "--format", "json", *files], cwd=folder, capture_output=True, check=True)
            for document in json.loads(done.stdout)["documents"]:
                name = files[pathlib.Path(document["path"]).name]
                raw = texts[name].encode()
                for claim in document["claims"]:
                    claim["start"] = len(raw[:claim["start"]].decode())
                    claim["end"] = len(raw[:claim["end"]].decode())
                out[name] = document["claims"]
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("specs")
    parser.add_argument("--bin", required=True)
    parser.add_argument("--misses", action="store_true", help="print every entry that is not found or read otherwise")
    parser.add_argument("--excluded", action="store_true", help="print every entry left out, with the reason")
    options = parser.parse_args()
    reasons = pathlib.Path(__file__).with_name("recognizers_excluded.toml")
    one_by_one = {name: group["reason"] for group in tomllib.loads(reasons.read_text(encoding="utf-8"))["group"] for name in group["entries"]}
    with open(options.specs, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    records = [r for r in records if r["model"].split("_")[0] in MODELS]
    found = claims(options.bin, {r["id"]: r["text"] for r in records})
    right, total, left_out = collections.Counter(), collections.Counter(), []
    for record in records:
        free = list(found[record["id"]])
        for entry in record["expected"]:
            reason = reason_to_leave_out(record, entry, one_by_one)
            if reason:
                left_out.append((record["id"], entry["text"], reason))
                continue
            model = record["model"]
            total[model] += 1
            match = next(
                (
                    c
                    for c in free
                    if same_span(record["text"], model, (entry["start"], entry["end"]), (c["start"], c["end"]), c["quantity"]["unit"])
                    and same_value(model, entry.get("value") or "", c["quantity"], entry.get("unit"))
                ),
                None,
            )
            if match:
                free.remove(match)
                right[model] += 1
            elif options.misses:
                got = [(c["text"], c["quantity"]["numbers"], c["quantity"]["low"], c["quantity"]["high"], c["quantity"]["unit"]) for c in found[record["id"]]]
                print(f"{record['id']}\t{record['text'][:160]!r}\n    wanted {entry['text']!r} = {entry.get('value')}\n    read   {got}")
    for model in total:
        print(f"  {model:<16}{right[model]:4} of {total[model]:4}  {100 * right[model] / total[model]:5.1f}%")
    print(f"span and value right: {sum(right.values())} of {sum(total.values())}, {100 * sum(right.values()) / max(1, sum(total.values())):.1f}%; left out: {len(left_out)}")
    for reason, count in collections.Counter(r for _, _, r in left_out).most_common():
        print(f"  left out, {reason}: {count}")
    if options.excluded:
        for name, text, reason in left_out:
            print(f"  {name}\t{text!r}\t{reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
