#!/usr/bin/env python3
"""language_tool_python, pointed at `crossfoot serve`: prints the matches and checks them.

    pip install language_tool_python
    cargo build --release && python3 tests/clients/languagetool.py
"""

import pathlib
import subprocess
import sys

import language_tool_python

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEXT = "Fire 🚒: the trench is 10 metres (53ft) deep. The ship sank with 30 passengers."


def main():
    command = [ROOT / "target/release/crossfoot", "serve", "--listen", "127.0.0.1:0", "--no-config"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            address = server.stdout.readline().strip().rstrip("/")
            tool = language_tool_python.LanguageTool("en-GB", remote_server=address)
            matches = tool.check(TEXT)
            for match in matches:
                print(match)
            marked = [TEXT[match.offset:match.offset + match.error_length] for match in matches]
            assert marked == ["10 metres", "53ft"], marked
            assert tool.correct(TEXT) == TEXT.replace("53ft", "33ft")
            print(tool.correct(TEXT))
        finally:
            server.kill()


if __name__ == "__main__":
    sys.exit(main())
