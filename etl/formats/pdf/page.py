"""One page of a PDF -> paragraphs and tables from top to bottom: tables drawn with lines, tables told by their gaps, columns of text."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from pdfplumber.page import Page

from etl.formats.document import Box as PageBox
from etl.formats.document import Cell, Noticed, Paragraph, Unreadable
from etl.formats.markup import plain
from etl.formats.pdf import letters as seen
from etl.formats.pdf.fields import Fields, fields, written_over
from etl.formats.pdf.letters import Box, Drawn, LayersOff, Letter, drawn, struck
from etl.formats.pdf.lines import Cluster, cell_text, clusters, line_text, lines_of, printed_once, spaces_are_kept, straightened, turned_box

SAME_EDGE = 3  # points
_LONGEST_NUMBER = 5  # heights of a line: the column of numbers before the items of a list is no wider
_NARROWEST_COLUMN, _FEWEST_LINES = 10, 3  # of a column of text: heights of a line, and lines
_FEW_LETTERS = 40  # a page that is a picture may bear a page number or a stamp
_MANY_CURVES = 50
_WIDEST_MARGIN = 12  # points, of a cell beside the shading of its lines: Word leaves 5.4
_MOST_FILLS = 400  # of a page; more are a drawing
_MOST_RAW = 120  # letters of what was left out, in a finding
_UNSEEN = {seen.STRUCK: "struck_text", seen.ASLANT: "turned_text"}  # reason -> rule of findings.csv; all others: hidden_text

Placed = tuple[float, "Paragraph | Grid"]  # how far down the page, and what
Line = tuple[int, list[Cluster]]  # number on the page, and what stands on it


@dataclass
class Grid:
    """A table as drawn on one page; `open_top` and `open_bottom`: the page's end cut its first or last row open.

    `repeated`: letters of headings that stood again on the pages that were joined to it.
    """

    rows: list[list[Cell]]
    place: str
    columns: list[float]
    open_top: bool
    open_bottom: bool
    repeated: int = 0


@dataclass
class OnPage:
    """What a page holds. `picture`: a picture takes most of the page and there are next to no letters; `scanned`: its letters are those
    of a program that read the picture (they are printed invisibly with it). `failed`: why the page's picture could not be read at all."""

    blocks: list[Paragraph | Grid]
    noticed: list[Noticed]
    picture: bool
    scanned: bool
    failed: Unreadable | None = None


def read_page(page: Page, number: int, layers_off: LayersOff) -> OnPage:
    """What stands on a page, as a person sees it; a page whose letters are mostly turned is read as that person would hold it."""
    found = drawn(page, layers_off)
    turned = [letter.turned for letter in found.letters if not letter.unseen and letter.text.strip()]
    most = max(set(turned), key=turned.count) if turned else 0
    if most:
        page = _held(page, most)
        found = drawn(page, layers_off)
    _without_shading_of_lines(page)
    filled = fields(page)
    scanned = _through_pictures(page, found)
    _strike(page, found, filled)
    letters = [one for one in found.letters if not one.unseen and not written_over(one, filled.boxes)] + filled.letters
    count = sum(not letter.text.isspace() for letter in letters)
    covered = sum(_common(box, page.bbox) for box, _ in found.pictures) > 0.5 * page.width * page.height
    outlines = count == 0 and len(page.curves) > _MANY_CURVES  # letters drawn as shapes, which are as good as a picture of them
    picture = outlines or (bool(found.pictures) and (count == 0 or (covered and count < _FEW_LETTERS)))
    struck_out = any(one.unseen == seen.STRUCK for one in found.letters)
    on_page = OnPage(_blocks(page, _Paper.of(page, number, most), letters, struck_out), _noticed(number, found, filled), picture, scanned)
    page.close()
    return on_page


def _without_shading_of_lines(page: Page) -> None:
    """Takes filled boxes away that lie in a cell filled with the same colour: nobody sees them, and their edges are no rules of a table.

    Word shades each line of a shaded cell a second time.
    """
    fills = [box for box in page.rects if box["fill"] and not box["stroke"] and min(box["height"], box["width"]) > SAME_EDGE]
    if len(fills) > _MOST_FILLS:
        return
    unseen = {id(box) for box in fills if any(_shades(cell, box) for cell in fills)}
    if unseen:
        page.objects["rect"] = [box for box in page.rects if id(box) not in unseen]


def _shades(cell: dict, box: dict) -> bool:
    """Whether a filled cell shows its own colour where the box of one of its lines lies, between the margins of the cell."""
    margins = box["x0"] - cell["x0"], cell["x1"] - box["x1"]
    inside = cell["top"] <= box["top"] + 0.5 and box["bottom"] <= cell["bottom"] + 0.5
    return inside and all(0 < margin <= _WIDEST_MARGIN for margin in margins) and cell["non_stroking_color"] == box["non_stroking_color"]


def _held(page: Page, turned: int) -> Page:
    """The page as a person holds it to read letters that are turned."""
    page.close()
    page.page_obj.rotate = page.page_obj.attrs["Rotate"] = (page.page_obj.rotate + turned) % 360
    return Page(page.pdf, page.page_obj, page.page_number)


def _through_pictures(page: Page, found: Drawn) -> bool:
    """Whether letters of the page were read from its picture by a program: printed invisibly over it, or before it, which then hides them.

    A person sees them in the picture.
    """
    large = [(box, order) for box, order in found.pictures if _common(box, page.bbox) > 0.5 * page.width * page.height]
    read = 0
    for letter in found.letters:
        if letter.unseen == seen.INVISIBLE and any(_holds(box, letter) for box, _ in found.pictures):
            letter.unseen = ""
            read += 1
        elif not letter.unseen and any(order > letter.order and _holds(box, letter) for box, order in large):
            read += 1
    return read > _FEW_LETTERS


def _strike(page: Page, found: Drawn, filled: Fields) -> None:
    corners = {edge["x0"] for edge in page.edges if edge["orientation"] == "v"} if found.bars else set()
    out = struck(found.letters, found.bars, corners)
    out += [letter for box in filled.struck for letter in found.letters if _holds(box, letter)]
    for letter in out:
        letter.unseen = letter.unseen or seen.STRUCK


def _noticed(number: int, found: Drawn, filled: Fields) -> list[Noticed]:
    """What a page holds and does not show: one finding for each reason, with what it was."""
    unseen: dict[str, list[Letter]] = {}
    for letter in found.letters:
        if letter.unseen:
            unseen.setdefault(_UNSEEN.get(letter.unseen, "hidden_text"), []).append(letter)
    texts = {rule: [_flat(some)] for rule, some in unseen.items()}
    texts.setdefault("hidden_text", []).extend(filled.unseen)
    texts["comment_left_out"] = filled.comments
    raws = [(rule, " ".join(" ".join(some).split())) for rule, some in texts.items()]
    raws += [("attached_file", name) for name in filled.files]
    return [Noticed(rule, f"page {number}", raw[:_MOST_RAW]) for rule, raw in raws if raw]


def _flat(some: list[Letter]) -> str:
    """Letters in the order of the file: what is hidden may stand where something else stands."""
    text, before = "", None
    for one in clusters(some):
        text += one.text if before is None or (one.middle == before.middle and -1 < one.x0 - before.x1 < 0.3 * one.size) else " " + one.text
        before = one
    return plain(text)


def _holds(box: Box, letter: Letter) -> bool:
    x, y = letter.centre
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _common(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    across, down = (min(one[at + 2], other[at + 2]) - max(one[at], other[at]) for at in (0, 1))
    return max(across, 0) * max(down, 0)


# --- tables and lines --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Paper:
    """What of a page is shown (points), so that what stands on it is told in parts of it; `turned` as of the box of a cell."""

    number: int
    shown: Box
    turned: int

    @classmethod
    def of(cls, page: Page, number: int, turned: int) -> "_Paper":
        shown = tuple(edge(one, other) for edge, one, other in zip((max, max, min, min), page.cropbox, page.mediabox, strict=True))
        return cls(number, shown if shown[0] < shown[2] and shown[1] < shown[3] else tuple(page.mediabox), turned)

    def place(self, line: int) -> str:
        return f"page {self.number} line {line}"

    def box(self, box: Box) -> PageBox:
        left, top, right, bottom = self.shown
        edges = zip(box, (left, top) * 2, (right, bottom) * 2, strict=True)
        parts = (min(max((edge - first) / (last - first), 0), 1) for edge, first, last in edges)
        return PageBox(self.number, *(round(part, 5) for part in parts), self.turned)

    def around(self, line: list[Cluster]) -> PageBox | None:
        """The box of what stands on a line; nothing where nothing does."""
        if not line:
            return None
        tops, bottoms = zip(*((one.middle - 0.6 * one.size, one.middle + 0.6 * one.size) for one in line), strict=True)
        return self.box((min(one.x0 for one in line), min(tops), max(one.x1 for one in line), max(bottoms)))


def _blocks(page: Page, paper: _Paper, letters: list[Letter], struck_out: bool) -> list[Paragraph | Grid]:
    """Paragraphs and tables of a page from top to bottom."""
    lines = lines_of(clusters(printed_once(letter for letter in letters if not letter.turned)))
    aside = printed_once(letter for letter in letters if letter.turned)
    # what was struck out leaves the space before it at the end of its line
    sheet = _Sheet(paper, lines, aside, not struck_out and spaces_are_kept(lines))
    placed: list[Placed] = []
    for table in _drawn_tables(page):
        cells = [[sheet.cell(box) if box else None for box in row.cells] for row in table.rows]
        if max(map(len, cells)) >= 2 and any(cell and cell.line for row in cells for cell in row):
            placed.append((table.bbox[1], _grid(page, paper, table, cells)))
            sheet.taken |= {one for row in cells for cell in row if cell for one in cell.holds}
    rest = [(at, left) for at, line in enumerate(lines, 1) if (left := [cluster for cluster in line if id(cluster) not in sheet.taken])]
    for side_by_side in _columns_of_text(rest):
        if len(side_by_side) > 1:  # a person reads down the left column first
            top = min(column[0][1][0].middle for column in side_by_side)
            placed += [(top, block) for column in side_by_side for _, block in _undrawn(column, [], paper)]
            continue
        for run, columns in table_runs(side_by_side[0]):
            placed += _undrawn(run, columns, paper)
    placed += sheet.beside()
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


@dataclass
class _Cell:
    text: str
    line: int | None  # on which line of the page it begins; None: empty
    holds: set[int]  # ids of its letters


class _Sheet:
    """The lines of a page, and the letters that stand sideways, to be asked by their places."""

    def __init__(self, paper: _Paper, lines: list[list[Cluster]], aside: list[Letter], kept: bool):
        self.paper, self.aside = paper, aside
        self.placed = sorted(((one.middle, at, one) for at, line in enumerate(lines, 1) for one in line), key=lambda one: one[0])
        self.middles = [middle for middle, _, _ in self.placed]
        self.taken: set[int] = set()
        self.kept = kept  # whether spaces at the ends of lines are printed

    def line_at(self, y: float) -> int:
        """The number of the line that stands at or before a height of the page."""
        at = bisect_right(self.middles, y)
        return self.placed[at - 1][1] if at else 1

    def cell(self, box: Box) -> _Cell:
        x0, top, x1, bottom = box
        near = self.placed[bisect_left(self.middles, top) : bisect_left(self.middles, bottom)]
        level = [(at, one) for _, at, one in near if x0 <= (one.x0 + one.x1) / 2 < x1]
        aside = [one for one in self.aside if _holds(box, one)]
        texts = [cell_text(lines_of([one for _, one in level]), x0, x1, self.kept)] if level else []
        for turned in sorted({one.turned for one in aside}):
            left, _, right, _ = turned_box(box, turned)
            texts.append(cell_text(lines_of(clusters(straightened((one for one in aside if one.turned == turned), turned))), left, right))
        line = min((at for at, _ in level), default=self.line_at(bottom) if aside else None)
        return _Cell(plain("\n".join(texts)), line, {id(one) for _, one in level} | {id(one) for one in aside})

    def beside(self) -> list[Placed]:
        """Paragraphs of the letters that stand sideways and in no table, each way by itself."""
        rest = [one for one in self.aside if id(one) not in self.taken]
        paragraphs: list[Placed] = []
        for turned in sorted({one.turned for one in rest}):
            some = [one for one in rest if one.turned == turned]
            top = min(one.top for one in some)
            place = self.paper.place(self.line_at(top))
            box = self.paper.box((min(one.x0 for one in some), top, max(one.x1 for one in some), max(one.bottom for one in some)))
            lines = lines_of(clusters(straightened(some, turned)))
            paragraphs += [(top, Paragraph(text, place, box=box)) for line in lines if (text := plain(line_text(line)))]
        return paragraphs


def _grid(page: Page, paper: _Paper, drawn, cells: list[list[_Cell | None]]) -> Grid:
    rows = []
    first = line = min(cell.line for row in cells for cell in row if cell and cell.line)
    above: dict[int, tuple[float, str]] = {}  # column -> where its last cell ends, and its text
    for boxes, row in zip(drawn.rows, cells, strict=True):
        line = min((cell.line for cell in row if cell and cell.line), default=line)
        places = [cell.line if cell and cell.line else line for cell in row]
        texts = [cell.text if cell else "" for cell in row]
        top = min(box[1] for box in boxes.cells if box)
        over = ["" if box or at not in above or above[at][0] <= top + SAME_EDGE else above[at][1] for at, box in enumerate(boxes.cells)]
        above |= {at: (box[3], text) for at, (box, text) in enumerate(zip(boxes.cells, texts, strict=True)) if box}
        at_hand = [paper.box(box) if box else None for box in boxes.cells]
        rows.append([Cell(text, paper.place(at), told, box=box) for text, at, told, box in zip(texts, places, over, at_hand, strict=True)])
    edges = sorted({round(box[0], 1) for row in drawn.rows for box in row.cells if box} | {round(drawn.bbox[2], 1)})
    horizontal = [edge["top"] for edge in page.edges if edge["orientation"] == "h"]
    drawn_at = [any(abs(y - edge) < SAME_EDGE for y in horizontal) for edge in (drawn.bbox[1], drawn.bbox[3])]
    return Grid(rows, paper.place(first), edges, not drawn_at[0], not drawn_at[1])


def _drawn_tables(page: Page):
    """Tables of lines. A row cut open by the page's end gets the line that is missing where its vertical lines end."""
    vertical = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > 8]
    ends = {min(edge["top"] for edge in vertical), max(edge["bottom"] for edge in vertical)} if vertical else set()
    return page.find_tables({"explicit_horizontal_lines": sorted(ends)})


def _undrawn(run: list[Line], columns: list[float], paper: _Paper) -> list[Placed]:
    """Lines of text as paragraphs or, where `columns` says where columns begin, as the rows of a table, each with its height."""
    if not columns:
        texts = [(line, plain(line_text(line)), paper.place(at)) for at, line in run]
        return [(line[0].middle, Paragraph(text, place, box=paper.around(line))) for line, text, place in texts if text]
    cells = [(at, _apart(line, columns)) for at, line in run]
    rows = [[Cell(plain(line_text(cell)), paper.place(at), box=paper.around(cell)) for cell in row] for at, row in cells]
    return [(run[0][1][0].middle, Grid(rows, rows[0][0].place, columns, False, False))]


def _apart(line: list[Cluster], columns: list[float]) -> list[list[Cluster]]:
    """What of a line stands in each column."""
    cells: list[list[Cluster]] = [[] for _ in columns]
    for cluster in line:
        cells[max(bisect_right(columns, cluster.x0) - 1, 0)].append(cluster)
    return cells


def _columns_of_text(lines: list[Line]) -> list[list[list[Line]]]:
    """Lines in runs; a run of two columns of text as its left column and its right one, each other run as one column.

    Two columns of text are about as wide as each other and wider than any label, with a gutter between them that no line crosses.
    """
    runs: list[list[list[Line]]] = []
    at = 0
    while at < len(lines):
        end, parts = at, []
        while end < len(lines) and len(merged := _merged(parts + _parts(lines[end][1]), lines[end][1][0].size)) <= 2:
            end, parts = end + 1, merged
            if len(parts) == 1 and parts[0][1] - parts[0][0] > 2 * _NARROWEST_COLUMN * lines[at][1][0].size:
                break  # a line of the whole page
        columns = _divided(lines[at:end], parts) if len(parts) == 2 else []
        if columns:
            runs.append(columns)
            at = end
            continue
        if runs and len(runs[-1]) == 1:
            runs[-1][0].append(lines[at])
        else:
            runs.append([[lines[at]]])
        at += 1
    return runs


def _divided(lines: list[Line], parts: list[tuple[float, float]]) -> list[list[Line]]:
    """The lines as a left and a right column, where they are two columns of text; else nothing."""
    widths = sorted(right - left for left, right in parts)
    if widths[0] < _NARROWEST_COLUMN * lines[0][1][0].size or widths[0] < 0.6 * widths[1]:
        return []
    sides = [(at, _apart(line, [left for left, _ in parts])) for at, line in lines]
    columns = [[(at, side[which]) for at, side in sides if any(one.text.strip() for one in side[which])] for which in (0, 1)]
    cells = [sum(_has_gap(line) for _, line in column) for column in columns]
    text = all(2 * gaps < len(column) >= _FEWEST_LINES for gaps, column in zip(cells, columns, strict=True))
    return columns if text else []


def _has_gap(line: list[Cluster]) -> bool:
    """Whether letters of a line stand apart with no space printed between them, as cells of a table do and words do not."""
    return any(right.x0 - left.x1 > 0.5 * left.size and left.text.strip() and right.text.strip() for left, right in pairwise(line))


def table_runs(lines: list[Line]) -> list[tuple[list[Line], list[float]]]:
    """Runs of lines, each with where its columns begin: tables without lines, as OCR programs and score sheets print them.

    Columns are what stands on either side of a gutter, wider than a letter is high, that goes through at least three lines
    one after the other, each with text on both sides of some gutter. No columns: the lines are text.
    """
    runs: list[tuple[list[Line], list[float]]] = []
    at = 0
    while at < len(lines):
        parts = _parts(lines[at][1])
        end = at + 1
        while len(parts) > 1 and end < len(lines) and len(_parts(lines[end][1])) > 1:
            merged = _merged(parts + _parts(lines[end][1]), lines[end][1][0].size)
            if len(merged) < max(2, len(parts) - 1):
                break
            parts, end = merged, end + 1
        is_list = len(parts) == 2 and parts[0][1] - parts[0][0] < _LONGEST_NUMBER * lines[at][1][0].size  # numbers before the items
        is_table = len(parts) > 1 and end - at >= 3 and not is_list
        end = end if is_table else at + 1
        runs.append((lines[at:end], [left for left, _ in parts] if is_table else []))
        at = end
    return runs


def _parts(line: list[Cluster]) -> list[tuple[float, float]]:
    """The stretches of a line from left to right between gaps wider than its letters are high."""
    return _merged([(cluster.x0, cluster.x1) for cluster in line if cluster.text.strip()], line[0].size)


def _merged(stretches: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in sorted(stretches):
        if merged and left - merged[-1][1] <= gap:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged
