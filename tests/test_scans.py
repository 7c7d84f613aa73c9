"""Pictures of pages: what is printed on them comes back through `open_document`, or is said to be unsure; never another number."""

import io
import itertools
import random
import re
import stat
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from etl.formats import Table, Unreadable, open_document
from etl.formats.document import UNREAD, Cell, Document, Paragraph
from etl.formats.scan import prose
from etl.formats.scan.months import MONTHS, months_of, settled
from etl.formats.scan.network import HEIGHT, SYMBOLS, likelihoods
from etl.formats.scan.numerals import Symbol, symbols_of
from etl.formats.scan.overlaid import without_overlaid
from etl.formats.scan.page import DARK, ink_of, parts_of, sideways, straight, with_dark_letters, without_dust, without_holes
from etl.formats.scan.photograph import sheet_of
from etl.formats.scan.pictures import _ITEM, _with_whole_years
from etl.formats.scan.ruled import level_tables, lines_of, ruled_tables
from etl.formats.scan.words import (
    Run,
    Said,
    _printed,
    beside_thai,
    code_like,
    english_row,
    hidden,
    in_english,
    numbered_from_one,
    reconciled,
    runs_of,
    spoken,
    with_codes,
    with_lost_marks,
)
from etl.known import load_known
from etl.read import read as read_opened
from etl.read import read_document
from etl.reading import Finding
from etl.scores.headings import Terms
from etl.scores.text import _runs_on
from etl.unsure import _contradicting

FONT = Path("/usr/share/fonts/truetype/tlwg/Laksaman.ttf")
needs_font = pytest.mark.skipif(not FONT.exists(), reason="needs fonts-thai-tlwg")
needs_tesseract = pytest.mark.skipif(not prose.available(), reason="needs tesseract with its Thai model")
KNOWN = load_known()
HEAD = ["ตัวชี้วัด", "คะแนน ปี ๒๕๖๗", "คะแนน ปี ๒๕๖๘"]
NAMES = ["1. การปฏิบัติหน้าที่", "2. การใช้งบประมาณ", "3. การใช้อำนาจ", "4. การใช้ทรัพย์สินของราชการ", "5. การแก้ไขปัญหาการทุจริต"]
TITLE = "ผลการประเมินคุณธรรมและความโปร่งใส (ITA) เทศบาลตำบลบ้านเดื่อ จังหวัดหนองคาย"


def sheet(rows: list[list[str]], title: str = TITLE, widths=(620, 380, 380), size: int = 44) -> np.ndarray:
    """A page at 200 dots per inch with a title and a ruled table."""
    page = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), size)
    draw.text((130, 150), title, font=font, fill=20)
    high = round(2.1 * size)
    lefts = np.cumsum([130, *widths]).tolist()
    for at, row in enumerate(rows):
        for left, right, text in zip(lefts, lefts[1:], row, strict=False):
            draw.rectangle((left, 300 + at * high, right, 300 + (at + 1) * high), outline=30, width=3)
            draw.text((left + 14, 300 + at * high + 14), text, font=font, fill=20)
    return np.asarray(page)


def as_scan(page: np.ndarray, angle: float = 1.2, noise: float = 6, seed: int = 1) -> np.ndarray:
    height, width = page.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    turned = cv2.warpAffine(page, move, (width, height), borderValue=250)
    grey = cv2.GaussianBlur(turned, (0, 0), 0.7) * 0.95 + np.random.default_rng(seed).normal(0, noise, page.shape)
    return np.clip(grey, 0, 255).astype(np.uint8)


def saved(path: Path, page: np.ndarray, **options) -> Path:
    Image.fromarray(page).save(path, **options)
    return path


def scores_of(chance: random.Random) -> list[list[str]]:
    digits = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    return [[name, f"{chance.uniform(60, 100):.2f}", f"{chance.uniform(60, 100):.2f}".translate(digits)] for name in NAMES]


# --- the steps ---------------------------------------------------------------------------------------------------------


def test_the_network_gives_likelihoods():
    read = likelihoods(np.random.default_rng(1).random((2, HEIGHT, 64), np.float32))
    assert read.shape == (2, 32, 1 + len(SYMBOLS)) and np.allclose(read.sum(-1), 1, atol=1e-4)


@needs_font
@pytest.mark.parametrize("angle", [-2.0, -0.7, 1.4])
def test_a_page_is_made_straight(angle):
    level = ink_of(straight(as_scan(sheet([HEAD]), angle))[0])
    whole = (ink_of(sheet([HEAD])) > 0.4).sum(axis=1).max()
    assert (level > 0.4).sum(axis=1).max() > 0.7 * whole  # a rule that lies in few rows is level


@needs_font
def test_lines_of_print_say_which_way_a_page_lies():
    page = as_scan(sheet([HEAD, *scores_of(random.Random(1))]))
    assert not sideways(page) and sideways(np.ascontiguousarray(np.rot90(page)))


def test_rules_give_cells_merged_ones_too():
    page = np.full((600, 900), 255, np.uint8)
    for y in (50, 150, 250, 350):
        cv2.line(page, (50, y), (850, y), 0, 3)
    for x in (50, 300, 850):
        cv2.line(page, (x, 50), (x, 350), 0, 3)
    cv2.line(page, (550, 50), (550, 250), 0, 3)
    page[147:154, 55:295] = 255  # the first column is one cell over two rows
    ink = ink_of(page)
    (table,) = ruled_tables(*lines_of(ink, 20), ink, 20)
    assert table.cells == [(0, 1, 1, 2), (0, 1, 2, 3), (0, 2, 0, 1), (1, 2, 1, 2), (1, 2, 2, 3), (2, 3, 0, 1), (2, 3, 1, 3)]
    assert table.closed == (True, True)


def test_upright_lines_alone_are_a_row_that_fills_its_page():
    page = np.full((900, 900), 255, np.uint8)
    for x in (50, 300, 550, 850):
        cv2.line(page, (x, 50), (x, 800), 0, 3)
    (table,) = ruled_tables(*lines_of(ink := ink_of(page), 20), ink, 20)
    assert table.cells == [(0, 1, 0, 1), (0, 1, 1, 2), (0, 1, 2, 3)] and table.closed == (False, False)
    page[:, 280:570] = 255  # two are a bracket or the edges of something else
    assert not ruled_tables(*lines_of(ink := ink_of(page), 20), ink, 20)


def test_a_line_that_runs_on_in_a_letter_beyond_its_end_is_a_line():
    page = np.full((600, 900), 255, np.uint8)
    for y in (50, 150, 350):
        cv2.line(page, (50, y), (850, y), 0, 3)
    for x, end in ((50, 350), (300, 185), (850, 350)):
        cv2.line(page, (x, 50), (x, end), 0, 3)
    (table,) = ruled_tables(*lines_of(ink := ink_of(page), 20), ink, 20)
    assert (0, 1, 0, 1) in table.cells and (1, 2, 0, 2) in table.cells


def test_level_lines_alone_are_rows_and_their_columns_are_parted_by_gaps():
    page = np.full((800, 900), 255, np.uint8)
    for y in range(50, 651, 100):
        cv2.line(page, (50, y), (850, y), 0, 3)
        for x, wide in ((70, 150), (300, 200), (700, 120)) if y < 650 else ():
            page[y + 40 : y + 60, x : x + wide] = 0
    page[90:110, 300:820] = 0  # a heading over two columns
    across, _ = lines_of(ink_of(page), 20)
    boxes = parts_of(((ink_of(page) > DARK) & (cv2.dilate(across, np.ones((5, 5), np.uint8)) == 0)).astype(np.uint8)).boxes[1:]
    (table,) = level_tables(across, boxes, [], 20)
    assert table.cells == [(0, 1, 0, 1), (0, 1, 1, 3), *((row, row + 1, at, at + 1) for row in range(1, 6) for at in range(3))]
    assert level_tables(across, boxes, [table], 20) == []  # a table that was found already
    assert level_tables(across, boxes[:1], [], 20) == []  # lines below each other around a text


def test_dust_is_no_sign_and_points_are():
    """Beside a number a speck reads as a point or a bracket: a fax of an office lost 29 of 60 scores to it."""
    ink = np.zeros((300, 600), np.float32)
    ink[100:120, 100:104] = ink[100:120, 134:138] = 1  # two strokes of print
    ink[115:120, 111:116] = 1  # the point between them
    ink[40:43, 300:303] = ink[110:115, 250:255] = ink[108:110, 108:110] = 1  # specks: small, alone, small beside a stroke
    ink[200:205, 300:420:12] = 1  # a row of dots, as forms have them
    ink[200:205, 302:422:12] = 1
    clean = without_dust(ink, parts_of((ink > DARK).astype(np.uint8)), 20)
    assert clean[40:43, 300:303].max() == clean[110:115, 250:255].max() == clean[108:110, 108:110].max() == 0
    assert (clean[115:120, 111:116] == 1).all() and (clean[200:205] == ink[200:205]).all() and (clean[100:107, 100:104] == 1).all()


@needs_font
def test_white_letters_on_dark_ground_are_dark_ones_in_a_frame():
    page = sheet([HEAD])
    ink, dark = ink_of(page), page.copy()
    dark[300:393, 130:1511] = 255 - dark[300:393, 130:1511]
    turned = with_dark_letters(ink_of(dark), 22)
    assert np.abs(turned[310:380, 150:740] - ink[310:380, 150:740]).mean() < 0.03
    assert with_dark_letters(ink, 22) is ink


def test_the_ring_of_a_stamp_is_no_rule():
    page = np.full((600, 900), 255, np.uint8)
    for y in (50, 100, 150, 550):
        cv2.line(page, (50, y), (850, y), 0, 3)
    for x in (50, 850):
        cv2.line(page, (x, 50), (x, 550), 0, 3)
    cv2.line(page, (400, 50), (400, 150), 0, 3)  # a short line as dark as the others is one
    ringed = page.copy()
    cv2.circle(ringed, (600, 125), 110, 150, 4)
    ringed = np.minimum(page, ringed)
    for one in (page, ringed):
        (table,) = ruled_tables(*lines_of(ink := ink_of(one), 20), ink, 20)
        assert len(table.xs) == 3


def test_what_leans_or_is_stacked_in_one_row_is_no_column():
    page = np.full((500, 900), 255, np.uint8)
    for y in range(50, 451, 50):
        cv2.line(page, (50, y), (850, y), 0, 3)
    for x in (50, 550, 850):
        cv2.line(page, (x, 50), (x, 450), 0, 3)
    divided = page.copy()
    cv2.line(divided, (300, 200), (300, 250), 0, 3)  # a rule in one row is one
    letters = divided.copy()
    for x in (292, 308):  # letters and their marks, from rule to rule
        cv2.line(letters, (x, 206), (x, 244), 0, 3)
    for one, columns in ((page, 2), (divided, 3), (letters, 2)):
        (table,) = ruled_tables(*lines_of(ink := ink_of(one), 20), ink, 20)
        assert len(table.xs) == columns + 1


@pytest.mark.parametrize(
    ("symbols", "strokes", "said"),
    [
        ([("๒", 13)], [(4, 11), (10, 17), (16, 19), (21, 25)], [("๒", 4, 25)]),
        ([("5", 30), ("%", 53)], [(23, 37), (40, 47), (46, 60), (49, 53), (54, 66)], [("5%", 23, 66)]),
        ([("2", 10), ("0", 31), (")", 36)], [(4, 17), (24, 29), (33, 38)], [("20", 4, 40.6)]),
        ([("1", 7), ("1", 29)], [(4, 10), (26, 32)], [("11", 4, 32)]),
        ([("2", 7), ("2", 29)], [(4, 10), (26, 32)], [("2", 4, 10), ("2", 26, 32)]),
    ],
    ids=["broken digit", "percent", "side of a zero", "narrow ones", "two numbers"],
)
def test_pieces_of_a_broken_sign_are_its_own(symbols, strokes, said):
    boxes = np.array([(left, 4, right, 28) for left, right in strokes], float)
    runs = runs_of([Symbol(letter, x, 1.0, True) for letter, x in symbols], boxes, 4, 28)
    assert [(run.text, run.left, run.right) for run in runs] == said


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("ระดับผ่ าน", "ระดับผ่าน"),
        ("ณวั นที่", "ณวันที่"),
        ("(พ.ศ. 2566 = 2570)", "(พ.ศ. 2566 - 2570)"),
        ("ได้ 80.1 5 คะแนน", f"ได้ {UNREAD * 4} คะแนน"),
        ("ได้ 80.1 และ 5", "ได้ 80.1 และ 5"),
        ("ดีเยียม ตัวชีวัดที 5 ตัวชี้วัดที่ 6", "ดีเยี่ยม ตัวชี้วัดที่ 5 ตัวชี้วัดที่ 6"),
        ("ปื 2565 ปืน", "ปี 2565 ปืน"),
    ],
)
def test_what_gaps_and_lost_marks_make_of_words_is_mended(printed, said):
    assert _printed([(float(at), letter) for at, letter in enumerate(printed)], [], lambda found: found[0]) == said


def test_a_punched_hole_leaves_neither_rules_nor_signs():
    page = np.full((600, 900), 255, np.uint8)
    cv2.circle(page, (60, 300), 24, 30, -1)
    cv2.putText(page, "2. item", (110, 310), cv2.FONT_HERSHEY_SIMPLEX, 1, 20, 3)
    ink = ink_of(page)
    whole = without_holes(ink, parts_of((ink > DARK).astype(np.uint8)), 20)
    assert not lines_of(whole, 20)[1].any() and (whole[:, :100] > 0.1).sum() == 0
    assert np.array_equal(whole[:, 100:], ink[:, 100:])


@needs_font
@pytest.mark.parametrize(("shadow", "grain"), [(False, False), (True, False), (True, True)])
def test_a_photographed_sheet_is_drawn_straight(shadow, grain):
    page = sheet([HEAD, *scores_of(random.Random(1))])
    height, width = page.shape
    ground = np.full((height + 400, width + 400), 70, np.uint8)
    if grain:  # of a table: lines that run up to the sheet
        ground[700:720] = ground[1500:1520] = 130
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    seen = np.float32([[200, 160], [width + 150, 230], [width + 260, height + 180], [140, height + 260]])
    move = cv2.getPerspectiveTransform(corners, seen)
    view = cv2.warpPerspective(page, move, (ground.shape[1], ground.shape[0]), dst=ground, borderMode=cv2.BORDER_TRANSPARENT)
    if shadow:  # over the lower right third, as dark as the ground, with a soft edge
        down, across = np.mgrid[0 : view.shape[0], 0 : view.shape[1]]
        light = 1 - 0.6 / (1 + np.exp(-(down / view.shape[0] + across / view.shape[1] - 1.2) * 20))
        view = (view * light).astype(np.uint8)
    flat, back = sheet_of(view)
    found = cv2.perspectiveTransform(np.float32([[[0, 0], flat.shape[::-1]]]), back)[0]
    assert np.abs(found - seen[[0, 2]]).max() < 40
    assert shadow or (flat < 100).mean() < 0.1 and abs(flat.shape[0] / flat.shape[1] - height / width) < 0.1
    assert sheet_of(page)[0] is page  # a scan is taken as it is


def test_our_numerals_stand_in_the_place_of_what_tesseract_read():
    letters = [prose.Letter(text, x, x + 8, 0.99) for text, x in (("ป", 0), ("ี", 6), ("ษ", 40), ("ล", 50), ("5", 200))]
    said = spoken([Run("๖๘", 38, 60, 0.99)], letters, [(20, 30)])
    assert said.text == f"ปี {3 * UNREAD}" and said.unsure  # a digit that only Tesseract saw is none, and nor is what it belongs to


def test_a_year_that_the_end_of_a_line_cut_off_is_with_its_heading():
    said = ["มาตรการ ประจำปีงบประมาณ พ.ศ.", "2566 เทศบาลตำบลหนองไทร", "ประจำปีงบประมาณ", "สำนักปลัด", "รายงาน ประจำ", "ปีงบประมาณ พ.ศ. 2567"]
    whole = _with_whole_years([Paragraph(text, "page 1 line 1", confidence=0.9) for text in said])
    assert [one.text for one in whole] == [
        "มาตรการ ประจำปีงบประมาณ พ.ศ. 2566 เทศบาลตำบลหนองไทร",
        *said[2:4],
        "รายงาน ประจำ ปีงบประมาณ พ.ศ. 2567",
    ]


def test_a_bracket_stands_at_its_own_words_and_a_lost_mark_of_a_word_comes_back():
    letters = [prose.Letter(text, x, x + 8, 0.99) for text, x in (("ล", 4), ("บ", 66), ("้", 68), ("า", 78), ("น", 88))]
    assert spoken([Run("2(", 34, 56, 0.99)], letters, [(14, 32), (42, 48), (57, 65)]).text == "ล 2 (บ้าน"
    said = "แหล่งน้า หน้าที่ ทุ่งน้าว ต่างๆ กระต่าย เต่า ต่ากว่า ตำบล ตำสุด ซ้าย ซ้าซ้อน"
    assert with_lost_marks(said) == "แหล่งน้ำ หน้าที่ ทุ่งน้าว ต่างๆ กระต่าย เต่า ต่ำกว่า ตำบล ต่ำสุด ซ้าย ซ้ำซ้อน"


def test_a_sentence_goes_on_in_the_line_after_all_that_were_joined():
    first = "เทศบาลตำบลหนองม่วงไข่มีคะแนนสูงสุดในตัวชี้วัดที่ 5 การแก้ไขปัญหาการทุจริต ได้คะแนนร้อยละ 90.02 รองลงมาคือตัวชี้วัดที่ 6 ได้"
    after = Paragraph("คะแนนร้อยละ 88.14", "page 1 line 9")
    assert _runs_on((Paragraph(first, "page 1 line 7", lines=2), after), 0)
    assert not _runs_on((Paragraph(first, "page 1 line 7"), after), 0)
    title = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน ประจำปีงบประมาณ พ.ศ. 2568 โรงพยาบาลภูกระดึง"
    assert not _runs_on((Paragraph(title, "page 1 line 7", lines=2), after), 0)


@pytest.mark.parametrize(("text", "begins"), [("มาตรการที่ ๑ : จัดทำคู่มือ", True), ("ปัญหา/อุปสรรค : ไม่มี", True), ("จริยธรรมประจำปี", False)])
def test_a_label_begins_a_line_of_its_own(text, begins):
    assert bool(_ITEM.match(text)) == begins


def test_letters_of_levels_are_words_by_themselves():
    box = np.array([(10, 4, 26, 33), (28, 4, 44, 33)], float)
    both = [Symbol("A", 18, 1.0, True), Symbol("A", 36, 1.0, True)]
    assert [run.text for run in runs_of(both, box, 4, 33)] == ["AA"]
    assert [run.text for run in runs_of([Symbol("B", 18, 1.0, True)], box[:1], 4, 33)] == ["B"]
    assert runs_of([Symbol("B", 18, 1.0, True)], box, 4, 33) == []  # of Budget


def test_what_stands_beside_a_gap_is_told_roughly_and_no_sign_stands_without_its_letter():
    letters = [prose.Letter(text, x, x + 8, 0.99) for text, x in (("บ", 22), ("ก", 60), (".", 68), ("ุ", 70), ("ย", 76))]
    # The middle of บ is said to be in the gap, nearer to the 2.
    assert spoken([Run("2", 30, 38, 0.99)], letters, [(20, 30), (38, 58)]).text == "บ 2 ก.ย"


@pytest.mark.parametrize("text", ["A.W. ", "vu", "เม.ย.  - fel. ", "ประกาศ tu จุดบริการ"])
def test_a_few_latin_letters_may_be_thai(text):
    assert prose._may_be_thai(text)


@pytest.mark.parametrize("text", ["นโยบาย No Gift Policy", "ข้อมูล Open Data", "Budget", "แบบ IIT", "AA", "C"])
def test_english_words_are_english(text):
    assert not prose._may_be_thai(text)


@pytest.mark.parametrize(
    ("strokes", "read", "said"),
    [
        ([(4, 53)], [("I", 18), ("T", 41)], "IIT"),  # serifs that touch: one stroke, a bar seen between two
        ([(4, 8), (13, 17), (19, 46)], [("I", 14), ("T", 33)], "IIT"),  # the second bar was seen
        ([(4, 26), (27, 64)], [("E", 14), ("I", 32), ("T", 52)], "EIT"),
        ([(4, 32), (35, 71)], [("O", 18), ("I", 42), ("T", 59)], "OIT"),
    ],
)
def test_an_instrument_has_as_many_bars_as_there_is_print_for(strokes, read, said):
    boxes = np.array([(left, 4, right, 33) for left, right in strokes], float)
    symbols = [Symbol(letter, x, 1.0, True, letter in "IO", 1.0) for letter, x in read]
    assert [run.text for run in runs_of(symbols, boxes, 4, 33)] == [said]


def test_a_measure_whose_number_is_unread_is_a_measure_without_a_number():
    rows = [
        ["ที่", "มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ"],
        ["1", "จัดทำคู่มือการให้บริการประชาชน", "สำนักปลัด", "ดำเนินการแล้ว"],
        [UNREAD, "เปิดเผยข้อมูลการใช้จ่ายงบประมาณ", "กองคลัง", "ดำเนินการแล้ว"],
        ["3", "อบรมคุณธรรมจริยธรรม", "สำนักปลัด", "อยู่ระหว่างดำเนินการ"],
    ]
    cells = tuple(tuple(Cell(text, "page 1 line 2", "", UNREAD in text, None, 0.9) for text in row) for row in rows)
    title = Paragraph("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2567", "page 1 line 1")
    measures = read_opened(Document("scan.pdf", "", (title, Table(cells, "page 1 line 2"))), KNOWN).measures
    assert [(one.number, one.unsure) for one in measures] == [("1", []), (None, ["number"]), ("3", [])]


def test_a_measure_called_by_an_unread_number_is_one():
    said = ["รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2566"]
    for number, title in (("๑", "การเปิดเผยข้อมูลการใช้จ่ายงบประมาณ"), (2 * UNREAD, "การปรับปรุงคู่มือการให้บริการ"), ("๓", "การจัดการเรื่องร้องเรียน")):
        said += [f"มาตรการที่ {number} {title}", "วิธีการดำเนินการ", "๑) จัดทำรายงาน", "๒) เผยแพร่บนเว็บไซต์"]
        said += ["ผู้รับผิดชอบ กองคลัง", "ระยะเวลาดำเนินการ ตุลาคม ๒๕๖๕", "ผลการดำเนินการ ดำเนินการแล้วเสร็จ"]
    blocks = tuple(Paragraph(text, f"page 1 line {at}", confidence=0.9) for at, text in enumerate(said))
    measures = read_opened(Document("scan.pdf", "", blocks), KNOWN).measures
    assert [(one.number, one.unsure) for one in measures] == [("1", []), (None, ["number"]), ("3", [])]


def test_lines_that_may_be_english_are_those_of_latin_letters():
    assert all(in_english(Said(text, 0.9, False)) for text in ("Budget นรอ", f"A{UNREAD}ency", "Performance of duties", UNREAD * 4))
    assert not any(in_english(Said(text, 0.9, False)) for text in ("คะแนน IIT", f"พ.{UNREAD}. 2567", "Website ของหน่วยงาน", "OIT"))


def strip_of(text: str, size: int = 44) -> tuple[np.ndarray, float, float]:
    """The ink of a line as it is cut out of its cell, four pixels around it."""
    font = ImageFont.truetype(str(FONT), size)
    left, top, right, bottom = font.getbbox(text)
    picture = Image.new("L", (right - left + 8, bottom - top + 8))
    ImageDraw.Draw(picture).text((4 - left, 4 - top), text, font=font, fill=255)
    return np.asarray(picture).astype(np.float32) / 255, 4.0, float(bottom - top + 4)


def months_in(text: str, size: int) -> list[Run]:
    font = ImageFont.truetype(str(FONT), size)
    picture = Image.new("L", (round(font.getlength(text)) + 8, 3 * size))
    ImageDraw.Draw(picture).text((4, 2 * size), text, font=font, fill=255, anchor="ls")
    ink = np.asarray(picture).astype(np.float32) / 255
    strip = ink, 2.0 * size + font.getbbox("ก", anchor="ls")[1], 2.0 * size
    return months_of(strip, parts_of((ink > DARK).astype(np.uint8)).boxes[1:], [])


@needs_font
def test_months_are_read_from_their_picture_and_no_other_word_is_one():
    for size in (26, 44):
        assert [[(run.text, run.chance > 0) for run in months_in(f"{month} ถึง", size)] for month in MONTHS] == [
            [(month, True)] for month in MONTHS
        ]
    assert [run.text for run in months_in("ต.ค.-มี.ค.", 44)] == ["ต.ค.", "มี.ค."]  # the dash is none of them
    others = ("พ.ศ. ๒๕๖๖", "ป.ป.ช. จังหวัด", "น.ส. ก.", "บาท.", "กอง. ก")
    assert not [run for text in others for run in months_in(text, 44) if run.chance]


@pytest.mark.parametrize(
    ("ours", "sure", "theirs", "said"),
    [
        ("ต.ค.", 0.99, "A.A.", "ต.ค. 66"),
        ("ต.ค.", 0.99, "ต.ค.", "ต.ค. 66"),
        ("ต.ค.", 0.99, "ธ.ค.", 4 * UNREAD + " 66"),  # two months of one picture
        ("ต.ค.", 0.0, "ธ.ค.", 4 * UNREAD + " 66"),
        ("ต.ค.", 0.0, "ต.ค.", "ต.ค. 66"),
        ("ก.ค.", 0.0, "ก.ต.", "ก.ต. 66"),  # nobody is sure of a month: as Tesseract has it
        ("พ.ค.", 0.99, "พ.ศ.", "พ.ศ. 66"),
    ],
)
def test_a_month_that_is_read_in_two_ways_is_unread(ours, sure, theirs, said):
    letters = [prose.Letter(text, 10 * at, 10 * at + 8, 0.99) for at, text in enumerate(theirs)]
    months, letters = settled([Run(ours, 0, 38, sure)], letters, 20)
    assert spoken([Run("66", 60, 80, 0.99), *months], letters, [(40, 58)]).text == said


def test_the_last_dot_of_a_month_is_seen_behind_it_and_a_dash_stays():
    letters = [prose.Letter(text, x, x + 4, 0.99) for text, x in (("A", 0), ("A", 20), (".", 46), ("-", 50))]
    months, letters = settled([Run("ต.ค.", 0, 38, 0.99)], letters, 20)
    assert spoken([Run("66", 60, 80, 0.99), *months], letters, [(55, 59)]).text == "ต.ค.- 66"


@needs_font
def test_a_bar_at_the_edge_of_its_cell_is_no_rule():
    codes = ["I1", "I2", "I6", "I9", "I10", "10", "100"]
    read = symbols_of([strip_of(code) for code in codes])
    assert ["".join(one.letter for one in symbols) for symbols in read] == codes
    assert all(one.sure for symbols in read for one in symbols)


@pytest.mark.parametrize(
    ("strokes", "read", "said"),
    [
        (
            [(4, 17), (18, 30), (34, 37), (40, 54), (55, 67)],
            [("9", 10, 1), ("7", 24, 1), (".", 35, 1), ("(", 43, 0), ("0", 47, 1), ("8", 61, 1)],
            "97.08",
        ),
        ([(4, 10), (16, 33)], [("1", 6, 0), ("I", 9, 0), ("0", 25, 1)], "10"),  # a bar before a zero is a one: no question is I0
        ([(4, 17), (18, 25), (26, 33)], [("9", 10, 1), ("1", 22, 1), ("7", 29, 0)], 3 * UNREAD),  # two strokes are two digits
    ],
)  # fmt: skip
def test_what_is_seen_in_a_part_of_a_digit_is_no_sign(strokes, read, said):
    boxes = np.array([(left, 20 if right - left < 4 else 4, right, 24) for left, right in strokes], float)
    symbols = [Symbol(letter, x, 0.9, bool(sure), letter in "01I", 1.0) for letter, x, sure in read]
    assert [run.text for run in runs_of(symbols, boxes, 4, 24)] == [said]


def test_a_code_whose_letter_is_not_sure_is_read_as_the_others_of_its_column():
    bar, five = Symbol("I", 4, 0.8, False), Symbol("5", 20, 1.0, True)
    assert code_like([bar, five], ["I1", "i2", "E1"]) == "I5"
    assert code_like([bar, five], ["E1", "E2", "I1"]) is None and code_like([five, five], ["I1", "I2"]) is None
    assert code_like([bar, replace(five, sure=False)], ["I1", "I2"]) is None  # a digit is never guessed


def test_the_dots_of_a_form_are_dots():
    dots = [(40 + 9 * at, 20, 44 + 9 * at, 24) for at in range(8)]
    letters = [(4, 4, 14, 24), (16, 4, 30, 24), (120, 4, 132, 24)]
    runs = runs_of([Symbol("3", 126, 1.0, True), Symbol(".", 51, 1.0, True)], np.array([*letters, *dots], float), 4, 24)
    assert [run.text for run in runs] == ["....", "3"]
    said = spoken(runs, [prose.Letter("ก", 4, 14, 0.99), prose.Letter("ด", 42, 54, 0.99)], [])
    assert said.text == "กด....3"  # nothing is read in dots: what is said to be there stands beside them


def test_a_letter_said_to_be_in_a_gap_or_a_number_stands_beside_it():
    letters = [prose.Letter(text, left, right, 0.99) for text, left, right in (("า", 0, 20), ("ย", 33, 34), ("้", 40, 48), ("น", 85, 109))]
    assert spoken([Run("ITA", 95, 120, 0.99)], letters, [(25, 47), (82, 95)]).text == "า ย้น ITA"


def test_two_tone_marks_are_the_ring_of_sara_am():
    assert spoken([], [prose.Letter(one, 10 * at, 10 * at + 8, 0.99) for at, one in enumerate("น้้าใส")], []).text == "น้ำใส"


def test_a_row_of_english_headings_is_english_whatever_a_short_word_was_taken_for():
    assert english_row(["Agency", "Fiscal ขดล", "Performance of duties", "ไวลไล disclosure"])
    assert not english_row(["IIT", "EIT", "OIT", "คะแนน"]) and not english_row(["ชื่อหน่วยงาน", "Integrity and Transparency"])


def overlaid_number(shade: int, around: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ink of a table of numbers with a stroke over it in a shade (0 black, 255 white), its rules, and its ink without the stroke."""
    page = np.asarray(sheet([["85.16", "76.80"]] * 8, widths=(300, 300)))[100:1100, 100:1300]
    drawn = np.full_like(page, 255)
    if around:
        cv2.circle(drawn, (140, 330), 100, shade, 4, cv2.LINE_AA)
    else:
        wave = [(40 + 5 * at, round(300 + 50 * np.sin(at / 3))) for at in range(60)]
        cv2.polylines(drawn, [np.array(wave, np.int32)], False, shade, 5, cv2.LINE_AA)
    alone, both = (ink_of(cv2.GaussianBlur(one, (0, 0), 0.7)) for one in (page, np.minimum(page, drawn)))
    across, down = lines_of(alone, 26)
    rules = cv2.dilate(across | down, np.ones((3, 3), np.uint8))
    return both * (1 - rules), rules, alone * (1 - rules)


@needs_font
@pytest.mark.parametrize(("shade", "around"), [(150, True), (75, False)])
def test_a_stamp_or_a_pen_paler_than_the_print_is_taken_away_and_the_print_stays(shade, around):
    ink, rules, alone = overlaid_number(shade, around)
    clean, dark, taken = without_overlaid(ink, rules, 26)
    assert ((ink > 0.25) != (alone > 0.25)).sum() > 800 and not dark.any() and taken.any() != around
    assert ((clean > 0.4) & (alone <= 0.25)).sum() < 150 and ((alone > 0.9) & (clean < 0.4)).sum() < 20


@needs_font
def test_what_a_pen_as_dark_as_the_print_touches_is_not_told_from_it():
    ink, rules, alone = overlaid_number(15, False)
    clean, dark, _ = without_overlaid(ink, rules, 26)
    assert dark.sum() > 1000 and ((ink > 0.4) & (clean < 0.4)).sum() < 20
    assert not without_overlaid(alone, rules, 26)[1].any()


def test_a_number_beside_a_pen_is_unread_and_so_is_one_whose_point_may_be_lost():
    runs, none = [Run("85.1", 4, 60, 1.0), Run("85", 100, 130, 1.0)], np.array([], int)
    assert [run.text for run in hidden(runs, np.array([66]), none, 24)] == [4 * UNREAD, "85"]
    assert [run.text for run in hidden(runs, np.array([80]), np.array([30, 110]), 24)] == ["85.1", 2 * UNREAD]
    assert hidden(runs, none, none, 24) == runs


def test_a_digit_that_our_reader_did_not_see_beside_a_number_of_its_own_is_thai(monkeypatch):
    read = {"tha+eng": "1", "tha": "ปี"}
    monkeypatch.setattr(
        prose, "_read", lambda strips, languages: [[prose.Letter(one, 0, 9, 0.95) for one in read[languages]] for _ in strips]
    )
    strips = [(np.zeros((9, 9), np.float32), 0.0, 8.0)] * 2
    assert ["".join(one.text for one in letters) for letters in prose.letters_of(strips, [True, False])] == ["ปี", "1"]


def test_a_list_in_a_cell_whose_second_item_follows_begins_with_the_first():
    for lead in (f".{UNREAD}.", "«๑.", f"{UNREAD}.", "๑."):
        assert numbered_from_one(f"{lead} จัดทำคู่มือ\n๒. จัดทำคำร้อง") == "๑. จัดทำคู่มือ\n๒. จัดทำคำร้อง"
    for text in ("(1) จัดทำคู่มือ (2) เผยแพร่", f"{UNREAD}. จัดทำคู่มือ", f"{UNREAD}. ก 3. ข 1. ก 2. ข", "1.1 ก 2. ข", f"{UNREAD}.5 ก 2. ข"):
        assert numbered_from_one(text) == text


def test_a_ring_that_ends_a_latin_word_is_its_letter():
    letters = [prose.Letter(text, 20 * at, 20 * at + 18, 0.99) for at, text in enumerate("SAO")]
    assert spoken([Run("0", 40, 58, 1.0)], letters, []).text == "SAO"
    assert spoken([Run("0", 40, 58, 1.0)], letters, [(36, 40)]).text == "SA 0"  # a word by itself
    assert spoken([Run("0", 40, 58, 1.0)], [replace(letters[0], text="ก"), *letters[1:]], []).text == "กA0"


def test_a_long_thai_word_is_thai_whatever_stands_beside_it():
    assert all(beside_thai(Said(text, 0.9, False)) for text in ("จัดทำประกาศ No Gift Policy", "นโยบาย No Gift"))
    assert not any(beside_thai(Said(text, 0.9, False)) for text in ("Fiscal ขดล", "ไวลไล disclosure", "Budget"))


def test_a_code_that_is_unread_or_that_no_question_of_the_year_has_is_unsure():
    rows = [
        ["ที่", "มาตรการ", "ผู้รับผิดชอบ", "ผลการดำเนินการ"],
        ["1", "จัดทำคู่มือการให้บริการประชาชน (ใช้กับประเด็นคำถาม E1)", "สำนักปลัด", "ดำเนินการแล้ว"],
        ["2", "เปิดเผยข้อมูลการใช้จ่ายงบประมาณ (ใช้กับประเด็นคำถาม I27)", "กองคลัง", "ดำเนินการแล้ว"],
        ["3", f"อบรมคุณธรรมจริยธรรม (ใช้กับประเด็นคำถาม {2 * UNREAD})", "สำนักปลัด", "ดำเนินการแล้ว"],
    ]
    cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=0.9) for text in row) for at, row in enumerate(rows))
    title = Paragraph("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2567", "page 1 line 1")
    measures = read_opened(Document("scan.pdf", "", (title, Table(cells, "page 1 line 2"))), KNOWN).measures
    assert [(one.refs, "refs" in one.unsure) for one in measures] == [(["E1"], False), (["I27"], True), ([], True)]


def test_a_code_printed_with_a_one_or_in_digits_of_both_scripts_is_read_in_a_note_and_nowhere_else():
    def line(*symbols: tuple[str, bool]) -> Said:
        boxes = np.array([[20.0 * at, 0, 20.0 * at + 12, 30] for at in range(len(symbols))])
        seen = [Symbol(letter, 20.0 * at + 6, 0.9, sure, letter in "1Ii") for at, (letter, sure) in enumerate(symbols)]
        return spoken(runs_of(seen, boxes, 0, 30), [], [])

    printed = {"18)": line(("1", False), ("8", True), (")", True)), "1๑๐)": line(("1", True), ("๑", True), ("๐", True), (")", True))}
    for code, said in printed.items():
        assert said.text.count(UNREAD) == len(code) - 1 and said.noted == code
        before = "การใช้อำนาจ (ใช้กับประเด็นคำถาม "
        assert with_codes(before + said.text, before + said.noted) == before + code
        assert with_codes("ปี " + said.text, "ปี " + said.noted) == "ปี " + said.text
    assert not line(("1", False), ("8", False), (")", True)).noted


def test_measures_below_a_heading_that_lost_a_mark_and_ticks_below_one_that_lost_letters_are_read():
    def table(page: int, ticked: str, rows: list[list[str]]) -> Table:
        heads = ["ที่", "มาตรการ", "ขั้นตอนการดำเนินการ", "ระยะเวลา", "ผู้รับผิดชอบ", ticked, "ไม่สามารถดำเนินการได้"]
        rows = [heads, *rows]
        return Table(tuple(tuple(Cell(text, f"page {page} line {at}", confidence=0.9) for text in row) for at, row in enumerate(rows)), "")

    title = Paragraph("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2567", "page 1 line 1")
    rows = [
        ["1", "จัดทำคู่มือการให้บริการ", "ประชุม", "มกราคม 2567", "สำนักปลัด", "/", ""],
        ["2", "เปิดเผยการใช้จ่ายงบประมาณ", "ประชุม", "มกราคม 2567", "กองคลัง", "/", ""],
    ]
    blocks = (title, table(1, "ดำเนินการแล้วเสร็จ", rows[:1]), table(2, "ดำเนินการแล้วนเจ้ า", rows[1:]))
    measures = read_opened(Document("scan.pdf", "", blocks), KNOWN).measures
    assert [(one.number, one.status) for one in measures] == [("1", "completed"), ("2", "completed")]
    heads = ["มาตรการ/แนวทาง", "วิธีการดำเนินการ", "ระยะเวลาดำเนินการ", "ผู้รับผิดชอบ"]
    row = ["ตัวชีวัดที่ ๓\n๓. การใช้อำนาจ", "๑. ประเมินผลการปฏิบัติงาน\n๒. แต่งตั้งคณะทำงาน", "ตลอดปีงบประมาณ", "สำนักปลัด"]
    dashes = ["=", "--", "=", "="]
    cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=0.9) for text in one) for at, one in enumerate([heads, row, dashes]))
    measures = read_opened(Document("scan.pdf", "", (title, Table(cells, ""))), KNOWN).measures
    assert [(one.number, one.group_number) for one in measures] == [("1", "3"), ("2", "3")]


def test_numbers_in_their_order_say_what_garbled_headings_of_small_print_are():
    heads = ["ที่", "หน่วยงาน", *(f"ตัวชี้วัดที่ {at}" if at % 2 else f"ArtTa ที่ {at}" for at in range(1, 11))]
    rows = [heads, *([str(row), name, *(f"{80 + row + at}.5" for at in range(10))] for row, name in ((1, "ทต.บ้านเดื่อ"), (2, "ทต.นาดี")))]
    for title, count in ((heads, 20), ([*heads[:5], "ArtTa", *heads[6:]], 10)):
        cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=0.9) for text in row) for at, row in enumerate([title, *rows[1:]]))
        scores = read_opened(
            Document("scan.pdf", "", (Paragraph("คะแนน ITA ปี 2567", "page 1 line 1"), Table(cells, "page 1 line 2"))), KNOWN
        ).scores
        assert len(scores) == count and all(
            one.score == 80 + int(one.indicator) + 1 + ("นาดี" in one.agency) - Decimal("0.5") for one in scores
        )


def test_a_misread_name_beside_its_own_number_is_the_indicators():
    label_of = Terms.of(KNOWN).label_of
    assert label_of("ตัวชี้วัดที่ ๖ คุณภาพการดำเนินสพ% ,").code == "6"
    assert [label_of(text).code for text in ("ตัวชี้วัดที่ 3 ความพึงพอใจ", "ตัวชี้วัดที่ ๗ คุณภาพการดำเนินสพ% ,")] == [None, None]


def test_names_in_prose_may_have_lost_their_marks():
    said = ["ผลการประเมิน (ITA) ปีงบประมาณ พ.ศ. 2567", "เทศบาลตำบลหนองม่วงไข่ จังหวัดแพร่"]
    said.append("ด้านที่ดีที่สุด คือ ตัวชีวัดที่ 1 การปฏิบัติหน้าที และตัวชี้วัดที่ 9 การเปิดเผยข้อมูล ได้คะแนนร้อยละ 96.10 และ 92.00 ตามลำดับ")
    blocks = tuple(Paragraph(text, f"page 1 line {at}", confidence=0.9) for at, text in enumerate(said))
    scores = read_opened(Document("scan.pdf", "", blocks), KNOWN).scores
    assert [(one.indicator, str(one.score)) for one in scores] == [("1", "96.10"), ("9", "92.00")]


def test_labels_in_their_order_prove_those_between():
    codes = [f"I{at}" for at in range(1, 11)]
    for unread in ([4], [9], [3, 7], [1, 3, 5, 7]):
        labels = [UNREAD * len(code) if at in unread else code for at, code in enumerate(codes)]
        rows = [["agency", "year", "indicator", "score"], *(["ทต.ก้อนแก้ว", "2567", label, f"9{at}.5"] for at, label in enumerate(labels))]
        cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=0.9) for text in row) for at, row in enumerate(rows))
        found = read_opened(Document("scan.pdf", "", (Table(cells, "page 1 line 1"),)), KNOWN).scores
        assert [(one.indicator, str(one.score)) for one in found] == (
            [(str(at + 1), f"9{at}.5") for at in range(10)] if len(unread) < 4 else []
        )


def test_before_eit_and_oit_stands_iit():
    rows = [("แท", "88.10"), ("EIT", "90.22"), ("OIT", "95.00"), ("รวม", "91.50")]
    title = Paragraph("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567 เทศบาลตำบลนาตัวอย่าง", "page 1 line 1", confidence=0.9)
    for chance, first in ((0.9, "IIT"), (None, None)):  # of a text nothing is read otherwise
        cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=chance) for text in row) for at, row in enumerate(rows, 2))
        scores = read_opened(Document("scan.pdf", "", (title, Table(cells, "page 1 line 2"))), KNOWN).scores
        assert next((one.indicator for one in scores if str(one.score) == "88.10"), None) == first


@pytest.mark.parametrize(
    ("row", "told", "doubted", "unsure"),
    [
        (["ตัวชี้วัดที่ 3", "83.50", "84.60", "1.40"], "1.[4]0", {("3", 2566): ["score"], ("3", 2567): ["score", "stated_change"]}, 2),
        (["ตัวชี้วัดที่ 3", "83.50", "84.60", "-1.10"], "[-1.10]", {("3", 2567): ["stated_change"]}, 1),
        (["IIT", "83.50", "86.60", "3.10"], "8[6].60", {("IIT", 2567): ["score"], ("9", 2567): ["score"]}, 11),
    ],
    ids=["change", "its sign", "mean"],
)
def test_sums_and_changes_check_what_was_read(row, told, doubted, unsure):
    """The finding says which digits are doubted first; the scores that may be misread are unsure, and no other."""
    rows = {f"ตัวชี้วัดที่ {at}": [f"ตัวชี้วัดที่ {at}", f"{80.5 + at:.2f}", f"{81.6 + at:.2f}", "1.10"] for at in range(1, 11)}
    rows["IIT"] = ["IIT", "83.50", "84.60", "1.10"]
    table = [["รายการ", "ปี 2566", "ปี 2567", "ผลต่าง"], *(rows | {row[0]: row}).values()]
    cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=0.9) for text in one) for at, one in enumerate(table, 3))
    title = Paragraph("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2566 และ 2567 เทศบาลตำบลต้นแก้ว", "page 1 line 1")
    read = read_opened(Document("scan.pdf", "", (title, Table(cells, "page 1 line 2"))), KNOWN)
    said = [one.message for one in read.findings if one.rule.startswith("read_contradicts")]
    assert any(told in message for message in said)
    found = {(score.indicator, score.fiscal_year): score.unsure for score in read.scores if score.unsure}
    other = Finding("info", "fiscal_year_not_in_title", read.scores[0].place, "", None, None)  # of the same place, about something else
    assert not _contradicting(read.scores, [other])
    assert {key: found.get(key) for key in doubted} == doubted and len(found) == unsure


def test_a_period_of_which_a_month_was_misread_is_unsure():
    rows = [
        ["ที่", "มาตรการ", "ผู้รับผิดชอบ", "ระยะเวลา"],
        ["1", "จัดทำคู่มือการให้บริการประชาชน", "สำนักปลัด", "ต.ค. 66 - ธ.ค. 66"],
        ["2", "เปิดเผยข้อมูลการใช้จ่ายงบประมาณ", "กองคลัง", "ต.ค. 66 - ธิ.ค. 66"],
        ["3", "อบรมคุณธรรมจริยธรรม", "สำนักปลัด", "aa. 66 - มี.ค. 67"],
    ]
    cells = tuple(tuple(Cell(text, f"page 1 line {at}", confidence=0.9) for text in row) for at, row in enumerate(rows))
    title = Paragraph("มาตรการส่งเสริมคุณธรรมและความโปร่งใส ปีงบประมาณ พ.ศ. 2567", "page 1 line 1")
    measures = read_opened(Document("scan.pdf", "", (title, Table(cells, "page 1 line 2"))), KNOWN).measures
    assert [one.unsure for one in measures] == [[], ["period_start", "period_end"], ["period_start", "period_end"]]


@needs_font
@needs_tesseract
def test_what_its_cell_or_the_edge_breaks_is_one_and_english_headings_are_english(tmp_path):
    rows = [["Agency", "Budget use", "Communication"], ["เทศบาลตำบล", "95.14", "91.02"]]
    page = sheet(rows, title="ITA 2567", widths=(330, 400, 420))
    draw = ImageDraw.Draw(picture := Image.fromarray(page))
    high = round(2.1 * 44)
    draw.rectangle((130, 300 + high, 460, 300 + 3 * high), outline=30, width=3)
    draw.rectangle((134, 300 + 2 * high - 6, 456, 300 + 2 * high + 6), fill=255)
    draw.text((144, 300 + 2 * high - 10), "บ้านเดื่อ", font=ImageFont.truetype(str(FONT), 44), fill=20)
    for at, text in enumerate(("ผลการประเมินคุณธรรมและความโปร่งใสขององค์การบริหารส่วนตำบล", "ทุ่งหลวง อำเภอปากท่อ", "หมายเหตุ")):
        draw.text((130, 800 + 80 * at), text, font=ImageFont.truetype(str(FONT), 50), fill=20)
    blocks = open_document(saved(tmp_path / "page.png", as_scan(np.asarray(picture)))).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert [block.text for block in blocks[-2:]] == [
        "ผลการประเมินคุณธรรมและความโปร่งใสขององค์การบริหารส่วนตำบลทุ่งหลวง อำเภอปากท่อ",
        "หมายเหตุ",
    ]  # what the edge of the print broke is one line
    texts = [cell.text for row in table.rows for cell in row]
    assert "เทศบาลตำบลบ้านเดื่อ" in texts
    assert {"Agency", "Budget use", "Communication"} <= set(texts)


def test_a_second_opinion_may_not_change_a_digit():
    ours = Said("ปี ๒๕๖๘", 0.9, False)
    assert reconciled(ours, "ปีที่ 2568") == Said("ปีที่ 2568", 0.9, False)
    assert reconciled(ours, "ปีที่ 2565") == Said("ปี ๒๕๖๘", 0.9, True)


# --- whole pages -------------------------------------------------------------------------------------------------------


@needs_font
@needs_tesseract
@pytest.mark.parametrize(
    "turn", [0, 1]
)  # that it lies on its side the lines say; on which of the two, and on its head, how sure the reading is
def test_scores_of_a_scan_are_right_or_unsure_whichever_way_it_lies(tmp_path, turn):
    rows = scores_of(random.Random(turn))
    page = np.ascontiguousarray(np.rot90(as_scan(sheet([HEAD, *rows]), seed=turn), turn))
    document = open_document(saved(tmp_path / "scan.jpg", page, quality=50))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    upright = np.rot90(page, -turn)
    for row, below in itertools.pairwise(table.rows):
        assert {cell.box.turned for cell in row} == {turn * 90 % 360} and [cell.box.x0 for cell in row] == sorted(
            cell.box.x0 for cell in row
        )
        assert all(abs(cell.box.y1 - under.box.y0) < 0.01 for cell, under in zip(row, below, strict=True))
        for left, top, right, bottom in (cell.box[1:5] for cell in row):
            height, width = upright.shape
            part = upright[int(top * height) : int(bottom * height), int(left * width) : int(right * width)]
            assert 0.01 < (part < 128).mean() < 0.3, "print stands in the box"
    read = read_opened(document, KNOWN)
    assert read.source.agency == "เทศบาลตำบลบ้านเดื่อ"
    arabic = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    truth = {(str(at), year): row[column].translate(arabic) for at, row in enumerate(rows, 1) for column, year in ((1, 2567), (2, 2568))}
    found = {(score.indicator, score.fiscal_year): score for score in read.scores}
    assert set(found) == set(truth)
    assert all(str(score.score) == truth[key] or score.unsure == ["score"] for key, score in found.items())
    assert sum(str(score.score) == truth[key] for key, score in found.items()) >= 8


@needs_font
@needs_tesseract
def test_a_table_without_lines_is_told_by_its_gaps(tmp_path):
    page = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), 44)
    rows = [HEAD, *scores_of(random.Random(3))]
    for at, row in enumerate(rows):
        for x, text in zip((130, 800, 1200), row, strict=True):
            draw.text((x, 300 + 70 * at), text, font=font, fill=20)
    draw.text((130, 150), TITLE[:40], font=font, fill=20)
    document = open_document(saved(tmp_path / "scan.png", as_scan(np.asarray(page))))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [len(row) for row in table.rows] == [3] * 6
    right = [cell.text == text for row, texts in zip(table.rows[1:], rows[1:], strict=True) for cell, text in zip(row, texts, strict=True)]
    assert sum(right) >= 13


@needs_font
@needs_tesseract
def test_ticks_and_crosses_of_a_scan(tmp_path):
    rows = [["1", "จัดทำประกาศเจตนารมณ์", "", ""], ["2", "ติดตั้งกล่องรับเรื่องร้องเรียน", "", ""], ["3", "อบรมจริยธรรม", "", ""]]
    head = ["ที่", "มาตรการ", "ดำเนินการแล้ว", "ไม่ได้ดำเนินการ"]
    page = sheet([head, *rows], "รายงานผลการดำเนินการตามมาตรการ ปีงบประมาณ ๒๕๖๘", (90, 660, 300, 320)).copy()
    for at, column in ((1, 0), (2, 1), (3, 0)):  # drawn by hand
        x, y = 130 + 90 + 660 + 300 * column + 120, 300 + at * 92 + 50
        cv2.polylines(page, [np.array([[x, y], [x + 14, y + 22], [x + 44, y - 22]])], False, 40, 5, cv2.LINE_AA)
    (table,) = [block for block in open_document(saved(tmp_path / "scan.png", as_scan(page))).blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row[2:]] for row in table.rows[1:]] == [["✓", ""], ["", "✓"], ["✓", ""]]
    assert [row[0].text for row in table.rows[1:]] == ["1", "2", "3"]
    assert all(cell.box and cell.confidence is not None for row in table.rows for cell in row if cell.text)


@needs_font
@needs_tesseract
def test_pages_of_a_pdf_without_text_are_read_and_say_their_place(tmp_path):
    pages = [Image.fromarray(as_scan(sheet([HEAD, *scores_of(random.Random(n))]))) for n in (1, 2)]
    pages[0].save(tmp_path / "scan.pdf", save_all=True, append_images=pages[1:], resolution=200)
    document = open_document(tmp_path / "scan.pdf")
    places = {block.place.split(" line")[0] for block in document.blocks}
    assert places == {"page 1", "page 2"} and all(re.fullmatch(r"page \d+ line \d+", block.place) for block in document.blocks)


@needs_font
@needs_tesseract
def test_a_blurred_number_is_unsure_and_never_another(tmp_path):
    rows = scores_of(random.Random(5))
    page = as_scan(sheet([HEAD, *rows]), 0.4)
    page[392:484, 750:1510] = cv2.GaussianBlur(page[392:484, 750:1510], (0, 0), 7)  # the numbers of the first row
    arabic = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
    read = read_document(saved(tmp_path / "scan.png", page), KNOWN)
    of_first = [score for score in read.scores if score.indicator == "1"]
    assert all(score.unsure or str(score.score) in (rows[0][1], rows[0][2].translate(arabic)) for score in of_first)


@needs_font
@needs_tesseract
def test_a_second_reader_is_asked_only_where_one_is_set(tmp_path, monkeypatch):
    script = tmp_path / "reader"
    script.write_text('#!/bin/sh\nfor each in "$@"; do echo "คำจากโปรแกรมอื่น"; done\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    page = saved(tmp_path / "scan.png", as_scan(sheet([["มาตรการ", "ผู้รับผิดชอบ", "ผล"]] * 3)))
    assert "โปรแกรมอื่น" not in str(open_document(page).blocks)
    monkeypatch.setenv("ITA_SCAN_READER", str(script))
    assert "คำจากโปรแกรมอื่น" in str(open_document(page).blocks)


# --- what cannot be read -----------------------------------------------------------------------------------------------


def test_without_tesseract_the_message_is_the_line_that_installs_it(tmp_path, monkeypatch):
    monkeypatch.setattr(prose, "available", lambda: False)
    page = Image.new("L", (400, 400), 255)
    page.save(tmp_path / "scan.png")
    page.save(tmp_path / "scan.pdf")
    for name in ("scan.png", "scan.pdf"):
        with pytest.raises(Unreadable, match="apt-get install tesseract-ocr tesseract-ocr-tha tesseract-ocr-eng"):
            open_document(tmp_path / name)


@needs_tesseract
@pytest.mark.parametrize(
    "data, said",
    [(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "damaged"), (b"\xff\xd8\xff\xe0", "damaged"), (b"II*\x00" + b"\x08" * 40, "damaged")],
)
def test_a_damaged_picture_is_refused(tmp_path, data, said):
    (tmp_path / "scan.png").write_bytes(data)
    with pytest.raises(Unreadable, match=said):
        open_document(tmp_path / "scan.png")


@needs_tesseract
def test_a_picture_beyond_all_paper_is_refused_before_it_is_unpacked(tmp_path):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000), 1).save(out, "PNG")
    (tmp_path / "scan.png").write_bytes(out.getvalue())
    with pytest.raises(Unreadable, match="20000 × 20000"):
        open_document(tmp_path / "scan.png")


@needs_font
@needs_tesseract
def test_a_page_that_fails_is_a_finding_and_the_others_are_read(tmp_path):
    page = Image.fromarray(as_scan(sheet([HEAD, *scores_of(random.Random(1))])))
    page.save(tmp_path / "scan.pdf", save_all=True, append_images=[Image.new("1", (9_000, 9_000), 1)], resolution=200)
    page.save(tmp_path / "scan.tif", save_all=True, append_images=[Image.new("1", (9_000, 9_000), 1)], compression="tiff_deflate")
    for name in ("scan.pdf", "scan.tif"):
        document = open_document(tmp_path / name)
        assert any(isinstance(block, Table) for block in document.blocks)
        assert [said.place for said in document.noticed if said.rule == "page_failed"] == ["page 2"]


@needs_tesseract
def test_a_picture_of_nothing_legible_is_refused_with_advice(tmp_path):
    page = np.full((220, 700), 255, np.uint8)
    scribbles = np.random.default_rng(1).integers(-11, 12, (44, 6, 2))
    for at, scribble in enumerate(scribbles):
        cv2.polylines(page, [(scribble + [60 + 26 * (at % 22), 70 + 90 * (at // 22)]).astype(np.int32)], False, 0, 3)
    with pytest.raises(Unreadable, match="closer"):
        open_document(saved(tmp_path / "scan.png", page))
