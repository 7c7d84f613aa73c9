"""Tables with cells over several columns and rows, as HTML and Word have them."""

from etl.formats.document import MOST_CELLS, Cell, Table, Unreadable
from etl.messages import message


def spread_table(rows: list[list[tuple[str, int, int]]], places: list[str]) -> list[Table]:
    """The table of rows of (text, columns, rows), each row with its place; nothing where no cell holds text.

    `rows` is 0 where a cell goes on with the merged one above it, as Word says it.

    The text of a cell stands once, at its first position, with an empty cell at each other position that it covers;
    those below it know the text above them.
    Columns in which no cell begins, and rows without cells, are left out. Unreadable: more cells than a report can have.
    """
    spread: list[list[Cell]] = []
    spanned: dict[int, tuple[int, str]] = {}  # column -> rows, this one included, that a cell from above still covers; its text
    begun: set[int] = set()
    count = 0
    for row, place in zip(rows, places, strict=True):
        empty = Cell("", place)
        cells: list[Cell] = []
        below = {column: (left - 1, above) for column, (left, above) in spanned.items() if left > 1}
        for text, columns, height in row:
            while len(cells) in spanned:
                cells.append(Cell("", place, above) if (above := spanned[len(cells)][1]) else empty)
            begun.add(len(cells))
            if height > 1:
                below |= dict.fromkeys(range(len(cells), len(cells) + columns), (height - 1, "")) | {len(cells): (height - 1, text)}
            cells += [Cell(text, place, "" if height else _above(spread, len(cells)))] + [empty] * (columns - 1)
            if count + len(cells) > MOST_CELLS:
                raise Unreadable(*message("too_many_cells", place=place, limit=MOST_CELLS))
        ends = (spanned[at][1] if at in spanned else "" for at in range(len(cells), max(spanned, default=-1) + 1))
        cells += [Cell("", place, above) if above else empty for above in ends]
        count += len(cells)
        spread.append(cells)
        spanned = below
    if not any(cell.text for row in spread for cell in row):
        return []
    kept = (tuple(cell for at, cell in enumerate(row) if at in begun) for row in spread)
    return [Table(tuple(row for row in kept if row), places[0])]


def _above(spread: list[list[Cell]], column: int) -> str:
    """The text of the merged cell that ends above a row, in one of its columns."""
    before = spread[-1][column] if spread and column < len(spread[-1]) else None
    return (before.text or before.above) if before else ""


def is_frame(cells: list[tuple[str, int]]) -> bool:
    """Whether a table of cells of (text, number of cells of tables inside it) only frames these tables."""
    inside = sum(inner for _, inner in cells)
    return inside >= max(4, sum(bool(text) and not inner for text, inner in cells))
