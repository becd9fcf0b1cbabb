"""Writes the story of tests/doors_in.rs in every format: `python3 make.py FOLDER`; python-docx and LibreOffice are needed."""

import json
import pathlib
import subprocess
import sys
from xml.sax.saxutils import escape

from docx import Document

out = pathlib.Path(sys.argv[1])
head = "Fair on the marsh"
stand = "A day out by the sea"
body = [
    "The new nature park covers 40 sq km (25 sq miles) of marsh & sand.",
    "Entry is £4 on any day of the week.",
]
item = "Organisers expect between 9,000 and 7,500 visitors at the fair."
rows = [["Port", "Boats"], ["Oban", "5"]]

document = Document()
document.add_heading(head, 0)
document.add_paragraph(stand, style="Subtitle")
for text in body:
    paragraph = document.add_paragraph()
    paragraph.add_run(text[:30])
    paragraph.add_run(text[30:]).bold = True
document.add_paragraph(item, style="List Bullet")
table = document.add_table(rows=2, cols=2)
for r, row in enumerate(rows):
    for c, text in enumerate(row):
        table.cell(r, c).text = text
document.save(out / "python-docx.docx")
office = ["soffice", "--headless", "--convert-to"]
subprocess.run([*office, "odt", "--outdir", "/tmp/office", out / "python-docx.docx"], check=True)
subprocess.run([*office, "docx:MS Word 2007 XML", "--outdir", "/tmp/office", "/tmp/office/python-docx.odt"], check=True)
(out / "libreoffice.docx").write_bytes(pathlib.Path("/tmp/office/python-docx.docx").read_bytes())

paragraphs = "\n\n".join(body)
(out / "story.txt").write_text(f"{head}\n\n{stand}\n\n{paragraphs}\n\n{item}\n")
markdown = f"# {head}\n\n*{stand}*\n\n{paragraphs}\n\n- {item}\n\n| Port | Boats |\n|---|---|\n| Oban | 5 |\n"
(out / "story.md").write_text(markdown)
cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
html = "".join(f"<p>{escape(text)}</p>\n" for text in body) + f"<ul><li>{item}</li></ul><table>{cells}</table>"
full = f'<p class="standfirst">{stand}</p>{html}'
page = (
    "<!doctype html><html><head>{charset}<title>Site 99</title><script>let a = '12 men, 13 men';</script></head><body>"
    f"<nav><a href=/>Home 12</a></nav><main><article><header><h1>{head}</h1></header>{full}</article></main>"
    "<footer>40 sq km (25 sq miles)</footer></body></html>"
)
(out / "story.html").write_text(page.replace("{charset}", ""))
(out / "latin.html").write_bytes(page.replace("{charset}", '<meta charset="iso-8859-1">').encode("cp1252"))
(out / "wide.txt").write_bytes((out / "story.txt").read_text().encode("utf-16"))
ninjs = {
    "uri": "urn:story:1",
    "type": "text",
    "versionCreated": "2024-05-06T10:00:00Z",
    "headlines": [{"role": "main", "value": head}],
    "bodies": [{"role": "main", "contentType": "text/html", "value": full}],
}
(out / "story.ninjs").write_text(json.dumps(ninjs, indent=1))
first = {"uri": "urn:story:1", "type": "text", "versioncreated": "2024-05-06T10:00:00Z", "headline": head, "body_xhtml": full}
(out / "ninjs1.json").write_text(json.dumps(first))
early = {
    "uri": "urn:story:1",
    "type": "text",
    "headline": [{"name": "short", "text": "Fair"}, {"name": "main", "text": head}],
    "body": [{"name": "text", "value": "Not this one."}, {"name": "xhtml", "value": full}],
}
(out / "early.ninjs").write_text(json.dumps(early))
(out / "story.newsml").write_text(
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:story:1" version="3">\n'
    "<itemMeta><versionCreated>2024-05-06T10:00:00Z</versionCreated></itemMeta>\n"
    f"<contentMeta><headline>{head}</headline></contentMeta>\n<contentSet>"
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">'
    f"<head><title>9</title></head><body>{full}</body></html></inlineXML></contentSet></newsItem>\n"
)
(out / "nitf.xml").write_text(
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:story:1" version="3">\n'
    "<contentSet><inlineXML><nitf><head><title>9</title></head><body><body.head><hedline>"
    f"<hl1>{head}</hl1><hl2>{stand}</hl2></hedline></body.head><body.content>{html}</body.content></body></nitf>"
    "</inlineXML></contentSet></newsItem>\n"
)
(out / "story.rss").write_text(
    '<?xml version="1.0"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    f"<title>News 77</title><item><title>{head}</title><pubDate>Mon, 06 May 2024 10:00:00 +0000</pubDate>"
    f"<description>Short</description><content:encoded><![CDATA[{full}]]></content:encoded></item></channel></rss>\n"
)
(out / "atom.xml").write_text(
    '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>News 77</title><entry>'
    f"<title>{head}</title><updated>2024-05-06T10:00:00Z</updated>"
    f'<content type="html">{escape(full)}</content></entry></feed>\n'
)
text = "\n\n".join([stand, *body, item])
(out / "story.jsonl").write_text(json.dumps({"headline": head, "text": text}) + "\n")
