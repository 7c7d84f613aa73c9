"""CSV: the delimiter is found from the rows themselves; quoted cells may hold line breaks. A place is the line of the source."""

import csv
import io
import re
from collections import Counter

from etl.formats import watch
from etl.formats.document import MOST_CELLS, MOST_COLUMNS, Cell, Paragraph, Table, Unreadable
from etl.formats.markup import plain
from etl.formats.sheet import sheet_blocks
from etl.messages import message

MOST_LINES_OF_A_ROW = 400
_LINES_LOOKED_AT = 60
_AS_TEXT = re.compile(r'^="([^"]*)"$')  # how programs keep a spreadsheet from making a number of it: ="01"


def csv_blocks(text: str, delimiter: str | None = None) -> list[Paragraph | Table]:
    """Tables parted by empty lines, and the titles above them as paragraphs. Unreadable: a quote that never ends."""
    return sheet_blocks(list(_rows(text, delimiter or delimiter_of(text) or ",")))


def delimiter_of(text: str, delimiters: str = ",;\t|", least_rows: int = 1, least_width: int = 2, share: float = 0) -> str | None:
    """The delimiter that parts most rows of the beginning of `text` into one number of cells; None: none does.

    `share` is the least share of these rows among all that are not empty.
    """
    agreeing = {delimiter: _agreement(text, delimiter) for delimiter in delimiters}
    best = max(agreeing, key=lambda delimiter: agreeing[delimiter][:2])
    rows, width, of = agreeing[best]
    return best if rows >= max(least_rows, share * of) and width >= least_width else None


def _agreement(text: str, delimiter: str) -> tuple[int, int, int]:
    """Rows of the commonest width above one, this width, and all rows that are not empty."""
    lines = text[:200_000].splitlines(keepends=True)[:_LINES_LOOKED_AT]
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(cell.strip() for cell in row)]
    except csv.Error:
        return 0, 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0, 0, len(rows)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count, width, len(rows)


def ends_open(text: str, line: int, delimiter: str) -> bool:
    """Whether the text from this line on ends inside a quotation."""
    rest = "".join(io.StringIO(text, newline="").readlines()[line - 1 :])
    try:
        list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _rows(text: str, delimiter: str):
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line, begins, cells = 1, 1, 0
    try:
        for number, row in enumerate(reader, 1):
            if number % watch.ROWS_OF_A_STEP == 0:
                watch.rewind()
            if reader.line_num - line >= MOST_LINES_OF_A_ROW:
                raise Unreadable(*message("open_quote", line=line))
            cells += len(row)
            if cells > MOST_CELLS:
                raise Unreadable(*message("too_many_cells", place=f"line {line}", limit=MOST_CELLS))
            place = f"line {line}"
            if any(row[MOST_COLUMNS:]):  # before each of them is looked at
                raise Unreadable(*message("too_wide", place=place, limit=MOST_COLUMNS))
            yield [Cell(plain(_AS_TEXT.sub(r"\1", value) if value[:2] == '="' else value), place) for value in row]
            begins, line = line, reader.line_num + 1
        if reader.line_num > begins and ends_open(text, begins, delimiter):  # the last row swallowed those below it
            raise Unreadable(*message("open_quote", line=begins))
    except csv.Error:  # a cell beyond csv's own limit of 131,072 characters
        raise Unreadable(*message("open_quote", line=line)) from None
