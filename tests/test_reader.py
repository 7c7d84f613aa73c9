"""The reader of measures: golden pairs, papers that hold none, and the five reports where they lie beside the repository."""

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest

from etl.formats.scan import prose
from etl.known import load_known
from etl.read import read_document
from etl.reading import as_json

GOLDEN = Path(__file__).parent / "golden"
KNOWN = load_known()
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
DOCUMENTS = sorted(path for path in (GOLDEN / "measures").glob("*/*") if not path.name.endswith(".expected.json"))


def said(path: Path) -> dict:
    """What a golden pair compares: kind and year, each measure's filled fields, and the findings about measures."""
    reading = read_document(path, KNOWN)
    source = {key: getattr(reading.source, key) for key in ("kind", "family", "fiscal_year", "round")}
    measures = [{key: value for key, value in measure.items() if value not in (None, [])} for measure in as_json(reading)["measures"]]
    about_identity = ("agency", "place", "domain", "fiscal_year", "round")
    findings = [[each.rule, each.place, each.raw, each.read_as] for each in reading.findings if not each.rule.startswith(about_identity)]
    return {"source": source, "measures": measures, "findings": findings}


@pytest.fixture(autouse=True)
def without_a_reader_of_pictures(monkeypatch):
    """These readings are those of every machine; what a machine with Tesseract reads from pictures: test_scans.py."""
    monkeypatch.setattr(prose, "available", lambda: False)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_pair(path):
    expected = path.with_name(path.stem + ".expected.json")
    found = said(path)
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and has been written; please review it before proceeding")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((GOLDEN / "measures_none").glob("*")), ids=lambda path: path.name)
def test_other_papers_hold_no_measures(path):
    reading = read_document(path, KNOWN)
    assert [measure.title for measure in reading.measures] == []
    assert reading.source.kind == "unknown"
    assert [each.rule for each in reading.findings] == ["unknown_document"]


# What a careful reader counts in the five reports: (section, status, basis) -> measures.
COUNTS = {
    "000": {("plan", None, None): 19, ("result", "completed", "inferred"): 14, ("result", "unknown", "none"): 4},
    "001": {("result", "completed", "inferred"): 26, ("result", "in_progress", "phrase"): 3},
    "002": {("result", "completed", "mark"): 14},
    "003": {("plan", None, None): 31, ("result", "completed", "inferred"): 7, ("result", "unknown", "none"): 6},
    "004": {("result", "completed", "inferred"): 32, ("result", "in_progress", "phrase"): 4, ("result", "not_started", "phrase"): 3},
}


def seed(name: str):
    found = sorted(SEEDS.glob(f"{name}*"))
    if not found:
        pytest.skip("the five reports do not lie in ../shared/seeds")
    return read_document(found[0], KNOWN)


@pytest.mark.parametrize("name", COUNTS)
def test_careful_count(name):
    reading = seed(name)
    assert Counter((each.section, each.status, each.status_basis) for each in reading.measures) == COUNTS[name]
    assert all(each.place.startswith("line ") for each in reading.measures)


def test_unknown_results_are_those_that_say_nothing():
    assert [each.number for each in seed("000").measures if each.status == "unknown"] == ["3", "4", "5", "7"]
    assert sorted({each.group_number for each in seed("003").measures if each.status == "completed"}) == ["2", "4", "5"]


def test_lost_titles_stay_lost():
    reading = seed("000")
    plan = [each for each in reading.measures if each.section == "plan"]
    assert [each.position for each in plan if each.title is None and each.number is None] == [4, 5]
    assert sum(each.rule == "lost_title" for each in reading.findings) == 2


def test_dimensions_keep_their_measures():
    reading = seed("004")
    assert Counter(each.group_number for each in reading.measures) == {"1": 11, "2": 16, "3": 6, "4": 6}
    assert {each.group_kind for each in reading.measures} == {"dimension"}


def test_codes_are_repaired_and_told():
    reading = seed("002")
    assert [each.refs for each in reading.measures] == [
        ["I2"], ["E1"], ["E7"], ["E8"], ["E9"], ["E1"], ["E2"], ["E4"], ["E5"], ["E6"], ["I10"], ["I12"], ["I5"], ["I8"],
    ]  # fmt: skip
    assert {(each.raw, each.read_as) for each in reading.findings if each.rule == "code_repaired"} == {
        ("1๑๐", "I10"), ("15", "I5"), ("18", "I8"),
    }  # fmt: skip


def test_reading_is_repeatable():
    path = DOCUMENTS[0]
    assert asdict(read_document(path, KNOWN)) == asdict(read_document(path, KNOWN))


FORM = """แบบติดตามผลการดำเนินงานรายโครงการ
ตามแผนปฏิบัติการป้องกันการทุจริต ประจำปีงบประมาณ พ.ศ. ๒๕๖๗
ลำดับที่ .......{number}.......
ชื่อโครงการ/กิจกรรม ......{title}..........
ผู้รับผิดชอบ ..........สำนักปลัด...........
งบประมาณที่ได้รับ ........๑๒,๐๐๐........ บาท
งบประมาณที่ใช้จ่าย ........๑๑,๕๐๐........ บาท
ผลการดำเนินงาน ......ดำเนินการแล้วเสร็จ......
ลงชื่อ..............................ผู้รายงาน
"""


def test_a_booklet_of_forms_holds_the_project_of_each(tmp_path):
    titles = ["โครงการครอบครัวสุจริต", "โครงการประชาชนร่วมตรวจสอบ", "โครงการไม่รับของขวัญ"]
    path = tmp_path / "booklet.txt"
    path.write_text("".join(FORM.format(number=number, title=title) for number, title in enumerate(titles, 1)), encoding="utf-8")
    measures = read_document(path, KNOWN).measures
    assert [(each.number, each.title, each.budget_planned) for each in measures] == [
        (str(at), title, 12000) for at, title in enumerate(titles, 1)
    ]


def test_a_dot_after_a_heading_is_no_measure(tmp_path):
    rows = [("ตัวชี้วัดที่ 2 การใช้งบประมาณ .", "", ""), ("1. เผยแพร่แผนการใช้จ่ายงบประมาณ", "กองคลัง", "ต.ค. 2566"),
            ("2. จัดทำรายงานการใช้จ่ายทุกไตรมาส", "กองคลัง", "ม.ค. 2567")]  # fmt: skip
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in [("มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"), *rows])
    path = tmp_path / "plan.html"
    title = "<p>แผนมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2567 เทศบาลตำบลแม่แฝก</p>"
    path.write_text(f"<html><meta charset=utf-8><body>{title}<table>{cells}</table></body></html>", encoding="utf-8")
    found = read_document(path, KNOWN).measures
    assert [(each.number, each.group_number, each.title) for each in found] == [
        ("1", "2", "เผยแพร่แผนการใช้จ่ายงบประมาณ"), ("2", "2", "จัดทำรายงานการใช้จ่ายทุกไตรมาส")]  # fmt: skip
