"""Sheets of any workbook format -> tables and paragraphs: what is hidden is left out and named, merged cells tell the rows below."""

from dataclasses import dataclass, field, replace

from etl.formats.document import MOST_CELLS, Block, Cell, Noticed, Paragraph, Unreadable
from etl.formats.markup import plain
from etl.formats.seen import split
from etl.formats.sheet import sheet_blocks
from etl.messages import message

_MOST_MERGED = 10_000  # ranges of a sheet that are looked at
_TALLEST = 200  # rows of one merged cell
_LONGEST_RAW = 120
LOWEST, NARROWEST = 2.0, 0.3  # points of a row, letters of a column: in less nobody reads anything


@dataclass
class Sheet:
    """One sheet as its format found it; rows and columns count from 0.

    `rows`: row -> column -> text shown. `merged`: (first row, first column, last row, last column). `masked`: cells whose number format
    shows nothing, with their value.
    """

    name: str
    visible: bool = True
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    noticed: list[Noticed] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)  # text boxes on top of the cells
    unseen: list[tuple[int, int]] = field(default_factory=list)  # cells in white letters without a fill
    colourful: bool = False  # whether a table's style or a condition may give cells a fill of which they themselves do not know

    def place(self, row: int, column: int) -> str:
        return f"{self.name}!{column_name(column)}{row + 1}"

    def put(self, row: int, column: int, text: str) -> None:
        if text:
            self.rows.setdefault(row, {})[column] = text

    def lay(self, row: int, column: int, text: str, box: str) -> None:
        """What lies on top of a cell: a box of a form is the cell's, other text stands by itself."""
        if box:
            before = self.rows.get(row, {}).get(column, "")
            self.put(row, column, " ".join(filter(None, (before, box, plain(text)))))
        else:
            self.boxes += [Paragraph(line, self.place(row, column)) for line in plain(text).split("\n") if line]

    def mask(self, row: int, column: int, value: object) -> None:
        """A cell whose number format shows nothing of its value."""
        self.noticed.append(Noticed("hidden_text", self.place(row, column), str(value)[:_LONGEST_RAW]))


def is_below(size: str | None, least: float) -> bool:
    """Whether a width or height, as a file writes it, is less than `least`; one that is not written, or is no number, is not.

    >>> is_below("0.75", LOWEST), is_below(None, LOWEST), is_below("auto", LOWEST)
    (True, False, False)
    """
    try:
        return size is not None and float(size) < least
    except ValueError:
        return False


def workbook_blocks(sheets: list[Sheet]) -> list[Block]:
    """Blocks of all sheets that show, in order. Unreadable: more cells than a report has."""
    blocks: list[Block] = []
    for sheet in sheets:
        _check_area(sheet)
        if not sheet.visible:
            if sheet.rows:
                blocks.append(Noticed("hidden_sheet", sheet.name, _sample(sheet, sheet.rows)))
            continue
        _show_merged(sheet)
        _without_unseen(sheet)
        blocks += _without_hidden(sheet)
        blocks += [*sheet.noticed, *sheet.boxes]
        blocks += sheet_blocks(_cells(sheet))
    return blocks


def column_name(number: int) -> str:
    """0 -> A, 26 -> AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _check_area(sheet: Sheet) -> None:
    """One cell at the far corner of a sheet fills it whole."""
    width = max((max(row) + 1 for row in sheet.rows.values()), default=0)
    if (max(sheet.rows, default=0) + 1) * width > 4 * MOST_CELLS or sum(map(len, sheet.rows.values())) > MOST_CELLS:
        raise Unreadable(*message("too_many_cells", place=sheet.name, limit=MOST_CELLS))


def _hidden_column(sheet: Sheet, column: int) -> bool:
    return any(first <= column <= last for first, last in sheet.hidden_columns)


def _show_merged(sheet: Sheet) -> None:
    """The text of a merged range whose first row or column is hidden shows in what is left of the range."""
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return
    for first, left, last, right in sheet.merged[:_MOST_MERGED]:
        if (first not in sheet.hidden_rows and not _hidden_column(sheet, left)) or left not in sheet.rows.get(first, {}):
            continue
        row = next((row for row in range(first, min(last, first + _TALLEST) + 1) if row not in sheet.hidden_rows), None)
        column = next((column for column in range(left, right + 1) if not _hidden_column(sheet, column)), None)
        if row is not None and column is not None:
            sheet.put(row, column, sheet.rows[first].pop(left))


def _without_unseen(sheet: Sheet) -> None:
    """Takes white letters on white paper out of `sheet`, and notices them."""
    for row, column in () if sheet.colourful else sheet.unseen:
        if (text := sheet.rows.get(row, {}).pop(column, None)) and row not in sheet.hidden_rows and not _hidden_column(sheet, column):
            sheet.mask(row, column, split(text)[0])


def _without_hidden(sheet: Sheet) -> list[Noticed]:
    """Takes hidden rows and columns out of `sheet`; those next to each other are one finding."""
    noticed = []
    for first, last in _runs(row for row in sheet.hidden_rows if sheet.rows.get(row)):
        place = f"{sheet.name}!{first + 1}:{last + 1}" if last > first else f"{sheet.name}!{first + 1}"
        noticed.append(Noticed("hidden_rows", place, _sample(sheet, range(first, last + 1))))
        for row in range(first, last + 1):
            sheet.rows.pop(row, None)
    if sheet.hidden_columns:
        filled = sorted({column for row in sheet.rows.values() for column in row if _hidden_column(sheet, column)})
        for first, last in _runs(filled):
            texts = [row.pop(column) for row in sheet.rows.values() for column in range(first, last + 1) if column in row]
            place = f"{sheet.name}!{column_name(first)}:{column_name(last)}"
            noticed.append(Noticed("hidden_columns", place, " | ".join(texts[:6])[:_LONGEST_RAW]))
    return noticed


def _runs(numbers) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _sample(sheet: Sheet, rows) -> str:
    texts = [split(text)[0] for row in sorted(rows)[:20] for _, text in sorted(sheet.rows.get(row, {}).items())]
    return " | ".join(texts[:6])[:_LONGEST_RAW]


def _cells(sheet: Sheet) -> list[list[Cell]]:
    width = max((max(row) + 1 for row in sheet.rows.values() if row), default=0)
    letters = [f"{sheet.name}!{column_name(column)}" for column in range(width)]
    rows: dict[int, list[Cell]] = {}
    for at in range(max(sheet.rows, default=-1) + 1):
        filled = sheet.rows.get(at)
        if filled:
            rows[at] = [Cell(filled.get(column, ""), f"{letter}{at + 1}") for column, letter in enumerate(letters)]
        elif at not in sheet.hidden_rows:  # what is hidden leaves no gap: the rows above and below it stand together
            rows[at] = []
    _tell_from_above(rows, sheet.merged[:_MOST_MERGED])
    return list(rows.values())


def _tell_from_above(rows: dict[int, list[Cell]], merged: list[tuple[int, int, int, int]]) -> None:
    """The empty cells of a merged range know the text at its head."""
    for first, column, last, _ in merged:
        tall = [rows[at] for at in range(first, min(last, first + _TALLEST) + 1) if column < len(rows.get(at, ()))]
        head = next((at for at, cells in enumerate(tall) if cells[column].text), None)
        for cells in tall[head + 1 :] if head is not None else ():
            if not cells[column].text:
                cells[column] = replace(cells[column], above=tall[head][column].text)
