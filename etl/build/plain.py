"""How a CSV is read: by DuckDB as it lies there where it is plain, else from a tidied copy in which every line of the sheet is a row."""

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from etl.build.publish import quoted
from etl.formats import Unreadable, open_text
from etl.formats.csv import ends_open
from etl.messages import message

LONGEST_HEADER = 1 << 16  # bytes
LONGEST_CELL = 1 << 24  # letters
BLANK_LINE = re.compile(rb"\n\r?\n")  # a pattern finds two line ends three times as fast as `in` does


@dataclass(frozen=True)
class Header:
    delimiter: str
    columns: tuple[str, ...]


@dataclass
class Tidied:
    """A copy of a CSV that DuckDB reads as it lies there. `beyond`: (row, text) of cells that stand beyond the headings; `open_quote`: the
    line from which on nothing was read, as its quotation never ends."""

    path: Path
    header: Header
    beyond: list[tuple[int, str]] = field(default_factory=list)
    open_quote: int | None = None


def header_of(path: Path) -> Header | None:
    """Delimiter and headings of a CSV; None where DuckDB would not read it, or would count its rows otherwise than a spreadsheet does: its
    first line is not UTF-8, is empty or has an empty heading, a line within is blank, a line ends with CR alone, or there is a NUL."""
    try:
        with open(path, "rb") as handle:
            line = handle.readline(LONGEST_HEADER)
            if not _is_even(handle, line):
                return None
        text = line.decode("utf-8-sig").rstrip("\r\n")
        delimiter = _delimiter(text)
        columns = tuple(name.strip() for name in next(csv.reader([text], delimiter=delimiter), ()))
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    return Header(delimiter, columns) if columns and all(columns) else None


def _is_even(handle, line: bytes) -> bool:
    """Whether the rest of a file has neither blank lines nor line ends of old Macs nor NULs."""
    end = line
    while chunk := handle.read(1 << 24):
        chunk = end[-2:] + chunk
        blank = BLANK_LINE.search(chunk)
        if b"\0" in chunk or (blank and chunk[blank.start() :].strip(b"\r\n")):
            return False
        if b"\r" in chunk and chunk.count(b"\r") != chunk.count(b"\r\n") + chunk.endswith(b"\r"):
            return False
        end = chunk
    return b"\r" not in line.removesuffix(b"\r\n") and not end.endswith(b"\r") and b"\0" not in line


def read_csv(paths: list[Path], header: Header, columns: tuple[str, ...] | None = None) -> str:
    """The table function that reads these files as text, in their order, with the column filename. Nothing is guessed."""
    # A name such as "report[1].csv" would be a pattern, and name another file.
    files = ", ".join(quoted(re.sub(r"([*?\[])", r"[\1]", str(path))) for path in paths)
    types = ", ".join(f"{quoted(name)}: 'varchar'" for name in columns or _unlike(header.columns))
    return (
        f"read_csv([{files}], auto_detect = false, header = false, skip = 1, delim = {quoted(header.delimiter)}, quote = '\"', "
        f"escape = '\"', columns = {{{types}}}, filename = true)"
    )


def _unlike(names: tuple[str, ...]) -> list[str]:
    """The names of columns, each its own: one that is empty or stands twice is called by its number."""
    return [name if name and name not in names[:at] else f"column {at + 1}" for at, name in enumerate(names)]


def tidied(path: Path, copy: Path) -> Tidied:
    """Writes the CSV at `path` to `copy`: UTF-8, every row as wide as the headings, a blank line as an empty row. Unreadable: no text."""
    text = open_text(path)
    first = text.lstrip("\r\n")[:20_000].splitlines()
    delimiter = _delimiter(first[0] if first else "")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        columns = tuple(name.strip() for name in next((cells for cells in lines if any(map(str.strip, cells))), ()))
        rows, begins = [], []
        before = lines.line_num
        for cells in lines:
            rows.append(cells)
            begins.append(before + 1)
            before = lines.line_num
    except csv.Error as error:
        raise Unreadable(*message("not_opened", reason=error)) from None
    finally:
        csv.field_size_limit(limit)  # csv has one for the whole process
    made = Tidied(copy, Header(",", columns))
    if rows and before > begins[-1] and ends_open(text, begins[-1], delimiter):
        rows.pop()
        made.open_quote = begins[-1]
    width = len(columns)
    with open(copy, "w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        for number, cells in enumerate(rows, 2):
            writer.writerow((cells + [""] * width)[:width])
            if said := " ".join(" ".join(cells[width:]).split()):
                made.beyond.append((number, said[:80]))
    return made


def _delimiter(line: str) -> str:
    return max(",;\t", key=line.count)
