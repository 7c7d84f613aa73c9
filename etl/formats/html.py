"""HTML: tables of cells and the paragraphs between them. A place is the line of the source.

Spans are made explicit as the layouts meet them in text reports too: the text of a cell over several columns or rows
stands once, at its first position, and the other positions are empty cells. A table that only frames other tables is
opened and its contents are read in order; a small table inside a cell is text of that cell.
"""

import re
from bisect import bisect_right

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.formats.document import Paragraph, Table, Unreadable
from etl.formats.glyphs import restored
from etl.formats.grid import is_frame, spread_table
from etl.formats.markup import BLOCK_TAGS, lines_tidied
from etl.messages import message

MOST_LEVELS = 500
MOST_TAGS = 500_000
_DEEPEST_FRAME = 8
# Without these a page says the same. Left unclosed, their like makes an HTML parser repeat them in each later paragraph.
_DROPPED = frozenset(
    """a abbr acronym b bdo big cite code del dfn em font i ins kbd mark nobr q s samp small span strike strong tt u var""".split()
)
# A parser closes these by itself (or they hold nothing), so that they do not nest however often they are opened.
_SELF_CLOSING = frozenset(
    """area base br col colgroup dd dt hr img input li link meta option p source tbody td tfoot th thead tr wbr""".split()
)
_SKIPPED = frozenset("head script style template noscript title -comment select option textarea svg math iframe object".split())
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*+)((?:"[^"]{0,5000}+"|'[^']{0,5000}+'|[^'"<>])*+)>""")
_SPAN = re.compile(r"""\b(colspan|rowspan)\s*=\s*["']?\s*(\d{1,4})""", re.IGNORECASE)


def html_blocks(source: str, first_line: int = 1) -> list[Paragraph | Table]:
    """Paragraphs and tables of an HTML page or fragment in order; `first_line` is the line of the file where it begins.

    Unreadable: too many tags, nested too deep, or spans of too many cells.
    """
    return _blocks(LexborHTMLParser(_simplified(source, first_line)).root, first_line, depth=0)


def _simplified(source: str, first_line: int) -> str:
    """Tags without what is not read (attributes, fonts), each with its line, which the parser itself does not keep.

    A page with thousands of attributes in one tag, of open fonts or of levels would keep a parser busy for hours.
    """
    source = _without_comments(source)
    newlines = [match.start() for match in re.finditer("\n", source)]
    tags = levels = 0

    def simple(tag: re.Match) -> str:
        nonlocal tags, levels
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if name in _DROPPED:
            return ""
        tags += 1
        if name not in _SELF_CLOSING:
            levels = max(0, levels - 1) if closing else levels + (not attributes.endswith("/"))
        if tags > MOST_TAGS:
            raise Unreadable(*message("too_many_cells", place=f"line {_line_at(tag)}", limit=MOST_TAGS))
        if levels > MOST_LEVELS:
            raise Unreadable(*message("too_deep", limit=MOST_LEVELS))
        if closing:
            return f"</{name}>"
        spans = "".join(f" {key.lower()}={number}" for key, number in _SPAN.findall(attributes)) if name in ("td", "th") else ""
        return f"<{name} data-line={_line_at(tag)}{spans}>"

    def _line_at(tag: re.Match) -> int:
        return first_line + bisect_right(newlines, tag.start())

    return _TAG.sub(simple, source)


def _without_comments(source: str) -> str:
    first, *others = source.split("<!--")
    comments = [other.partition("-->") for other in others]
    return first + "".join("\n" * comment.count("\n") + rest for comment, _, rest in comments)


def _blocks(root: LexborNode, line: int, depth: int) -> list[Paragraph | Table]:
    blocks: list[Paragraph | Table] = []
    text: list[str] = []
    text_line = line
    for node, entering in _walk(root, into_tables=False):
        if node.tag == "-text":
            source = node.text_content or ""
            if not text:
                if not source.strip():
                    continue
                text_line = line + source[: len(source) - len(source.lstrip())].count("\n")
            text.append(_spaced(source))
            continue
        if entering:
            line = _line(node, line)
        if node.tag in BLOCK_TAGS:
            blocks += _paragraphs(text, text_line)
            text = []
            if node.tag == "table" and entering:
                blocks += _table_blocks(node, line, depth)
    return blocks + _paragraphs(text, text_line)


def _walk(root: LexborNode, into_tables: bool):
    """(node, True) where an element or text begins and (node, False) where an element ends.

    Without recursion: a page may be nested deeper than Python's stack.
    """
    stack = [(root, True)]
    while stack:
        node, entering = stack.pop()
        if node.tag in _SKIPPED:
            continue
        yield node, entering
        if entering and node.is_element_node and (into_tables or node.tag != "table" or node is root):
            stack.append((node, False))
            stack += [(child, True) for child in reversed(_children(node))]


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _paragraphs(text: list[str], line: int) -> list[Paragraph]:
    joined = _tidied(text)
    return [Paragraph(joined, f"line {line}")] if joined else []


def _tidied(text: list[str]) -> str:
    return lines_tidied(restored("".join(text)))


def _line(node: LexborNode, otherwise: int) -> int:
    return int(node.attributes.get("data-line") or otherwise)


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _table_blocks(table: LexborNode, line: int, depth: int) -> list[Paragraph | Table]:
    children = _children(table)
    captions = [_tidied([_content(child)[0]]) for child in children if child.tag == "caption"]
    bodies = [child for child in children if child.tag in ("thead", "tbody", "tfoot")]
    rows = [row for body in bodies for row in _children(body) if row.tag == "tr"]
    cells = [[(cell, *_content(cell)) for cell in _children(row) if cell.tag in ("td", "th")] for row in rows]
    blocks: list[Paragraph | Table] = [Paragraph(caption, f"line {line}") for caption in captions if caption]
    if depth < _DEEPEST_FRAME and is_frame([(text, inner) for row in cells for _, text, inner in row]):
        return blocks + [block for row in cells for cell, _, _ in row for block in _blocks(cell, _line(cell, line), depth + 1)]
    lines = [_line(row, line) for row in rows]
    spans = [[(text, _span(cell, "colspan"), _span(cell, "rowspan")) for cell, text, _ in row] for row in cells]
    return blocks + spread_table(spans, [f"line {line}" for line in lines])


def _content(cell: LexborNode) -> tuple[str, int]:
    """Text of a cell with that of tables inside it, and the number of cells of these."""
    text: list[str] = []
    inner = 0
    for node, entering in _walk(cell, into_tables=True):
        if node.tag == "-text":
            text.append(_spaced(node.text_content or ""))
        elif node.tag in ("td", "th") and node is not cell:
            inner += entering
            text.append(" " * entering)
        elif node.tag in BLOCK_TAGS:
            text.append("\n")
    return _tidied(text), inner


def _span(cell: LexborNode, direction: str) -> int:
    span = cell.attributes.get(direction) or ""
    return max(1, int(span)) if re.fullmatch(r"[0-9]{1,4}", span) else 1  # a torn tag leaves text here
