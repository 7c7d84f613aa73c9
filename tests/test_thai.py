"""The pure rules of the reader: their own examples, and properties that hold for whatever is printed."""

import doctest
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.known import agency_types, names, rules
from etl.measures import columns, groups, status
from etl.printed import budgets, codes, items, periods, thai, units
from etl.scores import contents, headings, values

THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
LONG = ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"]
days = st.dates(date(2018, 10, 1), date(2027, 9, 30))
printed_text = st.text(alphabet=st.sampled_from("กขงจดตนมรสอาิีำเแโ่้๑๒๓123 ./-()\n%✓"), max_size=120)


@pytest.mark.parametrize(
    "module",
    [thai, periods, budgets, codes, units, items, status, columns, groups, contents, headings, values, rules, names, agency_types],
    ids=lambda module: module.__name__,
)
def test_examples(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def in_thai(day: date, names: list[str], digits: int, thai_digits: bool) -> str:
    year = str(day.year + 543)[-digits:]
    text = f"{day.day} {names[day.month - 1]} {year}"
    return text.translate(THAI_DIGITS) if thai_digits else text


@given(days, days, st.sampled_from([SHORT, LONG]), st.sampled_from([2, 4]), st.booleans(), st.sampled_from(["-", " - ", " – ", " ถึง "]))
def test_a_printed_range_is_read_back(one, other, names, digits, thai_digits, to):
    first, last = sorted((one, other))
    found = periods.period(in_thai(first, names, digits, thai_digits) + to + in_thai(last, names, digits, thai_digits))
    assert (found.first, found.last) == (first, last)


@given(days, st.sampled_from([SHORT, LONG]), st.booleans())
def test_a_month_lasts_from_its_first_to_its_last_day(day, names, thai_digits):
    text = f"{names[day.month - 1]} {day.year + 543}"
    found = periods.period(text.translate(THAI_DIGITS) if thai_digits else text)
    assert (found.first.month, found.last.month, found.first.day) == (day.month, day.month, 1)
    assert (found.last - found.first).days in (27, 28, 29, 30)


@given(st.integers(2560, 2575), st.integers(1, 12), st.integers(1, 12))
def test_months_without_a_year_lie_in_the_fiscal_year(year, month, other):
    months = [10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    first, last = sorted((month, other), key=months.index)
    found = periods.period(f"{SHORT[first - 1]} - {SHORT[last - 1]}", year)
    begin, end = periods.fiscal_bounds(year)
    assert begin <= found.first <= found.last <= end


@given(printed_text, st.none() | st.integers(2560, 2570))
def test_no_text_breaks_the_rules(text, year):
    periods.periods(text, year)
    units.units(text)
    codes.refs(text, text, note=True)
    budgets.baht(text)
    status.of_phrase(text)
    assert status.of_text(text).status in ("completed", "unknown")
    items.numbered(text)
    columns.role_of(text)
    groups.heading_of(text)


@given(st.sampled_from(["I", "E", "O"]), st.integers(1, 15), st.booleans(), st.booleans())
def test_a_code_is_read_however_it_is_printed(letter, number, lower, thai_digits):
    text = f"{letter}{number}"
    text = text.lower() if lower else text
    text = text.translate(THAI_DIGITS) if thai_digits else text
    assert codes.refs(f"(ใช้กับประเด็นคำถาม {text})").codes == [f"{letter}{number}"]
    assert codes.without_notes(f"ปรับปรุงคู่มือ (ใช้กับประเด็นคำถาม {text})")[0] == "ปรับปรุงคู่มือ"


@given(st.integers(0, 99_999_999), st.sampled_from(["{:,}", "{}", "{:,}.-", "{:,} บาท", "{:,}.00"]), st.booleans())
def test_money_is_read_however_it_is_printed(amount, form, thai_digits):
    text = form.format(amount)
    assert budgets.baht(text.translate(THAI_DIGITS) if thai_digits else text) == Decimal(amount)


names = st.lists(
    st.sampled_from(["สำนักปลัด", "กองคลัง", "กองช่าง", "งานนิติการ", "งานการเจ้าหน้าที่", "กองสาธารณสุขและสิ่งแวดล้อม"]),
    min_size=1, max_size=6, unique=True,
)  # fmt: skip


@given(names, st.sampled_from(["/", "\n", ", ", " ", "  "]))
def test_units_are_told_apart_by_whatever_parts_them(listed, mark):
    assert units.units(mark.join(listed)).names == listed


@given(names, st.booleans())
def test_numbered_units_are_told_apart(listed, thai_digits):
    text = " ".join(f"{at}.{name}" for at, name in enumerate(listed, 1))
    assert units.units(text.translate(THAI_DIGITS) if thai_digits else text).names == listed


@given(st.sampled_from(["งานการเจ้าหน้าที่", "งานประชาสัมพันธ์", "สำนักปลัดเทศบาล", "งานตรวจสอบภายใน"]), st.data())
def test_a_unit_broken_over_lines_is_healed(name, data):
    at = data.draw(st.integers(4, len(name) - 3))
    if name[at] in "ะาำิีึืุู็่้๊๋์ั":
        return
    assert units.units(name[:at] + "\n" + name[at:]).names == [name]


@given(
    st.lists(st.sampled_from(["จัดทำแผน", "เผยแพร่ข้อมูล", "ประชุมชี้แจงเจ้าหน้าที่"]), min_size=1, max_size=9),
    st.booleans(),
    st.sampled_from(["{}. {}", "{}.{}", "{}) {}", "({}) {}"]),
)
def test_a_numbered_list_is_taken_apart_and_nothing_lost(texts, thai_digits, form):
    cell = " ".join(form.format(at, text) for at, text in enumerate(texts, 1))
    head, found = items.numbered(cell.translate(THAI_DIGITS) if thai_digits else cell)
    assert head == ""
    assert [item.text for item in found] == texts
    assert [item.value for item in found] == list(range(1, len(texts) + 1))


@given(st.lists(st.text("กขคง", min_size=1, max_size=8), min_size=1, max_size=8), st.integers(1, 5))
def test_alignment_keeps_order_and_every_piece(pieces, count):
    shared = items.aligned(pieces, ["กข"] * count) if len(pieces) >= count else [pieces]
    assert [piece for run in shared for piece in run] == pieces
    assert all(shared)


MEANINGS = [
    ("ดำเนินการแล้ว", "completed"), ("ดำเนินการแล้วเสร็จ", "completed"), ("ดำเนินการเรียบร้อยแล้ว", "completed"), ("แล้วเสร็จ", "completed"),
    ("อยู่ระหว่างดำเนินการ", "in_progress"), ("กำลังดำเนินการ", "in_progress"), ("ยังไม่แล้วเสร็จ", "in_progress"), ("ดำเนินการบางส่วน", "in_progress"),
    ("ยังไม่ได้ดำเนินการ", "not_started"), ("ไม่ได้ดำเนินการ", "not_started"), ("ยังไม่ถึงกำหนดระยะเวลา", "not_started"),
    ("จะดำเนินการในไตรมาส 4", "not_started"),
    ("ไม่สามารถดำเนินการได้", "not_possible"), ("ยกเลิกโครงการ", "not_possible"),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "meaning"), MEANINGS)
@pytest.mark.parametrize("form", ["{}", "- {}", "๑. {}", "  {}\n"])
def test_phrases(phrase, meaning, form):
    assert status.of_phrase(form.format(phrase)).status == meaning


@pytest.mark.parametrize(
    "text",
    ["มีคู่มือประชาชน", "เผยแพร่บนเว็บไซต์ของหน่วยงาน", "จัดทำประกาศมาตรการ", "หน่วยงานมีการปรับปรุงระบบ", "ผู้บริหารมอบนโยบาย", "ได้รับความร่วมมือจากประชาชน"],
)
def test_statements_complete(text):
    assert status.of_text(text).status == "completed"


@pytest.mark.parametrize(
    "text", ["", "-", "ควรปรับปรุงขั้นตอน", "การเปิดเผยข้อมูล", "มาตรการส่งเสริมคุณธรรม", "The image shows a page of the web site", "(ภาพกิจกรรม)"]
)
def test_what_says_nothing_decides_nothing(text):
    assert status.of_text(text).status == "unknown"
    assert status.of_phrase(text) is None


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("จบ ประมาณ ที่ตั้งไว้", "budget_planned"), ("งบ ประมาน ที่เข้าไป", "budget_spent"), ("งบประมาณที่ต่งไว้", "budget_planned"),
        ("ระยะ เวลาที่ ดำเนินการ แล้ว", "period_done"), ("ผู้รับ ผิดชอบ", "unit"), ("ลําดับที่", "number"),
        ("สรุปผลการดำเนินการตาม มาตรการหรือกิจกรรม", "result"),
        ("ติดตามผลการดำเนินการ", "monitoring"), ("ความสำเร็จของการดำเนินการ", "outcome"), ("ชื่อ - สกุล", "foreign"), ("ราคากลาง", "foreign"),
    ],
)  # fmt: skip
def test_headings_however_worded(heading, role):
    assert columns.role_of(heading) == role
