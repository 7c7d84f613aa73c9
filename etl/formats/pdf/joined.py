"""Blocks of pages, printed or read from pictures, as those of one document: a table that goes on over pages is one."""

import re

from rapidfuzz import fuzz

from etl.formats.document import Block, Cell, Paragraph, Table
from etl.formats.pdf.page import SAME_EDGE, Grid

_FURNITURE = re.compile(r"(หน้า(ที่)?|page|-|–|\s|/|จาก|of|[0-9๐-๙])*", re.IGNORECASE)
_SAME_HEADING = 85  # of 100: likeness of a heading and the same one on the next page, both read from pictures


def joined_blocks(blocks: list[Paragraph | Grid]) -> list[Block]:
    """Blocks of pages as those of the document: a table that goes on over pages is one."""
    return [block if isinstance(block, Paragraph) else _table(block) for block in _joined(blocks)]


def _table(grid: Grid) -> Table:
    return Table(tuple(map(tuple, grid.rows)), grid.place, grid.repeated)


def _joined(blocks: list[Paragraph | Grid]) -> list[Paragraph | Grid]:
    joined: list[Paragraph | Grid] = []
    for block in blocks:
        before = _table_before(joined, block) if isinstance(block, Grid) else None
        if before is None:
            joined.append(block)
            continue
        again = _repeated_headings(before, block)
        before.repeated += sum(len("".join(cell.text.split())) for row in block.rows[:again] for cell in row)
        rows = block.rows[again:]
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
                abs(a - b) < SAME_EDGE for a, b in zip(block.columns, grid.columns, strict=True)
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
        if len(first) != len(again) or not all(map(_alike, first, again)) or not any(cell.text for cell in first):
            break
        count += 1
    return count


def _alike(cell: Cell, again: Cell) -> bool:
    """Whether two cells have the same text, wherever its lines break; read from pictures, a letter in ten may differ."""
    if cell.confidence is None or again.confidence is None:
        return "".join(cell.text.split()) == "".join(again.text.split())
    return fuzz.ratio(cell.text, again.text) >= _SAME_HEADING


def _continued(above: Cell, below: Cell) -> Cell:
    chances = [cell.confidence for cell in (above, below) if cell.confidence is not None]
    return Cell(
        "\n".join(filter(None, (above.text, below.text))),
        above.place if above.text else below.place,
        unsure=above.unsure or below.unsure,
        box=above.box if above.text else below.box,
        confidence=min(chances, default=None),
    )
