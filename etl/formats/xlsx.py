"""Excel workbooks: the sheets that show, each parted into tables by empty rows. A place is the cell: Sheet1!C17.

A merged cell's text stands once, at its first position. Values are as printed as far as the file says: percentages by the
format of their cell, whole numbers without ".0", dates as day/month/Buddhist year (the way Thai reports write them).
"""

import datetime
import io
import zipfile
from dataclasses import replace

from lxml import etree
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from etl.formats.document import MOST_CELLS, Cell, Paragraph, Table, Unreadable
from etl.formats.markup import plain
from etl.formats.package import part_named
from etl.formats.sheet import sheet_blocks
from etl.messages import message

_MOST_MERGED = 10_000  # ranges of a sheet that are looked at
_TALLEST = 200  # rows of one merged cell
_PERCENT_FORMATS = {"9", "10"}  # built into Excel: 0% and 0.00%


def xlsx_blocks(data: bytes, package: zipfile.ZipFile) -> list[Paragraph | Table]:
    """Blocks of all sheets of `data`, weighed and opened as `package`. Unreadable: damaged, locked or too large."""
    try:
        percentages = _percent_cells(package)
    except (KeyError, ValueError, etree.LxmlError, zipfile.BadZipFile):
        raise Unreadable(*message("not_workbook")) from None
    return _workbook_blocks(data, percentages)


def xls_blocks(data: bytes) -> list[Paragraph | Table]:
    """Blocks of a workbook of Excel 97-2003. Unreadable as `xlsx_blocks`."""
    return _workbook_blocks(data, {})


def _workbook_blocks(data: bytes, percentages: dict[str, set[str]]) -> list[Paragraph | Table]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        blocks, count = [], 0
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet or sheet.visible != SheetVisibleEnum.Visible:
                continue
            opened = workbook.get_sheet_by_name(sheet.name)
            values = opened.to_python(skip_empty_area=False)
            count += sum(len(row) for row in values)
            if count > 4 * MOST_CELLS:
                raise Unreadable(*message("too_many_cells", place=sheet.name, limit=MOST_CELLS))
            rows = list(_rows(sheet.name, values, percentages.get(sheet.name, set())))
            blocks += sheet_blocks(_told_from_above(rows, opened.merged_cell_ranges or []))
        return blocks
    except PasswordError:
        raise Unreadable(*message("locked")) from None
    except (Unreadable, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # calamine reports damage by many exceptions, a panic of its Rust code among them, which is no Exception
        raise Unreadable(*message("not_workbook")) from None


def _rows(sheet: str, values: list[list], percentages: set[str]):
    letters = [_column(number) for number in range(max(map(len, values), default=0))]
    for number, row in enumerate(values, 1):
        if any(value != "" for value in row):
            yield [_cell(value, f"{letter}{number}", sheet, percentages) for letter, value in zip(letters, row, strict=False)]
        else:
            yield []


def _told_from_above(rows: list[list[Cell]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> list[list[Cell]]:
    """Rows in which the empty cells of a merged range know the text at its head."""
    for (first, column), (last, _) in merged[:_MOST_MERGED]:
        head = rows[first][column].text if first < len(rows) and column < len(rows[first]) else ""
        for row in rows[first + 1 : min(last, first + _TALLEST) + 1] if head else ():
            if column < len(row) and not row[column].text:
                row[column] = replace(row[column], above=head)
    return rows


def _cell(value: object, reference: str, sheet: str, percentages: set[str]) -> Cell:
    if isinstance(value, str):
        return Cell(plain(value) if value else "", f"{sheet}!{reference}")
    return Cell(_printed(value, reference in percentages), f"{sheet}!{reference}")


def _column(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _printed(value: object, percent: bool) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        number = f"{value * 100 if percent else value:.15g}"
        if "e" in number and float(value).is_integer():
            number = str(int(value))
        return number + "%" * percent
    if isinstance(value, (datetime.date, datetime.datetime)):
        # Years typed as Buddhist years stand in the file as they were typed.
        year = value.year if value.year > 2400 else value.year + 543
        return f"{value.day}/{value.month}/{year}"
    return str(value)


def _percent_cells(package: zipfile.ZipFile) -> dict[str, set[str]]:
    """Sheet name -> cells shown as percentages. Also bounds the area of each sheet: one cell at its far corner fills it whole."""
    styles = _percent_styles(package)
    found = {}
    for name, part in _sheet_parts(package).items():
        found[name] = cells = set()
        last_row = last_column = count = 0
        with package.open(part) as handle:
            for _, cell in etree.iterparse(handle, events=("end",), tag="{*}c", resolve_entities=False, no_network=True):
                reference = cell.get("r") or ""
                if len(cell):
                    count += 1
                    column, row = _position(reference)
                    last_row, last_column = max(last_row, row), max(last_column, column)
                    if cell.get("s") in styles:
                        cells.add(reference)
                cell.clear()
                while cell.getprevious() is not None:
                    del cell.getparent()[0]
        if count > MOST_CELLS or last_row * last_column > 4 * MOST_CELLS:
            raise Unreadable(*message("too_many_cells", place=name, limit=MOST_CELLS))
    return found


def _position(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column, int(reference[len(letters) :] or 0)


def _percent_styles(package: zipfile.ZipFile) -> set[str]:
    if not part_named(package, "xl/styles.xml"):
        return set()
    root = _read(package, "xl/styles.xml")
    formats = {one.get("numFmtId") for one in root.iterfind("{*}numFmts/{*}numFmt") if "%" in (one.get("formatCode") or "")}
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return {str(number) for number, style in enumerate(styles) if style.get("numFmtId") in formats | _PERCENT_FORMATS}


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    workbook = _read(package, "xl/workbook.xml")
    relations = _read(package, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target") or "" for one in relations}
    parts = {}
    for sheet in workbook.iterfind("{*}sheets/{*}sheet"):
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        part = part_named(package, target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if not target.lower().endswith(".xml"):  # only XML parts were weighed
            raise ValueError(target)
        if part:
            parts[sheet.get("name") or ""] = part
    return parts


def _read(package: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(package.read(part_named(package, name) or name), etree.XMLParser(resolve_entities=False, no_network=True))
