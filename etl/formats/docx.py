"""Word files: paragraphs and tables in the order of the body. Places: `paragraph 4` (of those with text, outside tables), `table 2 row 3`.

Cells are as in HTML: a merged cell's text stands once, at its first position, the other positions are empty cells; a table
that only frames others is opened, a small one inside a cell is text of that cell; a table in a text box stands after the paragraph
that anchors it. A soft line break parts lines. Numbers that Word sets before the items of a list are part of the text. Check boxes and
lists to choose from are the text that they show; embedded documents are read where they stand. What is hidden, struck out or deleted
by a tracked change is named (`seen`); headers and footers are not read.
"""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import replace

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from etl.formats.document import MOST_MEGABYTES_OF_TEXT, Block, Noticed, Paragraph, Table, Unreadable
from etl.formats.docx_lists import Lists
from etl.formats.docx_looks import Look, Looks, is_on
from etl.formats.grid import is_frame, spread_table
from etl.formats.markup import plain
from etl.formats.package import main_part, related
from etl.formats.seen import lowered, split
from etl.messages import message

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")}
_SKIPPED = {qn(f"w:{name}") for name in ("moveFrom", "pPr", "rPr", "sdtPr", "instrText", "footnoteReference")}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")  # the same again, for old programs
_BREAKS = {qn("w:br"), qn("w:cr")}
_SAME_EDGE = 150  # twentieths of a point (2.6 mm): columns nearer than this are one, drawn twice by hand
_DEEPEST_FRAME = 8


def docx_blocks(package: zipfile.ZipFile, part_blocks: Callable[[bytes, str], list[Block]]) -> list[Block]:
    """Blocks of the body in order; `part_blocks`: of a document within it, by bytes and name. Unreadable: no Word document, or damaged."""
    try:
        main = main_part(package)
        parts = related(package, main)
        body = parse_xml(package.read(main)).find(qn("w:body"))
        of_kind = dict(parts.values())
        numbering, styles = (_part(package, of_kind.get(kind)) for kind in ("numbering", "styles"))
        if body is None:
            raise Unreadable(*message("not_word"))
        unfilled = _fill_in(body)
        reader = _Body(Lists(numbering, styles), Looks(styles), package, parts, part_blocks)
        return reader.blocks(body, depth=0) + unfilled + [reader.not_read(part.get(_RELATION) or "") for part in body.iter(_OLE)]
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError):
        raise Unreadable(*message("not_word")) from None


def _part(package: zipfile.ZipFile, name: str | None) -> etree._Element | None:
    return parse_xml(package.read(name)) if name else None


def _fill_in(body: etree._Element) -> list[Noticed]:
    """Content controls hold what they show: a check box its box, a control that nobody filled in nothing of its instructions."""
    unfilled: list[Noticed] = []
    for control in body.iter(qn("w:sdt")):
        properties, content = control.find(qn("w:sdtPr")), control.find(qn("w:sdtContent"))
        if properties is None or content is None:
            continue
        texts = list(content.iter(qn("w:t"), qn("w:sym")))
        box = properties.find(f"{_W14}checkbox")
        if box is not None:
            checked = box.find(f"{_W14}checked")
            shown = "☑" if checked is not None and checked.get(f"{_W14}val") in ("1", "true") else "☐"
        elif properties.find(qn("w:showingPlcHdr")) is not None:
            shown = ""
            unfilled.append(Noticed("field_not_filled", "–", "".join(text.text or "" for text in texts)))
        else:
            continue
        for at, text in enumerate(texts):
            text.tag = qn("w:t")
            text.text = shown if at == 0 else ""
    return unfilled


class _Body:
    """Counts paragraphs and tables, and the items of lists, over the whole document."""

    def __init__(self, lists: Lists, looks: Looks, package: zipfile.ZipFile, parts: dict[str, tuple[str, str | None]], part_blocks):
        self.lists, self.looks, self.package, self.parts, self.part_blocks = lists, looks, package, parts, part_blocks
        self.paragraphs, self.tables = 0, 0

    def blocks(self, parent: etree._Element, depth: int) -> list[Block]:
        blocks: list[Block] = []
        for child in _children(parent, qn("w:p"), qn("w:tbl"), qn("w:altChunk")):
            if child.tag == qn("w:tbl"):
                blocks += self._table(child, depth)
            elif child.tag == qn("w:altChunk"):
                blocks += self._embedded(child.get(_RELATION) or "", depth)
            else:
                if text := self._text(child):
                    self.paragraphs += bool(split(text)[0])
                    blocks.append(Paragraph(text, f"paragraph {max(self.paragraphs, 1)}"))
                for box in _boxes_of_tables(child):
                    blocks += self.blocks(box, depth + 1) if depth < _DEEPEST_FRAME else []
        return blocks

    def _embedded(self, relation: str, depth: int) -> list[Block]:
        """The document that stands in the file as a part of its own (a page of HTML, as report generators write it)."""
        _, name = self.parts.get(relation, ("", None))
        part = self.package.getinfo(name) if name else None
        if part is None or depth >= _DEEPEST_FRAME or part.file_size > MOST_MEGABYTES_OF_TEXT * 1e6:
            return [self.not_read(relation)]
        try:
            found = self.part_blocks(self.package.read(part), name)
        except Unreadable:
            return [self.not_read(relation)]
        return [_placed(block, posixpath.basename(name)) for block in found]

    def not_read(self, relation: str) -> Noticed:
        kind, name = self.parts.get(relation, ("", None))
        return Noticed("part_not_read", name or relation, kind or None)

    def _table(self, table: etree._Element, depth: int) -> list[Block]:
        deleted = [row for row in _children(table, qn("w:tr")) if _is_gone(row)]
        for row in deleted:
            row.getparent().remove(row)
        gone = [Noticed("hidden_rows", f"table {self.tables + 1}", text[:120]) for row in deleted if (text := self._words(row))]
        return gone + self._whole_table(table, depth)

    def _words(self, row: etree._Element) -> str:
        return " | ".join(filter(None, (split(self._cell(cell))[0].replace("\n", " ") for cell in _children(row, qn("w:tc")))))

    def _whole_table(self, table: etree._Element, depth: int) -> list[Block]:
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
        for child in _children(cell, qn("w:p"), qn("w:tbl"), qn("w:altChunk")):
            if child.tag == qn("w:p"):
                texts += [self._text(child), *map(self._cell, _boxes_of_tables(child))]
            elif child.tag == qn("w:tbl"):
                texts += [" ".join(filter(None, map(self._cell, _children(row, qn("w:tc"))))) for row in _children(child, qn("w:tr"))]
            else:
                texts += map(_words, self._embedded(child.get(_RELATION) or "", 0))
        return "\n".join(filter(None, texts))

    def _text(self, paragraph: etree._Element) -> str:
        text = lowered(plain("".join(self._runs(paragraph, self.looks.of_paragraph(paragraph)))))
        label = self.lists.label(paragraph)
        # A number stands alone where a column is numbered by a list; a bullet without text says nothing.
        return label + text if text else label.strip(" -")

    def _runs(self, element: etree._Element, look: Look):
        """Pieces of text as they are shown. `look`: of the paragraph, and of the run inside it."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str) or (tag == qn("w:txbxContent") and child.find(f".//{qn('w:tbl')}") is not None):
                continue
            if tag == qn("w:t") or tag == qn("w:delText"):
                yield look.draws(child.text or "")
            elif tag == qn("w:tab"):
                yield " "
            elif tag in _BREAKS:
                yield "\n"
            elif tag == qn("w:noBreakHyphen"):
                yield "-"
            elif tag == qn("w:sym"):
                yield look.draws(chr(int(child.get(qn("w:char")) or "20", 16)), child.get(qn("w:font")))
            elif tag == qn("w:fldChar"):
                yield _form_field(child)
            elif tag == qn("w:r"):
                yield from self._runs(child, self.looks.of_run(child, look))
            elif tag == qn("w:del"):
                yield from self._runs(child, replace(look, struck=True))
            elif tag == qn("w:p"):  # of a text box
                yield from self._runs(child, self.looks.of_paragraph(child))
                yield "\n"
            else:
                yield from self._runs(child, look)


def _form_field(begin: etree._Element) -> str:
    """What a field of Word's older forms shows: the state of a check box, the chosen entry of a list."""
    data = begin.find(qn("w:ffData"))
    box = data.find(qn("w:checkBox")) if data is not None else None
    if box is not None:
        state = box.find(qn("w:checked"))
        return "☑" if is_on(state if state is not None else box.find(qn("w:default"))) else "☐"
    entries = data.find(qn("w:ddList")) if data is not None else None
    if entries is None:
        return ""
    chosen = _number(entries, "w:result", _number(entries, "w:default"))
    names = [entry.get(qn("w:val")) or "" for entry in entries.iterfind(qn("w:listEntry"))]
    return names[chosen] if chosen < len(names) else ""


def _is_gone(row: etree._Element) -> bool:
    """Whether a row is hidden, or deleted by a tracked change."""
    properties = row.find(qn("w:trPr"))
    return properties is not None and (is_on(properties.find(qn("w:hidden"))) or properties.find(qn("w:del")) is not None)


def _boxes_of_tables(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes of a paragraph that hold tables: their cells are cells, not lines of the paragraph."""
    fallback = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    boxes = [box for box in paragraph.iter(qn("w:txbxContent")) if box.find(f".//{qn('w:tbl')}") is not None]
    outer = [box for box in boxes if not any(above in boxes for above in box.iterancestors())]
    return [box for box in outer if next(box.iterancestors(fallback), None) is None]


def _words(block: Block) -> str:
    """The text of a block of an embedded part that stands in a cell."""
    if isinstance(block, Table):
        return "\n".join(" ".join(cell.text for cell in row if cell.text) for row in block.rows)
    return block.text if isinstance(block, Paragraph) else ""


def _placed(block: Block, part: str) -> Block:
    """A block of an embedded part, its places preceded by the part's name."""
    if isinstance(block, Table):
        rows = tuple(tuple(replace(cell, place=f"{part} {cell.place}") for cell in row) for row in block.rows)
        return Table(rows, f"{part} {block.place}")
    return replace(block, place=f"{part} {block.place}")


def _children(parent: etree._Element, *tags: str):
    """The children with these tags, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, *tags)


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
