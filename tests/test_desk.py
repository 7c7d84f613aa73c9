"""The desk: a document opened beside its pages, what is doubtful in it, and a person's work kept."""

import html
import json
import re
from pathlib import Path

import pytest

from etl import __main__ as command_line
from etl.desk.open import open_into
from etl.desk.pages import ROWS_A_PAGE
from etl.known import load_known
from etl.transcripts.columns import COLUMNS
from tests.support.data import ROOT, SHARED

KNOWN = load_known()
GOLDEN = sorted(path for path in (ROOT / "tests/golden/measures").glob("*/report.*") if path.name != "report.expected.json")
REPORTS = sorted((SHARED / "seeds").glob("0*.txt"))


def opened(path: Path, into: Path, data: Path, name: str = "") -> tuple[dict, dict]:
    """(reading.json, pages.json) of a document that was opened."""
    open_into(path, into, data, KNOWN, name or path.name, 500, 200, lambda done, of: None)
    return tuple(json.loads((into / each).read_text(encoding="utf-8")) for each in ("reading.json", "pages.json"))


def events(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("path", [*GOLDEN, *REPORTS], ids=lambda path: path.parent.name if path.stem == "report" else path.name[:3])
def test_every_place_of_a_reading_is_found_on_its_pages(path, tmp_path):
    said, pages = opened(path, tmp_path / "draft", tmp_path)
    files = [tmp_path / "draft" / (page.get("picture") or page["html"]) for page in pages["pages"]]
    assert [page["page"] for page in pages["pages"]] == list(range(1, len(files) + 1)) and all(file.is_file() for file in files)
    marked = {
        at + 1: re.findall(r' data-place="([^"]*)"', file.read_text(encoding="utf-8"))
        for at, file in enumerate(files)
        if file.suffix == ".html"
    }
    for row in said["rows"]:
        assert set(row) == {*COLUMNS, "row"}
        if row["place"]:
            where = pages["places"][row["place"]]
            if not marked:
                left, top, right, bottom = where["box"]
                assert 0 <= left < right <= 1 and 0 <= top < bottom <= 1 and 1 <= where["page"] <= len(files)
                assert row["record"] == "finding" or where["box"] != [0, 0, 1, 1], "the whole page is no place of a row"
            elif row["record"] in ("measure", "score"):
                assert row["place"] in map(html.unescape, marked[where["page"]])
    every = [place for places in marked.values() for place in places]
    assert len(every) == len(set(every)) and max(map(len, marked.values()), default=0) <= 30 * ROWS_A_PAGE


def test_paper_holds_nothing_of_the_file_but_its_text(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<title>รายงานผล</title><style>p{color:red}</style><script>alert(1)</script><p onclick=x>ก &lt;b&gt; <a href='http://example.org'>ข</a>"
        "<img src=x onerror=alert(1)></p><table><tr><td>\"' ค</td><td>ง</td></tr></table>",
        encoding="utf-8",
    )
    opened(page, tmp_path / "draft", tmp_path)
    made = (tmp_path / "draft" / "page-0001.html").read_text(encoding="utf-8")
    assert {tag.lower() for tag in re.findall(r"<(\w+)", made)} == {"section", "p", "table", "tr", "td"}
    assert set(re.findall(r'(\S+)="', made)) == {"class", "data-place"} and "ก &lt;b&gt;" in made and "alert" not in made


def test_the_command_says_how_it_gets_on_and_what_it_found(tmp_path, capsys):
    assert (
        command_line.main(["open", str(REPORTS[0] if REPORTS else GOLDEN[0]), "--into", str(tmp_path / "draft"), "--data", str(tmp_path)])
        == 0
    )
    *progress, last = events(capsys)
    assert {line["kind"] for line in progress} == {"progress"} and progress[-1]["done"] == progress[-1]["of"] and last["kind"] == "opened"
    assert (tmp_path / "draft" / "reading.json").is_file() and list(tmp_path.iterdir()) == [tmp_path / "draft"]
