"""The file of a transcript: a CSV that opens in Excel and that a person may correct. UTF-8 with byte order mark, columns as in columns.py.

A cell that a spreadsheet would take for a formula (it begins with = + - @ or a tab, as the reports' "-" bullets do, and is
neither a number nor a lone "-") is written with an apostrophe before it; reading back takes one apostrophe away again.
"""

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from etl.formats import Unreadable, open_text
from etl.messages import Said, message
from etl.transcripts.columns import COLUMNS, DATES, Row, as_written, in_order, month_first

_ESCAPED = re.compile(r"'*[=+\-@\t\r]")
_HEAD = "\ufeffrecord,document,".encode()
_SOURCE, _LONGEST_SOURCE = b"\nsource,", 20_000  # where the row of a document begins, and its bytes
_HARMLESS = re.compile(r"-|[-+]?\d+(\.\d+)?")


@dataclass
class Transcript:
    """The rows of a transcript file, each with all columns (empty: null), and what is wrong with some of them.

    `numbers` are the rows' numbers in a spreadsheet (the heading is row 1). `problems`: (row number, what is wrong).
    """

    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[tuple[int, Said]] = field(default_factory=list)


def escaped(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula.

    >>> escaped("- มีแผน"), escaped("-24.39"), escaped("-")
    ("'- มีแผน", '-24.39', '-')
    """
    return "'" + text if _ESCAPED.match(text) and not _HARMLESS.fullmatch(text) else text


def unescaped(text: str) -> str:
    """What `escaped` was given.

    >>> unescaped("'- มีแผน"), unescaped("'ใบ'")
    ('- มีแผน', "'ใบ'")
    """
    return text[1:] if text.startswith("'") and _ESCAPED.match(text) else text


def read_transcript(path: Path) -> Transcript:
    """The transcript at `path`. Unreadable: no text, or a column of the transcripts is missing or stands twice."""
    text = open_text(path)
    sample = text[:20_000].partition("\n")[0]
    delimiter = max(",;\t", key=sample.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    limit = csv.field_size_limit(1 << 24)
    try:
        heading = [name.strip() for name in next(lines, [])]
        twice = [column for column in COLUMNS if heading.count(column) > 1]
        if twice:
            raise Unreadable(*message("column_twice", columns=", ".join(twice)))
        missing = [column for column in ("record", "document", "read_hash") if column not in heading]
        if missing:
            raise Unreadable(*message("not_transcript", columns=", ".join(missing)))
        transcript = Transcript()
        for number, cells in enumerate(lines, 2):
            if any(cell.strip() for cell in cells):
                heading += [f"column {at}" for at in range(len(heading) + 1, len(cells) + 1)]  # what stands beside the columns stays, too
                row = dict.fromkeys(COLUMNS, "") | {name: unescaped(cell) for name, cell in zip(heading, cells, strict=False) if name}
                transcript.rows.append(row)
                transcript.numbers.append(number)
    except csv.Error as error:
        raise Unreadable(*message("not_opened", reason=error)) from None
    finally:
        csv.field_size_limit(limit)  # csv has one for the whole process
    _put_dates_in_order(transcript.rows)
    transcript.problems = [said for number, row in zip(transcript.numbers, transcript.rows, strict=True) for said in _problems(number, row)]
    return transcript


def _put_dates_in_order(rows: list[Row]) -> None:
    """A spreadsheet writes every date of a file in one order: where one of them tells it (9/30/2024), the others follow."""
    dates = [row[column] for row in rows for column in DATES if row[column]]
    months_first = month_first(dates)
    if months_first is not None:
        for row in rows:
            row |= {column: in_order(row[column], months_first) for column in DATES}


def _problems(number: int, row: Row) -> list[tuple[int, Said]]:
    wrong = [column for column in COLUMNS if not as_written(column, row[column])[1]]
    return [(number, message("wrong_value", column=column, value=row[column][:60])) for column in wrong]


def write_transcript(path: Path, rows: list[Row]) -> None:
    """`rows` as the file at `path`, put in place whole. Columns that a person added stay, after ours."""
    columns = COLUMNS + [column for column in dict.fromkeys(name for row in rows for name in row) if column not in COLUMNS]
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(unfinished, "w", encoding="utf-8-sig", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([escaped(row.get(column, "")) for column in columns] for row in rows)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def home_of(document: str, into: Path, sha256: str = "", agency: str = "") -> Path:
    """The file in `into` that holds `document`, or the one to make: named as the document, with its suffix where that name is taken.

    Municipalities name their files alike ("รายงาน.pdf"): a document of that name with other bytes and of another agency is another one.
    """
    for path, sources in documents_in(into):
        for one in sources:
            if one["document"] == document and (one["sha256"] == sha256 or one["agency"] == agency or not (sha256 and agency)):
                return path
    stem, _, suffix = document.rpartition(".")
    name = safe_name(stem or suffix)
    names = [name, f"{name}-{safe_name(suffix)}", *(f"{name}-{number}" for number in range(2, 1000))]
    return next(into / f"{one}.csv" for one in names if not (into / f"{one}.csv").exists())


def documents_in(folder: Path) -> Iterator[tuple[Path, list[Row]]]:
    """(file, the rows of its documents) of each transcript in a folder; of a file that is none, no rows."""
    for path in sorted(folder.glob("*.csv")):
        facts = path.stat()
        yield path, _sources(path, facts.st_mtime_ns, facts.st_size)


@cache
def _sources(path: Path, modified: int, size: int) -> list[Row]:
    """Remembered while the file is as it was: a thousand documents are read into a thousand files."""
    try:
        rows = _own_sources(path)
        return [row for row in read_transcript(path).rows if row["record"] == "source"] if rows is None else rows
    except (OSError, Unreadable):  # reported by the build, which loads it
        return []


def _own_sources(path: Path) -> list[Row] | None:
    """The rows of the documents in a transcript that lies there as this program wrote it, without taking all else apart; None: it does
    not."""
    data = path.read_bytes()
    heading = data[: data.find(b"\n")]
    columns = heading.decode("utf-8-sig", "replace").split(",")
    if not data.startswith(_HEAD) or b'"' in heading or b"\r" in heading:
        return None
    found = []
    at = data.find(_SOURCE)
    while at >= 0:
        line = data[at + 1 : at + _LONGEST_SOURCE].decode("utf-8", "ignore")
        try:
            cells = next(csv.reader(io.StringIO(line, newline="")))
        except (csv.Error, StopIteration):
            return None
        if len(cells) != len(columns):
            return None
        found.append(dict.fromkeys(COLUMNS, "") | dict(zip(columns, map(unescaped, cells), strict=True)))
        at = data.find(_SOURCE, at + 1)
    return found


def safe_name(name: str) -> str:
    """A name that Windows, macOS and Linux allow: at most 180 bytes, no sign of theirs, no device of DOS."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]', "_", name).strip(". ")
    while len(name.encode("utf-8", "replace")) > 180:
        name = name[:-1]
    return f"_{name}" if not name or re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", name) else name
