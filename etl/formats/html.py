"""HTML: tables of cells and the paragraphs between them. A place is the line of the source.

Spans are made explicit as the layouts meet them in text reports too: the text of a cell over several columns or rows
stands once, at its first position, and the other positions are empty cells. A table that only frames other tables is
opened and its contents are read in order; a small table inside a cell is text of that cell.

What the page does not display is left out and named; struck-out text, raised note marks and symbol fonts are told as everywhere
(`seen`); check boxes, radio buttons, chosen options and typed values are the text that they show.
"""

import html
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from etl.formats import css
from etl.formats.document import Block, Noticed, Paragraph, Unreadable
from etl.formats.glyphs import restored
from etl.formats.grid import is_frame, spread_table
from etl.formats.markup import BLOCK_TAGS, lines_tidied
from etl.formats.seen import hidden, raised, struck
from etl.formats.symbols import WORDS_OF_ICONS, icon_of_word, lettered
from etl.messages import message
from etl.printed.marks import is_mark

MOST_LEVELS = 500
MOST_TAGS = 500_000
_DEEPEST_FRAME = 8
# Without these a page says the same, unless they hide or change what they hold: then they become a tag of our own (`_MARK`), which a
# parser does not repeat in each later paragraph where it is left unclosed.
_DROPPED = frozenset(
    """a abbr acronym b bdo big cite code del dfn em font i ins kbd label mark nobr o:p q s samp small span strike strong sub sup tt u
    var""".split()
)
_MARK = "x-look"
# A parser closes these by itself (or they hold nothing), so that they do not nest however often they are opened.
_SELF_CLOSING = frozenset(
    """area base br col colgroup dd dt hr img input li link meta option p source tbody td tfoot th thead tr wbr""".split()
)
_SKIPPED = frozenset("head script style template noscript title -comment desc metadata annotation iframe object embed".split())
_EMBEDDED = frozenset(("iframe", "object", "embed"))
_LETTERHEAD = 4  # cells of a table that sets emblem and name beside each other
_EMPTY = frozenset("area base br col hr img input link meta source wbr".split())
# Elements that an element of their kind closes, up to what holds both. Others nest.
_ENDS_AT = dict.fromkeys(("td", "th", "tr", "tbody", "thead", "tfoot"), ("table",)) | {
    "li": ("ul", "ol"),
    "option": ("select",),
    "p": ("td", "th", "div", "li"),
}
_LONGEST_RAW = 120
_MOST_LOOKS = 2_000
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:-]*+)((?:"[^"]{0,5000}+"|'[^']{0,5000}+'|[^'"<>])*+)>""")
_SPAN = re.compile(r"""\b(colspan|rowspan)\s*=\s*["']?\s*(\d{1,4})""", re.IGNORECASE)


@dataclass(frozen=True)
class _Look:
    """How text is shown inside an element."""

    struck: bool = False
    raised: bool = False
    font: str = ""
    white: bool = False
    behind: bool = False  # whether a colour lies behind it


def html_blocks(source: str, first_line: int = 1) -> list[Block]:
    """Paragraphs and tables of an HTML page or fragment in order; `first_line` is the line of the file where it begins.

    Unreadable: too many tags, nested too deep, or spans of too many cells.
    """
    if "\r" in source:  # lines of Windows and of old Macs
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    page = _Page()
    blocks = page.blocks(LexborHTMLParser(_simplified(source, first_line)).root, first_line, 0, _Look())
    return blocks + page.noticed


def _simplified(source: str, first_line: int) -> str:
    """Tags without what is not read (attributes, fonts), each with its line, which the parser itself does not keep.

    A page with thousands of attributes in one tag, of open fonts or of levels would keep a parser busy for hours.
    """
    source = _without_comments(source)
    styles = css.Sheet(source)
    looks: dict[tuple[str, str, int], tuple[str, str]] = {}  # tags repeat from row to row

    above = _Above(styles.nested)

    def look_of(name: str, attributes: str) -> tuple[str, str]:
        if not attributes and name not in css.TELLING and not styles:
            return "", ""
        known = looks.get((name, attributes, above.way))
        if known is None:
            known = _look(name, attributes, styles, above.elements)
            if len(looks) < _MOST_LOOKS and len(attributes) < 500:
                looks[name, attributes, above.way] = known
        return known

    newlines = [match.start() for match in re.finditer("\n", source)]
    tags = levels = 0
    # Inline tag -> whether each open one became a mark: outside of tables, and in the cell of each table that is open.
    open_marks: list[dict[str, list[bool]]] = [defaultdict(list)]

    def simple(tag: re.Match) -> str:
        nonlocal tags, levels
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        above.close(name, bool(closing))
        if name in _DROPPED:
            if closing:
                return f"</{_MARK}>" if open_marks[-1][name] and open_marks[-1][name].pop() else ""
            look, before = look_of(name, attributes)
            above.open(name, attributes)
            open_marks[-1][name].append(bool(look))
            if not look:
                return before
            if sum(map(sum, open_marks[-1].values())) > MOST_LEVELS:
                raise Unreadable(*message("too_deep", limit=MOST_LEVELS))
            return f"<{_MARK} data-line={_line_at(tag)}{look}>{before}"
        tags += 1
        if name == "table":
            if not closing:
                open_marks.append(defaultdict(list))
            elif len(open_marks) > 1:
                open_marks.pop()
        elif name in ("td", "th") and len(open_marks) > 1:
            open_marks[-1] = defaultdict(list)  # a parser closes what a cell left open
        if name not in _SELF_CLOSING:
            levels = max(0, levels - 1) if closing else levels + (not attributes.endswith("/"))
        if tags > MOST_TAGS:
            raise Unreadable(*message("too_many_cells", place=f"line {_line_at(tag)}", limit=MOST_TAGS))
        if levels > MOST_LEVELS:
            raise Unreadable(*message("too_deep", limit=MOST_LEVELS))
        if closing:
            return f"</{name}>"
        if name == "input":
            return html.escape(css.typed(attributes), quote=False)
        if name == "img" and is_mark(alt := html.unescape(css.attribute(attributes, "alt") or "")):
            return html.escape(alt, quote=False)
        spans = "".join(f" {key.lower()}={number}" for key, number in _SPAN.findall(attributes)) if name in ("td", "th") else ""
        chosen = " selected" if name == "option" and css.attribute(attributes, "selected") is not None else ""
        look, before = look_of(name, attributes)
        above.open(name, attributes)
        ends = " /" if attributes.endswith("/") else ""  # in a drawing an element may close itself
        return f"<{name} data-line={_line_at(tag)}{spans}{chosen}{_shown_otherwise(name, attributes)}{look}{ends}>{before}"

    def _line_at(tag: re.Match) -> int:
        return first_line + bisect_right(newlines, tag.start())

    return _TAG.sub(simple, source)


def _look(name: str, attributes: str, styles: css.Sheet, above: Sequence[css.Element] = ()) -> tuple[str, str]:
    """The attribute that keeps what an element does to its text (`css.seen`), and what is printed before it.

    The attribute: none | blank, or s(truck), r(aised), f=font, w(hite) or not (W), with a colour behind (b) or not (B).
    """
    seen = css.seen(name, attributes, styles, above)
    if seen.gone:
        return f" data-x={seen.gone}", ""
    said = ["s"] * seen.struck + ["r"] * seen.raised + [f"f={seen.font}"] * bool(seen.font)
    said += ["w" if seen.white else "W"] * (seen.white is not None) + ["b" if seen.behind else "B"] * (seen.behind is not None)
    return (f' data-x="{"|".join(said)}"' if said else ""), html.escape(seen.before, quote=False)


class _Above:
    """The elements that are open, where rules ask for them; `way`: a number for the elements that are open now, the same for the same."""

    def __init__(self, asked: bool):
        self.asked = asked
        self.elements: list[css.Element] = []
        self._ways: list[int] = []
        self._known: dict[tuple[int, css.Element], int] = {}

    @property
    def way(self) -> int:
        return self._ways[-1] if self._ways else 0

    def open(self, name: str, attributes: str) -> None:
        if self.asked and name not in _EMPTY and not attributes.endswith("/") and len(self.elements) < MOST_LEVELS:
            element = css.Element.of(name, attributes)
            self._ways.append(self._known.setdefault((self.way, element), len(self._known) + 1))
            self.elements.append(element)

    def close(self, name: str, closing: bool) -> None:
        """Closes what a tag closes: its like, and what was left open within; one that opens only where its like cannot hold it."""
        if not self.elements or not (closing or name in _ENDS_AT):
            return
        until = _ENDS_AT.get(name, ())
        for at in reversed(range(len(self.elements))):
            if self.elements[at].tag == name:
                del self.elements[at:], self._ways[at:]
                return
            if self.elements[at].tag in until:
                return


def _shown_otherwise(name: str, attributes: str) -> str:
    """The attribute that keeps what an element shows that is no text: the words or the address of a picture or of another page."""
    if name not in _EMBEDDED and name != "img":
        return ""
    said = next(filter(None, (css.attribute(attributes, key) for key in ("alt", "title", "src", "data"))), "")
    return f' data-raw="{html.escape(html.unescape(said)[:_LONGEST_RAW])}"'


def _without_comments(source: str) -> str:
    first, *others = source.split("<!--")
    comments = [other.partition("-->") for other in others]
    return first + "".join("\n" * comment.count("\n") + rest for comment, _, rest in comments)


class _Page:
    """Reads the nodes of a page; `noticed`: what it does not display."""

    def __init__(self):
        self.noticed: list[Noticed] = []

    def blocks(self, root: LexborNode, line: int, depth: int, look: _Look) -> list[Block]:
        blocks: list[Block] = []
        text: list[str] = []
        text_line = line
        for node, entering, look_here in self._walk(root, look, into_tables=False):
            if node.tag == "-text":
                source = node.text_content or ""
                if not text:
                    if not source.strip():
                        continue
                    text_line = line + source[: len(source) - len(source.lstrip())].count("\n")
                _add(text, source, look_here)
                continue
            if entering:
                line = _line(node, line)
            if node.tag in BLOCK_TAGS:
                blocks += _paragraphs(text, text_line)
                text = []
                if node.tag == "table" and entering:
                    blocks += self._table(node, line, depth, look_here)
        return blocks + _paragraphs(text, text_line)

    def _walk(self, root: LexborNode, look: _Look, into_tables: bool):
        """(node, True, how its text looks) where an element or text begins and (node, False, ...) where an element ends.

        Without recursion: a page may be nested deeper than Python's stack.
        """
        stack = [(root, True, look)]
        while stack:
            node, entering, look = stack.pop()
            if node.tag in _EMBEDDED:
                self.noticed.append(Noticed("part_not_read", f"line {_line(node, 1)}", node.attributes.get("data-raw") or None))
            if node.tag in _SKIPPED or (entering and node is not root and self._leaves_out(node)):
                continue
            if entering and node is not root and node.is_element_node:
                look = _within(node, look)
            yield node, entering, look
            if entering and node.is_element_node and (into_tables or node.tag != "table" or node is root):
                stack.append((node, False, look))
                stack += [(child, True, look) for child in reversed(_options(node) if node.tag == "select" else _children(node))]

    def _leaves_out(self, node: LexborNode) -> bool:
        """Whether the page does not display an element; what it holds is noticed."""
        if not node.is_element_node or node.attributes.get("data-x") not in ("none", "blank"):
            return False
        text = " ".join((node.text(deep=True) or "").split())
        if text:
            self.noticed.append(Noticed("hidden_text", f"line {_line(node, 1)}", text[:_LONGEST_RAW]))
        return True

    def _table(self, table: LexborNode, line: int, depth: int, look: _Look) -> list[Block]:
        children = [child for child in _children(table) if not self._leaves_out(child)]
        captions = [_tidied([self._content(child, look)[0]]) for child in children if child.tag == "caption"]
        bodies = [child for child in children if child.tag in ("thead", "tbody", "tfoot")]
        rows = [
            (row, _within(row, _within(body, look)))
            for body in bodies
            for row in _children(body)
            if row.tag == "tr" and not self._leaves_out(row)
        ]
        cells = [[(cell, *self._content(cell, within)) for cell in _children(row) if self._is_cell(cell)] for row, within in rows]
        blocks: list[Block] = [Paragraph(caption, f"line {line}") for caption in captions if caption]
        if depth < _DEEPEST_FRAME and is_frame([(text, inner) for row in cells for _, text, inner in row]):
            for (_, within), row in zip(rows, cells, strict=True):
                for cell, _, _ in row:
                    blocks += self.blocks(cell, _line(cell, line), depth + 1, _within(cell, within))
            return blocks
        if sum(map(len, cells)) > _LETTERHEAD:
            for cell in (cell for row in cells for cell, text, _ in row if not text):
                if (picture := cell.css_first("img")) is not None and picture.attributes.get("data-x") not in ("none", "blank"):
                    self.noticed.append(Noticed("picture_not_read", f"line {_line(cell, line)}", picture.attributes.get("data-raw") or ""))
        lines = [_line(row, line) for row, _ in rows]
        spans = [[(text, _span(cell, "colspan"), _span(cell, "rowspan")) for cell, text, _ in row] for row in cells]
        return blocks + spread_table(spans, [f"line {line}" for line in lines])

    def _is_cell(self, node: LexborNode) -> bool:
        """Whether a node is a cell that takes up its place; one that is not displayed lets the others move up."""
        return node.tag in ("td", "th") and not (node.attributes.get("data-x") == "none" and self._leaves_out(node))

    def _content(self, cell: LexborNode, look: _Look) -> tuple[str, int]:
        """Text of a cell with that of tables inside it, and the number of cells of these."""
        if self._leaves_out(cell):
            return "", 0
        text: list[str] = []
        inner = 0
        for node, entering, look_here in self._walk(cell, _within(cell, look), into_tables=True):
            if node.tag == "-text":
                _add(text, node.text_content or "", look_here)
            elif node.tag in ("td", "th") and node is not cell:
                inner += entering
                text.append(" " * entering)
            elif node.tag in BLOCK_TAGS:
                text.append("\n")
        return _tidied(text), inner


def _within(node: LexborNode, look: _Look) -> _Look:
    """How text looks inside `node`, which itself stands where text looks like `look`."""
    for said in (node.attributes.get("data-x") or "").split("|"):
        if said == "s":
            look = replace(look, struck=True)
        elif said == "r":
            look = replace(look, raised=True)
        elif said.startswith("f="):
            look = replace(look, font=said[2:])
        elif said in ("w", "W"):
            look = replace(look, white=said == "w")
        elif said in ("b", "B"):
            look = replace(look, behind=said == "b")
    return look


def _add(text: list[str], source: str, look: _Look) -> None:
    piece = _spaced(source)
    if look.font:
        piece = icon_of_word(piece) if look.font == WORDS_OF_ICONS else lettered(piece, look.font)
    if look.white and not look.behind:
        text.append(hidden(piece))
        return
    if look.raised and any(not before.isspace() for before in text):
        piece = raised(piece)
    text.append(struck(piece) if look.struck else piece)


def _options(select: LexborNode) -> list[LexborNode]:
    """The options that a list shows: the chosen ones, else the first."""
    options = select.css("option")
    return [option for option in options if "selected" in option.attributes] or options[:1]


def _children(node: LexborNode) -> list[LexborNode]:
    children = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    return children


def _paragraphs(text: list[str], line: int) -> list[Block]:
    joined = _tidied(text)
    return [Paragraph(joined, f"line {line}")] if joined else []


def _tidied(text: list[str]) -> str:
    return lines_tidied(restored("".join(text)))


def _line(node: LexborNode, otherwise: int) -> int:
    return int(node.attributes.get("data-line") or otherwise)


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _span(cell: LexborNode, direction: str) -> int:
    span = cell.attributes.get(direction) or ""
    return max(1, int(span)) if re.fullmatch(r"[0-9]{1,4}", span) else 1  # a torn tag leaves text here
