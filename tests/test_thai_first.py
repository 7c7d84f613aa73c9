"""Thai first, as far as no browser is needed: our own font, digits and years of the viewer, Thai order, line breaks, both languages."""

import re
import tomllib
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pandas import DataFrame

from pages.parts import frontend
from pages.parts import twin as twin_of
from pages.parts.ask import directory, warehouse
from pages.parts.figures import draw, style
from pages.parts.present.slide import Picture, Series
from pages.parts.present.svg import draw as draw_svg
from pages.parts.say.breaks import letters, pieces, wrapped
from pages.parts.say.text import Words, rows
from tests.support.data import table as csv_table
from tests.test_figures import FIGURES, frame_of

ROOT = Path(__file__).resolve().parents[1]
TH, EN = Words("th"), Words("en")
TH_THAI, EN_THAI = Words("th", "thai"), Words("en", "thai")
THAI = re.compile(r"[\u0e00-\u0e7f]")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


# --- the font ---------------------------------------------------------------------------------------------------------------------------


def test_every_face_is_a_file_of_ours_with_its_licence_beside_it():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    faces = theme["fontFaces"]
    files = [ROOT / "static" / Path(face["url"]).name for face in faces]
    assert all(face["url"] == f"app/static/{file.name}" for face, file in zip(faces, files, strict=True))
    assert [file.name for file in files if file.read_bytes()[:4] != b"wOF2"] == []
    assert {face["family"] for face in faces} == {"Sarabun"} == {theme["font"].split(",")[0]}
    kinds = {(face["weight"], "thai" if "U+0E01" in face["unicodeRange"] else "latin") for face in faces}
    assert kinds == {(weight, script) for weight in (400, 600, 700) for script in ("thai", "latin")}
    licence = (ROOT / "static" / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "Sarabun" in licence


# --- digits -----------------------------------------------------------------------------------------------------------------------------


def test_what_we_write_is_in_the_digits_of_the_viewer():
    assert TH_THAI.number(1234.5) == "๑,๒๓๔.๕๐" and TH_THAI.signed(-4.88) == "-๔.๘๘" and TH_THAI.count(12000) == "๑๒,๐๐๐"
    assert TH_THAI.percent(32, 39) == "๘๒.๐๕" and TH_THAI.floor(84.5) == "๘๔.๕" and TH_THAI.indicator("10") == "ตัวชี้วัดที่ ๑๐"
    assert (TH_THAI.year(2568), EN_THAI.year(2568)) == ("ปี ๒๕๖๘", "FY ๒๐๒๕ (BE ๒๕๖๘)")
    assert TH_THAI.date(date(2025, 9, 30)) == "๓๐ ก.ย. ๒๕๖๘"
    assert TH_THAI("indicator_multiples.title") == "ตัวชี้วัดทั้ง ๑๐ ในแต่ละปี"
    assert TH_THAI("measure_list.all", n=12) == "พบ ๑๒ มาตรการ"


def test_codes_names_and_places_stay_as_they_are():
    assert [TH_THAI.written(code) for code in ("O12", "I10", "a0003", "2x")] == ["O12", "I10", "a0003", "2x"]
    assert "O12" in TH_THAI("measure_list.search")
    assert TH_THAI("sources.one", document="แผน 2568.txt").endswith("แผน 2568.txt")
    assert TH_THAI.place("page 3 line 12") == "หน้า 3 บรรทัด 12"


@pytest.mark.parametrize("place, th, en", [
    ("line 113", "บรรทัด 113", "line 113"), ("page 3 line 12", "หน้า 3 บรรทัด 12", "page 3 line 12"),
    ("table 2 row 3", "ตารางที่ 2 แถว 3", "table 2 row 3"), ("page 4", "หน้า 4", "page 4"), ("Sheet1!C17", "Sheet1!C17", "Sheet1!C17"),
    ("report.csv row 4", "report.csv แถว 4", "report.csv row 4"), ("row 4.csv row 5", "row 4.csv แถว 5", "row 4.csv row 5"),
    ("line 9, line 12", "บรรทัด 9, บรรทัด 12", "line 9, line 12"),
])  # fmt: skip
def test_places_are_shown_in_words(place, th, en):
    assert (TH.place(place), EN.place(place)) == (th, en)


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_thai_digits_say_the_same_number(value, digits):
    arabic = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    for said in ("number", "signed"):
        written = getattr(TH_THAI, said)(value, digits)
        assert not re.search("[0-9]", written)
        assert written.translate(arabic) == getattr(TH, said)(value, digits)


@pytest.mark.parametrize("word", FIGURES)
def test_plotly_writes_no_number_of_its_own(word, monkeypatch, sample_db):
    """In Thai digits every tick and hover text is handed over; a number that Plotly formats would be Arabic."""
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    frame = frame_of(word, "s0001")
    if frame.empty:
        pytest.skip("the sample has none")
    figure = draw(word, frame, TH_THAI)
    for way in "xy":
        axis = figure.layout[f"{way}axis"]
        assert axis.type == "category" or axis.visible is False or axis.showticklabels is False or axis.ticktext is not None
        written = " ".join(map(str, axis.ticktext or ()))
        assert not re.search("[0-9]", re.sub(r"\b[oOIE]\d{1,2}\b", "", written)), "codes are no numbers and stay as they are"
    for trace in figure.data:
        templates = trace.hovertemplate if isinstance(trace.hovertemplate, (tuple, list)) else [trace.hovertemplate]
        numbers = trace.type == "bar" or trace.type == "scatter" and "markers" in trace.mode
        for at, template in enumerate(templates if numbers and trace.hoverinfo not in ("skip", "text") else []):
            for way, _ in style.PLOTLY_NUMBER.findall(template or ""):
                assert trace[way][at] is None or isinstance(trace[way][at], str), f"{word}: {template}"


def test_a_table_paints_thai_digits_over_numbers_that_sort_as_numbers():
    twin = DataFrame({"score": [88.94, None], "n": [1200, 3], "title": ["แผน 2568", "O12"]})
    painted = twin_of.shown(twin, TH_THAI)
    html = painted.to_html()
    assert all(said in html for said in ("๘๘.๙๔", "๑,๒๐๐", "แผน 2568", "O12")) and "88.94" not in html
    assert painted.data["score"].dtype == "float64" and painted.data["n"].dtype == "int64"
    assert twin_of.shown(twin, TH) is twin


def test_slides_are_drawn_in_thai_digits():
    frame = DataFrame({"label": ["แผน 2568", "ผล"], "score": [61.5, 80.25]})
    for digits, said in (("thai", "๖๑.๕๐"), ("arabic", "61.50")):
        picture = Picture("bars", "ภาพ", frame, (Series("score", "คะแนน", "main"),), digits=digits)
        drawn = draw_svg(picture, 800, 300, 24)
        assert f">{said}<" in drawn and "แผน 2568" in drawn
        assert said in picture.alt


# --- years ------------------------------------------------------------------------------------------------------------------------------


def test_tables_of_pages_say_years_by_language_and_files_keep_them():
    frame = DataFrame({"fiscal_year": [2567, 2568], "before_year": [2566, 2567], "total": [80.0, 90.0]})
    assert list(twin_of.table(frame, TH)["ปีงบประมาณ"]) == ["2567", "2568"]
    assert list(twin_of.table(frame, EN)["Fiscal year"]) == ["2024", "2025"]
    assert list(twin_of.table(frame, TH_THAI)["ปีงบประมาณ"]) == ["๒๕๖๗", "๒๕๖๘"]
    for words, head in ((TH, "ปีงบประมาณ (พ.ศ.)"), (EN, "Fiscal year (BE)"), (EN_THAI, "Fiscal year (BE)")):
        assert list(twin_of.table(frame, words, file=True)[head]) == [2567, 2568]


def test_no_english_text_of_ours_names_a_buddhist_year():
    assert {key: row["en"] for key, row in rows().items() if re.search(r"\b25[4-9]\d\b", row["en"])} == {}


# --- the order of the Thai alphabet ----------------------------------------------------------------------------------------------------

NAMES = re.compile(r"\b(?:name|title|unit|agency_name|province|region|district|part_name|group_name|name_th|document|words)\b")


def orders(sql: str) -> list[str]:
    """What stands after each `order by` of a query, up to the end of its clause, in single items."""
    found = []
    for start in re.finditer(r"\border by\b", sql, re.I):
        depth, item, end = 0, "", sql[start.end() :]
        for sign in end:
            depth += (sign in "([") - (sign in ")]")
            if depth < 0:
                break
            if sign == "," and depth == 0:
                found.append(item)
                item = ""
            else:
                item += sign
        found.append(re.split(r"\b(?:limit|qualify|union|from|rows|range)\b|;|\bfilter\b", item)[0])
    return [" ".join(item.split()) for item in found]


@pytest.mark.parametrize("path", sorted((ROOT / "pages" / "parts" / "ask" / "queries").rglob("*.sql")), ids=lambda path: path.stem)
def test_names_are_sorted_by_the_thai_alphabet(path):
    sql = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    plain = [item for item in orders(sql) if NAMES.search(re.sub(r"'[^']*'", "", item)) and "collate th" not in item]
    assert [item for item in plain if not re.search(r"\bcase\b", item)] == []


def test_that_order_is_the_dictionary_s():
    order = ["กะ", "กา", "เก", "แก", "ไก", "ขา"]
    with duckdb.connect() as connection:
        found = connection.execute("select name from (select unnest($1) as name) order by name collate th", [sorted(order)]).fetchall()
    assert [name for (name,) in found] == order != sorted(order)


def test_the_lists_of_pages_come_in_that_order(monkeypatch, shipped_db):
    monkeypatch.setenv("ITA_DATA", str(shipped_db.parent))
    with duckdb.connect() as connection:

        def sorted_thai(names: list[str]) -> list[str]:
            return [
                name
                for (name,) in connection.execute(
                    "select name from (select unnest($1) as name) order by name collate th", [names]
                ).fetchall()
            ]

        provinces = [name for name in warehouse.ask("provinces")["province"] if isinstance(name, str)]
        assert len(provinces) > 10 and provinces == sorted_thai(provinces) != sorted(provinces)
        for province in provinces:
            agencies = directory.of_province(province)
            for _, some in agencies.groupby("has_data"):
                assert list(some["name"]) == sorted_thai(list(some["name"]))


# --- line breaks ------------------------------------------------------------------------------------------------------------------------

# Where a person would let the line end: | is allowed, nothing else is.
BREAKS = """
เทศบาลตำบล|บ้าน|เดื่อ
องค์การ|บริหาร|ส่วนตำบล|หนอง|ขาม
องค์การ|บริหาร|ส่วนจังหวัด|พระนครศรีอยุธยา
กอง|สาธารณสุข|และ|สิ่งแวดล้อม
สำนัก|ปลัด|เทศบาล
กอง|การศึกษา |ศาสนา |และ|วัฒนธรรม
กอง|ยุทธศาสตร์|และ|งบประมาณ
หน่วย|ตรวจสอบ|ภายใน
ตัวชี้วัดที่ |10 |การ|ป้องกัน|การ|ทุจริต
การ|ปฏิบัติ|หน้าที่
การ|ใช้|งบประมาณ
การ|ใช้|อำนาจ
การ|ใช้|ทรัพย์สิน|ของ|ราชการ
การ|แก้ไข|ปัญหา|การ|ทุจริต
คุณภาพ|การ|ดำเนินงาน
ประสิทธิภาพ|การ|สื่อสาร
การ|ปรับปรุง|การ|ทำงาน
การ|เปิดเผย|ข้อมูล
มาตรการ|ส่งเสริม|คุณธรรม|และ|ความ|โปร่งใส
"""


@pytest.mark.parametrize("allowed", BREAKS.strip().split("\n"))
@pytest.mark.parametrize("room", [12, 18, 24, 38])
def test_no_label_breaks_inside_a_thai_word(allowed, room):
    text = allowed.replace("|", "")
    may = {letters_before for at in re.finditer(r"\|", allowed) if (letters_before := len(allowed[: at.start()].replace("|", "")))}
    ends, at = set(), 0
    for piece in pieces(text)[:-1]:
        at += len(piece)
        ends.add(at)
    assert ends <= may
    lines = wrapped(text, room, most=9).split("<br>")
    assert "".join(lines).replace(" ", "") == text.replace(" ", ""), "nothing is lost"
    assert all(letters(line) <= max(room, *map(letters, pieces(text))) for line in lines)


@example("11a 1 ", 5, 1)  # spaces at the end of a line take no room
@example("a          b", 5, 2)
@example("a a a a a a aaaaaaaaaaaaaaaaaaaa", 3, 4)  # a word wider than the room
@given(st.text("กขคงเแโใไะาำิีึืุู่้๊๋์ ab12", max_size=120), st.integers(5, 60), st.integers(1, 4))
def test_any_text_wraps_into_its_lines_and_is_cut_only_where_they_are_full(text, room, most):
    said = wrapped(text, room, most)
    assert said.count("<br>") < most
    whole = "".join(text.split())
    kept = "".join(said.replace("<br>", "").split())
    assert kept == whole or said.endswith("…") and whole.startswith(kept[:-1])


def test_names_of_indicators_agencies_and_units_are_never_cut(shipped_db):
    with duckdb.connect(str(shipped_db), read_only=True) as connection:

        def all_of(sql: str) -> list[str]:
            return [text for (text,) in connection.execute(sql).fetchall() if text]

        indicators = all_of(
            "select distinct indicator || ' ' || name_th from indicator union select distinct indicator || ' ' || name_en from indicator"
        )
        agencies = all_of("select name from agency")
        units = all_of("select distinct unnest(responsible) from measure")
    assert len(indicators) >= 20 and len(agencies) > 80 and len(units) > 5
    assert [name for name in indicators if "…" in wrapped(name, 24)] == []
    assert [name for name in agencies if "…" in wrapped(name, 30)] == []
    assert [name for name in units if "…" in wrapped(name, 34)] == []


# --- both languages ---------------------------------------------------------------------------------------------------------------------


def test_every_check_has_its_name_in_both_languages():
    checks = {row["rule"] for row in csv_table("etl/findings.csv")}
    assert sorted(checks - {key.removeprefix("rule.") for key in rows() if key.startswith("rule.")}) == []
    names = [TH(f"rule.{check}") for check in checks]
    assert len(set(names)) == len(names), "a list of checks tells them apart"


def test_every_table_and_column_is_explained_in_both_languages(monkeypatch, sample_db):
    monkeypatch.setenv("ITA_DATA", str(sample_db.parent))
    found = warehouse.ask("data_dictionary")
    named = found["table_name"] + "." + found["column_name"].fillna("")
    assert list(named[~found["comment_th"].str.contains(THAI)]) == []
    assert list(named[(found["comment_en"] == "") | found["comment_en"].str.contains(THAI)]) == []


@pytest.mark.parametrize("path", ["pages/parts/say/text.csv", "etl/findings.csv", "etl/messages.csv"])
def test_english_texts_hold_no_thai(path):
    """But names that stand in data, examples of what may be searched for, and the language's own name."""
    names = re.compile("ไทย|ผ่านดีเยี่ยม|ผ่านดี|ต้องปรับปรุง|ผ่าน|ไม่ใช้งบประมาณ|คู่มือ งบประมาณ|๑๒๓")
    left = {next(iter(row.values())): names.sub("", row["en"]) for row in csv_table(path)}
    assert {key: text for key, text in left.items() if THAI.search(text)} == {}


def test_streamlit_s_own_words_stand_once_and_have_a_thai_text():
    own = {key: row for key, row in rows().items() if key.startswith(frontend.OURS)}
    texts = [row["en"] for row in own.values()]
    assert len(own) > 100 and sorted({text for text in texts if texts.count(text) > 1}) == []
    assert [key for key, row in own.items() if not THAI.search(row["th"])] == []


def test_plotly_s_button_speaks_the_language_of_the_viewer():
    assert frontend.plotly(TH)["locales"]["th"]["dictionary"] == {"Download plot as a PNG": TH("frontend.png")}
