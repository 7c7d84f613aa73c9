"""A picture of a page -> its paragraphs and tables, as of any other format: the steps of reading a scan, in their order."""

import re
from dataclasses import dataclass, replace

import cv2
import numpy as np

from etl.formats.document import UNREAD, Box, Cell, Noticed, Paragraph
from etl.formats.pdf.lines import Cluster
from etl.formats.pdf.page import Grid, OnPage, table_runs
from etl.formats.scan.months import months_of, settled
from etl.formats.scan.numerals import Symbol, symbols_of
from etl.formats.scan.overlaid import without_overlaid
from etl.formats.scan.page import (
    DARK,
    Parts,
    body_height,
    body_of,
    ink_of,
    parts_of,
    sideways,
    solid,
    straight,
    with_dark_letters,
    without_dust,
    without_holes,
)
from etl.formats.scan.photograph import sheet_of
from etl.formats.scan.print import Line, print_lines, strip_of
from etl.formats.scan.prose import english_letters_of, letters_of, second_opinions
from etl.formats.scan.ruled import Ruled, level_tables, lines_of, ruled_tables
from etl.formats.scan.words import (
    CODE_ALONE,
    Said,
    beside_thai,
    code_like,
    english_row,
    explained,
    gaps_of,
    hidden,
    in_english,
    lone,
    numbered_from_one,
    reconciled,
    runs_of,
    spoken,
    with_codes,
    without,
)
from etl.printed.thai import joined

_MARGIN = 4  # pixels around a line
_EM = 1.7  # heights of a letter's body: gaps between columns are wider
_LEAST_AREA = 3  # pixels: less is dust
_WIDTH = 300  # of a table, whatever its picture's size: where columns stand is compared in these units
_LONGEST_WORD = 5  # heights of a line: Thai sets no spaces between words, so that where a word ends is not seen
_FEWEST_STROKES, _SMALLER = 10, 0.8  # of a cell whose own letters are measured; of the page's: print of another size
_FEWEST_DIVIDED, _ROOM = 3, 0.3  # columns of headings without lines between them; heights of a letter that their borders keep free
_LETTERS_OF_A_LINE = 8  # what stands alone may be dust
_FARTHEST_LINE = 4  # heights of a letter: from one line of a paragraph to the next
_UPSIDE_DOWN, _LEGIBLE = 0.9, 0.8  # how sure a page's reading is: below, it is tried the other way up; below, it is not taken
_SURELY_ENGLISH = 0.85
_PROSE = re.compile(r"[^\W\d_]{2}")
_YEAR_FOLLOWS = re.compile(r"(?:ปีงบประมาณ|ประจำ(?:ปี)?|พ\.ศ\.)\s*$")
_YEAR_FIRST = re.compile(rf"(?:ปีงบประมาณ\s*|ปี\s*)?(?:พ\.ศ\.\s*)?[0-9๐-๙{UNREAD}]{{4}}(?![0-9๐-๙])")
# What begins a line of its own: an item, the number of a letter ("ที่ นน 0010/301"), or a label ("มาตรการที่ ๑ : ...").
_ITEM = re.compile(r"[-–•*✓☐☑☒]|\(?[0-9๐-๙]{1,2}[.)]|ที่\s[ก-ฮ]{1,4}\s?[0-9๐-๙]{3}|[ก-ฮเ-ไ][ก-๎/ ]{2,30}(?:[0-9๐-๙]{1,2}\s?)?:\s")

_RANGE_OPEN = re.compile(r"[^\s–—-]\s?[-–—]$|ถึง$")  # the end of a range stands in the next line, however much room is left


@dataclass(slots=True)
class _Region:
    """A cell, or what lies outside of tables, with its lines."""

    box: tuple[int, int, int, int]
    lines: list[int]  # numbers of the page's lines


def read_picture(grey: np.ndarray, number: int) -> OnPage:
    """What stands on the picture of page `number`. A page without print is empty; of one that cannot be made out a finding says so."""
    picture = grey.shape
    grey, back = sheet_of(grey)
    turned = 0
    if sideways(grey):
        back = back @ _turned_back(grey, 90)
        grey, turned = np.rot90(grey), 270
    page = _page_of(grey, _Paper(number, turned, back, picture))
    if page and page.legible < _UPSIDE_DOWN:
        other = _Paper(number, (turned + 180) % 360, back @ _turned_back(grey, 180), picture)
        page = max((one for one in (page, _page_of(np.rot90(grey, 2), other)) if one), key=lambda one: one.legible)
    if not page:
        return OnPage([], [], False, False)
    if page.legible < _LEGIBLE:
        return OnPage([], [Noticed("page_not_legible", f"page {number}")], False, False)
    return OnPage(page.blocks(), [], False, False)


def _turned_back(grey: np.ndarray, degrees: int) -> np.ndarray:
    """The matrix that leads from the pixels of `grey`, turned against the clock, back to those before."""
    height, width = grey.shape
    turned = {90: [[0, -1, width], [1, 0, 0], [0, 0, 1]], 180: [[-1, 0, width], [0, -1, height], [0, 0, 1]]}
    return np.float64(turned[degrees])


@dataclass
class _Paper:
    """The sheet whose picture is read: how its page is turned, and the matrix that leads from what is read back to the picture's pixels."""

    number: int
    turned: int  # degrees with the clock
    back: np.ndarray
    picture: tuple[int, int]  # height and width

    def box(self, box: tuple[float, float, float, float]) -> Box:
        """A box of the straightened page where it stands on the picture, turned as one looks at it."""
        left, top, right, bottom = box
        x, y, far = self.back @ np.float64([[left, right, right, left], [top, top, bottom, bottom], [1, 1, 1, 1]])
        x, y = x / far / self.picture[1], y / far / self.picture[0]
        for _ in range(self.turned // 90):
            x, y = 1 - y, x
        edges = (x.min(), y.min(), x.max(), y.max())
        return Box(self.number, *(round(float(min(max(edge, 0), 1)), 5) for edge in edges), self.turned)


def _page_of(grey: np.ndarray, paper: _Paper) -> "_Page | None":
    """The page read; None where there is no print."""
    grey, back = straight(np.ascontiguousarray(grey))
    paper.back = paper.back @ back
    ink = ink_of(grey)
    parts = parts_of((ink > DARK).astype(np.uint8))
    body = body_height(parts)
    if body is None:
        return None
    bright = with_dark_letters(ink, body)
    if bright is not ink:
        ink, parts = bright, parts_of((bright > DARK).astype(np.uint8))
    ink = without_holes(ink, parts, body)
    across, down = lines_of(ink, body)
    tables = ruled_tables(across, down, ink, body)
    rules = cv2.dilate(across | down, np.ones((3, 3), np.uint8))
    ink, *pens = without_overlaid(ink * (1 - rules), rules, body)
    ink = without_dust(ink, parts_of((ink > DARK).astype(np.uint8)), body)
    parts = parts_of((ink > DARK).astype(np.uint8))
    return _Page(ink, parts, pens, body, tables + level_tables(across, parts.boxes[1:], tables, body), paper)


def _around(one: Box, other: Box) -> Box:
    """The box of both, of one page."""
    return one._replace(x0=min(one.x0, other.x0), y0=min(one.y0, other.y0), x1=max(one.x1, other.x1), y1=max(one.y1, other.y1))


def _box(table: Ruled, cell: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    first, after, left, right = cell
    return table.xs[left], table.ys[first], table.xs[right], table.ys[after]


def _with_whole_years(blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
    """The blocks, with a line that ends where a year must follow and the line that begins with it as one: a heading's end of line."""
    whole: list[Paragraph | Grid] = []
    for block in blocks:
        before = whole[-1] if whole else None
        lines = isinstance(before, Paragraph) and isinstance(block, Paragraph)
        if lines and _YEAR_FOLLOWS.search(before.text) and _YEAR_FIRST.match(block.text):
            chance = min(before.confidence, block.confidence)
            whole[-1] = replace(
                before,
                text=joined(before.text, block.text),
                unsure=before.unsure or block.unsure,
                confidence=chance,
                lines=before.lines + block.lines,
            )
        else:
            whole.append(block)
    return whole


class _Page:
    """The lines of a page: found region by region, then read all at once."""

    def __init__(self, ink: np.ndarray, parts: Parts, pens: list[np.ndarray], body: float, tables: list[Ruled], paper: _Paper):
        self.ink, self.parts, self.body, self.paper = ink, parts, body, paper
        self.pens = pens  # masks: strokes that could not be told from the print, and those that were taken away
        boxes = parts.boxes
        self.middles = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
        at_rim = (boxes[:, 0] == 0) | (boxes[:, 1] == 0) | (boxes[:, 2] == ink.shape[1]) | (boxes[:, 3] == ink.shape[0])
        self.free = (boxes[:, 4] >= _LEAST_AREA) & (parts.heights < 6 * body) & (parts.widths < 14 * body) & ~solid(parts, body) & ~at_rim
        self.free &= 2 * np.bincount(parts.labels[pens[0]], minlength=len(boxes)) < boxes[:, 4]
        self.free[0] = False
        self.line_of = np.zeros(len(boxes), np.int32)
        self.lines: list[Line] = []
        self.said: list[Said] = []
        tables = [self._divided(table) for table in tables]
        self.tables = [(table, [self._region(_box(table, cell)) for cell in table.cells]) for table in tables]
        self.outside = self._lines_of(np.flatnonzero(self.free), (0, 0, ink.shape[1], ink.shape[0]), body)
        self.undrawn = self._tables_of_gaps()
        self._read()

    def _legibility(self) -> float:
        """How sure Tesseract is of the page's prose (0 to 1), by letters; less the more signs of the page could not be read."""
        prose = [said for said in self.said if _PROSE.search(said.text)]
        sure = sum(said.chance * (len(said.text) - said.text.count(UNREAD)) for said in prose)
        letters, signs = sum(len(said.text) for said in prose), sum(len(said.text) for said in self.said)
        unread = sum(said.text.count(UNREAD) for said in self.said)
        return (sure / letters if letters else 1.0) * (1 - unread / (2 * signs) if signs else 1.0)

    def blocks(self) -> list[Paragraph | Grid]:
        """Paragraphs and tables from top to bottom."""
        placed: list[tuple[float, Paragraph | Grid]] = []
        for table, regions in self.tables:
            grid = self._grid(table, regions)
            if grid:
                placed.append((table.ys[0], grid))
        placed += [
            (self.lines[next(filter(None, rows[0])) - 1].bottom, self._undrawn_grid(rows, columns)) for rows, columns in self.undrawn
        ]
        placed += self._paragraphs()
        return _with_whole_years([block for _, block in sorted(placed, key=lambda one: one[0])])

    def _divided(self, table: Ruled) -> Ruled:
        """The table, a cell over several columns as one of each where there is print in all of them and none near their borders: headings
        between which no lines are drawn."""
        cells: list[tuple[int, int, int, int]] = []
        for cell in table.cells:
            first, after, left, right = cell
            columns = [(first, after, at, at + 1) for at in range(left, right)]
            apart = len(columns) >= _FEWEST_DIVIDED and self._apart(_box(table, cell), table.xs[left + 1 : right])
            cells += columns if apart else [cell]
        return replace(table, cells=cells)

    def _apart(self, box: tuple[int, int, int, int], borders: list[int]) -> bool:
        x, y = self.middles
        inside = self.parts.boxes[self.free & (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])]
        room = _ROOM * self.body
        free = not any(((inside[:, 0] < border + room) & (inside[:, 2] > border - room)).any() for border in borders)
        sides = [box[0], *borders, box[2]]
        return free and all(((inside[:, 0] >= left) & (inside[:, 2] <= right)).any() for left, right in zip(sides, sides[1:], strict=False))

    def _region(self, box: tuple[int, int, int, int]) -> _Region:
        x, y = self.middles
        inside = self.free & (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])
        self.free &= ~inside
        own = np.flatnonzero(inside)
        return self._lines_of(own, box, self._body_in(own))

    def _body_in(self, inside: np.ndarray) -> float:
        """How high letters are in a cell: where its print is smaller than the page's, as in headings, its lines stand nearer, too."""
        own = body_of(self.parts.boxes[inside]) if inside.size >= _FEWEST_STROKES else None
        return own if own and own < _SMALLER * self.body else self.body

    def _lines_of(self, inside: np.ndarray, box: tuple[int, int, int, int], body: float) -> _Region:
        numbers = []
        for line in print_lines(self.parts, inside, body) if inside.size else []:
            self.lines.append(line)
            self.line_of[line.parts] = len(self.lines)
            numbers.append(len(self.lines))
        return _Region(box, numbers)

    def _tables_of_gaps(self) -> list[tuple[list[list[int]], list[float]]]:
        """Tables without lines among the lines outside of tables: rows of the numbers of their cells' lines (0: none), and their columns.

        Their lines are divided where columns are, so that each cell is read by itself.
        """
        if not self.outside.lines:
            return []
        first = self.outside.lines[0] - 1
        whole, self.lines, self.outside.lines = self.lines[first:], self.lines[:first], []
        placed = [
            (at, [Cluster("x", *map(float, box), line.bottom, _EM * self.body) for box in self._spans(line)])
            for at, line in enumerate(whole)
        ]
        tables = []
        for run, columns in table_runs([one for one in placed if one[1]]):
            rows = []
            for at, _ in run:
                line = whole[at]
                lefts = self.parts.boxes[line.parts, 0]
                column = np.maximum(np.searchsorted(columns, lefts, side="right") - 1, 0) if columns else np.zeros(len(lefts), int)
                rows.append([self._added(line, line.parts[column == one]) for one in range(max(len(columns), 1))])
            if columns:
                tables.append((rows, columns))
            else:
                self.outside.lines += [number for row in rows for number in row if number]
        return tables

    def _spans(self, line: Line) -> np.ndarray:
        return self.parts.boxes[line.parts][:, [0, 2]]

    def _added(self, line: Line, own: np.ndarray) -> int:
        """The number of a new line of some parts of `line`; 0 where there are none."""
        if not own.size:
            return 0
        boxes = self.parts.boxes[own]
        box = (int(boxes[:, 0].min()), int(boxes[:, 1].min()), int(boxes[:, 2].max()), int(boxes[:, 3].max()))
        self.lines.append(Line(line.top, line.bottom, box, own))
        self.line_of[own] = len(self.lines)
        return len(self.lines)

    def _undrawn_grid(self, rows: list[list[int]], columns: list[float]) -> Grid:
        cells = []
        for row in rows:
            place = self._place(next(filter(None, row)))
            said = [(self.said[line - 1], self.paper.box(self.lines[line - 1].box)) if line else None for line in row]
            cells.append(
                [Cell(one[0].text, place, "", one[0].unsure, one[1], round(one[0].chance, 3)) if one else Cell("", place) for one in said]
            )
        edges = [(left - columns[0]) * _WIDTH / (columns[-1] - columns[0]) for left in columns]
        return Grid(cells, cells[0][0].place, edges, False, False)

    def _read(self) -> None:
        """Reads every line: our own reader first, then Tesseract where there is more than numbers, codes and marks."""
        strips, strokes = [], []
        for number, line in enumerate(self.lines, 1):
            left, top, right, bottom = line.box
            box = (
                max(0, left - _MARGIN),
                max(0, top - _MARGIN),
                min(self.ink.shape[1], right + _MARGIN),
                min(self.ink.shape[0], bottom + _MARGIN),
            )
            strips.append((strip_of(self.ink, self.parts, self.line_of, number, box), line.top - box[1], line.bottom - box[1]))
            strokes.append(self.parts.boxes[line.parts] - np.array([box[0], box[1], box[0], box[1], 0]))
        self.said = [Said("", 0.0, False)] * len(strips)
        prose = []
        runs_in = []
        found = symbols_of(strips)
        for at, (symbols, own, strip) in enumerate(zip(found, strokes, strips, strict=True)):
            spans, body = own[:, [0, 2]], strip[2] - strip[1]
            runs = hidden(runs_of(symbols, own[:, :4], strip[1], strip[2]), *self._pens_beside(self.lines[at]), body)
            runs_in.append(runs)
            if lone(symbols, spans):
                self.said[at] = Said("".join(one.letter for one in symbols), min(one.chance for one in symbols), False)
            elif explained(runs, spans, own[:, 3] - own[:, 1], body):
                self.said[at] = spoken(runs, [], gaps_of(spans, body))
            else:
                prose.append(at)
        self._read_codes(found)
        lines = [strips[at] for at in prose]
        bare = [(without(ink, runs_in[at]), top, bottom) for at, (ink, top, bottom) in zip(prose, lines, strict=True)]
        numbered = [any(run.text[-1].isdigit() for run in runs_in[at]) for at in prose]
        for at, letters in zip(prose, letters_of(bare, numbered), strict=True):
            body = strips[at][2] - strips[at][1]
            months, letters = settled(months_of(strips[at], strokes[at], runs_in[at]), letters, body)
            runs = [run for run in runs_in[at] if not any(month.left <= run.left and run.right <= month.right for month in months)]
            self.said[at] = spoken([*runs, *months], letters, gaps_of(strokes[at][:, [0, 2]], body))
        self.legible = self._legibility()  # of what stands there as both models see it: by one alone, dust is a word at times
        of_english_rows = self._in_english_rows()
        english = [at for at in prose if at in of_english_rows or in_english(self.said[at])]
        for at, letters in zip(english, english_letters_of([strips[at] for at in english]), strict=True):
            whole = [run for run in runs_in[at] if UNREAD not in run.text and run.text[-1].isdigit()]
            again = spoken(whole, letters, gaps_of(strokes[at][:, [0, 2]], strips[at][2] - strips[at][1]))
            if (
                again.chance >= _SURELY_ENGLISH
                and UNREAD not in again.text
                and not (beside_thai(said := self.said[at]) and said.chance > again.chance)
            ):
                self.said[at] = again
        for at, other in zip(prose, second_opinions(lines) or [], strict=False):
            self.said[at] = reconciled(self.said[at], other)
        self._number_lines()

    def _pens_beside(self, line: Line) -> list[np.ndarray]:
        """The columns, of a line's strip, in which strokes of a pen run through it or beside it: of either mask."""
        first = max(0, line.box[0] - round(self.body))
        window = (slice(round(line.top), round(line.bottom) + 1), slice(first, line.box[2] + round(self.body)))
        return [np.flatnonzero(pen[window].any(axis=0)) + first - max(0, line.box[0] - _MARGIN) for pen in self.pens]

    def _read_codes(self, symbols: list[list[Symbol]]) -> None:
        """Reads codes alone in their cells of which only the letter was not sure, as the others of their column."""
        for table, regions in self.tables:
            for column in {cell[2] for cell in table.cells}:
                cells = [region.lines for cell, region in zip(table.cells, regions, strict=True) if cell[2] == column]
                alone = [lines[0] - 1 for lines in cells if len(lines) == 1]
                codes = [self.said[at].text for at in alone if CODE_ALONE.fullmatch(self.said[at].text)]
                for at in alone:
                    if code := code_like(symbols[at], codes):
                        self.said[at] = Said(code, min(one.chance for one in symbols[at]), False)

    def _in_english_rows(self) -> set[int]:
        """The lines in table rows most of which is English: there a short word was taken for a few Thai letters."""
        found: set[int] = set()
        for table, regions in self.tables:
            for first in {cell[0] for cell in table.cells}:
                lines = [line - 1 for cell, region in zip(table.cells, regions, strict=True) if cell[0] == first for line in region.lines]
                found |= set(lines) if english_row([self.said[line].text for line in lines]) else set()
        return found

    def _number_lines(self) -> None:
        """Lines side by side, in the cells of a row, have one number on the page."""
        self.numbers = [0] * len(self.lines)
        last, count = -10.0 * self.body, 0
        for at in sorted(range(len(self.lines)), key=lambda one: self.lines[one].bottom):
            if self.said[at].text and self.lines[at].bottom - last > 0.6 * self.body:
                count += 1
                last = self.lines[at].bottom
            self.numbers[at] = count

    def _place(self, line: int) -> str:
        return f"page {self.paper.number} line {self.numbers[line - 1]}"

    def _paragraphs(self) -> list[tuple[float, Paragraph]]:
        """The lines outside of tables, with where they stand; one that the edge of the print broke is one with the line below it."""
        lines = [line for line in sorted(self.outside.lines, key=lambda one: self.lines[one - 1].bottom) if self.said[line - 1].text]
        lefts = [self.lines[line - 1].box[0] for line in lines if len(self.said[line - 1].text) >= _LETTERS_OF_A_LINE]
        edge = self.ink.shape[1] - min(lefts + [table.xs[0] for table, _ in self.tables], default=0)  # as much room as before the lines
        placed: list[tuple[float, Paragraph]] = []
        for before, line in zip([None, *lines], lines, strict=False):
            paragraph = self._paragraph(line)
            if before and self._goes_on(self.lines[before - 1], self.lines[line - 1], edge) and not _ITEM.match(paragraph.text):
                at, above = placed[-1]
                whole = {
                    "unsure": above.unsure or paragraph.unsure,
                    "confidence": min(above.confidence, paragraph.confidence),
                    "lines": above.lines + paragraph.lines,
                }
                placed[-1] = at, replace(above, text=joined(above.text, paragraph.text), box=_around(above.box, paragraph.box), **whole)
            else:
                placed.append((self.lines[line - 1].bottom, paragraph))
        return placed

    def _goes_on(self, above: Line, below: Line, edge: int) -> bool:
        """Whether a line ends at the edge of the print for want of room, and the one below it begins where lines begin."""
        room, indent, down = (one / self.body for one in (edge - above.box[2], below.box[0] - above.box[0], below.bottom - above.bottom))
        wide = above.box[2] - above.box[0] > 0.5 * self.ink.shape[1]
        between = any(above.bottom < table.ys[0] < below.bottom for table, _ in self.tables)
        return wide and room < _LONGEST_WORD and indent < 2 and 0 < down < _FARTHEST_LINE and not between

    def _paragraph(self, line: int) -> Paragraph:
        said, box = self.said[line - 1], self.paper.box(self.lines[line - 1].box)
        return Paragraph(said.text, self._place(line), said.unsure, box, round(said.chance, 3))

    def _grid(self, table: Ruled, regions: list[_Region]) -> Grid | None:
        """The table's rows: a merged cell's text stands at its first position, and those below it know it. None: a frame without print."""
        numbers = [line for region in regions for line in region.lines]
        columns = sorted({cell[2] for cell in table.cells})
        if not numbers or len(columns) < 2:
            return None
        rows: list[list[Cell]] = []
        row_place = self._place(min(numbers, key=lambda line: self.numbers[line - 1]))
        place = row_place
        begun = {(cell[0], cell[2]): (cell, region) for cell, region in zip(table.cells, regions, strict=True)}
        above: dict[int, tuple[int, str]] = {}
        for at in sorted({cell[0] for cell in table.cells}):
            here = [line for (first, _), (_, region) in begun.items() if first == at for line in region.lines]
            row_place = self._place(min(here, key=lambda line: self.numbers[line - 1])) if here else row_place
            row = []
            for column in columns:
                if (at, column) not in begun:
                    told = above.get(column, (0, ""))
                    row.append(Cell("", row_place, told[1] if told[0] > at else ""))
                    continue
                cell, region = begun[at, column]
                row.append(self._cell(region, row_place))
                for own in columns:
                    if cell[2] <= own < cell[3]:
                        above[own] = (cell[1], row[-1].text if own == column else "")
            rows.append(row)
        left, width = table.xs[0], table.xs[-1] - table.xs[0]
        edges = [(table.xs[column] - left) * _WIDTH / width for column in [*columns, len(table.xs) - 1]]
        return Grid(rows, place, edges, not table.closed[0], not table.closed[1])

    def _cell(self, region: _Region, row_place: str) -> Cell:
        said = [self.said[line - 1] for line in region.lines]
        text = self._text(region, [one.text for one in said])
        if any(one.noted for one in said):
            text = with_codes(text, self._text(region, [one.noted or one.text for one in said]))
        if not text and self._pen_in(region.box):
            return Cell(UNREAD, row_place, "", True, self.paper.box(region.box), 0.0)
        place = self._place(region.lines[0]) if region.lines else row_place
        chance = round(min((one.chance for one in said), default=1.0), 3)
        return Cell(numbered_from_one(text), place, "", any(one.unsure for one in said), self.paper.box(region.box), chance)

    def _text(self, region: _Region, lines: list[str]) -> str:
        """The lines of a cell as one text; those that are not broken by its edge stay lines."""
        text = ""
        for before, again in zip([None, *region.lines], lines, strict=False):
            if text and again:
                room = region.box[2] - self.lines[before - 1].box[2] - (self.lines[before - 1].box[0] - region.box[0])
                wrapped = (room < _LONGEST_WORD * self.body and not _ITEM.match(again)) or _RANGE_OPEN.search(text)
                text = joined(text, again) if wrapped else f"{text}\n{again}"
            else:
                text += again
        return text

    def _pen_in(self, box: tuple[int, int, int, int]) -> bool:
        """Whether a pen's stroke is so much of a cell that print may be under it."""
        left, top, right, bottom = box
        return int(self.pens[0][top:bottom, left:right].sum()) > self.body**2
