"""Text and Markdown: what is a table, what is a cell, where it stands."""

from etl.formats import Paragraph, Table
from etl.formats.text import text_blocks


def cells(block):
    return [[cell.text for cell in row] for row in block.rows]


def tables(text, **how):
    return [block for block in text_blocks(text, **how) if isinstance(block, Table)]


def test_a_paragraph_between_two_tables_parts_them_and_keeps_its_line():
    blocks = text_blocks("\nหัวเรื่อง\n\nก\tข\n๑\t๒\nคั่น\nค\tง\n")
    assert [(type(block).__name__, block.place) for block in blocks] == [
        ("Paragraph", "line 2"),
        ("Table", "line 4"),
        ("Paragraph", "line 6"),
        ("Table", "line 7"),
    ]
    assert cells(blocks[1]) == [["ก", "ข"], ["๑", "๒"]]
    assert blocks[1].rows[1][0].place == "line 5"


def test_empty_cells_at_both_ends_stay():
    assert cells(tables("ก\tข\tค\n\t๒\t\n")[0]) == [["ก", "ข", "ค"], ["", "๒", ""]]


def test_a_row_of_dashes_in_a_tab_table_is_content():
    assert cells(tables("ก\tข\n--\t---")[0])[1] == ["--", "---"]


def test_tags_become_the_paragraphs_of_one_cell():
    row = cells(tables('<p>๑. จัดทำ</p> <p>๒. <u>เผยแพร่</u></p>\t<ul style="x">- มี<br>- ทำ\t<ol><li>ก</li><li>ข</ol>')[0])[0]
    assert row == ["๑. จัดทำ\n๒. เผยแพร่", "- มี\n- ทำ", "ก\nข"]


def test_an_unclosed_list_does_not_swallow_the_next_row():
    assert len(tables('๑\t<ul style="x">- มี\n๒\t- ทำ')[0].rows) == 2


def test_a_paragraph_tag_closed_on_a_later_line_keeps_the_cell_whole():
    table = tables("๑\t<p>บรรทัดแรก\nบรรทัดที่สอง</p>\t/\n๒\tข\t/\n")[0]
    assert cells(table) == [["๑", "บรรทัดแรก\nบรรทัดที่สอง", "/"], ["๒", "ข", "/"]]
    assert [row[0].place for row in table.rows] == ["line 1", "line 3"]


def test_a_paragraph_tag_that_nobody_closes_ends_with_its_line():
    assert cells(tables("๑\t<p>ก\n๒\t<p>ข\n")[0]) == [["๑", "ก"], ["๒", "ข"]]


def test_a_cell_pasted_from_a_spreadsheet_with_line_breaks_in_quotes():
    assert cells(tables('๑\t"ก ""ข""\nค"\t/\n๒\tง\t\n')[0]) == [["๑", 'ก "ข"\nค', "/"], ["๒", "ง", ""]]


def test_pipe_tables_lose_only_their_delimiter_row():
    table = tables("| ก | ข |\n|---|:-:|\n| - | a\\|b |\n| -- | - |\n")[0]
    assert cells(table) == [["ก", "ข"], ["-", "a|b"], ["--", "-"]]
    assert table.rows[1][0].place == "line 3"


def test_pipe_tables_without_outer_pipes():
    assert cells(tables("ก | ข\n--- | ---\n๑ | ๒")[0]) == [["ก", "ข"], ["๑", "๒"]]


def test_a_pipe_in_running_text_is_no_table():
    assert text_blocks("ก | ข") == [Paragraph("ก | ข", "line 1")]


def test_an_indented_paragraph_is_no_table():
    assert text_blocks("\tตามที่เทศบาล\n") == [Paragraph("ตามที่เทศบาล", "line 1")]


def test_one_cell_a_line_stays_paragraphs():
    assert [block.text for block in text_blocks("๑\nจัดทำแผน\nสำนักปลัด")] == ["๑", "จัดทำแผน", "สำนักปลัด"]


def test_markdown_marks_are_not_text():
    assert [block.text for block in text_blocks("## รายงาน ##\n\nปี 2564 **ปี 2567**\n")] == ["รายงาน", "ปี 2564 ปี 2567"]
    assert text_blocks("1\\. ก", markdown=True)[0].text == "1. ก"
    assert text_blocks("1\\. ก")[0].text == "1\\. ก"


def test_windows_and_old_mac_line_ends_and_form_feeds_count_lines_alike():
    for end in ("\n", "\r\n", "\r"):
        assert [row[0].place for row in tables(end.join(["หัว", "", "ก\tข", "ค\tง"]))[0].rows] == ["line 3", "line 4"]
    assert [block.place for block in text_blocks("ก\n\fข\n")] == ["line 1", "line 2"]


def test_shifted_tone_marks_and_split_sara_am_are_restored():
    assert text_blocks("ป\uf714า น\u0e4d\u0e49า น\u0e49\u0e4dา ท\u0e4dา")[0].text == "ป้า น้ำ น้ำ ทำ"
