"""Word files: paragraphs and tables in the order of the body. Places: `paragraph 4` (of those with text, outside tables), `table 2 row 3`.

Cells are as in HTML: a merged cell's text stands once, at its first position, the other positions are empty cells; a table
that only frames others is opened, a small one inside a cell is text of that cell. A soft line break parts lines. Numbers
that Word sets before the items of a list are part of the text. What tracked changes deleted, hidden text, headers and
footers are not read.
"""

import zipfile

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from etl.formats.document import Paragraph, Table, Unreadable
from etl.formats.docx_lists import Lists
from etl.formats.grid import is_frame, spread_table
from etl.formats.markup import plain
from etl.formats.package import part_named
from etl.messages import message

_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")}
_SKIPPED = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "footnoteReference")}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")  # the same again, for old programs
_BREAKS = {qn("w:br"), qn("w:cr")}
# Marks of Microsoft's symbol fonts, which stand in a report for "done" and "not".
_SYMBOLS = {
    "Wingdings": {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐"},
    "Wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒"},
}
_SAME_EDGE = 150  # twentieths of a point (2.6 mm): columns nearer than this are one, drawn twice by hand
_DEEPEST_FRAME = 8


def docx_blocks(package: zipfile.ZipFile) -> list[Paragraph | Table]:
    """Blocks of the body in order. Unreadable: no Word document, or damaged."""
    try:
        body = parse_xml(package.read(part_named(package, "word/document.xml"))).find(qn("w:body"))
        lists = Lists(_part(package, "word/numbering.xml"), _part(package, "word/styles.xml"))
    except (etree.LxmlError, zipfile.BadZipFile, ValueError):
        raise Unreadable(*message("not_word")) from None
    if body is None:
        raise Unreadable(*message("not_word"))
    return _Body(lists).blocks(body, depth=0)


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    name = part_named(package, name)
    return parse_xml(package.read(name)) if name else None


class _Body:
    """Counts paragraphs and tables, and the items of lists, over the whole document."""

    def __init__(self, lists: Lists):
        self.lists, self.paragraphs, self.tables = lists, 0, 0

    def blocks(self, parent: etree._Element, depth: int) -> list[Paragraph | Table]:
        blocks: list[Paragraph | Table] = []
        for child in _children(parent, qn("w:p"), qn("w:tbl")):
            if child.tag == qn("w:tbl"):
                blocks += self._table(child, depth)
            elif text := self._text(child):
                self.paragraphs += 1
                blocks.append(Paragraph(text, f"paragraph {self.paragraphs}"))
        return blocks

    def _table(self, table: etree._Element, depth: int) -> list[Paragraph | Table]:
        rows = [list(_children(row, qn("w:tc"))) for row in _children(table, qn("w:tr"))]
        nested = [(cell.find(f".//{qn('w:t')}") is not None, len(list(cell.iterfind(f".//{qn('w:tc')}")))) for row in rows for cell in row]
        if depth < _DEEPEST_FRAME and is_frame(nested):
            return [block for row in rows for cell in row for block in self.blocks(cell, depth + 1)]
        self.tables += 1
        columns = _columns(table)
        spans, places = [], []
        for number, row in enumerate(_children(table, qn("w:tr")), 1):
            spans.append(self._row(row, columns))
            places.append(f"table {self.tables} row {number}")
        return spread_table(spans, places)

    def _row(self, row: etree._Element, columns: list[int]) -> list[tuple[str, int, int]]:
        spans: list[tuple[str, int, int]] = []
        at = _number(row, "w:trPr/w:gridBefore")
        if at:
            spans.append(("", _covered(columns, 0, at), 1))
        for cell in _children(row, qn("w:tc")):
            width = _number(cell, "w:tcPr/w:gridSpan", 1)
            text = "" if _continues(cell, "w:vMerge") or _continues(cell, "w:hMerge") else self._cell(cell)
            covered = _covered(columns, at, at + width)
            at += width
            if covered:
                spans.append((text, covered, 0 if _continues(cell, "w:vMerge") else 1))
            elif text:  # narrower than a column: its text belongs to the cell before
                spans[-1:] = [(f"{spans[-1][0]}\n{text}".strip(), *spans[-1][1:])] if spans else [(text, 1, 1)]
        return spans

    def _cell(self, cell: etree._Element) -> str:
        texts = []
        for child in _children(cell, qn("w:p"), qn("w:tbl")):
            if child.tag == qn("w:p"):
                texts.append(self._text(child))
            else:
                texts += [" ".join(filter(None, map(self._cell, _children(row, qn("w:tc"))))) for row in _children(child, qn("w:tr"))]
        return "\n".join(filter(None, texts))

    def _text(self, paragraph: etree._Element) -> str:
        text = plain("".join(_runs(paragraph)))
        label = self.lists.label(paragraph)
        # A number stands alone where a column is numbered by a list; a bullet without text says nothing.
        return label + text if text else label.strip(" -")


def _children(parent: etree._Element, *tags: str):
    """The children with these tags, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


def _runs(element: etree._Element):
    for child in element:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == qn("w:t"):
            yield _symbols(child.text or "", element)
        elif tag == qn("w:tab"):
            yield " "
        elif tag in _BREAKS:
            yield "\n"
        elif tag == qn("w:noBreakHyphen"):
            yield "-"
        elif tag == qn("w:sym"):
            yield _symbol(child.get(qn("w:font")) or "", int(child.get(qn("w:char")) or "20", 16))
        elif tag == qn("w:r") and child.find("w:rPr/w:vanish", child.nsmap) is not None:
            continue
        else:
            yield from _runs(child)
            if tag == qn("w:p"):  # of a text box
                yield "\n"


def _symbols(text: str, run: etree._Element) -> str:
    fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii")) if fonts is not None else None
    return "".join(_symbol(font, ord(letter)) for letter in text) if font in _SYMBOLS else text


def _symbol(font: str, code: int) -> str:
    return _SYMBOLS.get(font, {}).get(code & 0xFF if code >= 0xF000 else code) or chr(code)


def _number(element: etree._Element, path: str, otherwise: int = 0) -> int:
    found = element.find(path, element.nsmap)
    value = found.get(qn("w:val")) if found is not None else None
    return min(int(value), 1000) if value and value.isdigit() else otherwise


def _continues(cell: etree._Element, name: str) -> bool:
    """Covered by a merged cell above (vMerge) or to its left (hMerge, as old programs wrote it)."""
    merge = cell.find(f"{qn('w:tcPr')}/{qn(name)}")
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _columns(table: etree._Element) -> list[int]:
    """The column that begins at each edge of the grid, where edges that nearly coincide are one.

    Rows whose borders were dragged a little apart make a grid with slivers, in which the cells of one column begin apart.
    """
    edge, column, last = 0, 0, 0
    columns = [0]
    for grid_column in table.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}"):
        width = grid_column.get(qn("w:w")) or ""
        edge += int(width) if width.isdigit() and int(width) else 1000
        if edge - last > _SAME_EDGE:
            column, last = column + 1, edge
        columns.append(column)
    return columns


def _covered(columns: list[int], first: int, end: int) -> int:
    """Columns that the grid's columns `first` to `end` cover; beyond a grid that says too little, each counts as one."""
    beyond = max(0, end - max(first, len(columns) - 1))
    return columns[min(end, len(columns) - 1)] - columns[min(first, len(columns) - 1)] + beyond
