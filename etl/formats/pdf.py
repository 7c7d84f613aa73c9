"""PDF with a text layer: tables drawn with lines, and the printed lines between them. A place is `page 3 line 12`.

A table that goes on over pages is one table where its columns stand in the same places: headings repeated on the new
page are left out, and a row that the page end cut open is one row. Otherwise rows are as drawn on each page.
"""

import io
import logging
import re
import time
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from etl.formats.document import Cell, Paragraph, Table, Unreadable
from etl.formats.markup import plain
from etl.formats.watch import TooLong, memory, rewind
from etl.messages import message

MOST_PAGES = 500
MOST_MEGABYTES_OF_MEMORY = 700
_SECONDS_A_PAGE = 2  # a long document may take its time as long as it gets on like this
_SAME_EDGE = 3  # points
_LONGEST_WORD = 5  # heights of a line: Thai sets no spaces between words, so that where a word ends is not seen
_ITEM = re.compile(r"[-–•*✓]|\(?[0-9๐-๙]{1,2}[.)]")
_FURNITURE = re.compile(r"(หน้า(ที่)?|page|-|–|\s|/|จาก|of|[0-9๐-๙])*", re.IGNORECASE)

# What the library says about small damage is no message for people at a command line.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


@dataclass
class Cluster:
    """A letter with the marks above and below it: what stands at one place of a printed line."""

    text: str
    x0: float
    x1: float
    middle: float
    size: float


@dataclass
class Grid:
    """A table as drawn on one page; `open_top` and `open_bottom`: the page's end cut its first or last row open."""

    rows: list[list[Cell]]
    place: str
    columns: list[float]
    open_top: bool
    open_bottom: bool


def pdf_blocks(data: bytes) -> list[Paragraph | Table]:
    """Blocks of all pages in reading order. Unreadable: damaged, locked, a scan, fonts without letters, too many pages."""
    blocks: list[Paragraph | Grid] = []
    scans = 0
    page_number = 0
    try:
        with memory(MOST_MEGABYTES_OF_MEMORY), pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = len(pdf.pages)
            if pages > MOST_PAGES:
                raise Unreadable(*message("too_many_pages", pages=pages, limit=MOST_PAGES))
            begun = time.monotonic()
            for page_number, page in enumerate(pdf.pages, 1):
                on_page = _page_blocks(page, page_number)
                scans += not on_page and bool(page.images)
                blocks += on_page
                page.close()
                if time.monotonic() - begun < page_number * _SECONDS_A_PAGE:
                    rewind()
    except (Unreadable, TooLong):
        raise
    except (PDFPasswordIncorrect, PdfminerException, PDFException) as error:
        locked = isinstance(error, PDFPasswordIncorrect) or any(isinstance(one, PDFPasswordIncorrect) for one in error.args)
        raise Unreadable(*message("locked" if locked else "not_pdf", place=f"page {page_number or 1}")) from None
    except Exception:  # a damaged PDF makes the library fail in any way: KeyError, AssertionError, struct.error, MemoryError
        raise Unreadable(*message("not_pdf", place=f"page {page_number or 1}")) from None
    if not blocks or scans * 2 > pages:
        raise Unreadable(*message("scan", pages=scans or pages, of=pages))
    texts = "".join(block.text for block in blocks if isinstance(block, Paragraph))
    texts += "".join(cell.text for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    if 6 * texts.count("(cid:") > len(texts) / 3:
        raise Unreadable(*message("no_letters"))
    return [block if isinstance(block, Paragraph) else _table(block) for block in _joined(blocks)]


def _table(grid: Grid) -> Table:
    return Table(tuple(map(tuple, grid.rows)), grid.place)


# --- one page ----------------------------------------------------------------------------------------------------------


def _page_blocks(page: Page, number: int) -> list[Paragraph | Grid]:
    """Paragraphs and tables of a page from top to bottom."""
    clusters = _clusters(_printed_once([char for char in page.chars if char.get("upright", True)]))
    lines = _lines(clusters)
    line_of = {id(cluster): at for at, line in enumerate(lines, 1) for cluster in line}
    placed: list[tuple[float, Paragraph | Grid]] = []
    taken: set[int] = set()
    for drawn in _drawn_tables(page):
        cells = [[_inside(clusters, box) if box else [] for box in row.cells] for row in drawn.rows]
        first = min((line_of[id(one)] for row in cells for cell in row for one in cell), default=None)
        if first is None or max(map(len, cells)) < 2:
            continue
        taken |= {id(one) for row in cells for cell in row for one in cell}
        placed.append((drawn.bbox[1], _grid(page, number, drawn, cells, line_of)))
    rest = [(at, left) for at, line in enumerate(lines, 1) if (left := [cluster for cluster in line if id(cluster) not in taken])]
    for run, columns in _runs(rest):
        placed += _undrawn(run, columns, number)
    return [block for _, block in sorted(placed, key=lambda one: one[0])]


def _grid(page: Page, number: int, drawn, cells: list[list[list[Cluster]]], line_of: dict[int, int]) -> Grid:
    rows = []
    first = line = min(line_of[id(one)] for row in cells for cell in row for one in cell)
    above: dict[int, tuple[float, str]] = {}  # column -> where its last cell ends, and its text
    for boxes, row in zip(drawn.rows, cells, strict=True):
        line = min((line_of[id(one)] for cell in row for one in cell), default=line)
        places = [min((line_of[id(one)] for one in cell), default=line) for cell in row]
        texts = [plain(_cell_text(cell, box)) if cell else "" for cell, box in zip(row, boxes.cells, strict=True)]
        top = min(box[1] for box in boxes.cells if box)
        over = ["" if box or at not in above or above[at][0] <= top + _SAME_EDGE else above[at][1] for at, box in enumerate(boxes.cells)]
        above |= {at: (box[3], text) for at, (box, text) in enumerate(zip(boxes.cells, texts, strict=True)) if box}
        rows.append([Cell(text, f"page {number} line {at}", told) for text, at, told in zip(texts, places, over, strict=True)])
    edges = sorted({round(box[0], 1) for row in drawn.rows for box in row.cells if box} | {round(drawn.bbox[2], 1)})
    horizontal = [edge["top"] for edge in page.edges if edge["orientation"] == "h"]
    drawn_at = [any(abs(y - edge) < _SAME_EDGE for y in horizontal) for edge in (drawn.bbox[1], drawn.bbox[3])]
    return Grid(rows, f"page {number} line {first}", edges, not drawn_at[0], not drawn_at[1])


def _drawn_tables(page: Page):
    """Tables of lines. A row cut open by the page's end gets the line that is missing where its vertical lines end."""
    vertical = [edge for edge in page.edges if edge["orientation"] == "v" and edge["height"] > 8]
    ends = {min(edge["top"] for edge in vertical), max(edge["bottom"] for edge in vertical)} if vertical else set()
    return page.find_tables({"explicit_horizontal_lines": sorted(ends)})


def _undrawn(run: list[tuple[int, list[Cluster]]], columns: list[float], number: int) -> list[tuple[float, Paragraph | Grid]]:
    """Lines of text as paragraphs or, where `columns` says where columns begin, as the rows of a table, each with its height."""
    if not columns:
        texts = [(line[0].middle, plain(_text(line)), f"page {number} line {at}") for at, line in run]
        return [(middle, Paragraph(text, place)) for middle, text, place in texts if text]
    rows = []
    for at, line in run:
        cells: list[list[Cluster]] = [[] for _ in columns]
        for cluster in line:
            cells[max(bisect_right(columns, cluster.x0) - 1, 0)].append(cluster)
        rows.append([Cell(plain(_text(cell)), f"page {number} line {at}") for cell in cells])
    return [(run[0][1][0].middle, Grid(rows, rows[0][0].place, columns, False, False))]


def _runs(lines: list[tuple[int, list[Cluster]]]) -> list[tuple[list[tuple[int, list[Cluster]]], list[float]]]:
    """Runs of lines, each with where its columns begin: tables without lines, as OCR programs and score sheets print them.

    Columns are what stands on either side of a gutter, wider than a letter is high, that goes through at least three lines
    one after the other, each with text on both sides of some gutter. No columns: the lines are text.
    """
    runs: list[tuple[list[tuple[int, list[Cluster]]], list[float]]] = []
    at = 0
    while at < len(lines):
        parts = _parts(lines[at][1])
        end = at + 1
        while len(parts) > 1 and end < len(lines) and len(_parts(lines[end][1])) > 1:
            merged = _merged(parts + _parts(lines[end][1]), lines[end][1][0].size)
            if len(merged) < max(2, len(parts) - 1):
                break
            parts, end = merged, end + 1
        is_list = len(parts) == 2 and parts[0][1] - parts[0][0] < _LONGEST_WORD * lines[at][1][0].size  # numbers before the items
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


def _inside(clusters: list[Cluster], box: tuple[float, float, float, float]) -> list[Cluster]:
    x0, top, x1, bottom = box
    return [one for one in clusters if top <= one.middle < bottom and x0 <= (one.x0 + one.x1) / 2 < x1]


# --- letters -----------------------------------------------------------------------------------------------------------


def _printed_once(chars: list[dict]) -> list[dict]:
    """Without the second printing, less than a point beside the first, that some programs use for bold.

    pdfplumber's own dedupe_chars takes time by the square of the letters, and no alarm can stop it.
    """
    seen: set[tuple[str, int, int]] = set()
    once = []
    for char in chars:
        x, y = round(char["x0"]), round(char["top"])
        if not any((char["text"], x + right, y + down) in seen for right in (-1, 0, 1) for down in (-1, 0, 1)):
            once.append(char)
            seen.add((char["text"], x, y))
    return once


def _clusters(chars: list[dict]) -> list[Cluster]:
    """Letters with the marks that follow them in the file: a mark is drawn over or under its letter, or even before it."""
    clusters: list[Cluster] = []
    for char, following in pairwise([*chars, {"text": ""}]):
        text, size = char["text"], char["size"]
        # Some programs write sara am as a nikhahit without a letter of its own, which comes out as a space without width.
        if text == " " and following["text"] == "า" and char["x1"] - char["x0"] < 0.05 * size:
            text = "\u0e4d"
        if clusters and _is_mark(text):
            clusters[-1].text += text
            clusters[-1].x1 = max(clusters[-1].x1, char["x1"])  # some fonts give marks a width of their own
        else:
            clusters.append(Cluster(text, char["x0"], char["x1"], (char["top"] + char["bottom"]) / 2, size))
    return clusters


def _is_mark(text: str) -> bool:
    return bool(re.fullmatch("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf701-\uf70e\uf710-\uf71a]", text))


def _lines(clusters: list[Cluster]) -> list[list[Cluster]]:
    """Printed lines from top to bottom, each from left to right."""
    lines: list[list[Cluster]] = []
    for cluster in sorted(clusters, key=lambda one: one.middle):
        if lines and cluster.middle - lines[-1][0].middle < 0.5 * cluster.size:
            lines[-1].append(cluster)
        else:
            lines.append([cluster])
    return [sorted(line, key=lambda one: one.x0) for line in lines]


def _cell_text(clusters: list[Cluster], box: tuple[float, float, float, float]) -> str:
    """Lines of a cell, where those that the width of the cell broke are joined again, with a space: it may have been one."""
    lines = _lines(clusters)
    if not lines:
        return ""
    right = box[2] - max(0, min(line[0].x0 for line in lines) - box[0])
    text = _text(lines[0])
    for above, below in pairwise(lines):
        again = _text(below)
        text += (" " if _wraps(above, below, right) and not _ITEM.match(again) else "\n") + again
    return text


def _wraps(above: list[Cluster], below: list[Cluster], right: float) -> bool:
    """Whether what stands first in the line below had no room at the end of the line above."""
    word = next((at for at, cluster in enumerate(below) if cluster.text == " "), len(below)) - 1
    width = min(below[max(word, 0)].x1 - below[0].x0, _LONGEST_WORD * below[0].size)
    return right - above[-1].x1 < width


def _text(line: list[Cluster]) -> str:
    """The letters of a line, with a space where there is a gap and none is printed."""
    text = ""
    for at, cluster in enumerate(line):
        if at and cluster.x0 - line[at - 1].x1 > 0.3 * cluster.size and not text.endswith(" ") and cluster.text != " ":
            text += " "
        text += cluster.text
    return text


# --- over pages --------------------------------------------------------------------------------------------------------


def _joined(blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
    joined: list[Paragraph | Grid] = []
    for block in blocks:
        before = _table_before(joined, block) if isinstance(block, Grid) else None
        if before is None:
            joined.append(block)
            continue
        rows = block.rows[_repeated_headings(before, block) :]
        if rows and before.open_bottom:
            before.rows[-1] = [_continued(above, below) for above, below in zip(before.rows[-1], rows.pop(0), strict=True)]
        before.rows += rows
        before.open_bottom = block.open_bottom
    return joined


def _table_before(blocks: list[Paragraph | Grid], grid: Grid) -> Grid | None:
    """The table of the page before that `grid` goes on with: same columns, and only page numbers between them."""
    for block in reversed(blocks):
        if isinstance(block, Grid):
            same = len(block.columns) == len(grid.columns) and all(
                abs(a - b) < _SAME_EDGE for a, b in zip(block.columns, grid.columns, strict=True)
            )
            return block if same and _page(block.rows[-1][0].place) + 1 == _page(grid.place) else None
        if not _FURNITURE.fullmatch(block.text):
            return None
    return None


def _page(place: str) -> int:
    return int(place.split()[1])


def _repeated_headings(above: Grid, below: Grid) -> int:
    count = 0
    for first, again in zip(above.rows, below.rows, strict=False):
        if [cell.text for cell in first] != [cell.text for cell in again]:
            break
        count += 1
    return count


def _continued(above: Cell, below: Cell) -> Cell:
    return Cell("\n".join(filter(None, (above.text, below.text))), above.place if above.text else below.place)
