"""Choosing a format, encodings, and what cannot be read: named in both languages, never guessed."""

import io
import zipfile
from functools import cache

import docx
import pytest
import xlsxwriter

from etl.formats import Paragraph, Table, Unreadable, open_document, open_text
from etl.formats.glyphs import restored

THAI = "รายงานผลการดำเนินการ ประจำปี ๒๕๖๘\n๑\tจัดทำคู่มือที่ใช้ซึ่งน้ำใจ\t/\n๒\tเผยแพร่ “คู่มือ” – เว็บไซต์\t\n"


def blocks_of(tmp_path, data, name="report.txt"):
    path = tmp_path / name
    path.write_bytes(data)
    return open_document(path).blocks


def refusal(tmp_path, data, name="report.txt"):
    with pytest.raises(Unreadable) as caught:
        blocks_of(tmp_path, data, name)
    assert all(caught.value.said) and str(tmp_path) not in str(caught.value)
    return caught.value.said.en


# --- encodings ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"])
@pytest.mark.parametrize("text", [THAI, THAI.replace("\n", "\r\n"), "เทศบาล", "Municipality 2568\tscore\t94.1\n" * 3])
def test_every_encoding_gives_the_same_text(tmp_path, encoding, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert open_text(path) == text


def test_a_damaged_unicode_file_is_refused_with_its_line_and_never_read_as_another_encoding(tmp_path):
    data = THAI.encode().replace("คู่มือ".encode(), "คู่มือ".encode()[:-1], 1)
    assert "line 2" in refusal(tmp_path, data)
    assert "line 1" in refusal(tmp_path, THAI.encode("utf-16")[:-1].replace("ร".encode("utf-16-le"), b"\x00\xd8", 1))


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "koi8-r", "shift-jis", "gb2312"])
def test_other_encodings_are_refused(tmp_path, encoding):
    text = {
        "latin-1": "café déjà vu à l'été",
        "cp1252": "Größe – Übergröße ärgerlich",
        "koi8-r": "Отчёт о результатах работы",
        "shift-jis": "報告書の結果について",
        "gb2312": "报告结果的执行情况",
    }[encoding]
    assert "UTF-8" in refusal(tmp_path, text.encode(encoding) * 20)


# --- choosing ---


def test_content_decides_before_the_suffix(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet().write_row(0, 0, ["ก", "ข"])
    assert isinstance(blocks_of(tmp_path, buffer.getvalue(), "report.docx")[0], Table)
    word = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("ก")
    document.save(word)
    assert blocks_of(tmp_path, word.getvalue(), "report.pdf") == (Paragraph("ก", "paragraph 1"),)
    page = "<!DOCTYPE html><html><table><tr><td>ก<td>ข</table>".encode()
    assert isinstance(blocks_of(tmp_path, page, "report.xls")[0], Table)


def test_commas_in_a_text_file_are_cells_only_where_all_rows_agree(tmp_path):
    rows = "หน่วยงาน,ปี,คะแนน\nเทศบาลตำบลก,2567,90.1\nเทศบาลตำบลข,2568,91.2\n".encode()
    assert [len(row) for row in blocks_of(tmp_path, rows)[0].rows] == [3, 3, 3]
    prose = "ตามที่ เทศบาล, สำนักปลัด\nได้ดำเนินการ\nกองคลัง, กองช่าง, กองการศึกษา\n".encode()
    assert all(isinstance(block, Paragraph) for block in blocks_of(tmp_path, prose))


# --- what cannot be read ---


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n\n", "a.txt", "empty"),
        ("\ufeff".encode(), "a.txt", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", "picture"),
        (b"\xff\xd8\xff\xe0", "a.txt", "picture"),
        (b"{\\rtf1 x}", "a.doc", "DOCX"),
        (bytes(range(256)) * 4, "a.txt", "UTF-8"),
        (b"abc\x00\x01\x02", "a.txt", "kind of file"),
        (b"PK\x03\x04broken", "a.docx", "damaged"),
        (b"%PDF-1.7\nbroken", "a.pdf", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "DOCX"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "password"),
    ],
)
def test_files_that_are_no_report_say_what_to_do(tmp_path, data, name, says):
    assert says in refusal(tmp_path, data, name)


def test_a_folder_and_a_missing_file(tmp_path):
    with pytest.raises(Unreadable, match="folder"):
        open_document(tmp_path)
    with pytest.raises(Unreadable, match="no such file"):
        open_document(tmp_path / "none.txt")
    with pytest.raises(Unreadable):
        open_document(tmp_path / "none\0.txt")


def test_a_zip_without_a_document_in_it(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("readme.txt", "x")
    assert "kind of file" in refusal(tmp_path, buffer.getvalue(), "a.zip")


@cache
def bomb(name, head=b"", megabytes=400):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml" if name.endswith("xlsx") else "word/document.xml", head + b"<a/>")
        with package.open("word/big.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.xlsx"])
def test_a_zip_bomb_is_not_unpacked(tmp_path, name):
    assert "400 MB" in refusal(tmp_path, bomb(name), name)


def test_a_zip_bomb_that_lies_about_its_size_is_stopped_while_it_is_weighed(tmp_path):
    data = bomb("bomb.docx")
    honest = (400_000_000).to_bytes(4, "little")
    assert data.count(honest) >= 1
    assert refusal(tmp_path, data.replace(honest, (1000).to_bytes(4, "little")), "bomb.docx")


def test_entities_are_not_expanded(tmp_path):
    lol = b'<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'
    assert "entities" in refusal(tmp_path, bomb("a.docx", head=lol, megabytes=1), "a.docx")


def test_one_line_of_fifty_megabytes(tmp_path):
    assert "50 MB" in refusal(tmp_path, b"a" * 50_000_000)
    assert "line 1" in refusal(tmp_path, ("ก" * 300_000).encode())


def test_a_row_of_more_columns_than_any_report_has(tmp_path):
    assert "line 1" in refusal(tmp_path, b"a\t" * 1001)


def test_a_sheet_with_a_lone_cell_at_its_far_corner(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet("ไกล").write(1_048_575, 16_383, "x")
    assert "ไกล" in refusal(tmp_path, buffer.getvalue(), "a.xlsx")


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<table><tr><td>" * 10_000,
        "<td colspan=1000>x" * 20_000,
        "<p>x" * 600_000,
        "<table><tr>" + "<td rowspan=9999 colspan=99>x" * 900 + ("<tr>" + "<td>y" * 90) * 900,
    ],
    ids=["div", "tables", "td", "p", "spans"],
)
def test_pages_made_to_harm(tmp_path, page):
    try:
        blocks_of(tmp_path, b"<html>" + page.encode(), "a.html")
    except Unreadable as reason:
        assert reason.said.en


def test_restored_letters():
    assert restored("ป\uf714า ท\uf70aี\uf710 น\u0e4d\u0e49า น\u0e49\u0e4dา กํา ผ\u0e49\u0e39") == "ป้า ทีั่ น้ำ น้ำ กำ ผู้"
    assert restored("เว็บ\u200bไซต์\u00a0ของ") == "เว็บไซต์ ของ"
    assert restored("ตํ\u0e48า") == "ต่ำ" and restored("สังโยชน\u0e4d") == "สังโยชน\u0e4d"


def test_a_quotation_that_swallows_the_rows_below_it_is_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('ชื่อ,คะแนน\nก,1\n"ข,2\nค,3\n', encoding="utf-8")
    with pytest.raises(Unreadable) as said:
        open_document(path)
    assert "3" in said.value.said.en and "quotation" in said.value.said.en
    path.write_text('ชื่อ,คะแนน\n"ก\nข",1\n"ค ""ง""\nจ",2\n', encoding="utf-8")
    (table,) = open_document(path).blocks
    assert [cell.text for row in table.rows for cell in row][-1] == "2"
