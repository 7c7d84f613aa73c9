"""Excel workbooks (XLSX): each cell as the sheet shows it. A place is the cell: Sheet1!C17.

A value is shown by the number format of its cell (`shown`); a raised note mark is no digit, struck-out text is none, signs of symbol
fonts are plain characters. A formula without a value and an error are named. Hidden sheets, rows and columns are left out (`workbook`).
"""

import re
import zipfile
from dataclasses import dataclass, replace

from lxml import etree

from etl.formats.document import MOST_CELLS, Block, Noticed, Paragraph, Unreadable
from etl.formats.drawings import shapes
from etl.formats.font import Font, drawn
from etl.formats.markup import plain
from etl.formats.package import main_part, related
from etl.formats.shown import BUILT_IN, GENERAL, shown
from etl.formats.workbook import LOWEST, NARROWEST, Sheet, is_below, workbook_blocks
from etl.messages import message

_PARSER = {"resolve_entities": False, "no_network": True}
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_NOTICED = 5_000
_LONGEST_RAW = 120
# Codes of a printed header: parts, fonts, sizes, colours, and what changes from page to page.
_HEADER_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|\d+|([LCR])|(&)|.)', re.DOTALL)


@dataclass(frozen=True)
class Style:
    code: str = GENERAL
    font: Font = Font()


def xlsx_blocks(package: zipfile.ZipFile) -> list[Block]:
    """Blocks of all sheets of the workbook in `package`. Unreadable: damaged or too large."""
    try:
        return workbook_blocks(_sheets(package))
    except (KeyError, ValueError, IndexError, etree.LxmlError, zipfile.BadZipFile):
        raise Unreadable(*message("not_workbook")) from None


def _sheets(package: zipfile.ZipFile) -> list[Sheet]:
    path = main_part(package)
    workbook = _read(package, path)
    parts = related(package, path)
    of_kind = dict(parts.values())
    strings = _strings(package, of_kind.get("sharedStrings"))
    styles = _styles(package, of_kind.get("styles"))
    properties = workbook.find("{*}workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    sheets = []
    count = 0
    for entry in workbook.iterfind("{*}sheets/{*}sheet"):
        relation = next((value for key, value in entry.attrib.items() if key.endswith("}id")), None)
        kind, target = parts.get(relation, ("", None))
        if kind != "worksheet" or target is None:
            if kind == "chartsheet" and entry.get("state") not in ("hidden", "veryHidden"):
                sheets.append(Sheet(entry.get("name") or "", noticed=[Noticed("part_not_read", entry.get("name") or "", kind)]))
            continue
        if not target.lower().endswith(".xml"):  # only XML parts were weighed
            raise ValueError(target)
        sheet = Sheet(entry.get("name") or "", entry.get("state") not in ("hidden", "veryHidden"))
        with package.open(target) as handle:
            count += _fill(sheet, handle, strings, styles, from_1904)
        if count > MOST_CELLS:
            raise Unreadable(*message("too_many_cells", place=sheet.name, limit=MOST_CELLS))
        for shape in shapes(package, target):
            if shape.unread:
                sheet.noticed.append(Noticed(shape.unread, sheet.place(shape.row, shape.column), shape.text[:_LONGEST_RAW]))
            else:
                sheet.lay(shape.row, shape.column, shape.text, shape.box)
        sheets.append(sheet)
    return sheets


def _fill(sheet: Sheet, handle, strings: list[tuple[str, bool]], styles: list[Style], from_1904: bool) -> int:
    """Reads the part of a sheet into `sheet`; the number of its cells."""
    count = number = 0
    tags = ("{*}row", "{*}col", "{*}mergeCell", "{*}conditionalFormatting", "{*}tablePart", "{*}picture", "{*}headerFooter")
    default = Style()
    for _, element in etree.iterparse(handle, events=("end",), tag=tags, **_PARSER):
        tag = etree.QName(element).localname
        if tag == "col":
            if element.get("hidden") in ("1", "true") or is_below(element.get("width"), NARROWEST):
                sheet.hidden_columns.append((int(element.get("min") or 1) - 1, int(element.get("max") or 1) - 1))
            continue
        if tag in ("conditionalFormatting", "tablePart", "picture"):
            sheet.colourful = True
            continue
        if tag == "headerFooter":
            for child in element:
                where = f"{sheet.name} {'header' if child.tag.endswith('Header') else 'footer'}"
                sheet.boxes += [Paragraph(line, where) for line in _header(child.text or "")]
            sheet.boxes = list(dict.fromkeys(sheet.boxes))
            continue
        if tag == "mergeCell":
            first, _, last = (element.get("ref") or "A1").partition(":")
            (top, left), (bottom, right) = _position(first), _position(last or first)
            sheet.merged.append((top, left, bottom, right))
            continue
        number = int(element.get("r") or number + 1)
        if number < 1:
            raise ValueError(number)
        column = -1
        for cell in element:
            reference = cell.get("r")
            if reference:
                column = _column(reference.rstrip("0123456789"))
            else:
                column += 1
            if not len(cell):
                continue
            count += 1
            if count > MOST_CELLS:
                raise Unreadable(*message("too_many_cells", place=sheet.name, limit=MOST_CELLS))
            style = styles[int(cell.get("s") or 0)] if styles else default
            _put(sheet, number - 1, column, cell, strings, style, from_1904)
        if element.get("hidden") in ("1", "true") or is_below(element.get("ht"), LOWEST):
            sheet.hidden_rows.add(number - 1)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return count


def _put(sheet: Sheet, row: int, column: int, cell, strings: list[tuple[str, bool]], style: Style, from_1904: bool) -> None:
    kind = cell.get("t") or "n"
    formula = value = inline = None
    for child in cell:
        tag = child.tag
        if tag.endswith("}v"):
            value = child.text
        elif tag.endswith("}f"):
            formula = child
        elif tag.endswith("}is"):
            inline = child
    if kind == "s" and value is not None:
        text, simple = strings[int(value)]
    elif kind == "inlineStr" and inline is not None:
        text, simple = _rich(inline)
    elif not value:
        if formula is not None and kind != "str" and len(sheet.noticed) < _MOST_NOTICED:
            written = f"={formula.text}" if formula.text else None
            sheet.noticed.append(Noticed("formula_without_value", sheet.place(row, column), written))
        return
    elif kind == "n":
        number = float(value)
        text, simple = shown(number, style.code, from_1904), True
        if not text and len(sheet.noticed) < _MOST_NOTICED:
            sheet.mask(row, column, value)
    elif kind == "b":
        text, simple = shown(value in ("1", "true")), True
    elif kind == "d":
        text, simple = _iso_date(value), True
    else:  # text of a formula, an error
        text, simple = plain(_unescaped(value)), True
    if style.code is not GENERAL and kind in ("s", "str", "inlineStr") and text and not shown(text, style.code):
        sheet.mask(row, column, text)
        return
    if text and simple and not style.font.plain:
        text = style.font.draws(text)
    if style.font.unseen:
        sheet.unseen.append((row, column))
    sheet.put(row, column, text)


def _header(text: str) -> list[str]:
    """The lines of a printed header or footer, without its codes.

    >>> _header('&C&"Sarabun,Bold"&16รายงานผล&Rหน้า &P')
    ['รายงานผล', 'หน้า']
    """
    parts = _HEADER_CODE.sub(lambda code: "\n" if code[1] else code[2] or "", text)
    return [
        line for line in plain(parts).split("\n") if line and not re.fullmatch(r"(?:หน้า(?:ที่)?|page|of|จาก|[\s/|–-])*", line, re.IGNORECASE)
    ]


def _iso_date(value: str) -> str:
    year, month, day = (int(part) for part in value[:10].split("-"))
    return f"{day}/{month}/{year if year > 2400 else year + 543}"


def _strings(package: zipfile.ZipFile, part: str | None) -> list[tuple[str, bool]]:
    """(text, whether it is one piece in the cell's own font) of each shared string."""
    if part is None:
        return []
    found = []
    with package.open(part) as handle:
        for _, item in etree.iterparse(handle, events=("end",), tag="{*}si", **_PARSER):
            found.append(_rich(item))
            item.clear()
            while item.getprevious() is not None:
                del item.getparent()[0]
    return found


def _rich(item) -> tuple[str, bool]:
    pieces = []
    for child in item:
        if child.tag.endswith("}t"):
            pieces.append((_unescaped(child.text or ""), Font()))
        elif child.tag.endswith("}r"):
            properties = child.find("{*}rPr")
            text = "".join(each.text or "" for each in child.iterfind("{*}t"))
            pieces.append((_unescaped(text), _font(properties, "rFont") if properties is not None else Font()))
    text, simple = drawn(pieces)
    return plain(text), simple


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _font(properties, name: str = "name") -> Font:
    def value(tag: str, otherwise: str) -> str | None:
        child = properties.find(f"{{*}}{tag}")
        return None if child is None else child.get("val") or otherwise

    colour = properties.find("{*}color") if name == "name" else None
    white = (
        colour is not None and not colour.get("tint") and ((colour.get("rgb") or "")[-6:].upper() == "FFFFFF" or colour.get("theme") == "0")
    )
    return Font(value(name, "") or None, value("strike", "1") in ("1", "true"), value("vertAlign", "") == "superscript", white)


def _styles(package: zipfile.ZipFile, part: str | None) -> list[Style]:
    if part is None:
        return []
    root = _read(package, part)
    codes = {int(one.get("numFmtId") or 0): one.get("formatCode") or GENERAL for one in root.iterfind("{*}numFmts/{*}numFmt")}
    fonts = [_font(one) for one in root.iterfind("{*}fonts/{*}font")]
    filled = [_fills(one) for one in root.iterfind("{*}fills/{*}fill")]
    found = []
    for style in root.iterfind("{*}cellXfs/{*}xf"):
        number, font = int(style.get("numFmtId") or 0), int(style.get("fontId") or 0)
        code = codes.get(number) or BUILT_IN.get(number, GENERAL)
        letters, fill = fonts[font] if font < len(fonts) else Font(), int(style.get("fillId") or 0)
        if letters.unseen and fill < len(filled) and filled[fill]:
            letters = replace(letters, unseen=False)
        found.append(Style(GENERAL if code == GENERAL else code, letters))
    return found


def _fills(fill) -> bool:
    pattern = fill.find("{*}patternFill")
    return len(fill) > 0 if pattern is None else pattern.get("patternType") not in (None, "none")


def _position(reference: str) -> tuple[int, int]:
    reference = reference.replace("$", "")
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or 1) - 1, _column(letters)


_COLUMNS: dict[str, int] = {}


def _column(letters: str) -> int:
    if letters not in _COLUMNS:
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        if not 1 <= column <= 16_384:
            raise ValueError(letters)
        _COLUMNS[letters] = column - 1
    return _COLUMNS[letters]


def _read(package: zipfile.ZipFile, name: str) -> etree._Element:
    return etree.fromstring(package.read(name), etree.XMLParser(**_PARSER))
