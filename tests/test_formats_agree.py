"""One report written by independent programs (python-docx, openpyxl, Chromium, the csv module) gives the same cells in every format."""

import csv
import html
import re
from functools import cache

import docx
import openpyxl
import pytest

from etl.formats import Paragraph, Table, open_document
from etl.known import load_known
from etl.read import read_document
from etl.reading import as_json
from tests.fuzz import ORIGINALS

TITLE = "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรม ประจำปีงบประมาณ พ.ศ. ๒๕๖๘"
AGENCY = "เทศบาลตำบลตัวอย่าง อำเภอเมือง จังหวัดน่าน"
END = "ผู้รายงาน ปลัดเทศบาล"
# A heading of two rows (merged over rows and columns), bullets in a cell, tick marks, empty cells, a merged first column.
HEADING = [["ลำดับ", "มาตรการ", "ผลการดำเนินการ", "", "ผู้รับผิดชอบ", "งบประมาณ"], ["", "", "แล้วเสร็จ", "ไม่สามารถดำเนินการได้", "", ""]]
BODY = [
    ["๑", "จัดทำป้ายที่ชี้ซึ่งกันฟ้า\n- ผู้ใหญ่ปั๊มน้ำ\n- กำหนดทั่วถ้วน", "✓", "", "สำนักปลัด", "ไม่ใช้งบประมาณ"],
    ["", "เผยแพร่คู่มือ (ใช้กับประเด็นคำถาม E๑)", "", "/", "กองคลัง", "12,500"],
    *([str(number), f"จัดทำคู่มือ ฉบับที่ {number}", "/", "", "กองช่าง", "-"] for number in range(3, 60)),
]
ROWS = HEADING + BODY
KNOWN = load_known()
MERGED = [((0, 0), (1, 0)), ((0, 1), (1, 1)), ((0, 2), (0, 3)), ((0, 4), (1, 4)), ((0, 5), (1, 5)), ((2, 0), (3, 0))]


def write_text(path):
    cells = [["".join(f"<p>{line}</p>" for line in cell.split("\n")) if "\n" in cell else cell for cell in row] for row in ROWS]
    path.write_text("\n".join([TITLE, AGENCY, "", *("\t".join(row) for row in cells), "", END]), encoding="utf-8")


def write_markdown(path):
    rows = ["| " + " | ".join(cell.replace("\n", "<br>") for cell in row) + " |" for row in ROWS]
    rows.insert(1, "|---" * len(ROWS[0]) + "|")
    path.write_text("\n".join([f"# {TITLE}", "", AGENCY, "", *rows, "", END]), encoding="utf-8")


def page():
    covered = {
        (row, column) for (top, left), (bottom, right) in MERGED for row in range(top, bottom + 1) for column in range(left, right + 1)
    }
    spans = {start: (end[0] - start[0] + 1, end[1] - start[1] + 1) for start, end in MERGED}

    def row(at):
        cells = []
        for column, text in enumerate(ROWS[at]):
            if (at, column) in covered and (at, column) not in spans:
                continue
            down, across = spans.get((at, column), (1, 1))
            cells.append(f'<td rowspan="{down}" colspan="{across}">' + html.escape(text).replace("\n", "<br>"))
        return "<tr>" + "".join(cells)

    heading, body = "".join(map(row, range(len(HEADING)))), "".join(map(row, range(len(HEADING), len(ROWS))))
    return (
        "<!doctype html><meta charset=utf-8><style>table{border-collapse:collapse;width:100%}td{border:1px solid;padding:3px}"
        "tr{break-inside:avoid}*{font-family:Loma,Garuda,Thonburi,'Leelawadee UI',sans-serif}</style>"
        f"<h1>{TITLE}</h1><p>{AGENCY}</p><table><thead>{heading}</thead><tbody>{body}</tbody></table><p>{END}</p>"
    )


def write_html(path):
    path.write_text(page(), encoding="utf-8")


def write_docx(path):
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.add_paragraph(AGENCY)
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for (top, left), (bottom, right) in MERGED:
        table.cell(top, left).merge(table.cell(bottom, right))
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            if text:
                cell.text = text
    document.add_paragraph(END)
    document.save(path)


def write_xlsx(path):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append([TITLE])
    sheet.append([AGENCY])
    sheet.append([])
    for row in ROWS:
        sheet.append(row)
    for (top, left), (bottom, right) in MERGED:
        sheet.merge_cells(start_row=top + 4, end_row=bottom + 4, start_column=left + 1, end_column=right + 1)
    sheet.append([])
    sheet.append([END])
    workbook.save(path)


def write_csv(path, delimiter=",", encoding="utf-8-sig"):
    with open(path, "w", encoding=encoding, newline="") as handle:
        csv.writer(handle, delimiter=delimiter).writerows([[TITLE], [AGENCY], [], *ROWS, [], [END]])


WRITERS = {
    "txt": write_text, "md": write_markdown, "html": write_html, "docx": write_docx, "xlsx": write_xlsx, "csv": write_csv,
    "semicolons.csv": lambda path: write_csv(path, ";", "utf-8"), "tabs.csv": lambda path: write_csv(path, "\t", "utf-16"),
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """`opened(suffix)`: the report in a format, written and read once."""

    @cache
    def made(suffix: str):
        path = tmp_path_factory.mktemp("reports") / f"report.{suffix}"
        WRITERS[suffix](path)
        return open_document(path)

    return made


def squeezed(text):
    return "".join(text.split())


def agrees(document):
    tables = [block for block in document.blocks if isinstance(block, Table)]
    paragraphs = "".join(squeezed(block.text) for block in document.blocks if isinstance(block, Paragraph))
    assert paragraphs == squeezed(TITLE + AGENCY + END)
    assert [[[squeezed(cell.text) for cell in row] for row in table.rows] for table in tables] == [
        [[squeezed(cell) for cell in row] for row in ROWS]
    ]
    return tables[0]


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_rows_of_cells(suffix, opened):
    table = agrees(opened(suffix))
    assert table.rows[2][1].text == BODY[0][1], "paragraphs of a cell are lines"


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx"])
def test_a_merged_cell_tells_the_rows_that_it_reaches_over(suffix, opened):
    assert [row[0].above for row in agrees(opened(suffix)).rows[2:5]] == ["", "๑", ""]


PLACES = {"txt": "line 7", "md": "line 9", "csv": "line 9", "docx": "table 1 row 4", "xlsx": "Sheet!B7"}


@pytest.mark.parametrize("suffix", PLACES)
def test_a_place_is_where_a_person_finds_it(suffix, opened):
    """The row of the second measure; in CSV the row before it has a cell of three lines."""
    assert next(block for block in opened(suffix).blocks if isinstance(block, Table)).rows[3][1].place == PLACES[suffix]


def test_the_same_rows_printed_to_pdf_over_pages(browser, tmp_path):
    path = tmp_path / "report.pdf"
    sheet = browser.new_page()
    sheet.set_content(page())
    sheet.pdf(path=path, format="A4", margin={"top": "15mm", "bottom": "15mm"})
    sheet.close()
    table = agrees(open_document(path))
    places = [tuple(map(int, re.fullmatch(r"page (\d+) line (\d+)", row[1].place).groups())) for row in table.rows[2:]]
    assert places == sorted(set(places)) and places[-1][0] > 1, "the table goes on over pages"
    assert table.rows[2][1].text == BODY[0][1], "lines that the author broke stay lines"
    assert [row[0].above for row in table.rows[2:5]] == ["", "๑", ""]


def test_a_footer_between_the_pages_of_a_table(browser, tmp_path):
    path = tmp_path / "report.pdf"
    sheet = browser.new_page()
    sheet.set_content(page())
    sheet.pdf(
        path=path,
        format="A4",
        display_header_footer=True,
        header_template="<p></p>",
        margin={"top": "15mm", "bottom": "20mm"},
        footer_template='<p style="font-size:10px">หน้า <span class="pageNumber"></span>/<span class="totalPages"></span></p>',
    )
    sheet.close()
    tables = [block for block in open_document(path).blocks if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [len(ROWS)]


def test_the_same_measures_in_every_format(tmp_path):
    """The small report of tests/fuzz.py, its PDF written by hand; joints of lines apart, which the width of a cell sets in a PDF."""
    said = {}
    for suffix, make in ORIGINALS.items():
        path = tmp_path / f"report.{suffix}"
        path.write_bytes(make())
        measures = as_json(read_document(path, KNOWN))["measures"]
        said[suffix] = [{key: squeezed(str(value)) for key, value in measure.items() if key != "place"} for measure in measures]
    assert len(said["txt"]) == 4 and {measure["status"] for measure in said["txt"]} == {"completed", "in_progress", "unknown"}
    for suffix, measures in said.items():
        assert measures == said["txt"], suffix
