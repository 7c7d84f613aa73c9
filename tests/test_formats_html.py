"""HTML: spans, places, frames, and markup that is no text."""

from etl.formats import Paragraph, Table
from etl.formats.html import html_blocks


def cells(block):
    return [[cell.text for cell in row] for row in block.rows]


PAGE = """<!DOCTYPE html>
<html><head><title>ไม่ใช่เนื้อหา</title><style>p { color: red }</style></head>
<body><!-- <p>ไม่พิมพ์</p>
-->
<h1>รายงาน <b>ผล</b></h1>
ข้อความ<br>บรรทัดใหม่
<table border=1 style="a>b">
 <caption>ตารางที่ ๑</caption>
 <tr><th rowspan=2>ลำดับ<th rowspan="2">มาตรการ</th><th colspan=2>ผล</th></tr>
 <tr><th>เสร็จ</th><th>ไม่ได้</th></tr>
 <tr><td rowspan=2>๑</td><td><p>จัดทำ</p><p>คู่มือ &amp; แผน</p></td><td>/</td><td></td></tr>
 <tr><td>เผยแพร่</td><td></td><td>✓</td></tr>
</table>
<p>ท้าย</p></body></html>
"""


def test_spans_stand_once_and_leave_empty_cells():
    blocks = html_blocks(PAGE)
    assert [(type(block).__name__, block.place, getattr(block, "text", None)) for block in blocks] == [
        ("Paragraph", "line 5", "รายงาน ผล"),
        ("Paragraph", "line 6", "ข้อความ"),
        ("Paragraph", "line 6", "บรรทัดใหม่"),
        ("Paragraph", "line 7", "ตารางที่ ๑"),
        ("Table", "line 9", None),
        ("Paragraph", "line 14", "ท้าย"),
    ]
    table = blocks[4]
    assert cells(table) == [
        ["ลำดับ", "มาตรการ", "ผล", ""],
        ["", "", "เสร็จ", "ไม่ได้"],
        ["๑", "จัดทำ\nคู่มือ & แผน", "/", ""],
        ["", "เผยแพร่", "", "✓"],
    ]
    assert [row[0].place for row in table.rows] == ["line 9", "line 10", "line 11", "line 12"]


def test_a_cell_over_three_rows_and_two_columns_covers_all_of_them():
    rows = "<tr><td rowspan=3 colspan=2>ก<td>ข<td>ค<tr><td rowspan=2>ง<td>จ<tr><td>ฉ<tr></tr><tr><td>๑<td>๒<td>๓<td>๔"
    table = html_blocks(f"<table>{rows}</table>")[0]
    assert cells(table) == [["ก", "", "ข", "ค"], ["", "", "ง", "จ"], ["", "", "", "ฉ"], ["๑", "๒", "๓", "๔"]]


def test_a_column_that_exists_only_by_spans_is_no_column():
    table = html_blocks("<table><tr><td colspan=2>ก<td>ข<tr><td colspan=2>ค<td>ง</table>")[0]
    assert cells(table) == [["ก", "ข"], ["ค", "ง"]]


def test_a_frame_is_opened_and_a_small_table_in_a_cell_is_its_text():
    frame = "<table><tr><td>หัวเรื่อง<table><tr><td>ก<td>ข<tr><td>๑<td>๒</table></table>"
    heading, table = html_blocks(frame)
    assert heading == Paragraph("หัวเรื่อง", "line 1") and cells(table) == [["ก", "ข"], ["๑", "๒"]]
    small = "<table><tr><td>๑<td>ทำ<table><tr><td>ก<td>ข</table></table>"
    assert [cells(block) for block in html_blocks(small)] == [[["๑", "ทำ\nก ข"]]]


def test_html_inside_a_text_file_keeps_the_lines_of_the_file():
    from etl.formats.text import text_blocks

    blocks = text_blocks("หัว\n\n<table>\n<tr><td>ก</td><td>ข</td></tr>\n<tr><td>๑</td><td>๒</td></tr>\n</table>\nท้าย")
    assert [block.place for block in blocks] == ["line 1", "line 4", "line 7"]
    assert isinstance(blocks[1], Table) and blocks[1].rows[1][1].place == "line 5"
