"""Hostile input: report text is text in every export, SQL takes values as parameters, paths stay in their folder, links are checked."""

import ast
import csv as reader
import io
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pdfplumber
import pptx as powerpoint
import pytest
from lxml import etree, html
from streamlit.testing.v1 import AppTest

from pages.parts import literal
from pages.parts.ask import directory
from pages.parts.ask.warehouse import ask, query
from pages.parts.ask.warehouse import words as queries
from pages.parts.present import handout, html_deck
from pages.parts.present.deck import agency_deck, group_deck
from pages.parts.present.pptx import pptx
from pages.parts.say.text import Words, address, plain
from pages.parts.take import bundle, csv, harmless, parquet, xlsx
from tests.support import hostile
from tests.support.data import ROOT, build
from tests.support.hostile import PARAMETERS

AGENCY, YEAR = "s0001", 2568
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@pytest.fixture(scope="module")
def hostile_data(tmp_path_factory):
    """A hostile data folder, built by the command that users call."""
    folder = hostile.data(tmp_path_factory.mktemp("hostile") / "data")
    build(folder)
    return folder


@pytest.fixture
def asked(hostile_data, monkeypatch):
    """What the pages ask is answered from the hostile data; gives the name of the agency that the exports are of."""
    monkeypatch.setenv("ITA_DATA", str(hostile_data))
    return directory.agency(AGENCY)["name"]


def answers() -> dict[str, pd.DataFrame]:
    """Every query's answer with what it most needs; those that say nothing so are left out."""
    given = {
        "agency": AGENCY,
        "agencies": [AGENCY, "s0002", "s0003"],
        "year": YEAR,
        "order": "score",
        "scope": "nation",
        "indicator": "1",
        "section": "result",
        "by": "type",
        "before": 2567,
        "span": "same",
    }
    frames = {word: ask(word, **{name: given[name] for name in query(word).parameters if name in given}) for word in queries()}
    return {word: frame for word, frame in frames.items() if len(frame)}


def texts(frame: pd.DataFrame) -> list[str]:
    return [value for name in frame.columns for value in frame[name] if isinstance(value, str)]


# --- at the door of the database ------------------------------------------------------------------------------------------------


def test_no_answer_holds_a_sign_that_hides_or_reorders_and_all_else_is_as_it_was_loaded(asked):
    frames = answers()
    assert len(frames) > 40
    found = [text for frame in frames.values() for text in texts(frame)]
    assert [text for text in found if UNSEEN.search(text)] == []
    loaded = set(ask("finding_list")["raw"].dropna())
    assert {literal.visible(text) for text in hostile.TEXTS if "\n" not in text} <= loaded


def test_what_is_written_out_is_found_again_by_the_filters(asked):
    unit = next(text for text in ask("completion_by_unit", year=YEAR)["unit"].dropna() if "[U+" in text)
    assert len(ask("measure_list", unit=unit)) >= 1 and len(ask("measure_list", unit=unit + "x")) == 0


def test_the_door_writes_out_every_sign_and_leaves_lists_and_numbers():
    texts, lists = ["a\u202eb", "\x1b[1m", None, "ก\u200bข\tค\nง"], [["\u2066"], ["x"], None, []]
    frame = literal.frame(pd.DataFrame({"t": texts, "l": lists, "n": 1.5}))
    assert frame["t"].tolist()[:2] == ["a[U+202E]b", "[U+001B][1m"] and frame["t"][3] == "ก\u200bข\tค\nง"
    assert frame["l"].tolist()[:2] == [["[U+2066]"], ["x"]] and frame["n"].tolist() == [1.5] * 4
    assert literal.meant("a[U+202E]b") == "a\u202eb" and literal.meant(["[U+001B]"]) == ["\x1b"]


@pytest.mark.parametrize(
    "url, link",
    [
        ("https://a.example/?a=1&lt=2", True),
        ("http://a.example/ก", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://a.example/ x", False),
        ("![x](http://a.example/i.png)", False),
        ("//a.example", False),
        ("https://a.example/<b>", False),
    ],
)
def test_only_an_ordinary_address_is_a_link(url, link):
    assert address(url).startswith("[") is link
    assert link or address(url) == plain(url)


# --- exports --------------------------------------------------------------------------------------------------------------------


def test_every_text_of_every_query_is_the_same_text_in_csv_xlsx_and_parquet(asked):
    for word, frame in answers().items():
        said = [str(harmless.cell(text)) for text in texts(frame)]
        rows = list(reader.reader(io.StringIO(csv.csv(frame).decode("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert set(said) <= set(cells), word
        assert [cell for cell in cells if cell.startswith(harmless.FORMULA_STARTS) and not re.fullmatch(r"-?[\d.e+-]+", cell)] == [], word
        content = xlsx.xlsx(frame, f"{hostile.TEXTS[7]} {word}", [(hostile.TEXTS[0], text) for text in hostile.TEXTS], "[*]:/?'")
        sheet, about = openpyxl.load_workbook(io.BytesIO(content)).worksheets
        assert {cell.data_type for page in (sheet, about) for row in page for cell in row} <= {"s", "n", "b"}, word
        kept = {cell.value for row in sheet for cell in row if isinstance(cell.value, str)}
        assert {text.replace("\r", "\n") for text in map(harmless.fitting, said)} <= {text.replace("_x000D_", "\n") for text in kept}, word
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        assert not [name for name in parts if "externalLink" in name or "vba" in name.lower()]
        assert not [name for name, part in parts.items() if b"<f>" in part and "chart" not in name or b"<hyperlink" in part], word
        assert texts(pd.read_parquet(io.BytesIO(parquet.parquet(frame)))) == texts(frame), word


@pytest.mark.parametrize("text", [hostile.LONG, "😀" * 20_000, "ก" * 32_768])
def test_a_text_that_a_cell_cannot_hold_is_cut_and_the_cell_says_so(text):
    content = xlsx.xlsx(pd.DataFrame({"t": [text, "ก" * 32_767]}), "t", [("a", text)], "b")
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A2"]
    kept, _, said = cell.value.partition(" … ")
    assert text.startswith(kept) and len(kept) > 15_000 and len(cell.value.encode("utf-16-le")) // 2 <= 32_767
    assert f"{len(text) - len(kept):,}" in said and said.count(" | ") == 1
    assert cell.parent["A3"].value == "ก" * 32_767
    assert cell.parent.parent.worksheets[1]["B1"].value == cell.value


def active(page: str) -> list[str]:
    """Whatever of a document could run, load or lead somewhere."""
    tree = html.document_fromstring(page)
    found = [
        etree.tostring(node)[:120].decode()
        for node in tree.iter()
        if isinstance(node.tag, str)
        and (
            node.tag.rpartition("}")[2]
            in ("img", "iframe", "object", "embed", "form", "base", "a", "foreignobject", "use", "animate", "link")
            or any(name.startswith("on") or name.endswith(("href", "src", "action", "data")) for name in node.attrib)
        )
    ]
    return found + [etree.tostring(node)[:80].decode() for node in tree.iter("script")]


@pytest.mark.parametrize("lang", ["th", "en"])
def test_slides_and_hand_outs_show_it_letter_by_letter_and_nothing_runs(asked, lang):
    words = Words(lang)
    members = ["s0001", "s0002", "s0003"]
    one, group = agency_deck(AGENCY, asked, YEAR, words), group_deck(members, hostile.TEXTS[2], YEAR, words)
    one = one.chosen([slide.word for slide in one.slides], {slide.word: hostile.TEXTS[n] for n, slide in enumerate(one.slides)})
    assert hostile.CANARY in asked and "[U+202E]" in asked
    for deck in (one, group):
        page = html_deck.html_deck(deck).decode()
        assert len(active(page)) == 1 and active(page)[0].startswith("<script>"), active(page)[:5]
        assert deck.title in html.document_fromstring(page).text_content()
        slides = powerpoint.Presentation(io.BytesIO(pptx(deck))).slides
        said = "\n".join(shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)
        assert deck.title in said
        with zipfile.ZipFile(io.BytesIO(pptx(deck))) as archive:
            for name in archive.namelist():
                part = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(part)
                assert b"hlinkClick" not in part and b'TargetMode="External"' not in part and b"vbaProject" not in part, name
    assert active(handout.handout_html(one)) == []
    assert asked in html.document_fromstring(handout.handout_html(one)).text_content()
    content = handout.handout(one)
    assert not re.search(rb"/(JavaScript|JS|Launch|OpenAction|EmbeddedFile|URI|AA)\b", content)
    with pdfplumber.open(io.BytesIO(content)) as document:
        assert len(document.pages) >= 2 and not any(page.annots or page.hyperlinks for page in document.pages)
        letters = re.sub(r"\s", "", "".join(page.extract_text() for page in document.pages))
    assert "<script>window.__owned=1</script>" in letters and "[U+202E]gnp" in letters


def test_the_bundle_has_harmless_names_and_its_pages_run_nothing_but_their_own(asked):
    from pages.parts.figures import draw

    frame = ask("compare_multiples", agency=AGENCY, year=YEAR)
    tables = {"sources": ask("source_list"), "filters": pd.DataFrame({"a": hostile.TEXTS})}
    figures = {"compare_multiples": draw("compare_multiples", frame, Words("th"))}
    with zipfile.ZipFile(io.BytesIO(bundle.bundle(hostile.TEXTS[0], tables, figures))) as archive:
        assert all(re.fullmatch(r"(data/|figures/)?[\w.]+", name) for name in archive.namelist())
        page = archive.read("figures/compare_multiples.html").decode()
    # In a script the JSON of the figure must not end the script: Plotly writes < as a code.
    assert "</script><img" not in page and len([one for one in active(page) if not one.startswith("<script")]) == 0
    scripts = [node.text or "" for node in html.document_fromstring(page).iter("script")]
    assert hostile.CANARY in "".join(scripts) and not any(one.strip().startswith(hostile.CANARY) for one in scripts)


FIGURES = (
    "province_sheet",
    "compare_multiples",
    "compare_heatmap",
    "compare_slope",
    "compare_completion",
    "nation_movers",
    "completion_by_unit",
    "completion_by_group",
    "plan_pairs",
    "quarters",
)


def test_a_figure_takes_no_text_of_a_report_for_markup(asked):
    from pages.parts.figures import draw

    given, bore = {"agency": AGENCY, "year": YEAR, "section": "result", "before": 2567, "indicator": "TOTAL"}, 0
    for word in FIGURES:
        frame = ask(word, **{name: given[name] for name in query(word).parameters if name in given})
        figure = json.dumps(json.loads(draw(word, frame, Words("th")).to_json()), ensure_ascii=False)
        bore += "<\u2060" in figure
        ours = re.compile(r"</?(?:b|br|extra)>")
        assert re.findall(r"(?:<(?=[a-zA-Z/!])|&(?=[a-zA-Z#])).{0,20}", ours.sub("", figure)) == [], word
        assert "<b>bold" not in figure, word
    assert bore >= 5, "else this test would prove nothing"


@pytest.mark.parametrize("text", [*hostile.TEXTS, "", "...", "-", "CON/../x", "\u202egpj.exe"])
def test_a_name_of_a_file_stays_in_its_folder(text):
    name = harmless.file_name(text)
    assert name and not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f\u202a-\u202e]', name) and not name.startswith((".", "-"))
    assert len(name.encode()) <= 150 and Path("a", name + ".pdf").resolve().parent == Path("a").resolve()
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', handout.file_name("s0001", text, YEAR))


# --- SQL ------------------------------------------------------------------------------------------------------------------------

# Pieces of SQL that are not constants, and why none of them can come from a report or a link.
SAFE = {
    # Names of our own tables and columns (COLUMNS, c0, c1, ...), our constants, our files; paths and headings through quoted().
    "etl/build/build.py": {"quoted(db)"},
    "etl/build/rows.py": {"(HERE / name).read_text(encoding='utf-8')", "table"},
    "etl/build/schema.py": {"found[1]", "quoted(found[2])", "table", "text"},
    "etl/build/sheets.py": {
        "'create temp view sheet_name as ' + ' union all '.join(names or [empty])",
        "'create temp view sheet_score as ' + ' union all by name '.join(scores)",
        "cells",
        "labels",
        "read_csv([file.path for file in files], header, columns)",
        "table",
    },
    "etl/build/steps.py": {"faults", "language", "loaded", "missing", "said"},
    "etl/build/transcripts.py": {"quoted(copy)", "read_csv([path], header)"},
    "etl/pairing.py": {"Path(__file__).with_name('pairs.sql').read_text(encoding='utf-8')", "left"},  # our file, a constant
    "etl/build/publish.py": {"quoted(db)", "table"},  # a path through quoted(), names of our own tables
    "etl/sample/nation.py": {
        "(HERE / 'sample.sql').read_text(encoding='utf-8')",
        "_BENCHMARKS",
        "_REGISTRY",
        "_PLACES",
        "name",
        "_SHEET.format(year=year, scores=scores)",
        "_TRANSCRIPT.format(year=year, columns=columns)",
    },  # numbers, own columns
    "pages/parts/ask/freshness.py": {"str(db).replace(chr(39), chr(39) * 2)"},  # a path with its quotes doubled
    "pages/parts/ask/warehouse.py": {
        "macro.read_text(encoding='utf-8')",
        "_parsed(sql)",
        "sql",
        "table",
        "str(path).replace(chr(39), chr(39) * 2)",
    },  # our files (`sql`: a query's, for an agency or for a list that is a parameter), our tables, a path with its quotes doubled
}


def pieces(path: Path) -> set[str]:
    """What in the SQL that a file runs is no constant."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        runs = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if runs and node.func.attr in ("execute", "executemany", "sql", "query", "from_query", "begin_query", "extract_statements"):
            first = node.args[0]
            found |= {ast.unparse(part.value) for part in ast.walk(first) if isinstance(part, ast.FormattedValue)}
            if not isinstance(first, ast.Constant | ast.JoinedStr):
                found.add(ast.unparse(first))
    return found


def test_sql_is_made_of_constants_and_of_pieces_that_are_known_to_be_safe():
    paths = [path for folder in ("pages", "etl") for path in (ROOT / folder).rglob("*.py")] + [ROOT / "dashboard.py"]
    unknown = {path.relative_to(ROOT).as_posix(): pieces(path) - SAFE.get(path.relative_to(ROOT).as_posix(), set()) for path in paths}
    assert {path: found for path, found in unknown.items() if found} == {}, "parameters, not text; or a reason in SAFE"


@pytest.mark.parametrize("text", ["' or 1=1 --", "'; drop table source; -- $agency ? \\ %", "\0", "ก" * 5000])
def test_a_query_takes_any_text_as_a_value(asked, text):
    for word in queries():
        parameters = query(word).parameters
        for name in ("agency", "indicator", "source_id", "measure", "rule", "severity", "unit", "first", "province", "status", "family"):
            if name in parameters:
                ask(word, **{name: text})
    assert directory.agency(AGENCY) is not None


# --- links ----------------------------------------------------------------------------------------------------------------------

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
VALUES = [
    "",
    " ",
    "'",
    "' or 1=1 --",
    "-1",
    "0",
    "99999999999999999999",
    "1e999",
    "nan",
    "2568.5",
    "\0",
    "..",
    "../../etc/passwd",
    "%00",
    "<script>window.__owned=1</script>",
    "{x}{0}",
    "%s%n",
    "a,b,,c",
    "9:nan,1:inf",
    ":",
    "type:-1,total:1e9",
    "ก" * 3000,
    "\u202e",
    "None",
    "true",
    "2568,2567",
    "٢٥٦٨",
    "[]",
    "$agency",
    "*",
]


def opened(page: str, **given) -> AppTest:
    test = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=600)
    for name, value in given.items():
        test.query_params[name] = value
    test.run() if page == "overview" else test.switch_page(f"pages/{page}.py").run()
    return test


def faults(test: AppTest) -> list[str]:
    said = [
        element.value
        for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error")
        for element in getattr(test, kind)
    ]
    leaked = re.compile(rf"{re.escape(str(ROOT))}|Traceback|\w+Exception|\w+Error\b|duckdb|Binder|Parser|\.py\b|/tmp/|select .* from", re.I)
    return (
        [str(one.value)[:300] for one in test.exception]
        + [text[:200] for text in said if leaked.search(text)]
        + ([] if test.title or test.subheader else ["no heading"])
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_parameter_of_a_link_breaks_a_page(sample_data, sample_db, monkeypatch, page):
    monkeypatch.setenv("ITA_DATA", str(sample_data))
    wrong = {}
    for place, value in enumerate(VALUES):
        # All of them at once, but in most links those that decide what is asked, so that a page's own are looked at too.
        kept = {"agency": "s0001", "year": "2568", "view": VIEWS[page][place % len(VIEWS[page])]} if place % 4 else {}
        if found := faults(opened(page, **(dict.fromkeys(PARAMETERS, value) | kept))):
            wrong[value[:40], bool(kept)] = found[:2]
    assert wrong == {}


VIEWS = {
    "add": ["new", "history"],
    "overview": [""],
    "trends": ["total", "change", "indicators"],
    "weakest": ["own", "group"],
    "path": ["path", "try"],
    "province": ["sheet", "picture"],
    "present": [""],
    "papers": ["papers", "board"],
    "completion": ["done", "plan", "when", "aim", "moved", "copies", "list"],
    "sources": ["documents", "coverage", "findings", "data"],
    "compare": [
        "distribution",
        "profile",
        "slope",
        "heatmap",
        "multiples",
        "all",
        "completion",
        "map",
        "outlines",
        "quantiles",
        "funnel",
        "levels",
        "movers",
    ],
}


def test_every_parameter_of_the_pages_is_tried():
    """Every name under which a page reads or keeps something in the link, as the sources say."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "pages").rglob("*.py"))
    read = set(re.findall(r'query_params(?:\.get|\.pop)?[(\[]"(\w+)"', source))
    read |= set(re.findall(r'(?:choice|from_url)\(\s*words, "(\w+)"', source)) | set(re.findall(r'_to_url\("(\w+)"', source))
    assert read - PARAMETERS == set() and len(read) >= 15


# --- paths ----------------------------------------------------------------------------------------------------------------------

HEAD = "record,document,sha256,title,kind,family,agency,fiscal_year,section,position,number,status,status_basis,place\n"


OUTSIDE = ["../../outside", "/outside", "..\\..\\outside", "C:\\outside", "a/../../outside", "\u202e../outside", "..", "con"]


def test_what_a_transcript_calls_its_document_leads_nowhere(tmp_path):
    """A transcript may name any document; nothing of that name is opened or written, and `read` of a document stays in its folder."""
    data = tmp_path / "inner" / "data"
    (data / "transcripts").mkdir(parents=True)
    for file in ("rules", "agencies.csv", "provinces.csv", "districts.csv", "benchmarks.csv"):
        (data / file).symlink_to(ROOT / "data" / file)
    for number, name in enumerate(OUTSIDE):
        rows = f'source,"{name}",,t,result,,,2568,,,,,,\nmeasure,"{name}",,m,,,,,result,1,1,,,p 1\n'
        (data / "transcripts" / f"{number}.csv").write_text(HEAD + rows, encoding="utf-8-sig")
    before = {path for path in tmp_path.rglob("*") if "data" not in path.parts}
    run = etl("build", "--data", str(data), "--db", str(data / "ita.duckdb"))
    assert run.returncode == 0 and "Traceback" not in run.stderr, run.stderr
    assert {path for path in tmp_path.rglob("*") if "data" not in path.parts} == before


@pytest.mark.parametrize("name", ["a..b.txt", "....txt", "-rf.txt", "=1+1.txt", "<b>.txt", "\u202etxt.exe.txt", "con.txt", "%2e%2e%2f.txt"])
def test_the_transcript_of_a_document_with_any_name_is_written_in_its_folder(tmp_path, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text("รายงานผลการดำเนินการตามมาตรการ\nเทศบาลตำบลบ้านเดื่อ\n๑. จัดทำคู่มือ", encoding="utf-8")
    run = etl("read", str(tmp_path / "in" / name), "--into", str(tmp_path / "out"))
    assert run.returncode == 0, run.stderr
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "in"]
    assert len(written) == 1 and written[0].parent == tmp_path / "out" and written[0].suffix == ".csv"


def test_no_text_of_a_document_commands_the_terminal(tmp_path):
    report = tmp_path / "a\x1b[2J.txt"
    said = "รายงานผลการดำเนินการตามมาตรการ \x1b[31mred\x1b[0m \u202eevil\nเทศบาลตำบล\x1b[2Jไม่มีจริง อำเภอเมือง จังหวัดน่าน\n"
    report.write_text(said, encoding="utf-8")
    for arguments in (("check", str(report)), *[("read", str(report), "--into", str(tmp_path / "out"))] * 2):
        run = etl(*arguments)
        assert run.returncode == 0 and not UNSEEN.search((run.stdout + run.stderr).replace("\n", "")), ascii(run.stdout + run.stderr)


def etl(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "etl", *arguments], cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL)
