"""No input stops a build: whatever one file does is that file's problem, named, and everything else is built."""

import csv
import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from etl.build import build as module
from etl.build.build import build
from etl.transcripts.columns import COLUMNS
from tests.test_build import data, measure, rows, sheet, source, transcript  # noqa: F401 - fixtures too

SHEET = "หน่วยงาน,ปีงบประมาณ,TOTAL\nเทศบาลตำบลตัวอย่างสอง,2568,80\n"
HEADING = ",".join(COLUMNS)
LONG = "ก" * 3_000_000
# What a cell may hold that no program foresaw.
NASTY = ["9" * 50, "-1", "1e400", "nan", "inf", "'", "\\", '"', "%s", "{raw}", "$1", " | ", "|", "2568-99-99", "0001-01-01", "99/99/9999",
         "TRUE", "ก" * 70_000, "\u202e", "=1", "\t", "1.5", "-0", "٣", "²", "null", "0x10", "1_000"]  # fmt: skip
NAMES = ["a'b.csv", 'a"b.csv', "a;b.csv", "a\nb.csv", "a*?[b].csv", "a{b}.csv", " .csv", "ก" * 60 + ".csv", "-x.csv", "\u202egpj.csv"]
SPOILT = {  # the sheet, and what its problem or finding says
    "nul.csv": (SHEET.encode().replace(b"80", b"8\x000"), "neither text"),
    "half.csv": (SHEET.encode("utf-16")[:-1], "damaged characters"),
    "mixed.csv": (SHEET.encode() + "เทศบาลตำบลตัวอย่างสอง,2568,80\n".encode("cp874"), "line 3: damaged characters"),
    "open.csv": (SHEET + '"เทศบาล,2568,1\n' + "x,2568,2\n" * 1000, "line 3: a quotation mark"),
    "long.csv": (SHEET.replace("80", LONG), "line 2: a quotation mark"),
    "wide.csv": (",".join(f"c{at}" for at in range(70_000)) + "\n" + ",".join("1" * 70_000), "1000 cells"),
    "twice.csv": ("หน่วยงาน,ปีงบประมาณ,TOTAL,TOTAL\nเทศบาลตำบลตัวอย่างสอง,2568,90,91\n", "printed again"),
    "empty.csv": ("", "empty"), "lines.csv": ("\n\n\n", "empty"), "returns.csv": ("\r\r\r", "empty"),
    "exponent.csv": (SHEET.replace("80", "1e309"), "no score"), "digits.csv": (SHEET.replace("80", "9" * 400), "no score"),
    "nan.csv": (SHEET.replace("80", "nan"), "no score"), "year.csv": (SHEET.replace("2568", "9" * 50), "No fiscal year"),
    "ragged.csv": (SHEET + "เทศบาลตำบลตัวอย่างสอง,2567,81,,x\n", "beyond the headings"),
    "bytes.csv": (b"\xed\xa0\x80,\xff\n", "damaged characters"),
    "name.csv": (SHEET.replace("สอง", "ก" * 100_000), "was added as a new agency"),
}  # fmt: skip


def text_of(*records: dict) -> str:
    lines = [",".join('"' + str(row.get(column, "")).replace('"', '""') + '"' for column in COLUMNS) for row in records]
    return "\n".join([HEADING, *lines]) + "\n"


@pytest.fixture
def built(data):  # noqa: F811
    """`built()`: what a build of the folder says of each file, in English, and a connection to its database."""

    def run():
        problems = {problem.file: problem.said.en for problem in build(data, data / "ita.duckdb")}
        con = duckdb.connect(str(data / "ita.duckdb"), read_only=True)
        found = con.execute("select file_name, string_agg(message_en, ' ') from finding join source using (source_id) group by all")
        return problems, dict(found.fetchall()), con

    return run


def test_a_spoilt_sheet_is_named_and_the_others_are_built(data, built):  # noqa: F811
    sheet(data, "good.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL", "เทศบาลตำบลตัวอย่างหนึ่ง,2568,91")
    for name, (content, _) in SPOILT.items():
        (data / "scores" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    problems, found, con = built()
    said = {name: problems.get(f"scores/{name}", "") + found.get(name, "") for name in SPOILT}
    assert {name: words[:200] for name, words in said.items() if SPOILT[name][1] not in words} == {}
    assert con.execute("select printed from score join source using (source_id) where file_name = 'good.csv'").fetchall() == [("91",)]


def test_a_spoilt_transcript_is_named_and_the_others_are_built(data, built):  # noqa: F811
    folder = data / "transcripts"
    good = transcript(data, "good.csv", source(), measure("result", 1))
    for name, (content, _) in SPOILT.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "cell.csv").write_text(text_of(source("cell.txt"), measure("result", 1, LONG, "cell.txt")), encoding="utf-8")
    (folder / "more.csv").write_text(
        text_of(source("more.txt"), measure("result", 1, document="more.txt")).rstrip() + ",over,\n", encoding="utf-8"
    )
    os.truncate(good.with_name("empty.csv"), 250_000_000)  # a quarter of a gigabyte of NULs
    problems, found, con = built()
    assert {name for name in SPOILT if f"transcripts/{name}" not in problems} == set()
    assert "a cell is too long" in problems["transcripts/cell.csv"] and "too large" in problems["transcripts/empty.csv"]
    assert "beyond the headings (over)" in found["more.csv"]
    assert con.execute("select count(*) from measure").fetchall() == [(2,)]


def test_a_cell_may_hold_anything_in_any_column(data, built):  # noqa: F811
    records = []
    for column in COLUMNS[2:]:
        for value in NASTY:
            document = f"{column}-{len(records)}.txt"
            score, found = {"record": "score", "indicator": "1"}, {"record": "finding", "rule": "note", "message": "ก | a"}
            spoilt = [source(document), measure("result", 1), score, found]
            records += [record | {"document": document, column: value} for record in spoilt]
    (data / "transcripts" / "nasty.csv").write_text(text_of(*records), encoding="utf-8")
    problems, _, con = built()
    assert problems == {}
    assert con.execute("select count(*) from source where file_name <> 'nasty.csv'").fetchone()[0] > 0.9 * len(records) / 4


@pytest.mark.skipif(os.name != "posix", reason="names of POSIX")
def test_files_may_be_called_anything(data, built):  # noqa: F811
    for at, name in enumerate(NAMES):
        (data / "scores" / name).write_text(SHEET.replace("80", str(20 + at)), encoding="utf-8")
        (data / "transcripts" / name).write_text(text_of(source(name), measure("result", 1, document=name)), encoding="utf-8")
    with open(os.fsencode(data / "scores") + b"/\xff\xfe.csv", "wb") as handle:
        handle.write(SHEET.replace("80", "70").encode())
    (data / "agencies_more.csv").mkdir()
    (data / "scores" / "folder.csv").mkdir()
    problems, _, con = built()
    printed = con.execute("select printed from score order by printed::int").fetchall()
    assert problems == {} and printed == [*((str(20 + at),) for at in range(len(NAMES))), ("70",)]
    assert con.execute("select count(*) from measure").fetchall() == [(len(NAMES),)]


@pytest.fixture
def deep(data):  # noqa: F811
    """A sheet 1,200 folders deep, and folders below it, deeper than a path may be long."""
    here = os.open(data / "scores", os.O_RDONLY)
    try:
        for depth in range(2200):
            os.mkdir("d", dir_fd=here)
            here, above = os.open("d", os.O_RDONLY, dir_fd=here), here
            os.close(above)
            if depth == 1200:
                with os.fdopen(os.open("deep.csv", os.O_CREAT | os.O_WRONLY, dir_fd=here), "w", encoding="utf-8") as handle:
                    handle.write(SHEET)
        yield
    finally:
        os.close(here)
        subprocess.run(["rm", "-rf", str(data / "scores")], check=True)  # deeper than pytest itself can go


@pytest.mark.skipif(os.name != "posix", reason="depths of POSIX")
def test_files_may_lie_as_deep_as_they_like(data, deep, built):  # noqa: F811
    problems, _, con = built()
    assert con.execute("select printed from score").fetchall() == [("80",)]
    assert [said for said in problems.values() if "File name too long" not in said] == [] and len(problems) == 1


def test_line_ends_of_old_macs_blank_lines_and_provinces_written_three_ways_are_ordinary(data, rows):  # noqa: F811
    (data / "scores" / "mac.csv").write_bytes("หน่วยงาน,จังหวัด,ปีงบประมาณ,TOTAL\rทต.ไกลโพ้น,จ.เลย,2567,80\rทต.ไกลโพ้น,เลย,2568,81\r".encode())
    sheet(data, "blank.csv", "หน่วยงาน,จังหวัด,ปีงบประมาณ,TOTAL", "", "ทต.ไกลโพ้น,จังหวัดเลย,2566,79", "", "", "ทต.ไกลโพ้น,เลย,2565,x")
    text = text_of(source(), measure("result", 1, status="finished")).replace("\n", "\n\n")
    (data / "transcripts" / "blank.csv").write_text(text, encoding="utf-8")
    assert rows("select fiscal_year, printed, place, count(distinct agency_id) over () from score order by 1") == [
        (2566, "79", "D3", 1), (2567, "80", "D2", 1), (2568, "81", "D3", 1)]  # fmt: skip
    found = rows("select place, rule from finding where rule in ('score_not_a_number', 'status_not_known') order by 1", again=False)
    assert found == [("D6", "score_not_a_number"), ("blank.csv row 5", "status_not_known")]


def test_sheets_of_every_format_are_built_alike(data, built):  # noqa: F811
    """Lines that end as on old Macs, provinces spelt three ways, blank lines: the places are true, and an agency is one."""
    golden = Path(__file__).parent / "golden" / "built"
    with open(golden / "expected.csv", encoding="utf-8", newline="") as handle:
        wanted = sorted(tuple(row.values()) for row in csv.DictReader(handle))
    for path in {golden / name for name, *_ in wanted}:
        shutil.copy(path, data / "scores")
    problems, _, con = built()
    found = con.execute(
        "select file_name, a.name, province, s.fiscal_year, indicator, s.score, regexp_extract(place, '\\d+$') from score s "
        "join source using (source_id) join agency a on a.agency_id = s.agency_id"
    ).fetchall()
    assert problems == {}
    assert (
        sorted((file, *names, str(year), code, f"{score.normalize():f}", row) for file, *names, year, code, score, row in found) == wanted
    )
    assert con.execute("select count(*) from agency where starts_with(agency_id, 'x')").fetchall() == [(3,)]
    assert con.execute("select place from finding where raw = '186.08' order by all").fetchall() == [("E5",), ("line 5",), ("ผล!E5",)]


def test_a_transcript_is_read_up_to_a_quotation_that_never_ends(data, built):  # noqa: F811
    path = transcript(data, "t.csv", source(), measure("result", 1))
    path.write_text(path.read_text(encoding="utf-8-sig") + 'measure,"a.txt,,\n' + "measure,a.txt,x\n" * 3, encoding="utf-8")
    problems, found, con = built()
    assert problems == {"transcripts/t.csv": found["t.csv"].removeprefix("This file could not be used: ")} and "line 4" in found["t.csv"]
    assert con.execute("select count(*) from measure").fetchall() == [(1,)]


def test_a_document_that_stops_a_step_is_found_left_out_and_named(data, built, monkeypatch):  # noqa: F811
    """The net under all of them: a fault that nobody foresaw, in a step that works on all documents at once."""
    for name in "abcd":
        sheet(data, f"{name}.csv", "หน่วยงาน,ปีงบประมาณ,TOTAL", f"เทศบาลตำบลตัวอย่างหนึ่ง,2568,{ord(name) - 90}")

    def fails(con, inputs, known):
        if {"scores/b.csv", "scores/d.csv"} & inputs.files.keys():
            raise KeyError("nobody foresaw this")
        return []

    monkeypatch.setattr(module, "STEPS", (*module.STEPS[:5], fails, *module.STEPS[5:]))
    problems, found, con = built()
    assert set(problems) == {"scores/b.csv", "scores/d.csv"} and all("KeyError" in said for said in problems.values())
    assert {"b.csv", "d.csv"} <= found.keys() and con.execute("select count(*) from score").fetchall() == [(2,)]
    assert not list(Path(data).glob(".ita.*"))
