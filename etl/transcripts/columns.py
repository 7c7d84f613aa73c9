"""The columns of a transcript, what each may hold, and the hash of a row.

A transcript has `record` and `document`, then every field of etl/reading.py, then what only the file knows. Lists are joined by " | ";
empty is null. A row that a person struck off is the record `struck` and keeps what was read; `confirmed` names the fields of a row that a
person looked at and found right. A cell is compared by what it means: numbers and dates that a spreadsheet only wrote in another way (1.0,
1/10/2565, 10/1/2022, 2022-10-01 00:00) are no corrections.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from etl.reading import Finding, Measure, Score, Source

_READ = dict.fromkeys(field.name for record in (Source, Measure, Score, Finding) for field in fields(record))
_LAST = ("place", "unsure")  # of the fields of a reading: they belong to every kind of row
COLUMNS = [
    *("record", "document"),
    *(name for name in _READ if name not in ("file", *_LAST)),
    *_LAST,
    *("pair_position", "pair_similarity", "synthetic", "url", "confirmed", "read_hash"),
]
# Columns that came after the first transcripts were written: an empty one is no part of a row's hash, so that old hashes stay right.
_ADDED = ("unsure", "confirmed")
_RECORDS = {"source", "measure", "score", "finding", "struck"}
_NUMBERS = {"fiscal_year", "position", "budget_planned", "budget_spent", "max", "stated_change"}
_LISTS_OF_NUMBERS = {"pair_position", "pair_similarity"}
DATES = ("period_start", "period_end")
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"
_ISO = re.compile(r"((?:19|2[045])[0-9]{2})-([0-9]{1,2})-([0-9]{1,2})" + _MIDNIGHT)
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]((?:19|2[045])[0-9]{2})" + _MIDNIGHT)

Row = dict[str, str]


def row_hash(row: Row) -> str:
    """Short hash of what a row says. It begins with a letter, so that no spreadsheet takes it for a number."""
    said = [as_written(column, row.get(column, ""))[0] for column in COLUMNS if column not in (*_ADDED, "read_hash")]
    said += [f"{column}={row[column]}" for column in _ADDED if row.get(column)]
    return "r" + hashlib.sha256("\x1f".join(said).encode()).hexdigest()[:10]


def as_written(column: str, text: str) -> tuple[str, bool]:
    """`text` as this program writes it, however a spreadsheet wrote it, and whether it is a value of this column."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        return "", True
    if column in _NUMBERS or (column == "score" and re.search(r"\d", text)):
        return _number(text)
    if column in _LISTS_OF_NUMBERS:
        numbers = [_number(item) for item in text.split("|")]
        return " | ".join(number for number, _ in numbers), all(right for _, right in numbers)
    if column in DATES:
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


# --- dates --------------------------------------------------------------------------------------------------------------------


def _date(text: str, column: str) -> tuple[str, bool]:
    """ISO, day/month/year, or month/day/year with a Gregorian year (no program writes a Buddhist one so); etl/build/sql/macros.sql agrees.

    Where both orders give a day, the one that begins a month (period_start) or ends one (period_end) is meant: fiscal periods do.
    """
    if match := _ISO.fullmatch(text):
        days = {_day(*match.groups())}
    else:
        days = set(_both_orders(text))
    days -= {None}
    bounds = {day for day in days if (day.day == 1 if column == "period_start" else (day + timedelta(1)).day == 1)}
    meant = days if len(days) == 1 else bounds
    return (meant.pop().isoformat(), True) if len(meant) == 1 else (text, False)


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether the dates of a file stand as month/day/year; None where no date tells, or one tells the one and one the other.

    >>> month_first(["1/5/2024", "9/30/2024"]), month_first(["30/9/2024"]), month_first(["1/5/2024", "2024-09-30"])
    (True, False, None)
    """
    told = {day is None for day, month in map(_both_orders, texts) if (day is None) != (month is None)}
    return told.pop() if len(told) == 1 else None


def in_order(text: str, months_first: bool) -> str:
    """A date of a file whose order is known as ISO; any other text as it is.

    >>> in_order("1/5/2024", True), in_order("1/5/2024", False), in_order("1/5/2567", True)
    ('2024-01-05', '2024-05-01', '2024-05-01')
    """
    day, month = _both_orders(text)
    if match := _SLASHED.fullmatch(text.strip()):
        months_first &= match[3] < "2400"
    meant = month if months_first else day
    return meant.isoformat() if meant else text


def _both_orders(text: str) -> tuple[date | None, date | None]:
    """The days that a text with slashes means as day/month/year and as month/day/year."""
    match = _SLASHED.fullmatch(text.strip())
    if not match:
        return None, None
    first, second, year = match.groups()
    return _day(year, second, first), None if year >= "2400" else _day(year, first, second)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) - 543 if year >= "2400" else int(year), int(month), int(day))
    except ValueError:
        return None
