"""What is known comes from one data folder: its rules and registry are those by which its documents are read, checked and assessed."""

import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from etl.build.build import build
from etl.formats import Document
from etl.formats.text import text_blocks
from etl.known import load_known
from etl.known.rules import load_rules
from etl.printed.codes import refs
from etl.read import read
from tests.support.data import UNKNOWN, rules_of

ROOT = Path(__file__).resolve().parents[1]
SHEET = """ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. {year}

หน่วยงาน\tตัวชี้วัดที่ 1\tตัวชี้วัดที่ 2\tตัวชี้วัดที่ 3\tตัวชี้วัดที่ 4\tตัวชี้วัดที่ 5\tIIT\tEIT\tOIT\tคะแนนรวม
เทศบาลตำบลก้อนแก้ว\t90.00\t90.00\t90.00\t90.00\t90.00\t{scores}
"""


OTHER_WEIGHTS = (("weight = 0.30", "weight = 0.20"), ("weight = 0.40", "weight = 0.60"))


@pytest.fixture
def data(tmp_path):
    """A data folder with the shipped rules and the sample's registry; 2570 is to come."""
    folder = tmp_path / "data"
    for name in ("scores", "transcripts"):
        (folder / name).mkdir(parents=True)
    shutil.copytree(ROOT / "data" / "rules", folder / "rules")
    shutil.copy(ROOT / "tests" / "sample" / "agencies.csv", folder)
    return folder


def asked(data: Path, sql: str) -> list[tuple]:
    with duckdb.connect(str(data / "ita.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_a_folders_own_weights_say_what_its_points_are_out_of(data):
    rules_of(data, 2570, *OTHER_WEIGHTS)
    sheet = data / "scores" / "sheet.txt"
    sheet.write_text(SHEET.format(year=2570, scores="18.00\t17.00\t51.00\t86.00"), encoding="utf-8")
    assert build(data, data / "ita.duckdb") == []
    found = asked(data, "select indicator, score, max from score where indicator in ('IIT', 'EIT', 'OIT') order by all")
    assert found == [("EIT", Decimal(85), 20), ("IIT", Decimal(90), 20), ("OIT", Decimal(85), 60)]
    command = [sys.executable, "-m", "etl", "read", str(sheet), "--into", str(data / "transcripts"), "--json"]
    [reading] = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True).stdout)
    assert {score["indicator"]: score["max"] for score in reading["scores"] if not score["indicator"].isdigit()} == {
        "IIT": 20, "EIT": 20, "OIT": 60, "TOTAL": 100}  # fmt: skip
    assert not [said for said in reading["findings"] if "differs" in said["rule"]]


def test_a_folders_own_registry_knows_its_agencies(data):
    with open(data / "agencies.csv", "a", encoding="utf-8") as handle:
        handle.write("z0001,เทศบาลตำบลก้อนแก้วใหม่,เทศบาลตำบล,,ขอนแก่น,,เทศบาลตำบลก้อนแก้ว,\n")
    text = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568\nเทศบาลตำบลก้อนแก้ว จังหวัดขอนแก่น\n\nตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t90.10\nการใช้อำนาจ\t88.20\n"
    document = Document("sheet.txt", "0" * 64, tuple(text_blocks(text)))
    assert read(document, load_known(data)).source.agency == "เทศบาลตำบลก้อนแก้วใหม่"
    assert read(document, load_known()).source.agency == "เทศบาลตำบลก้อนแก้ว"


def test_a_wrong_total_is_said_once(data):
    sheet = SHEET.format(year=2568, scores="90.00\t85.00\t85.00\t88.00")
    (data / "scores" / "sheet.txt").write_text(sheet, encoding="utf-8")
    build(data, data / "ita.duckdb")
    assert asked(data, "select rule, raw, read_as from finding where rule like '%differs'") == [("score_total_differs", "88.00", "86.50")]
    # Also where the build can compute it: from all of its indicators.
    numbers = "\t".join(f"ตัวชี้วัดที่ {number}" for number in range(1, 11))
    head = sheet.partition("หน่วยงาน\t")[0]
    table = f"หน่วยงาน\t{numbers}\tIIT\tEIT\tOIT\tคะแนนรวม\nเทศบาลตำบลก้อนแก้ว" + "\t90.00" * 13 + "\t88.00\n"
    (data / "scores" / "sheet.txt").write_text(head + table, encoding="utf-8")
    build(data, data / "ita.duckdb")
    assert asked(data, "select total, published_total from assessment") == [(Decimal(90), Decimal(88))]
    assert asked(data, "select rule, raw, read_as from finding where rule like '%differs'") == [("score_total_differs", "88.00", "90.00")]


def test_a_plain_sheet_of_fractions_is_loaded_as_percentages(data):
    rows = ["หน่วยงาน,ปีงบประมาณ,IIT,EIT,OIT,TOTAL", "หน่วยงาน ก,2568,0.9120,0.8810,0.9000,0.8979", "หน่วยงาน ข,2568,0.8050,1,0.6100,0.7855"]
    (data / "scores" / "plain.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (data / "scores" / "ticks.csv").write_text("หน่วยงาน,ปีงบประมาณ,TOTAL\nหน่วยงาน ค,2568,1\nหน่วยงาน ง,2568,0\n", encoding="utf-8")
    assert build(data, data / "ita.duckdb") == []
    assert asked(data, "select score from score where indicator = 'TOTAL' order by all") == [(Decimal("78.55"),), (Decimal("89.79"),)]
    found = asked(data, "select rule, place, read_as from finding where rule like 'score_%' order by all")
    assert found == [("score_fractions", "C2", "91.20"), ("score_not_above_one", "C2", None)]


# --- a year needs only its file -----------------------------------------------------------------------------------------------


def test_questions_go_as_far_as_the_rules_say(data):
    rules_of(data, 2570, (r'O26 = "', 'O26 = "x"\nO44 = "y"\nO61 = "'))
    known = load_known(data)
    assert refs("รายงาน O61 และ I16", questions=known.questions(2570)).codes == ["O61", "I16"]
    assert refs("รายงาน O61", questions=load_known().questions(2568)).codes == []
    assert refs("๐๖๑ รายงานผล", questions=known.questions(2570)).codes == ["O61"]


REPORT = """รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. 2570
เทศบาลตำบลก้อนแก้ว จังหวัดขอนแก่น

ลำดับที่\tมาตรการ\tระยะเวลา\tผู้รับผิดชอบ\tผลการดำเนินการ
1\tเผยแพร่ผลตามข้อ O61 บนเว็บไซต์\tต.ค. 69 - ก.ย. 70\tสำนักปลัด\tดำเนินการแล้วเสร็จ
2\tเผยแพร่แผนตามข้อ O44 บนเว็บไซต์\tต.ค. 69 - มี.ค. 70\tกองคลัง\tอยู่ระหว่างดำเนินการ
"""


def test_a_made_up_year_needs_its_file_and_nothing_else(data, tmp_path):
    """Other weights and items beyond any that there were: read, transcribed, built, assessed and aimed by that file."""
    rules_of(
        data,
        2570,
        *OTHER_WEIGHTS,
        (r"\[sources\]\n", '[[questions]]\nindicator = "9"\ncertainty = "memory"\ncodes = ["O44", "O61"]\n[sources]\n'),
    )
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    command = [sys.executable, "-m", "etl", "read", str(tmp_path / "report.txt"), "--into", str(data / "transcripts")]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    rows = ["หน่วยงาน,ปีงบประมาณ," + ",".join(map(str, range(1, 11))), "เทศบาลตำบลก้อนแก้ว,2570" + ",90" * 8 + ",80,70"]
    (data / "scores" / "plain.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert build(data, data / "ita.duckdb") == []
    assert asked(data, "select iit, oit, total, complete from assessment") == [(Decimal(90), Decimal(75), Decimal(81), True)]
    assert asked(data, "select ref, indicator, basis from measure_indicator order by all") == [("O44", "9", "code"), ("O61", "9", "code")]
    assert asked(data, "select rule from finding where rule in ('code_unknown', 'year_without_rules', 'indicator_unknown')") == []


def test_a_year_of_unknown_weights_and_levels_keeps_what_is_published(data):
    rules_of(data, 2570, *UNKNOWN)
    assert load_rules(data / "rules" / "2570.toml").shares() == {}
    (data / "scores" / "sheet.txt").write_text(SHEET.format(year=2570, scores="90.00\t85.00\t85.00\t88.00"), encoding="utf-8")
    rows = [
        "หน่วยงาน,ปีงบประมาณ," + ",".join(map(str, range(1, 11))) + ",IIT,EIT,TOTAL,LEVEL",
        "หน่วยงาน ก,2570" + ",90" * 10 + ",27.00,91.00,88.50,ผ่าน",
    ]
    (data / "scores" / "plain.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert build(data, data / "ita.duckdb") == []
    assert asked(
        data, "select iit, total, level, complete, published_total, total_basis, comparable from assessment order by published_total"
    ) == [(None, None, None, False, Decimal("88.00"), "published", True), (None, None, None, False, Decimal("88.50"), "published", True)]
    assert asked(data, "select unknown from rule_year where fiscal_year = 2570") == [(["weights", "levels", "questions"],)]
    assert asked(data, "select count(*) from finding where rule like '%differs'") == [(0,)]
    # 27.00 may be points of an unknown part of the total, 91.00 can only be of a hundred.
    loaded = (
        "select indicator, score from score join source using (source_id) where file_name = 'plain.csv' and indicator in ('IIT', 'EIT')"
    )
    assert asked(data, loaded) == [("EIT", Decimal(91))]
    assert asked(data, "select raw from finding where rule = 'scale_unknown'") == [("27.00",)]


def test_2569_ships_with_its_items_and_says_what_is_unknown():
    year = load_known().rules[2569]
    assert year.unknown == ("weights", "levels", "questions") and not year.weights() and not year.levels
    assert [row["code"] for row in year.questions if row["code"].startswith("O")] != [] and len(year.questions) == 26


def test_what_is_unknown_is_not_stated_as_well(data):
    rules_of(data, 2570, (r"\[comparability\]", 'unknown = ["weights"]\n[comparability]'))
    assert {mistake.key for mistake in load_known(data).mistakes} == {"unknown"}


def test_sub_indicators_of_2568_hold_its_items():
    year = load_known().rules[2568]
    assert {row["code"]: len(row["codes"]) for row in year.sub_indicators} == {
        "9.1": 4, "9.2": 7, "9.3": 2, "9.4": 3, "9.5": 4, "10.1": 4, "10.2": 4}  # fmt: skip
    assert {row["code"]: (row["indicator"], row["sub_indicator"]) for row in year.questions}["O25"] == ("10", "10.2")
