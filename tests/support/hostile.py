"""A data folder whose every text is hostile, made from the made-up sample; what a browser must never do with it."""

import csv
from pathlib import Path

from tests.support.data import sample

# Each text once, as it stands in a transcript. `owned` is set by whatever of it would run.
TEXTS = [
    "<script>window.__owned=1</script><img src=x onerror=window.__owned=1>",
    "<b>bold</b><br><a href='javascript:window.__owned=1'>here</a><svg onload=window.__owned=1>",
    "![image](http://evil.example/p.png) [link](http://evil.example) <http://evil.example>",
    "http://evil.example/x www.evil.example spy@evil.example [x](javascript:window.__owned=1)",
    "# heading :red[red] :material/home: :streamlit: $\\frac{1}{2}$ $$x$$ `code` **b** _i_ ~~s~~",
    "| a | b | :-- [^1] --- ===",
    "'; drop table source; -- \" or 1=1 /*",
    '=HYPERLINK("http://evil.example","x")',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202eevil\u202c \u2066isolate\u2069 \u200fmark \ufefftail",
    "zero\u200bwidth\u200djoin\u2060er",
    "esc\x1b[31m bell\x07 vt\x0b del\x7f c1\x9b",
    "../../../etc/passwd",
    "C:\\Windows\\system32\\x.exe /etc/shadow \\\\host\\share",
    "ก" * 700,
    "Pneumonoultra" * 40,
    "line\nbreak\n\n# second\n- third\n    code",
    "😀👨‍👩‍👧‍👦🇹🇭 \U0001f600",
    "{x} {0} {value!r} {__class__} %s %(x)s %n ${x} #{x}",
    "&lt;b&gt;&amp;&#60;i&#62; %{y} %{customdata} <extra>x</extra> <sub>s</sub>",
    "]]></text></svg><![CDATA[ --> */ </style></title>",
]
NAMES = [0, 1, 2, 4, 20, 21, 3]  # which of them the agencies bear
BIDI = "\u202egnp.\u202c"
FOLDERS = ["../../", "/etc/", "C:\\", "<i>", "=1+"]
CANARY = "window.__owned"
LONG = "ยาว " * 9000  # longer than a cell of a workbook holds
URLS = [
    "javascript:window.__owned=1",
    "data:text/html,<script>window.__owned=1</script>",
    "http://evil.example/a b<c>",
    "![x](http://evil.example/u.png)",
    "https://evil.example/?a=1&lt;=2",
]


def text(number: int, original: str = "") -> str:
    """The hostile text of a number, with what stood there before, so that names stay apart."""
    return f"{TEXTS[number % len(TEXTS)]} {original}".strip()


def _rewritten(path: Path, change) -> None:
    with open(path, encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    columns = list(rows[0])
    for number, row in enumerate(rows):
        change(number, row)
    with open(path, "w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.DictWriter(handle, columns)
        writer.writeheader()
        writer.writerows(rows)


def data(folder: Path) -> Path:
    """The folder: agencies, titles, units, evidence, groups, places, documents, addresses, findings and sheets with hostile names."""
    sample(folder)
    names: dict[str, str] = {}

    def agency(number: int, row: dict) -> None:
        names[row["name"]] = row["name"] = f"{row['name']} {TEXTS[NAMES[number]]} {BIDI}"
        row["aliases"] = ""

    _rewritten(folder / "agencies.csv", agency)
    seen = 0
    for path in sorted((folder / "transcripts").iterdir()):
        documents: dict[str, str] = {}

        def transcript(number: int, row: dict, documents=documents) -> None:
            nonlocal seen
            seen += 1
            documents.setdefault(row["document"], FOLDERS[seen % 5] + text(seen, row["document"]))
            row["document"] = documents[row["document"]]
            row["agency"] = names.get(row["agency"], row["agency"])
            for column in (
                "title",
                "agency_printed",
                "place_printed",
                "group_name",
                "responsible",
                "period_text",
                "result",
                "outcome",
                "evidence",
                "number",
                "place",
                "steps",
                "suggestion",
            ):
                if row[column]:
                    row[column] = text(seen + len(column), row[column])
            if row["record"] == "source":
                row["url"] = URLS[seen % len(URLS)]
            if row["responsible"] and number in (1, 2, 3):
                row["responsible"] = text((1, 11, 13)[number - 1], "สำนักปลัด")
            if row["record"] == "measure" and row["section"] == "result":
                row["suggestion"] = LONG if number == 2 else text(seen)
            row["read_hash"] = ""

        _rewritten(path, transcript)
        with open(path, encoding="utf-8-sig", newline="") as handle:
            first = next(csv.DictReader(handle))
            columns = list(first)
        with open(path, "a", encoding="utf-8-sig", newline="") as handle:
            for number, said in enumerate(TEXTS):
                csv.DictWriter(handle, columns).writerow(
                    dict.fromkeys(columns, "")
                    | {
                        "record": "finding",
                        "document": first["document"],
                        "severity": "warning",
                        "raw": said,
                        "rule": "note",
                        "message": f"{said} | {said}",
                        "place": text(number + 1),
                    }
                )
        path.rename(path.with_name(f"<b>{seen}<b> $x$ {path.name}"))
    for number, path in enumerate(sorted((folder / "scores").iterdir())):
        content = path.read_text(encoding="utf-8-sig")
        for before, after in names.items():
            content = content.replace(before, '"' + after.replace('"', '""') + '"')
        path.write_text(content, encoding="utf-8-sig")
        path.rename(path.with_name(["=1+1 <img src=x onerror=window.__owned=1>.csv", "[l](javascript:x) ![i](u) {x}.csv"][number]))
    return folder


PARAMETERS = {
    "agency",
    "draft",
    "saved",
    "of",
    "name",
    "year",
    "with",
    "lang",
    "digits",
    "screen",
    "view",
    "order",
    "scope",
    "tide",
    "indicator",
    "set",
    "level",
    "before",
    "by",
    "groups",
    "section",
    "span",
    "years",
    "family",
    "status",
    "unit",
    "quarter",
    "noted",
    "q",
    "measure",
    "source",
    "severity",
    "rule",
    "slides",
    "slide",
    "seconds",
    "group",
    "weights",
    "note_verdict",
}
