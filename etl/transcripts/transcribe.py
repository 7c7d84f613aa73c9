"""A reading as a transcript: a CSV that opens in Excel, that a person may correct, and that a re-read does not spoil.

UTF-8 with byte order mark; one row a source, measure, score or finding; lists joined by " | "; empty is null.
A cell that a spreadsheet would take for a formula (it begins with = + - @ or a tab, as the reports' "-" bullets do, and is
neither a number nor a lone "-") is written with an apostrophe before it; reading back takes one apostrophe away again.

`read_hash` is a short hash of what the machine read in the row. A row that no longer agrees with it, or has none, was
corrected or added by a person. Numbers and dates that a spreadsheet only wrote in another way (1.0, 1/10/2565, 1/10/2022,
10/1/2022, 2022-10-01 00:00) are no corrections.

    python -m etl.transcripts.transcribe REPORT... --into data/transcripts

makes the transcripts that ship with the product: facts and the short deciding phrases, without the reports' long texts.
"""

import argparse
import csv
import hashlib
import io
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path

from etl.formats import Unreadable, open_text
from etl.messages import message
from etl.reading import Reading, as_json

COLUMNS = """record document sha256 title kind family agency agency_printed agency_type district province place_printed fiscal_year round
 section position group_kind group_number group_name number steps responsible period_text period_start period_end budget_planned
 budget_spent result outcome suggestion status status_basis evidence refs indicator score max stated_change severity rule message raw
 read_as place pair_position pair_similarity synthetic url read_hash""".split()
LONG_TEXTS = ("steps", "result", "outcome", "suggestion")
_RECORDS = {"source", "measure", "score", "finding"}
_NUMBERS = {"fiscal_year", "position", "budget_planned", "budget_spent", "max", "stated_change"}
_LISTS_OF_NUMBERS = {"pair_position", "pair_similarity"}
_DATES = {"period_start", "period_end"}
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"
_ISO = re.compile(r"((?:19|2[045])[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})" + _MIDNIGHT)
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]((?:19|2[045])[0-9]{2})" + _MIDNIGHT)
_ESCAPED = re.compile(r"'*[=+\-@\t\r]")
_HARMLESS = re.compile(r"-|[-+]?\d+(\.\d+)?")

Row = dict[str, str]


@dataclass
class Transcript:
    """The rows of a transcript file, each with all columns (empty: null), and what is wrong with some of them.

    `numbers` are the rows' numbers in a spreadsheet (the heading is row 1). `problems`: (row number, Thai, English).
    """

    rows: list[Row] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass
class Difference:
    """What a re-read would change: lines to show, and whether anything changes at all. `kept` names the corrected rows."""

    rows: list[Row]
    changes: list[str]
    kept: list[str]


# --- a reading as rows -------------------------------------------------------------------------------------------------


def rows_of(reading: Reading) -> list[Row]:
    """The rows of `reading`: its source, measures (plan rows with the results that they pair with), scores and findings."""
    said = as_json(reading)
    document = reading.source.file
    pairs = _pairs(reading)
    rows = [_row("source", document, said["source"])]
    rows += [_row("measure", document, values | pairs.get(at, {})) for at, values in enumerate(said["measures"])]
    rows += [_row("score", document, score) for score in said["scores"]]
    rows += [_row("finding", document, finding) for finding in said["findings"]]
    for row in rows:
        row["read_hash"] = row_hash(row)
    return rows


def _pairs(reading: Reading) -> dict[int, dict[str, list]]:
    """Index of a plan measure -> the positions of its results in the same document, and how alike they are."""
    sections = {name: [at for at, measure in enumerate(reading.measures) if measure.section == name] for name in ("plan", "result")}
    if not all(sections.values()):
        return {}
    from etl.pairing import Item, pair_measures  # loads DuckDB, which most documents need not wait for

    plan, result = (
        [Item(one.title, one.group_number or one.group_name, one.steps) for one in (reading.measures[at] for at in sections[name])]
        for name in ("plan", "result")
    )
    pairs: dict[int, dict[str, list]] = {}
    for pair in pair_measures(plan, result):
        found = pairs.setdefault(sections["plan"][pair.plan], {"pair_position": [], "pair_similarity": []})
        found["pair_position"].append(reading.measures[sections["result"][pair.result]].position)
        found["pair_similarity"].append(f"{pair.similarity:.4f}".rstrip("0").rstrip("."))
    return pairs


def _row(record: str, document: str, values: dict) -> Row:
    row = dict.fromkeys(COLUMNS, "")
    row |= {column: _written(value) for column, value in values.items() if column != "file"}
    return row | {"record": record, "document": document}


def _written(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " | ".join(str(item).replace(" | ", " / ") for item in value)
    return str(value)


def without_long_texts(rows: list[Row]) -> list[Row]:
    """The rows as they ship: the reports' long texts stay with their authors, `evidence` and all facts are kept."""
    short = [row | dict.fromkeys(LONG_TEXTS, "") for row in rows]
    return [row | {"read_hash": row_hash(row)} for row in short]


def row_hash(row: Row) -> str:
    """Short hash of what a row says. It begins with a letter, so that no spreadsheet takes it for a number."""
    said = "\x1f".join(_agreed(column, row.get(column, ""))[0] for column in COLUMNS if column != "read_hash")
    return "r" + hashlib.sha256(said.encode()).hexdigest()[:10]


# --- values as a spreadsheet may rewrite them --------------------------------------------------------------------------


def _agreed(column: str, text: str) -> tuple[str, bool]:
    """`text` as the product writes it, and whether it is a value of this column."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return "", True
    if column in _NUMBERS or (column == "score" and re.search(r"\d", text)):
        return _number(text)
    if column in _LISTS_OF_NUMBERS:
        numbers = [_number(item) for item in text.split("|")]
        return " | ".join(number for number, _ in numbers), all(right for _, right in numbers)
    if column in _DATES:
        return _date(text, column)
    if column in ("number", "group_number", "indicator") and re.fullmatch(r"\d+\.0+", text):
        return text.split(".")[0], True
    if column == "synthetic":
        return text.lower(), text.lower() in ("true", "false")
    return text, column != "record" or text in _RECORDS


def _number(text: str) -> tuple[str, bool]:
    try:
        number = Decimal(text.replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return text, False
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return text, False
    return f"{number.normalize():f}" if number else "0", True


def _date(text: str, column: str) -> tuple[str, bool]:
    """ISO, day/month/year, or month/day/year with a Gregorian year (no program writes a Buddhist one so); etl/build/sql/macros.sql agrees.

    Where both orders give a day, the one that begins a month (period_start) or ends one (period_end) is meant: fiscal periods do.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
        readings = {_day(year, month, day)}
    elif match := _SLASHED.fullmatch(text):
        first, second, year = match.groups()
        readings = {_day(year, second, first), None if year >= "2400" else _day(year, first, second)}
    else:
        return text, False
    days = readings - {None}
    bounds = {day for day in days if (day.day == 1 if column == "period_start" else (day + timedelta(1)).day == 1)}
    meant = days if len(days) == 1 else bounds
    return (meant.pop().isoformat(), True) if len(meant) == 1 else (text, False)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) - 543 if year >= "2400" else int(year), int(month), int(day))
    except ValueError:
        return None


# --- the file ----------------------------------------------------------------------------------------------------------


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
    """The transcript at `path`. Unreadable: no text, or a column of the transcripts is missing."""
    text = open_text(path)
    sample = text[:20_000].partition("\n")[0]
    delimiter = max(",;\t", key=sample.count)
    csv.field_size_limit(1 << 24)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
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
                row = dict.fromkeys(COLUMNS, "") | {name: unescaped(cell) for name, cell in zip(heading, cells, strict=False) if name}
                transcript.rows.append(row)
                transcript.numbers.append(number)
                transcript.problems += _problems(number, row)
    except csv.Error as error:
        raise Unreadable(*message("not_opened", reason=error)) from None
    return transcript


def _problems(number: int, row: Row) -> list[tuple[int, str, str]]:
    wrong = [column for column in COLUMNS if not _agreed(column, row[column])[1]]
    return [(number, *message("wrong_value", column=column, value=row[column][:60])) for column in wrong]


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
    for path in sorted(into.glob("*.csv")):
        facts = path.stat()
        for name, its_sha256, its_agency in _documents(path, facts.st_mtime_ns, facts.st_size):
            if name == document and (its_sha256 == sha256 or its_agency == agency or not (sha256 and agency)):
                return path
    stem, _, suffix = document.rpartition(".")
    name = _safe_name(stem or suffix)
    names = [name, f"{name}-{_safe_name(suffix)}", *(f"{name}-{number}" for number in range(2, 1000))]
    return next(into / f"{one}.csv" for one in names if not (into / f"{one}.csv").exists())


@cache
def _documents(path: Path, modified: int, size: int) -> set[tuple[str, str, str]]:
    """(document, sha256, agency) of each in a transcript. Remembered while the file is as it was: a thousand documents are read into a
    thousand files."""
    try:
        return {(row["document"], row["sha256"], row["agency"]) for row in read_transcript(path).rows if row["record"] == "source"}
    except Unreadable:  # reported by the build, which loads it
        return set()


def _safe_name(name: str) -> str:
    """A name that Windows, macOS and Linux allow: at most 180 bytes, no sign of theirs, no device of DOS."""
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f\x7f]', "_", name).strip(". ")
    while len(name.encode("utf-8", "replace")) > 180:
        name = name[:-1]
    return f"_{name}" if not name or re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", name) else name


# --- a re-read ---------------------------------------------------------------------------------------------------------


def is_corrected(row: Row) -> bool:
    """Whether a person changed or added this row."""
    return row.get("read_hash", "").strip() != row_hash(row)


def reread(old: list[Row], new: list[Row]) -> Difference:
    """The rows of a file after one of its documents was read again: `old` those of the file, `new` those of the document.

    Rows of other documents stay as they are. Uncorrected rows give way to the new ones, corrected ones are kept in
    their place, with the new `read_hash` and position. A row belongs to the new row with its `read_hash`, else to that
    of the same record, place and order within the place.
    """
    document = new[0]["document"]
    others = [row for row in old if row["document"] != document]
    mine = [row for row in old if row["document"] == document]
    counterpart = _counterparts(mine, new)
    after: list[Row] = [dict(row) for row in new]
    changes, kept, added = [], [], []
    for at, row in enumerate(mine):
        partner = counterpart.get(at)
        if not is_corrected(row):
            if partner is None:
                changes.append(f"- {_named(row)}")
            else:
                changes += [f"~ {_named(new[partner])}: {change}" for change in _changes(row, new[partner])]
            continue
        kept.append(_named(row))
        if partner is None:
            added.append((max((counterpart[before] for before in range(at) if before in counterpart), default=0), row))
        else:
            if new[partner]["read_hash"] != row["read_hash"]:
                changes.append(f"* {_named(row)}: {'; '.join(_changes(row, new[partner]))}")
            after[partner] = row | {"read_hash": new[partner]["read_hash"], "position": new[partner]["position"]}
    known = set(counterpart.values())
    changes += [f"+ {_named(row)}" for at, row in enumerate(new) if mine and at not in known]
    for at, row in reversed(added):
        after.insert(at + 1, row)
    first = next((at for at, row in enumerate(old) if row["document"] == document), len(old))
    before = sum(row["document"] != document for row in old[:first])
    return Difference(others[:before] + after + others[before:], changes, kept)


def _counterparts(old: list[Row], new: list[Row]) -> dict[int, int]:
    found: dict[int, int] = {}
    for keys_old, keys_new in ((_hashes(old), _hashes(new)), (_places(old), _places(new))):
        taken = set(found.values())
        free = {key: at for at, key in enumerate(keys_new) if at not in taken}
        for at, key in enumerate(keys_old):
            if at not in found and key in free:
                found[at] = free.pop(key)
    return found


def _hashes(rows: list[Row]) -> list[tuple]:
    return _numbered([(row["record"], row["read_hash"]) for row in rows])


def _places(rows: list[Row]) -> list[tuple]:
    return _numbered([(row["record"], row["section"], row["rule"], row["place"]) for row in rows])


def _numbered(keys: list[tuple]) -> list[tuple]:
    """Each key with its occurrence, so that two measures of one row of the report stay two."""
    seen: Counter = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append((*key, seen[key]))
    return numbered


def _named(row: Row) -> str:
    what = " ".join(row[column] for column in ("record", "section", "position", "indicator", "rule") if row[column])
    return f"{what} ({row['place']})" if row["place"] else what


def _changes(old: Row, new: Row) -> list[str]:
    return [
        f"{column}: {_short(old[column])} → {_short(new[column])}"
        for column in COLUMNS
        if column != "read_hash" and _agreed(column, old[column])[0] != _agreed(column, new[column])[0]
    ]


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


# --- reading into a folder ---------------------------------------------------------------------------------------------


@dataclass
class Outcome:
    """What became of a reading: its file, whether it was written, what differed, and the corrected rows that were kept."""

    path: Path
    written: bool
    changes: list[str]
    kept: list[str]


def transcribe(reading: Reading, into: Path, force: bool = False, short: bool = False) -> Outcome:
    """Writes `reading` into its file in the folder `into`; where that would change rows that are there, only with `force`.

    `short`: without the long texts. Unreadable: the file that is there is no transcript. OSError: it could not be written.
    """
    new = without_long_texts(rows_of(reading)) if short else rows_of(reading)
    path = home_of(reading.source.file, into, reading.source.sha256, reading.source.agency or "")
    old = read_transcript(path).rows if path.exists() else []
    difference = reread(old, new)
    written = not path.exists() or (difference.rows != old and (force or not difference.changes))
    if written:
        write_transcript(path, difference.rows)
    return Outcome(path, written, difference.changes, difference.kept)


def main(arguments: list[str] | None = None) -> int:
    """Makes the transcripts that ship; says and returns what `python -m etl read` does."""
    from etl import __main__ as command_line

    parser = argparse.ArgumentParser(
        prog="python -m etl.transcripts.transcribe", description="Makes the transcripts that ship with the product."
    )
    parser.add_argument("files", nargs="+", metavar="REPORT")
    parser.add_argument("--into", type=Path, required=True, metavar="DIR")
    parser.add_argument("--force", action="store_true", help="write the new reading over the old one")
    chosen = parser.parse_args(arguments)
    return command_line.read_into(chosen.files, chosen.into, chosen.force, short=True)


if __name__ == "__main__":
    sys.exit(main())
