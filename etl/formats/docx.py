"""Word files: paragraphs and tables in the order of the body. Places: `paragraph 4` (of those with text, outside tables), `table 2 row 3`.

Cells are as in HTML: a merged cell's text stands once, at its first position, the other positions are empty cells; a table
that only frames others is opened, a small one inside a cell is text of that cell; a table in a text box stands after the paragraph
that anchors it. A soft line break parts lines. Numbers that Word sets before the items of a list are part of the text. Check boxes and
lists to choose from are the text that they show; embedded documents are read where they stand. Headers stand before the body, notes and
footers after it, each once. What is hidden (also by white letters on white paper), struck out or deleted by a tracked change is named
(`seen`), and so are pictures, charts, diagrams, controls and comments, which are not read.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from etl.formats.document import MOST_MEGABYTES_OF_TEXT, Block, Noticed, Paragraph, Table, Unreadable
from etl.formats.docx_lists import Lists
from etl.formats.docx_looks import Look, Looks, is_on
from etl.formats.grid import is_frame, spread_table
from etl.formats.markup import plain
from etl.formats.package import main_part, related
from etl.formats.seen import hidden, lowered, split
from etl.messages import message

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# A picture as wide as half a page and as high as a hand is no emblem: it may be a page of the report. In English metric units.
_LARGE = 8 * 360_000
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WRAPPERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink")}
_SKIPPED = {qn(f"w:{name}") for name in ("moveFrom", "pPr", "rPr", "sdtPr", "instrText", "footnoteReference")}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")  # the same again, for old programs
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BEHIND = {qn(f"w:{name}") for name in ("tc", "tr", "tbl", "txbxContent")}
_STYLES = {qn(f"w:{name}") for name in ("pStyle", "tblStyle")}
_BREAKS = {qn("w:br"), qn("w:cr")}
_SAME_EDGE = 150  # twentieths of a point (2.6 mm): columns nearer than this are one, drawn twice by hand
_DEEPEST_FRAME = 8
_STRICT = b"http://purl.oclc.org/ooxml/"
_LONGEST_RAW = 120
_LOWEST = 40  # twentieths of a point: in a lower row nobody reads anything


def docx_blocks(package: zipfile.ZipFile, part_blocks: Callable[[bytes, str], list[Block]]) -> list[Block]:
    """Blocks of the body in order; `part_blocks`: of a document within it, by bytes and name. Unreadable: no Word document, or damaged."""
    try:
        main = main_part(package)
        parts = related(package, main)
        document = _parsed(package, main)
        body = document.find(qn("w:body"))
        of_kind = dict(parts.values())
        numbering, styles = (_part(package, of_kind.get(kind)) for kind in ("numbering", "styles"))
        if body is None:
            raise Unreadable(*message("not_word"))
        unfilled = _fill_in(body)
        reader = _Body(Lists(numbering, styles), Looks(styles), package, parts, part_blocks)
        drawn_on = [main, *(name for kind, name in parts.values() if kind == "header" and name)]
        reader.looks.paper = document.find(qn("w:background")) is None and not any(map(partial(_has_backdrop, package), drawn_on))
        found = reader.around(("header",)) + reader.blocks(body, depth=0) + reader.around(("footnotes", "endnotes", "footer"))
        return (
            found
            + unfilled
            + [reader.not_read(part.get(_RELATION) or "") for part in body.iter(_OLE)]
            + reader.not_drawn(body)
            + reader.comments()
        )
    except (etree.LxmlError, zipfile.BadZipFile, KeyError, ValueError):
        raise Unreadable(*message("not_word")) from None


def _part(package: zipfile.ZipFile, name: str | None) -> etree._Element | None:
    return _parsed(package, name) if name else None


def _has_backdrop(package: zipfile.ZipFile, part: str) -> bool:
    """Whether pictures or shapes lie behind the text of a part, as on a cover: white letters may stand out from them."""
    data = package.read(part)
    return b'behindDoc="1"' in data or b"z-index:-" in data


def _parsed(package: zipfile.ZipFile, name: str) -> etree._Element:
    """A part; a “Strict” document has other names for the same words."""
    data = package.read(name)
    if _STRICT in data[:20_000]:
        for strict, usual in (
            (b"wordprocessingml", b"wordprocessingml/2006"),
            (b"officeDocument", b"officeDocument/2006"),
            (b"drawingml", b"drawingml/2006"),
        ):
            data = data.replace(_STRICT + strict, b"http://schemas.openxmlformats.org/" + usual)
    return parse_xml(data)


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
        self.places: dict[etree._Element, str] = {}  # of paragraphs and rows
        self.on_paper: dict[etree._Element, bool] = {}  # of paragraphs: whether white letters in it have nothing behind them

    def blocks(self, parent: etree._Element, depth: int) -> list[Block]:
        blocks: list[Block] = []
        for child in _children(parent, qn("w:p"), qn("w:tbl"), qn("w:altChunk")):
            if child.tag == qn("w:tbl"):
                blocks += self._table(child, depth)
            elif child.tag == qn("w:altChunk"):
                blocks += self._embedded(child.get(_RELATION) or "", depth)
            else:
                text = self._text(child)
                self.paragraphs += bool(split(text)[0])
                self.places[child] = place = f"paragraph {max(self.paragraphs, 1)}"
                if text:
                    blocks.append(Paragraph(text, place))
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

    def around(self, kinds: tuple[str, ...]) -> list[Block]:
        """The lines of headers, footers or notes, each once."""
        lines: dict[str, Paragraph] = {}
        for kind in kinds:
            for _, name in [part for part in self.parts.values() if part[0] == kind and part[1]]:
                for paragraph in _parsed(self.package, name).iter(qn("w:p")):
                    note = next((each.get(qn("w:id")) for each in paragraph.iterancestors(qn("w:footnote"), qn("w:endnote"))), "")
                    place = f"{kind.removesuffix('s')} {note}".strip()
                    if text := self._text(paragraph):
                        lines.setdefault(text, Paragraph(text, place))
        return list(lines.values())

    def not_drawn(self, body: etree._Element) -> list[Noticed]:
        """What is drawn and not read: large pictures and those that fill a cell, charts, diagrams, words of art, controls of programs."""
        found = []
        for drawn in body.iter(_DRAWN, f"{_VML}imagedata", f"{_VML}textpath", qn("w:control")):
            if (
                next(drawn.iterancestors(_FALLBACK), None) is not None
                or next(drawn.iterancestors(qn("w:object")), None) is not None
                and drawn.tag != qn("w:control")
            ):
                continue
            place = _place_of(drawn, self.places)
            if drawn.tag == f"{_VML}textpath":
                if drawn.get("string"):
                    found.append(Noticed("part_not_read", place, drawn.get("string")[:_LONGEST_RAW]))
            elif drawn.tag == qn("w:control"):
                found.append(Noticed("part_not_read", place, drawn.get(qn("w:name"))))
            elif drawn.tag == f"{_VML}imagedata" or drawn.find(_PICTURE) is not None:
                about = next(drawn.getparent().getparent().iterfind(f"{_PLACED}docPr"), None) if drawn.tag == _DRAWN else None
                said = (about.get("descr") or about.get("name") or "") if about is not None else drawn.get("title") or ""
                if _is_large(drawn) or _fills_its_cell(drawn):
                    found.append(Noticed("picture_not_read", place, said[:_LONGEST_RAW]))
            elif (kind := (drawn.get("uri") or "").rpartition("/")[2]) in ("chart", "diagram", "chartex"):
                found.append(Noticed("part_not_read", place, kind))
        return found

    def comments(self) -> list[Noticed]:
        """What reviewers wrote beside the text."""
        names = [name for kind, name in self.parts.values() if kind == "comments" and name]
        texts = [" ".join(self._cell(comment).split()) for name in names for comment in _parsed(self.package, name).iter(qn("w:comment"))]
        return [Noticed("comment_left_out", "–", text[:_LONGEST_RAW]) for text in texts if text]

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
            self.places[row] = places[-1]
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
                yield look.draws(child.text or "") if not look.white or not self._on_paper(child) else hidden(child.text or "")
            elif tag == _MATH:
                yield child.text or ""
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

    def _on_paper(self, text: etree._Element) -> bool:
        """Whether nothing is drawn behind a text, so that white letters do not show."""
        run = text.getparent().find(qn("w:rPr"))
        if run is not None and (_is_shaded(run) or run.find(qn("w:highlight")) is not None):
            return False
        paragraph = next(text.iterancestors(qn("w:p")), None)
        if paragraph not in self.on_paper:
            behind = [paragraph, *(each for each in paragraph.iterancestors() if each.tag in _BEHIND)] if paragraph is not None else []
            self.on_paper[paragraph] = self.looks.paper and not any(map(self._is_filled, behind))
        return self.on_paper[paragraph]

    def _is_filled(self, element: etree._Element) -> bool:
        if element.tag == qn("w:txbxContent"):
            return True  # how its shape is filled, the shape says in many ways
        properties = next((child for child in element if isinstance(child.tag, str) and child.tag.endswith("Pr")), None)
        style = next((child.get(qn("w:val")) for child in properties if child.tag in _STYLES), None) if properties is not None else None
        return (properties is not None and _is_shaded(properties)) or self.looks.shades(style)


def _is_shaded(properties: etree._Element) -> bool:
    shade = properties.find(qn("w:shd"))
    return shade is not None and not (
        (shade.get(qn("w:fill")) or "auto").upper() in ("AUTO", "FFFFFF") and shade.get(qn("w:val")) in (None, "clear", "nil")
    )


def _place_of(element: etree._Element, places: dict[etree._Element, str]) -> str:
    return next((places[above] for above in element.iterancestors(qn("w:p"), qn("w:tr")) if above in places), "–")


def _is_large(drawn: etree._Element) -> bool:
    if drawn.tag != _DRAWN:
        shape = drawn.getparent().get("style") or ""
        sizes = [float(size) * 12_700 for size in re.findall(r"(?:width|height):\s*([\d.]+)pt", shape)]
    else:
        extent = drawn.getparent().getparent().find(f"{_PLACED}extent")
        sizes = [int(extent.get(side) or 0) for side in ("cx", "cy")] if extent is not None else []
    return len(sizes) == 2 and min(sizes) >= _LARGE


def _fills_its_cell(drawn: etree._Element) -> bool:
    """Whether a picture stands in a cell of a table without a word beside it."""
    cell = next(drawn.iterancestors(qn("w:tc")), None)
    table = next(drawn.iterancestors(qn("w:tbl")), None)
    if cell is None or any((text.text or "").strip() for text in cell.iter(qn("w:t"))):
        return False
    return len(table.findall(f"{qn('w:tr')}/{qn('w:tc')}")) > 4  # a smaller table sets the letterhead


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
    """Whether a row is hidden, squeezed to nothing, or deleted by a tracked change."""
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return False
    height = properties.find(qn("w:trHeight"))
    squeezed = height is not None and height.get(qn("w:hRule")) == "exact" and _number(row, "w:trPr/w:trHeight", 1000) < _LOWEST
    return squeezed or is_on(properties.find(qn("w:hidden"))) or properties.find(qn("w:del")) is not None


def _boxes_of_tables(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes of a paragraph that hold tables: their cells are cells, not lines of the paragraph."""
    boxes = [box for box in paragraph.iter(qn("w:txbxContent")) if box.find(f".//{qn('w:tbl')}") is not None]
    outer = [box for box in boxes if not any(above in boxes for above in box.iterancestors())]
    return [box for box in outer if next(box.iterancestors(_FALLBACK), None) is None]


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
