"""Papers: read back by the reader cell by cell; templates that are refused; the board and its calendar; what is blank stays blank."""

import io
import json
import re
import sys
import threading
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal
from pathlib import Path

import duckdb
import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator
from pypdfium2.raw import FPDF_PAGEOBJ_PATH
from streamlit.testing.v1 import AppTest

from pages.parts.ask.warehouse import ask
from pages.parts.builder import Run
from pages.parts.papers import board, content, pdf, province, web, word
from pages.parts.papers.made import files_of, known
from pages.parts.papers.paper import BLANK, FORMS, KINDS, Table
from pages.parts.say.sentences import sentences
from pages.parts.say.text import LANGUAGES, Words
from tests.papers import round_trip
from tests.support.office import as_pdf, office

TH, EN = Words("th"), Words("en")
ROOT = Path(__file__).resolve().parents[1]
REPORTS = [("a0001", 2566), ("a0002", 2564), ("a0003", 2568), ("a0004", 2566), ("a0005", 2566)]


@pytest.fixture
def shipped(shipped_data, shipped_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(shipped_data))
    with duckdb.connect(str(shipped_db), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("agency, year", REPORTS)
def test_what_is_written_is_read_back_to_the_cell(shipped, agency, year):
    found = list(round_trip(shipped, agency, year))
    assert [(kind, form, told) for kind, form, _, told in found if told] == []
    assert sum(count for *_, count, _ in found) > 20


def test_made_up_agencies_are_read_back_too(sample_data, sample_db, monkeypatch):
    monkeypatch.setenv("ITA_DATA", str(sample_data))
    with duckdb.connect(str(sample_db), read_only=True) as connection:
        some = connection.execute("select agency_id, max(fiscal_year) from measure group by 1 order by 1 limit 2").fetchall()
        found = [one for agency, year in some for one in round_trip(connection, agency, year)]
    assert [(kind, form, told) for kind, form, _, told in found if told] == [] and found


def test_a_status_that_was_inferred_gets_no_tick_and_its_row_is_named(shipped):
    made = content.paper("report", known("a0004", 2566, TH))
    rows = [row for row in made.parts["results"] if "group" not in row]
    statuses = shipped.execute(
        "select status, status_basis from measure where agency_id = 'a0004' and section = 'result' and latest order by position"
    ).fetchall()
    assert [row["completed"] for row in rows] == [BLANK] * len(statuses)
    inferred = [place for place, status in enumerate(statuses, 1) if status == ("completed", "inferred")]
    said = next(line for line in made.parts["basis"] if TH("paper.basis.inferred", n=len(inferred), rows="").split(":")[0] in line)
    assert said.endswith(content.ranges(inferred, TH))
    assert all(row["result"].startswith("มีรายงานว่า") for place, row in enumerate(rows, 1) if place in inferred)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("agency, year", [("a0003", 2568), ("a0003", 2569), ("a0005", 2566)])
def test_every_dotted_cell_is_counted_on_the_last_page(shipped, agency, year, lang):
    all_known = known(agency, year, Words(lang))
    for kind in KINDS:
        made = content.paper(kind, all_known)
        for part in made.form.parts:
            if not isinstance(part, Table):
                continue
            for column in part.columns:
                dotted = sum(row.get(column.key) == BLANK for row in made.parts[part.name])
                key = column.over if column.over == "done" else column.key
                listed = any(f"“{content.label(all_known.words, key, made.given)}”" in line for line in made.blanks)
                assert listed == bool(dotted) or key == "done", (kind, column.key)
        assert made.blanks, kind


def test_numbers_of_the_analysis_are_those_of_the_database(shipped):
    """By another way: each score and total from its table, changes and parts by subtraction and by the weights."""
    rows = {row["indicator"]: row for row in content.paper("analysis", known("a0003", 2568, TH)).parts["scores"]}
    of = "select fiscal_year, {} from {} where agency_id = 'a0003' and fiscal_year in (2567, 2568) {} order by 1"
    weights = dict(shipped.execute("select indicator, weight from indicator where fiscal_year = 2568").fetchall())
    for indicator, weight in weights.items():
        (_, before), (_, now) = shipped.execute(of.format("score", "score", f"and chosen and indicator = '{indicator}'")).fetchall()
        name = next(text for text in rows if text.startswith(f"ตัวชี้วัดที่ {indicator} "))
        assert (rows[name]["score_before"], rows[name]["score"]) == (f"{before:.2f}", f"{now:.2f}")
        assert rows[name]["change"] == f"{now - before:+.2f}"
        assert abs(float(rows[name]["part"]) - weight * float(now - before)) < 0.011
    (_, before), (_, now) = shipped.execute(of.format("total_shown", "assessment", "")).fetchall()
    total = rows[TH("paper.line.TOTAL")]
    assert (total["score"], total["change"], total["part"]) == (f"{now:.2f}", f"{now - before:+.2f}", f"{now - before:+.2f}")
    parts = [float(row["part"]) for row in rows.values() if row["part"] and row is not total]
    assert round(sum(parts), 2) == float(now - before)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("agency, year", REPORTS)
def test_counts_in_the_sentences_are_those_of_the_database(shipped, agency, year, lang):
    for kind, family in (("report", "ita_measures"), ("action_report_6", "action_plan")):
        rows = shipped.execute(
            "select if(status = 'completed', if(status_basis = 'inferred', 'inferred', 'stated'), status), status_basis = 'inferred' "
            "from measure m join source s using (source_id) where m.agency_id = ? and m.fiscal_year = ? and section = 'result' and latest "
            "and family = ? order by m.group_number is not null or m.group_name is not null, m.source_id, m.position",
            [agency, year, family],
        ).fetchall()
        if rows:
            made = content.paper(kind, known(agency, year, Words(lang)))
            counted = Counter(status for status, _ in rows)
            expected = [len(rows), counted["stated"] + counted["inferred"]]
            expected += [counted[name] for name in ("stated", "inferred", "in_progress", "not_started", "not_possible", "unknown")]
            assert [int(number) for number in re.findall(r"\d+", made.parts["summary"][0])] == expected
            bases = ["unknown" if status == "unknown" else "inferred" if inferred else "stated" for status, inferred in rows]
            for name, line in zip(
                dict.fromkeys(sorted(bases, key="stated inferred unknown".split().index)), made.parts["basis"], strict=True
            ):
                n, *places = re.findall(r"\d+", line.replace("–", " – "))
                assert int(n) == bases.count(name)
                assert line.endswith(content.ranges([at for at, one in enumerate(bases, 1) if one == name], TH)), places


def numbers(lines: list[str]) -> set[str]:
    """Every number in sentences, but for codes of items (o27)."""
    return set(re.findall(r"[+-]?\d+(?:,\d{3})*(?:\.\d+)?", re.sub(r"\bo\d+", "", " ".join(lines)).replace("(-", " -").replace("(+", " +")))


def computed(db) -> set[str]:
    """Every number that may stand in a sentence of the papers of a0003 of 2568, from the tables alone: scores, what they are made of and
    how they moved, the nation's means, what each indicator costs, and what lacks to the next level."""
    scores = {2567: {}, 2568: {}}
    asked = (
        "select fiscal_year, indicator, score from score where agency_id = 'a0003' and chosen and try_cast(indicator as int) is not null"
    )
    for of, indicator, score in db.execute(asked).fetchall():
        scores[of][indicator] = Decimal(score)
    rules = db.execute("select indicator, instrument, weight from indicator where fiscal_year = 2568").fetchall()
    instrument, size = {one: of for one, of, _ in rules}, Counter(of for _, of, _ in rules)
    weights = {"IIT": Decimal("0.3"), "EIT": Decimal("0.3"), "OIT": Decimal("0.4")}
    point = {one: weights[of] / size[of] for one, of in instrument.items()}
    assert all(abs(float(point[one]) - float(weight)) < 1e-6 for one, _, weight in rules)

    def cut(value: Decimal, how=ROUND_HALF_UP) -> Decimal:
        return value.quantize(Decimal("0.01"), how)

    means = dict(db.execute("select fiscal_year, value from benchmark where scope = 'all agencies' and metric = 'mean_total'").fetchall())
    total = {of: sum(point[one] * score for one, score in own.items()) for of, own in scores.items()}
    part = {
        of: {name: sum(own[one] for one, i in instrument.items() if i == name) / size[name] for name in weights}
        for of, own in scores.items()
    }
    change, tide = cut(total[2568]) - cut(total[2567]), cut(Decimal(str(means[2568]))) - cut(Decimal(str(means[2567])))
    values = {
        *map(cut, total.values()),
        *(cut(one) for of in part.values() for one in of.values()),
        *(x for of in scores.values() for x in of.values()),
    }
    values |= {cut(Decimal(str(means[2568]))), abs(cut(total[2568]) - cut(Decimal(str(means[2568]))))}
    moved = {change, tide, change - tide}
    for one, score in scores[2568].items():
        moved |= {
            cut(point[one] * (score - scores[2567][one])),
            cut(point[one] * (100 - score)),
            cut(point[one] * (100 - scores[2567][one])),
        }
    # 2567 lacked points to the total of 85, cheapest in an indicator of the heaviest instrument; 2568 lacks them in the OIT.
    short = cut((85 - total[2567]) / point["10"], ROUND_UP)
    lacking = cut((85 - part[2568]["OIT"]) * size["OIT"], ROUND_UP)
    moved |= {short, lacking}
    values |= {cut(total[2567] + short * point["10"]), cut(total[2568] + lacking * point["9"]), Decimal("0.00")}
    counted = db.execute(
        "select count(*), count(*) filter (status = 'completed'), 0 from measure "
        "where agency_id = 'a0003' and section = 'result' and latest"
    ).fetchone()
    whole = {*range(1, 11), 85, 100, 2567, 2568, 2567 - 543, 2568 - 543, *counted}
    ratio = cut(point["9"] / point["1"]).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return {f"{one:.2f}" for one in values} | {f"{one:+.2f}" for one in moved} | {str(one) for one in whole} | {str(ratio)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_in_a_sentence_is_computed_from_the_tables(shipped, lang):
    allowed, all_known = computed(shipped), known("a0003", 2568, Words(lang))

    def said(of: content.Known) -> set[str]:
        return numbers(
            [line for kind in KINDS for part in content.paper(kind, of).parts.values() for line in part if isinstance(line, str)]
        )

    assert said(all_known) - allowed == set()
    assert len(said(all_known) & {one for one in allowed if "." in one}) > 15
    weak = all_known.frames["weakest"]
    moved = weak.assign(score=weak["score"] + 0.01, gain=weak["gain"] + 0.01)
    wrong = replace(all_known, frames={**all_known.frames, "weakest": moved})
    assert said(wrong) - allowed, "else this test would prove nothing"


SHOWN = [
    *(("report", "a0002", 2564, TH), ("action_report_6", "a0005", 2566, TH), ("measures", "a0004", 2566, EN)),
    *(("analysis", "a0003", 2568, EN), ("memo", "a0003", 2568, TH), ("unit", "a0003", 2568, TH)),
]


@pytest.fixture(scope="module")
def word_files(shipped_data, shipped_db, tmp_path_factory):
    """A paper of each form as a Word file, in both languages."""
    folder = tmp_path_factory.mktemp("papers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ITA_DATA", str(shipped_data))
        for kind, agency, year, words in SHOWN:
            all_known = known(agency, year, words)
            made = content.paper(kind, all_known, content.units(all_known)[0] if kind == "unit" else None)
            (folder / f"{kind}.docx").write_bytes(word.docx(made))
    return {kind: folder / f"{kind}.docx" for kind, *_ in SHOWN}


def test_word_files_keep_to_the_rules_of_open_xml(word_files, tmp_path):
    checked = OpenXmlValidator()
    assert {path.name: list(map(str, checked.validate(path).errors)) for path in word_files.values()} == dict.fromkeys(
        (path.name for path in word_files.values()), []
    )
    broken = tmp_path / "broken.docx"
    broken.write_bytes(mended(word_files["report"].read_bytes(), "<w:tblHeader/>", "<w:jc/><w:tblHeader/>"))
    assert not checked.validate(broken).is_valid, "else this test would prove nothing"


def flat(text: str) -> str:
    """The letters of a text that every reader of PDF gives the same way: Thai consonants, Latin letters, digits."""
    return "".join(re.findall("[ก-ฮ0-9A-Za-z]", text))


def cells_of(rows) -> list[str]:
    """The texts of the cells of rows, a merged one once."""
    return list({cell._tc: cell.text for row in rows for cell in row.cells}.values())


@pytest.mark.skipif(not office(), reason="LibreOffice is not installed; it only looks at what Word will show")
def test_libreoffice_shows_every_letter_within_the_margins_and_headings_on_every_page(word_files, tmp_path):
    with_table = 0
    for path, made in zip(word_files.values(), as_pdf(list(word_files.values()), tmp_path), strict=True):
        document, printed = Document(path), []
        section, tables = document.sections[0], document.tables
        heads = [[flat(head)[:5] for head in cells_of(table.rows[:1])] for table in tables]  # a longer one may have several lines
        for page in pypdfium2.PdfDocument(made):
            text = page.get_textpage()
            printed.append(flat(text.get_text_bounded()))
            left, low, right, high = zip(*(text.get_rect(at) for at in range(text.count_rects())), strict=True)
            assert min(left) > section.left_margin.pt - 2 and max(right) < page.get_width() - section.right_margin.pt + 2, path.name
            assert min(low) > 20 and max(high) < page.get_height() - 20, path.name
            if sum(one.type == FPDF_PAGEOBJ_PATH for one in page.get_objects()) > 12:  # the lines of a table
                with_table += 1
                assert any(all(head in printed[-1] for head in row) for row in heads), (path.name, len(printed))
        written = flat("".join([one.text for one in document.paragraphs] + [one for table in tables for one in cells_of(table.rows)]))
        assert not Counter(written) - Counter("".join(printed)), path.name
    assert with_table > 15


def test_headings_of_tables_come_again_and_rows_do_not_break(shipped):
    made = Document(io.BytesIO(word.docx(content.paper("report", known("a0002", 2564, TH)))))
    rows = made.tables[0].rows
    assert len(rows) > 30
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]
    assert heads == [True, True] + [False] * (len(rows) - 2)
    assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    style = made.styles["Normal"].element.rPr
    assert style.find(qn("w:sz")).get(qn("w:val")) == style.find(qn("w:szCs")).get(qn("w:val")) == "32"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_the_shipped_templates_are_in_order_and_documented(form, lang):
    assert word.faults((word.SHIPPED / f"{form}.{lang}.docx").read_bytes(), form) == []
    said = (ROOT / "docs" / "papers.md").read_text(encoding="utf-8")
    line = next(line for line in said.splitlines() if line.startswith(f"| `{form}` |"))
    parts = {part.name for part in FORMS[form].parts} | {
        c.key for part in FORMS[form].parts if isinstance(part, Table) for c in part.columns
    }
    assert set(re.findall(r"`(\w+)`", line)) - {form} == parts
    assert all(f"`{name}`" in said for name in word.COMMON)


def mended(content: bytes, old: str, new: str) -> bytes:
    """A Word file with another text in its document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(item, data)
    return out.getvalue()


@pytest.mark.parametrize("old, new, place, why", [
    ("{{ row.steps }}", "{{ row.step }}", {"table": 1, "row": 7}, "unknown_field"),
    ("{{ agency }}", "{{ agencies }}", {"n": 2}, "unknown_field"),
    ("{{ agency }}", "{{ agency }", {"n": 2}, "unclosed"),
    ("{{ agency }}", "{{ agency + }}", {"n": 2}, "not_readable"),
    ("{%tr endfor %}", "", {"table": 1, "row": 3}, "not_closed"),
    ("{%tr endif %}", "{%tr endfor %}", {"table": 1, "row": 8}, "nothing_open"),
    ("{{ agency }}", "{% include 'x' %}", {"n": 2}, "unknown_block"),
    ("{%tr endif %}", "{% tr endif %}", {"table": 1, "row": 8}, "unknown_block"),
])  # fmt: skip
def test_a_template_with_a_mistake_is_refused_with_place_and_reason(old, new, place, why):
    found = word.faults(mended((word.SHIPPED / "report.th.docx").read_bytes(), old, new), "report")
    assert (place, why) in [(fault.numbers, fault.why) for fault in found]
    assert all(fault.said(words) for fault in found for words in (TH, EN))


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """A Word file with one more part."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, data)
    return out.getvalue()


def damaged(content: bytes) -> bytes:
    """A Word file of which a stretch is lost, the list of its parts is not."""
    half = len(content) // 3
    return content[:half] + b"\0" * 3000 + content[half + 3000 :]


INSIDE = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"  # of a text box
BOX = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{INSIDE}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"


@pytest.mark.parametrize("made, why", [
    (lambda good: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "no_word_file"),  # an old .doc under the new name
    (lambda good: good[: len(good) // 2], "no_word_file"),
    (damaged, "no_word_file"),
    (lambda good: with_part(good, "word/vbaProject.bin", b"macro"), "macros"),
    (lambda good: mended(good, "</w:r></w:p>", "</w:r>" + BOX.format("{{ agencies }}") + "</w:p>"), "not_readable"),
    (lambda good: mended(good, "{{ agency }}", "{{ agency - 1 }}"), "not_readable"),
    (lambda good: mended(mended(good, "ผลการดำเนินการตาม", "{% for line in basis %}"), "ลำดับที่", "{% endfor %}"), "crossed"),
])  # fmt: skip
def test_a_file_that_cannot_be_a_template_is_refused_whole(shipped_data, monkeypatch, tmp_path, made, why):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "report.th.docx").write_bytes(made((word.SHIPPED / "report.th.docx").read_bytes()))
    with pytest.raises(word.BadTemplate) as refused:
        word.usable("report", "th")
    assert [fault.why for fault in refused.value.faults] == [why]
    assert all(len(refused.value.said(words)) == 2 for words in (TH, EN))


def test_a_file_with_another_name_is_said_not_to_be_used(monkeypatch, tmp_path):
    monkeypatch.setenv("ITA_DATA", str(tmp_path))
    (tmp_path / "templates").mkdir()
    for name in ("report.th.docx", "reports.th.docx", "memo.th.doc", "~$memo.th.docx"):
        (tmp_path / "templates" / name).write_bytes(b"")
    assert word.not_used() == ["memo.th.doc", "reports.th.docx"]


def test_a_refused_template_is_said_on_the_page_and_its_word_file_is_not_offered(shipped, shipped_data):
    folder = shipped_data / "templates"
    folder.mkdir(exist_ok=True)
    (folder / "report.th.docx").write_bytes(b"no word file")
    try:
        page = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
        page.query_params.update({"lang": "th"})
        page.run().switch_page(str(ROOT / "pages" / "papers.py"))
        page.query_params.update({"agency": "a0003", "year": "2568", "lang": "th"})
        page.run()
        assert not page.exception
        assert any("report.th.docx" in error.value for error in page.error)
        with pytest.raises(word.BadTemplate):
            word.docx(content.paper("report", known("a0003", 2568, TH)))
    finally:
        (folder / "report.th.docx").unlink()


def test_text_of_documents_is_no_template_and_no_markup(shipped):
    all_known = known("a0003", 2568, TH)
    frames = dict(all_known.frames)
    rows = frames["papers_measures"].copy()
    hostile = "{{ 7 * 7 }} {% for %} <b>&amp;</b> #let x = 1 $a$ *b*"
    rows["title"] = hostile
    frames["papers_measures"] = rows
    made = content.paper("report", replace(all_known, frames=frames))
    cell = Document(io.BytesIO(word.docx(made))).tables[0].rows[2].cells[1].text
    assert cell.startswith(hostile)
    assert b"%PDF" in pdf.pdf(made)[:8]
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in web.page(web.WebPage((made,))).decode()


def test_the_web_page_asks_for_nothing(shipped):
    all_known = known("a0003", 2568, TH)
    html = web.page(web.WebPage(tuple(content.paper(kind, all_known) for kind in ("analysis", "report")))).decode()
    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']*""", html) == [] and set(re.findall(r"url\(\"?([a-z]+):", html)) <= {"data"}


def test_the_board_says_what_is_there_and_what_is_not_known(shipped):
    all_known = known("a0004", 2566, TH)
    tasks = board.tasks(ask("timeline", agency="a0004", year=2566), TH)
    by_kind = {task.kind: task for task in tasks}
    assert {kind for kind, task in by_kind.items() if task.documents} == {"measures", "report"}
    assert {task.due for task in tasks} == {None} and by_kind["action_report_6"].until == date(2023, 3, 31)
    assert by_kind["measures"].code == "O42"
    units = board.in_charge(all_known)
    reported = shipped.execute("select count(*) from measure where agency_id = 'a0004' and section = 'result' and latest").fetchone()[0]
    assert sum(count for _, count, *_ in units) == reported  # each has one unit


def test_the_timeline_counts_each_measure_of_the_year_once(shipped):
    frame = ask("timeline", agency="a0003", year=2568)
    assert list(frame["task"])[:4] == ["measures", "action_plan", "action_report_12", "report"], "2568 asks for no six months' report"
    counted = "select count(*), count(*) filter (status = 'completed') from measure where agency_id = 'a0003' and fiscal_year = 2568 {}"
    reported = shipped.execute(counted.format("and latest and section = 'result'")).fetchone()
    assert (frame["measures"].sum(), frame["completed"].sum()) == reported
    work = frame[frame["measures"].notna()]
    assert set(work["state"]) == {"done"} and (frame["state"] == "read_in").sum() == 1
    said = sentences("timeline", frame, EN)
    assert [int(n) for n in re.findall(r"\d+", said[-1])] == [*reported, 0]
    # An agency of which nothing is read in has the papers of the year all the same.
    nothing = ask("timeline", agency="a0003", year=2569)
    assert set(nothing["state"]) == {"missing"} and list(nothing["code"]) == ["O25", "O23", "O24", "O26"]


def test_every_paper_of_the_rules_is_asked_for_once(shipped):
    named = shipped.execute("select fiscal_year, paper, code, due from paper order by all").fetchall()
    asked = shipped.execute("select fiscal_year, task, code, due from asked_paper order by all").fetchall()
    assert [row for row in asked if row[2]] == named
    without = [(year, task) for year, task, code, _ in asked if code is None]
    ruled, six_months = {row[0] for row in named}, {row[0] for row in named if row[1] == "action_report_6"}
    assert all(task != "action_report_6" for year, task in without if year in ruled - six_months)
    unruled = {year for (year,) in shipped.execute("select fiscal_year from rule_year").fetchall()} - ruled
    assert unruled and all(sum(year == one for one, _ in without) == 5 for year in unruled)


def test_the_calendar_is_one_that_calendars_read(shipped):
    all_known = known("a0003", 2568, TH)
    tasks = board.tasks(ask("timeline", agency="a0003", year=2568), TH)
    text = board.calendar(all_known, tasks).text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert unfolded.startswith("BEGIN:VCALENDAR\r\n") and unfolded.endswith("END:VCALENDAR\r\n")
    assert unfolded.count("BEGIN:VEVENT") == unfolded.count("END:VEVENT") == len(re.findall(r"^UID:", unfolded, re.M)) >= 3
    assert len(set(re.findall(r"^UID:(.+)$", unfolded, re.M))) == unfolded.count("BEGIN:VEVENT")
    assert "DTSTART;VALUE=DATE:20250331" in unfolded  # the 14 measures run until March 2568


def test_all_files_of_an_agency_have_names_of_their_own(shipped):
    made = files_of("a0003", 2568, EN)
    assert len({name for name, _ in made}) == len(made) == 2 * len(KINDS)
    assert {bytes_[:4] for name, bytes_ in made if name.endswith("docx")} == {b"PK\x03\x04"}


def test_the_papers_of_a_province_are_one_file_or_none(shipped, tmp_path, capsys):
    given = ["--province", "ชัยภูมิ", "--year", "2568", "--into", str(tmp_path / "papers.zip"), "--json"]
    assert province.main(given) == 0
    agencies = shipped.execute(
        "select count(distinct agency_id) from agency join assessment using (agency_id) where province = 'ชัยภูมิ' and fiscal_year = 2568"
    ).fetchone()[0]
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"kind": "progress", "done": done, "of": agencies} for done in range(1, agencies + 1)] and told
    with zipfile.ZipFile(tmp_path / "papers.zip") as file:
        assert file.testzip() is None and len(set(file.namelist())) == 2 * len(KINDS) * agencies
    for bad, where in (("ไม่มี", tmp_path / "none.zip"), ("ชัยภูมิ", tmp_path / "no" / "folder.zip")):
        assert province.main(["--province", bad, "--year", "2568", "--into", str(where), "--json"]) == 1
        failed = json.loads(capsys.readouterr().out.splitlines()[-1])
        assert failed["kind"] == "failed" and set(failed["said"]) == set(LANGUAGES) and str(tmp_path) not in str(failed)
    assert [path.name for path in tmp_path.iterdir()] == ["papers.zip"]


def test_what_is_cancelled_ends_also_before_its_turn():
    running = Run([sys.executable, "-c", 'print(\'{"kind": "progress", "done": 1, "of": 2}\', flush=True); input()'], 1)
    running.cancel()
    assert running.ended.wait(60) and not running.right
    turn = threading.Semaphore(0)
    waiting = Run([sys.executable, "-c", "raise SystemExit(0)"], 1, turn)
    waiting.cancel()
    turn.release()
    assert waiting.ended.wait(60) and not waiting.right
