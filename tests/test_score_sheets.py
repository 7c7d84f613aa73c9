"""Score sheets: a golden pair for each form, sheets that hold no scores, and what wrong sheets report."""

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.formats import Document, Paragraph, Table, open_document
from etl.formats.html import html_blocks
from etl.formats.text import text_blocks
from etl.identity.identify import identify
from etl.known import load_known
from etl.scores.checks import kind_of, scores

GOLDEN = sorted(path for path in (Path(__file__).parent / "golden" / "scores").iterdir() if path.is_dir())
KNOWN = load_known()


def read(path):
    return scored(open_document(path))


def scored(document, known=KNOWN):
    identity, _ = identify(document, known.registry)
    return scores(document, identity, known)


def plain(score):
    """A score as in expected.json: decimals as they are printed, and what is unsure where anything is."""
    return {key: str(value) if isinstance(value, Decimal) else value for key, value in vars(score).items() if value != []}


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda path: path.name)
def test_golden(folder):
    """expected.json was decided by hand from the document, with every finding it must give."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found, findings = read(next(folder.glob("document.*")))
    assert [plain(score) for score in found] == expected["scores"]
    assert kind_of(found) == expected["kind"]
    assert sorted([said.rule, said.place] for said in findings) == sorted(expected["findings"])


@pytest.mark.parametrize("path", sorted((GOLDEN[0].parent.parent / "scores_none").iterdir()), ids=lambda path: path.stem)
def test_nothing_invented(path):
    """Budgets, surveys, staff, questions, items and measures that mention a number are no scores."""
    assert read(path)[0] == []


def as_workbook(document, path):
    """The same titles and cells in a spreadsheet; plain numbers become numbers."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        row = 0
        for block in document.blocks:
            for cells in [[block]] if isinstance(block, Paragraph) else block.rows:
                for column, cell in enumerate(cells):
                    if re.fullmatch(r"\d{1,3}\.\d{1,2}", cell.text):
                        sheet.write_number(row, column, float(cell.text), book.add_format({"num_format": "0.00"}))
                    elif cell.text:
                        sheet.write_string(row, column, cell.text)
                row += 1
            row += isinstance(block, Table)


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda path: path.name)
def test_same_in_a_workbook(folder, tmp_path):
    """The same table saved as XLSX gives the same scores: only the places differ."""
    if folder.name == "h_one_cell_a_line":
        pytest.skip("one cell a line is a way of plain text")
    source = next(folder.glob("document.*"))
    as_workbook(open_document(source), tmp_path / "document.xlsx")
    expected, found = ([value_only(score) for score in read(path)[0]] for path in (source, tmp_path / "document.xlsx"))
    assert found == expected


def value_only(score):
    points = score.score.normalize() if isinstance(score.score, Decimal) else score.score
    change = score.stated_change.normalize() if score.stated_change is not None else None
    return (score.agency, score.province, score.indicator, score.fiscal_year, points, score.max, change)


HEAD = "ผลคะแนน ITA ประจำปีงบประมาณ พ.ศ. 2567 เทศบาลตำบลก้อนแก้ว\n\n"


@pytest.mark.parametrize(
    ("rule", "place", "text"),
    [
        ("score_level_unknown", "line 4", HEAD + "ปีงบประมาณ\tคะแนนรวม\tระดับ\n2567\t88.20\tระดับพอใช้\n"),
        ("score_number_as_level", "line 4", HEAD + "ปีงบประมาณ\tคะแนนรวม\tระดับ\n2567\t88.20\t3\n2566\t80.10\tต้องปรับปรุง\n"),
        ("score_indicator_conflict", "line 5", HEAD + "ตัวชี้วัด\tคะแนน\n1 การปฏิบัติหน้าที่\t90.10\n3 การใช้งบประมาณ\t88.20\n"),
        (
            "score_sub_indicator",
            "line 6",
            HEAD + "ตัวชี้วัด\tคะแนน\n8 การปรับปรุงการทำงาน\t90.10\n9 การเปิดเผยข้อมูล\t88.20\n9.1 ข้อมูลพื้นฐาน\t95.00\n",
        ),
        ("score_column_unknown", "line 3", HEAD + "ตัวชี้วัด\tคะแนน\tดัชนีพิเศษ\nการปฏิบัติหน้าที่\t90.10\t1.25\nการใช้อำนาจ\t88.20\t1.75\n"),
        ("score_scale_unknown", "line 4", HEAD + "หน่วยงาน\tIIT\tEIT\nเทศบาลตำบลต้นแก้ว\t25.10\t24.00\n"),
        (
            "score_instrument_differs",
            "line 9",
            HEAD
            + "ตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t90.00\nการใช้งบประมาณ\t90.00\nการใช้อำนาจ\t90.00\nการใช้ทรัพย์สินของราชการ\t90.00\n"
            + "การแก้ไขปัญหาการทุจริต\t90.00\nแบบวัด IIT\t91.00\n",
        ),
        ("score_year_missing", "line 3", "ผลคะแนน ITA เทศบาลตำบลก้อนแก้ว\n\nตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t90.10\nการใช้อำนาจ\t88.20\n"),
        ("score_heading_missing", "line 3", HEAD + "เทศบาลตำบลต้นแก้ว\t90.10\t88.20\t77.00\nเทศบาลตำบลปลายแก้ว\t91.10\t80.20\t79.00\n"),
        ("score_mean_of_rows", "line 6", HEAD + "หน่วยงาน\tคะแนนรวม\nเทศบาลตำบลต้นแก้ว\t90.10\nเทศบาลตำบลปลายแก้ว\t91.10\nเฉลี่ย\t90.60\n"),
        ("score_repeated_otherwise", "line 5", HEAD + "หน่วยงาน\tคะแนนรวม\nเทศบาลตำบลต้นแก้ว\t90.10\nเทศบาลตำบลต้นแก้ว\t91.10\n"),
        (
            "score_not_told_apart",
            "line 4",
            HEAD + "หน่วยงาน\tคะแนนรวม\nเทศบาลตำบลต้นแก้ว\t26.10\nเทศบาลตำบลต้นแก้ว\t95.10\nเทศบาลตำบลต้นแก้ว\t91.10\n",
        ),
        ("score_row_ignored", "line 6", HEAD + "ตัวชี้วัด\tคะแนน\nการปฏิบัติหน้าที่\t90.10\nการใช้อำนาจ\t88.20\nข้อเสนอแนะ\tควรเผยแพร่\n"),
    ],
)
def test_wrong_sheets_say_so(rule, place, text):
    document = Document("sheet.txt", "0" * 64, tuple(text_blocks(text)))
    _, findings = scored(document)
    assert (rule, place) in {(said.rule, said.place) for said in findings}
    assert all("{" not in said.message for said in findings)


OWN = "ผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. 2566\nเทศบาลตำบลต้นแก้ว\n\n"
EACH = "".join(f"ตัวชี้วัดที่ {number} ได้ {80 + number}.10 คะแนน\n" for number in range(1, 11))


@pytest.mark.parametrize(
    "said",
    [
        "คะแนนรวม 85.60 คะแนน\nระดับผลการประเมิน ผ่าน",
        "คะแนนรวม 85.60 คะแนน ระดับ B",
        "เทศบาลตำบลต้นแก้ว ได้คะแนน 85.60 คะแนน อยู่ในระดับ ผ่าน",
        "โดยมีผลคะแนนอยู่ที่ 85.60 คะแนน อยู่ในระดับผ่าน",
        "คะแนนภาพรวม: 85.60\nระดับ: B",
        "มีค่าคะแนนเท่ากับ 85.60 ระดับ B",
        "ได้คะแนนรวมร้อยละ 85.60 (ระดับ B)",
        "คะแนนเฉลี่ยรวม = 85.60\nผลการประเมินอยู่ในระดับ ผ่าน",
        "สรุปคะแนนรวมทั้งสิ้น 85.60 คะแนน ผลการประเมินระดับ ผ่าน",
    ],
)
def test_total_and_level_said_beside_the_indicators(said):
    found, _ = scored(Document("said.txt", "0" * 64, tuple(text_blocks(OWN + EACH + said + "\n"))))
    assert [(score.indicator, score.agency, score.fiscal_year) for score in found[10:]] == [("TOTAL", None, 2566), ("LEVEL", None, 2566)]


def of_table(heading, *rows):
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (heading, *rows))
    title = "<p>ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2566</p><p>เทศบาลตำบลต้นแก้ว</p>"
    return scored(Document("sheet.html", "0" * 64, tuple(html_blocks(f"<html><body>{title}<table>{table}</table></body></html>"))))


def test_a_level_in_a_cell_merged_over_the_column_of_maxima():
    """Where it could be of either of two years it is named."""
    indicators = [[f"ตัวชี้วัดที่ {number}", "100", f"{80 + number}.10"] for number in range(1, 11)]
    found, _ = of_table(["ตัวชี้วัด", "คะแนนเต็ม", "คะแนนที่ได้"], *indicators, ["ระดับผลการประเมิน", "ผ่านดี", ""])
    assert [(score.indicator, score.score) for score in found[10:]] == [("LEVEL", "ผ่านดี")]
    two = [[*row, row[2]] for row in indicators]
    found, findings = of_table(["ตัวชี้วัด", "คะแนนเต็ม", "ปี 2565", "ปี 2566"], *two, ["ระดับผลการประเมิน", "ผ่านดี", "", ""])
    assert len(found) == 20 and "score_text_in_cell" in {said.rule for said in findings}


@pytest.mark.parametrize(
    "said",
    [
        "ค่าเฉลี่ยระดับประเทศ คะแนนรวม 93.10 คะแนน ระดับ A",
        "เป้าหมายปี 2567\nคะแนนรวม 95.00 คะแนน\nระดับ A",
        "เทศบาลตำบลหนองบัวโคก ได้คะแนน 97.20 คะแนน อยู่ในระดับ A",
        "ปี 2565 ได้คะแนน 79.10 อยู่ในระดับ B",
        "คะแนน 85.00 ขึ้นไป อยู่ในระดับ A",
        "เกณฑ์ระดับผ่าน ต้องได้ 85.00 คะแนน อยู่ในระดับ A",
        "ผลประเมิน LPA ได้ 92.10 คะแนน อยู่ในระดับ A",
        "ความพึงพอใจของผู้รับบริการ ได้คะแนน 95.10 อยู่ในระดับ A",
    ],
)
def test_what_others_and_targets_and_thresholds_say_is_no_total(said):
    found, _ = scored(Document("said.txt", "0" * 64, tuple(text_blocks(OWN + EACH + said + "\n"))))
    own = [score for score in found if score.agency is None and score.fiscal_year == 2566]
    assert [score.indicator for score in own] == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize("labels", ["หัวข้อหนึ่ง หัวข้อสอง หัวข้อสาม", "IIT EIT OIT", "3 2 1"])
def test_no_row_below_names_of_agencies_is_taken_for_a_total(labels):
    """Rows that nobody understands, and rows understood as parts, give no agency a total, whatever stands in the first heading."""
    rows = "".join(f"{label}\t{score}.10\t{score}.20\n" for label, score in zip(labels.split(), (26, 95, 38), strict=True))
    for first in ("หน่วยงาน", "รายการ", ""):
        text = f"{HEAD}{first}\tเทศบาลตำบลต้นแก้ว\tเทศบาลตำบลปลายแก้ว\n{rows}"
        found, _ = scored(Document("sheet.txt", "0" * 64, tuple(text_blocks(text))))
        assert not [score for score in found if score.indicator == "TOTAL"], (first, found)


points = st.integers(1000, 10000).map(lambda hundredths: Decimal(hundredths) / 100)


@settings(deadline=None)
@given(st.lists(points, min_size=10, max_size=10), st.booleans())
def test_points_and_hundreds_are_told_apart(indicators, weighted):
    """Instruments in points (30/30/40) or on 0-100, told by the indicators beside them and by nothing else."""
    half_up = {"exp": Decimal("0.01"), "rounding": ROUND_HALF_UP}
    means = [sum(part) / len(part) for part in (indicators[:5], indicators[5:8], indicators[8:])]
    total = (means[0] * 30 + means[1] * 30 + means[2] * 40) / 100
    shown = [mean * weight / 100 if weighted else mean for mean, weight in zip(means, (30, 30, 40), strict=True)]
    row = ["เทศบาลตำบลต้นแก้ว", *indicators, *(value.quantize(**half_up) for value in (*shown, total))]
    heading = ["หน่วยงาน", *(f"ตัวชี้วัดที่ {number}" for number in range(1, 11)), "IIT", "EIT", "OIT", "คะแนนรวม"]
    text = "ผลคะแนน ITA ปีงบประมาณ พ.ศ. 2567\n\n" + "\n".join("\t".join(map(str, cells)) for cells in (heading, row)) + "\n"
    found, findings = scored(Document("sheet.txt", "0" * 64, tuple(text_blocks(text))))
    assert [score.max for score in found if score.indicator in ("IIT", "EIT", "OIT")] == ([30, 30, 40] if weighted else [100, 100, 100])
    rule = "score_scale_points" if weighted else "score_scale_hundred"
    assert [said.rule for said in findings if said.rule.startswith("score_")] == [rule] * 3


WIDE = """<table><tr><th rowspan=3>หน่วยงาน<th colspan=10>คะแนนรายตัวชี้วัด<th rowspan=3>{total}</tr>
<tr><th colspan=5>IIT<th colspan=3>EIT<th colspan=2>OIT</tr><tr>{names}</tr>{rows}</table>"""
ROWS = [
    ("เทศบาลตำบลเด่นชัย", "84.19 79.36 85.41 77.08 80.67 83.54 81.29 78.95 87.50 81.25", "82.53"),
    ("เทศบาลตำบลบ้านถิ่น", "95.72 94.18 96.03 93.55 95.20 97.41 96.34 95.88 100.00 100.00", "97.44"),
    ("เทศบาลตำบลทุ่งโฮ้ง", "86.94 82.71 88.26 81.43 84.39 87.16 85.80 84.02 93.75 100.00", "89.88"),
]


def wide(names: list[str], total: str = "คะแนนรวม", spoilt: str = "") -> dict[str, list[str]]:
    """Indicator -> its scores, of a sheet of three agencies under headings over headings."""
    rows = "".join(
        f"<tr><td>{agency}" + "".join(f"<td>{one}" for one in scores.split()) + f"<td>{spoilt or sum_}</tr>"
        for agency, scores, sum_ in ROWS
    )
    head = "".join(f"<th>{name}" for name in names)
    title = "<p>คะแนนผลการประเมินคุณธรรมและความโปร่งใส (ITA) ประจำปีงบประมาณ พ.ศ. 2568</p>"
    blocks = html_blocks(title + WIDE.format(total=total, names=head, rows=rows))
    found: dict[str, list[str]] = {}
    for score in scored(Document("wide.html", "", tuple(blocks)))[0]:
        found.setdefault(score.indicator, []).append(str(score.score))
    return found


INDICATORS = [row["name_th"] for row in KNOWN.nearest(2568).indicators]


def test_under_two_wide_headings_a_narrow_one_that_nobody_knows_is_not_the_instrument():
    """A scan whose narrow headings were not legible gave indicator 1 as IIT and indicator 6 as EIT, for every agency."""
    assert wide(["ก ข", *INDICATORS[1:5], "ค ง", *INDICATORS[6:]]).keys() == {*"2345789", "10", "TOTAL"}


def test_the_tenth_indicator_and_the_total_are_proven_by_each_other():
    columns = {str(at + 1): [scores.split()[at] for _, scores, _ in ROWS] for at in range(10)} | {"TOTAL": [row[2] for row in ROWS]}
    assert wide([*INDICATORS[:9], "ก ข"], "ค ง") == columns
    assert wide([*INDICATORS[:3], "ก ข", *INDICATORS[4:]]) == columns
    assert wide([*INDICATORS[:9], "ก ข"], "ค ง", spoilt="70.00").keys() == set("123456789")


def test_a_mean_that_stands_once_for_each_instrument_is_the_instruments():
    """It was told as a second, other score of the first indicator of each."""
    means = {"1": ("IIT", 5, "85.20"), "6": ("EIT", 3, "82.76"), "9": ("OIT", 2, "96.88")}
    rows = ""
    for at, (name, score) in enumerate(
        zip(INDICATORS, "90.54 83.12 88.47 79.85 84.02 86.75 81.38 80.16 100.00 93.75".split(), strict=True), 1
    ):
        code, over, mean = means.get(str(at), ("", 0, ""))
        rows += (
            "<tr>"
            + (f"<td rowspan={over}>{code}" if code else "")
            + f"<td>{name}<td>{score}"
            + (f"<td rowspan={over}>{mean}" if code else "")
        )
    document = f"""<p>ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567 องค์การบริหารส่วนตำบลไผ่ขอดอน</p>
        <table><tr><th>แบบวัด<th>ตัวชี้วัด<th>คะแนน<th>คะแนนเฉลี่ย</tr>{rows}<tr><td colspan=2>คะแนนรวมทั้งหมด<td><td>89.14</tr></table>"""
    found, findings = scored(Document("means.html", "", tuple(html_blocks(document))))
    assert {one.indicator: str(one.score) for one in found if not one.indicator.isdigit()} == {
        "IIT": "85.20", "EIT": "82.76", "OIT": "96.88", "TOTAL": "89.14"
    }  # fmt: skip
    assert len(found) == 14 and all(said.severity == "info" for said in findings)
