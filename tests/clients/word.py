#!/usr/bin/env python3
"""Annotated Word documents in other programs: python-docx reads the comments, LibreOffice opens the file and keeps its text.

    pip install python-docx
    cargo build --release && python3 tests/clients/word.py     (with `soffice` on the path)
"""

import pathlib
import subprocess
import sys
import tempfile

import docx

ROOT = pathlib.Path(__file__).resolve().parents[2]


def text(soffice_folder, path):
    """The text that LibreOffice finds in a document."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{soffice_folder}/profile", "--convert-to", "txt:Text (encoded):UTF8"]
    subprocess.run([*command, "--outdir", soffice_folder, path], check=True, capture_output=True, timeout=180)
    return (pathlib.Path(soffice_folder) / path.with_suffix(".txt").name).read_text("utf-8-sig")


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name in ["python-docx.docx", "libreoffice.docx"]:
            draft, copy = ROOT / "tests/files" / name, pathlib.Path(folder) / f"reviewed-{name}"
            command = [ROOT / "target/release/crossfoot", "annotate", "--no-config", draft, "-o", copy]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
            document = docx.Document(str(copy))
            for comment in document.comments:
                print(f"  {comment.author}: {comment.text!r}")
            assert len(list(document.comments)) == 3
            before = [p.text for p in docx.Document(str(draft)).paragraphs]
            assert [p.text for p in document.paragraphs] == before
            opened = text(folder, copy)
            assert opened == text(folder, draft), opened
            print(f"  LibreOffice reads the same {len(opened)} characters of text")
            # It must also see the comments: they come through when it saves the file anew.
            saved = pathlib.Path(folder) / "saved"
            command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx"]
            subprocess.run([*command, "--outdir", saved, copy], check=True, capture_output=True, timeout=180)
            again = list(docx.Document(str(saved / copy.name)).comments)
            assert len(again) == 3, again
            print(f"  and {len(again)} comments")


if __name__ == "__main__":
    sys.exit(main())
