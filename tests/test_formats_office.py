"""Word, Excel and CSV: what their programs draw that is not plain text in the file."""

import datetime
import io

import docx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from etl.formats import Paragraph, Table, Unreadable, open_document
from etl.formats.csv import csv_blocks
from etl.formats.glyphs import restored, with_sara_aa
from etl.formats.pdf.letters import Letter
from etl.formats.pdf.lines import clusters, lines_of


def cells(block):
    return [[cell.text for cell in row] for row in block.rows]


@pytest.fixture
def word(tmp_path):
    """`word(document)`: the blocks of a document made with python-docx."""

    def read(document):
        document.save(tmp_path / "a.docx")
        return open_document(tmp_path / "a.docx").blocks

    return read


@pytest.fixture
def sheets(tmp_path):
    """`sheets(fill)`: the blocks of a workbook that `fill(workbook)` fills."""

    def read(fill):
        with xlsxwriter.Workbook(tmp_path / "a.xlsx") as workbook:
            fill(workbook)
        return open_document(tmp_path / "a.xlsx").blocks

    return read


# --- Word ---


def test_numbers_and_bullets_of_lists_are_text(word):
    document = docx.Document()
    for text, style in [("ก", "List Number"), ("ข", "List Number"), ("ค", "List Bullet"), ("ง", "List Number"), ("จ", None)]:
        document.add_paragraph(text, style=style)
    assert [block.text for block in word(document)] == ["1. ก", "2. ข", "- ค", "3. ง", "จ"]


def test_a_column_numbered_by_a_list_has_its_numbers(word):
    document = docx.Document()
    table = document.add_table(2, 2)
    for at in range(2):
        table.cell(at, 0).paragraphs[0].style = "List Number"
        table.cell(at, 1).text = "มาตรการ"
    assert cells(word(document)[0]) == [["1.", "มาตรการ"], ["2.", "มาตรการ"]]


def test_thai_numbers_of_two_levels(word):
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = numbering._add_abstractNum() if hasattr(numbering, "_add_abstractNum") else OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, text in ((0, "%1."), (1, "%1.%2)")):
        one = OxmlElement("w:lvl")
        one.set(qn("w:ilvl"), str(level))
        for name, value in (("w:start", "1"), ("w:numFmt", "thaiNumbers"), ("w:lvlText", text)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            one.append(child)
        abstract.append(one)
    numbering.insert(0, abstract)
    number = numbering.add_num(77).numId
    for level, text in ((0, "ก"), (1, "ข"), (1, "ค"), (0, "ง"), (1, "จ")):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number
    assert [block.text for block in word(document)] == ["๑. ก", "๑.๑) ข", "๑.๒) ค", "๒. ง", "๒.๑) จ"]


def test_marks_of_symbol_fonts(word):
    document = docx.Document()
    run = document.add_paragraph().add_run("\u00fc")
    run.font.name = "Wingdings"
    symbol = OxmlElement("w:sym")
    symbol.set(qn("w:font"), "Wingdings 2")
    symbol.set(qn("w:char"), "F050")
    document.add_paragraph().add_run()._r.append(symbol)
    document.add_paragraph("\u00fc")
    assert [block.text for block in word(document)] == ["✓", "✓", "ü"]


def test_deleted_and_hidden_text_is_not_read_and_inserted_text_is(word):
    document = docx.Document()
    paragraph = document.add_paragraph("คง")
    for tag in ("w:del", "w:ins"):
        change = OxmlElement(tag)
        change.append(document.add_paragraph().add_run("เพิ่ม" if tag == "w:ins" else "ลบ")._r)
        paragraph._p.append(change)
    paragraph.add_run("ซ่อน").font.hidden = True
    assert [block.text for block in word(document)] == ["คงเพิ่ม"]


def test_columns_whose_borders_were_dragged_apart_stay_columns(word):
    """Word keeps a sliver of a column between the two borders, and the cells span over it on one side or the other."""
    document = docx.Document()
    table = document.add_table(2, 4)
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), (3000, 60, 3000, 3000), strict=True):
        column.set(qn("w:w"), str(width))
    table.cell(0, 0).merge(table.cell(0, 1)).text = "ลำดับ"
    table.cell(0, 2).text, table.cell(0, 3).text = "มาตรการ", "ผล"
    table.cell(1, 0).text = "๑"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "จัดทำ"
    table.cell(1, 3).text = "/"
    assert cells(word(document)[0]) == [["ลำดับ", "มาตรการ", "ผล"], ["๑", "จัดทำ", "/"]]


def test_a_frame_is_opened_and_soft_breaks_part_lines(word):
    document = docx.Document()
    frame = document.add_table(1, 1).cell(0, 0)
    inner = frame.add_table(2, 2)
    for at, text in enumerate(("ก", "ข", "ค\nง", "จ")):
        inner.cell(at // 2, at % 2).text = text
    table = next(block for block in word(document) if isinstance(block, Table))
    assert cells(table) == [["ก", "ข"], ["ค\nง", "จ"]] and table.rows[1][0].place == "table 1 row 2"


# --- Excel ---


def test_values_are_as_printed(sheets):
    def fill(workbook):
        percent, date = workbook.add_format({"num_format": "0.00%"}), workbook.add_format({"num_format": "d/m/yyyy"})
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, [94.14, 3, 0.1 + 0.2, 12500000, True])
        sheet.write(1, 0, 0.8514, percent)
        sheet.write(1, 1, 1, workbook.add_format({"num_format": 9}))
        sheet.write_datetime(1, 2, datetime.datetime(2022, 10, 1), date)
        sheet.write_datetime(1, 3, datetime.datetime(2565, 10, 1), date)
        sheet.write(1, 4, "<p>ก</p><p>ข</p>")

    assert cells(sheets(fill)[0]) == [["94.14", "3", "0.3", "12500000", "TRUE"], ["85.14%", "100%", "1/10/2565", "1/10/2565", "ก\nข"]]


def test_sheets_tables_and_titles(sheets):
    def fill(workbook):
        one, two, hidden = workbook.add_worksheet("แผน"), workbook.add_worksheet("ผล"), workbook.add_worksheet("ซ่อน")
        one.write("B2", "หัวเรื่อง")
        one.write_row("B3", ["ก", "ข"])
        one.write_row("B4", ["", "๒"])
        one.write_row("B7", ["ค", "ง", "จ"])
        two.write_row("A1", ["ฉ", "ช"])
        hidden.write_row("A1", ["x", "y"])
        hidden.hide()

    title, first, second, third = sheets(fill)
    assert title == Paragraph("หัวเรื่อง", "แผน!B2")
    assert [cells(table) for table in (first, second, third)] == [[["ก", "ข"], ["", "๒"]], [["ค", "ง", "จ"]], [["ฉ", "ช"]]]
    assert (first.rows[1][1].place, third.rows[0][1].place) == ("แผน!C4", "ผล!B1")


# --- CSV ---


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_though_others_stand_in_the_cells(delimiter):
    rows = [["หน่วยงาน", "คะแนน", "หมายเหตุ"], ["เทศบาล, ก; ข", "94.1", 'ก\n"ข"'], ["อบต.ค", "12", ""]]
    text = "\n".join(delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    table = csv_blocks(text)[0]
    assert cells(table) == rows and [row[0].place for row in table.rows] == ["line 1", "line 2", "line 4"]


def test_a_quote_that_never_ends_is_named_with_its_line():
    with pytest.raises(Unreadable, match="line 2"):
        csv_blocks('ก,ข\n"ค,ง\n' + "จ,ฉ\n" * 1000)


# --- PDF ---


def pdf_of(path, *pages, images=()):
    """A PDF of pages of drawing commands; the page numbers in `images` also show a picture."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    gray = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
    picture = f"<< {gray} /Length 1 >>\nstream\n0\nendstream"
    for number, commands in enumerate(pages):
        if number in images:
            commands += " q 500 0 0 700 0 0 cm /Im Do Q"
        first = len(objects) + 1
        kids.append(f"{first} 0 R")
        resources = f"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /Im {first + 2} 0 R >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {first + 1} 0 R /Resources {resources} >>",
            f"<< /Length {len(commands)} >>\nstream\n{commands}\nendstream", picture]  # fmt: skip
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    start = out.tell()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode())
    out.write(f"startxref\n{start}\n%%EOF".encode())
    path.write_bytes(out.getvalue())
    return open_document(path).blocks


def words(x, y, text):
    return f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET "


def lines(top, bottom, *rows):
    """Column lines from top to bottom at 50, 150 and 300, and row lines at `rows`."""
    return "".join(f"{x} {top} m {x} {bottom} l S " for x in (50, 150, 300)) + "".join(f"50 {y} m 300 {y} l S " for y in rows)


def test_shaded_lines_of_a_shaded_cell_part_no_rows(tmp_path):
    """Word fills a shaded cell, and each of its lines once more with the same colour: a heading over three lines is one cell."""
    cells = "0.85 g 50 650 100 48 re f 150 650 150 48 re f "
    shaded = "".join(f"{left} {650 + 16 * at} {width} 16 re f " for left, width in ((55, 90), (155, 140)) for at in range(3))
    heading = "0 g " + "".join(words(60, 685 - 16 * at, text) for at, text in enumerate(("How the", "findings", "are used")))
    rest = words(160, 669, "Unit") + words(60, 635, "Queue cards") + words(160, 635, "Treasury")
    (table,) = pdf_of(tmp_path / "a.pdf", cells + shaded + heading + rest + lines(698, 626, 698, 650, 626))
    assert [[cell.text.split() for cell in row] for row in table.rows] == [
        [["How", "the", "findings", "are", "used"], ["Unit"]],
        [["Queue", "cards"], ["Treasury"]],
    ]


@pytest.mark.parametrize("aa", ["า", "ำ"])
def test_a_space_without_width_before_sara_aa_is_the_nikhahit_of_sara_am(aa):
    """Some fonts print sara am as two shapes, the first of which says no more than a space, and it may stand right of the second."""
    shapes = [("จ", 0, 6), ("ด", 6, 12), ("ท", 12, 18), (" ", 18.1, 18.1), (aa, 18, 22), ("ป", 22, 28), ("้", 27, 27), (aa, 28, 32)]
    made = clusters([Letter(text, x0, 0, x1, 10, 10, 8) for text, x0, x1 in shapes])
    (line,) = lines_of(made)
    text = with_sara_aa("".join(one.text for one in line)) if aa == "ำ" else restored("".join(one.text for one in line))
    assert text == "จดทำป้า"


def test_sara_am_is_printed_once(tmp_path):
    (tmp_path / "a.txt").write_text("จัดท\u0e4dำคู่มือการให้บริการประชาชนและการรับฟัง", encoding="utf-8")
    assert open_document(tmp_path / "a.txt").blocks[0].text == "จัดทำคู่มือการให้บริการประชาชนและการรับฟัง"


def test_a_scan_is_named_and_no_program_that_falsifies_its_digits(tmp_path):
    with pytest.raises(Unreadable, match="scan.*pages: 2 of 2.*original file.*misread Thai digits"):
        pdf_of(tmp_path / "scan.pdf", "", "", images=(0, 1))
    with pytest.raises(Unreadable, match="pages: 2 of 3"):
        pdf_of(tmp_path / "cover.pdf", words(50, 700, "Cover"), "", "", images=(1, 2))


def test_a_page_whose_letters_are_shapes_is_named(tmp_path):
    shapes = "".join(f"{50 + 5 * at} 700 m {52 + 5 * at} 710 l {54 + 5 * at} 700 l {53 + 5 * at} 696 l f " for at in range(80))
    pdf_of(tmp_path / "a.pdf", words(50, 700, "First"), shapes, words(50, 700, "Third"))
    (said,) = open_document(tmp_path / "a.pdf").noticed
    assert said.place == "page 2" and said.rule in ("page_is_picture", "page_read_from_picture")  # the latter with Tesseract


def test_places_are_printed_lines_and_rows_cut_open_by_the_page_are_one(tmp_path):
    blocks = pdf_of(
        tmp_path / "a.pdf",
        words(50, 750, "Title") + words(60, 690, "1") + words(160, 690, "first") + words(160, 675, "- second")
        + words(60, 640, "2") + words(160, 640, "cut") + lines(700, 620, 700, 660),
        words(160, 760, "- open") + words(60, 720, "3") + words(160, 720, "last") + lines(780, 700, 740, 700) + words(50, 600, "End"),
    )  # fmt: skip
    assert blocks[0] == Paragraph("Title", "page 1 line 1") and blocks[2] == Paragraph("End", "page 2 line 3")
    assert cells(blocks[1]) == [["1", "first\n- second"], ["2", "cut\n- open"], ["3", "last"]]
    assert [row[1].place for row in blocks[1].rows] == ["page 1 line 2", "page 1 line 4", "page 2 line 2"]


def test_tables_of_other_columns_or_with_text_between_stay_apart(tmp_path):
    first = words(60, 690, "1") + words(160, 690, "a") + lines(700, 680, 700, 680)
    blocks = pdf_of(tmp_path / "a.pdf", first, words(50, 750, "Another heading") + first)
    assert [type(block).__name__ for block in blocks] == ["Table", "Paragraph", "Table"]


def test_a_table_without_lines_is_told_by_its_gutters(tmp_path):
    rows = [("1", "Procedures", "94.10"), ("2", "Budget", "91.25"), ("3", "Use of power and what it means", "88.00")]
    table = "".join(words(x, 700 - 15 * at, cell) for at, row in enumerate(rows) for x, cell in zip((50, 90, 300), row, strict=True))
    prose = "".join(words(50, 640 - 12 * at, "A report of what was done in the year and of what was not") for at in range(4))
    blocks = pdf_of(tmp_path / "a.pdf", words(50, 760, "Scores") + table + prose + words(50, 500, "Name") + words(400, 500, "Mayor"))
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table", *["Paragraph"] * 5]
    assert cells(blocks[1]) == [list(row) for row in rows] and blocks[1].rows[1][2].place == "page 1 line 3"
    assert blocks[-1].text == "Name Mayor"


def test_a_numbered_list_with_wide_gaps_is_text(tmp_path):
    items = "".join(words(50, 700 - 15 * at, f"{at}.") + words(90, 700 - 15 * at, "item of the list") for at in range(5))
    assert [block.text for block in pdf_of(tmp_path / "a.pdf", items)] == [f"{at}. item of the list" for at in range(5)]


def test_text_printed_twice_for_bold_is_read_once(tmp_path):
    assert pdf_of(tmp_path / "a.pdf", words(50, 750, "Bold") + words(50.3, 750, "Bold")) == (Paragraph("Bold", "page 1 line 1"),)
