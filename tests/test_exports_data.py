"""CSV, XLSX, Parquet and the bundle: Thai intact, nothing that a spreadsheet program computes, everything that the bundle promises."""

import csv as reader
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.parts.ask.warehouse import ask
from pages.parts.figures.nation_quantiles import nation_quantiles
from pages.parts.say.text import Words, rows
from pages.parts.take import Table, View, bundle, csv, formats, parquet, xlsx

ROOT = Path(__file__).resolve().parents[1]
THAI = "เทศบาลตำบลบ้านเดื่อ ปี ๒๕๖๘ (น้ำ)"
STARTS = ("=", "+", "-", "@", "\t", "\r")
NASTY = ["=1+41", "+1+41", "-1+41", "@SUM(1,41)", "\t=1+41", "\r=1+41", '=HYPERLINK("http://127.0.0.1","x")', "=cmd|' /C calc'!A0"]
OFFICE = next(filter(None, map(shutil.which, ["localc", "scalc", "/Applications/LibreOffice.app/Contents/MacOS/soffice"])), None)


@pytest.fixture
def frame():
    return pd.DataFrame({THAI: [THAI, *NASTY], "=2+40": [*NASTY, THAI], "คะแนน": [88.94, -4.88, None, 0.0, 1.5, 2.5, 3.5, 4.5, 100.0]})


def cells(content: bytes) -> list[list[str]]:
    return list(reader.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_no_cell_of_a_csv_begins_like_a_formula(frame):
    content = csv.csv(frame)
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes a file without the mark for another encoding"
    rows = cells(content)
    assert [row[:2] for row in rows if any(cell.startswith(STARTS) for cell in row[:2])] == []
    assert rows[1] == [THAI, "'=1+41", "88.94"] and rows[2][2] == "-4.88" and rows[3][2] == ""


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1, max_size=5))
def test_no_text_at_all_becomes_a_formula_in_a_csv(texts):
    for row in cells(csv.csv(pd.DataFrame({"x": texts, "y": 1}))):
        assert not row[0].startswith(STARTS)


def test_no_cell_of_a_workbook_is_a_formula(frame):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.xlsx(frame, "=ข้อมูล", [("=1+41", "@x"), ("หน่วยงาน", THAI)], "ที่มา")))
    for sheet in book:
        assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}
        assert not any(isinstance(cell.value, str) and cell.value.startswith(STARTS) for row in sheet for cell in row)
    first = book.worksheets[0]
    assert first["A2"].value == THAI and first["C2"].value == 88.94 and first["C4"].value is None


def test_a_workbook_of_scores_has_a_chart_of_its_own(frame):
    archive = zipfile.ZipFile(io.BytesIO(xlsx.xlsx(frame, "คะแนน", [], "ที่มา")))
    assert "xl/charts/chart1.xml" in archive.namelist()


def test_parquet_keeps_ids_numbers_and_thai(frame):
    back = pd.read_parquet(io.BytesIO(parquet.parquet(frame)))
    pd.testing.assert_frame_equal(back, frame)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_spreadsheet_program_opens_it_with_thai_and_computes_nothing(frame, kind, tmp_path):
    if OFFICE is None:
        pytest.skip("no LibreOffice Calc on this machine: install the package libreoffice-calc (Debian, Ubuntu) to run this test")
    content = csv.csv(frame) if kind == "csv" else xlsx.xlsx(frame, "ข้อมูล", [("หน่วยงาน", THAI)], "ที่มา")
    (tmp_path / f"given.{kind}").write_bytes(content)
    settings = ["--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "fods", "--outdir", str(tmp_path)]
    if kind == "csv":
        settings.insert(1, "--infilter=CSV:44,34,76,1")  # comma, quotation mark, UTF-8, from the first line
    subprocess.run([OFFICE, *settings, str(tmp_path / f"given.{kind}")], check=True, capture_output=True, timeout=600)
    opened = (tmp_path / "given.fods").read_text(encoding="utf-8")
    assert opened.count(THAI) >= 3
    assert "table:formula" not in opened and ">42<" not in opened and 'xlink:href="http' not in opened


@pytest.fixture
def taken(sample_db, monkeypatch):
    """The bundle of a view of the sample, opened."""
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    given = {"agency": "s0001", "year": 2568, "others": ["s0002", "s0004"]}
    view = View("compare_distribution", Words("th"), [("หน่วยงาน", THAI)], lambda: ask("compare_distribution", **given), given)
    return zipfile.ZipFile(io.BytesIO(bundle.bundled(view)))


def test_the_bundle_holds_data_figure_filters_sources_and_dictionary(taken):
    names = set(taken.namelist())
    for name in ("compare_distribution", "scores", "filters", "sources", "dictionary"):
        assert {f"data/{name}.csv", f"data/{name}.parquet"} <= names
    assert {"README.txt", "figures/compare_distribution.html", "figures/plotly.min.js"} <= names
    assert "http" not in taken.read("figures/compare_distribution.html").decode("utf-8").split("<script", 1)[0]
    assert 'src="plotly.min.js"' in taken.read("figures/compare_distribution.html").decode("utf-8")
    assert THAI in taken.read("data/filters.csv").decode("utf-8-sig")


def test_the_dictionary_of_the_bundle_explains_every_column(taken):
    rows = cells(taken.read("data/dictionary.csv"))[1:]
    assert len(rows) > 150 and all(row[3] for row in rows)


def test_the_scores_of_the_bundle_are_of_the_group_and_lead_to_their_sources(taken):
    scores = pd.read_parquet(io.BytesIO(taken.read("data/scores.parquet")))
    sources = pd.read_parquet(io.BytesIO(taken.read("data/sources.parquet")))
    assert set(scores["agency_id"]) == {"s0001", "s0002", "s0004"}
    assert set(scores["source_id"]) <= set(sources["source_id"])


def test_a_bundle_without_figures_brings_no_library():
    names = zipfile.ZipFile(io.BytesIO(bundle.bundle("x", {"a": pd.DataFrame({"x": [1]})}, {}))).namelist()
    assert names == ["README.txt", "data/a.csv", "data/a.parquet"]


def test_a_figure_of_the_bundle_opens_offline(sample_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    words = Words("en")
    content = bundle.bundle("x", {}, {"nation": nation_quantiles(ask("nation_quantiles", year=2568, by="type"), words)})
    page = zipfile.ZipFile(io.BytesIO(content)).read("figures/nation.html").decode("utf-8")
    assert "cdn" not in page


def test_every_format_is_a_file_of_its_own_with_its_button():
    found = formats()
    names = [one.name for one in found]
    assert len(set(names)) == len(names) and {"csv", "xlsx", "parquet", "zip", "html", "pptx", "pdf"} <= set(names)
    assert [one.name for one in found if f"take.{one.name}" not in rows()] == []
    assert all(one.mime.count("/") == 1 and one.suffix and one.icon.startswith(":material/") for one in found)


@pytest.mark.parametrize("name", ["csv", "xlsx", "parquet"])
def test_a_table_is_taken_in_every_format(sample_db, monkeypatch, name):
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    table = Table("compare_all", Words("th"), [("a", "b")], lambda: ask("compare_all", agency="s0001", year=2568))
    [one] = [one for one in formats() if one.name == name]
    assert one.of is Table
    content = one.make(table)
    read = {"csv": lambda: pd.read_csv(io.BytesIO(content)), "xlsx": lambda: pd.read_excel(io.BytesIO(content))}
    back = read.get(name, lambda: pd.read_parquet(io.BytesIO(content)))()
    assert len(back) == len(table.frame) and list(back.columns) == list(table.frame.columns if name == "parquet" else table.twin.columns)


def test_a_new_format_is_one_file(tmp_path):
    """In a copy of the pages: a file more, with its FORMAT, and it is among those of a table."""
    shutil.copytree(ROOT / "pages", tmp_path / "pages", ignore=shutil.ignore_patterns("__pycache__"))
    new = """from pages.parts.take import Format, Table

FORMAT = Format("tsv", "text/tab-separated-values", "tsv", ":material/table:", Table, lambda table: table.twin.to_csv(sep="\\t").encode())
"""
    (tmp_path / "pages" / "parts" / "take" / "tsv.py").write_text(new)
    look = "from pages.parts.take import Table, formats; print([one.name for one in formats() if one.of is Table])"
    run = subprocess.run([sys.executable, "-c", look], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0 and "'tsv'" in run.stdout, run.stderr[-800:]
