"""What of a reading is doubtful, cell by cell: the one home of the reasons that a person is shown when looking a reading over.

A doubt is (row, column, why). `column` is empty where the whole row is meant. `why`: unsure (not read surely), inferred (the status is
understood from the result's text), undecided (nothing says whether it was done), unknown_unit, unknown_code, no_period, half_period (a year
is printed that no period which was read takes up), no_title, sum (a printed sum disagrees), number (the numbering skips or repeats),
finding (a finding names the cell; doubts.csv says which rules do).
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.printed.periods import periods
from etl.printed.thai import arabic, composed, key
from etl.printed.units import is_known_unit
from etl.transcripts.columns import Row

_HOME_OF_A_ROW = "title"  # who confirms it confirms what is doubtful of the whole row, as pages/parts/desk/journal.py has it
_ALIKE = 85  # of 100: likeness of two names of units of which one may be a misprint of the other
_YEAR = re.compile(r"(?<!\d)25\d\d(?!\d)")
_OF_SOURCE = ("agency", "province", "fiscal_year", "round", "kind", "")

Doubt = dict[str, str]  # row, column, why


def doubts(rows: list[Row], questions: Iterable[str], units: Iterable[str]) -> list[Doubt]:
    """The doubts of the rows of one reading, each once, in the order of the rows; what a person confirmed or struck off is none.

    `rows` have their id in "row". `questions`: codes of the year's rules (none: they are not known). `units`: names that the agency uses.
    """
    found = [*_of_fields(rows, set(questions), units), *_of_findings(rows)]
    confirmed = {row["row"]: set(filter(None, row["confirmed"].split(" | "))) for row in rows}
    order = {row["row"]: at for at, row in enumerate(rows)}
    once = dict.fromkeys(one for one in found if (one[1] or _HOME_OF_A_ROW) not in confirmed[one[0]])
    return [{"row": row, "column": column, "why": why} for row, column, why in sorted(once, key=lambda one: order[one[0]])]


def _of_fields(rows: list[Row], questions: set[str], units: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    measures = [row for row in rows if row["record"] == "measure"]
    dated = {row["section"] for row in measures if row["period_text"] or row["period_start"]}
    strange = _strange(measures, units)
    for row in rows:
        if row["record"] in ("source", "measure", "score") and row["unsure"]:
            yield from ((row["row"], column, "unsure") for column in row["unsure"].split(" | "))
        if row["record"] != "measure":
            continue
        if not row["title"]:
            yield row["row"], "title", "no_title"
        if row["section"] == "result" and row["status_basis"] == "inferred":
            yield row["row"], "status", "inferred"
        if row["section"] == "result" and row["status"] in ("unknown", ""):
            yield row["row"], "status", "undecided"
        if row["section"] in dated and not (row["period_text"] or row["period_start"]):
            yield row["row"], "period_text", "no_period"
        if row["period_text"] and row["period_start"] and _says_more(row["period_text"]):
            yield row["row"], "period_text", "half_period"
        if questions and any(code and code not in questions for code in row["refs"].split(" | ")):
            yield row["row"], "refs", "unknown_code"
        if strange & set(row["responsible"].split(" | ")):
            yield row["row"], "responsible", "unknown_unit"


def _says_more(text: str) -> bool:
    """Whether a period's text prints a year that none of the periods read in it takes up: the other end was not read.

    >>> _says_more("ต.ค. 2567 - ก.ุย. 2568"), _says_more("ต.ค. 2567 - ก.ย. 2568")
    (True, False)
    """
    text = composed(text)
    spans = [(one.begin, one.end) for one in periods(text)]
    return any(not any(begin <= year.start() < end for begin, end in spans) for year in _YEAR.finditer(arabic(text)))


def _strange(measures: list[Row], units: Iterable[str]) -> set[str]:
    """Names of units that stand once only and are nearly another: misprints, for all that the document says. Where it is known which units
    the agency has, also those that are none of them."""
    counts = Counter(name for row in measures for name in row["responsible"].split(" | ") if name)
    units = list(units)
    known = {key(name) for name in units} | {key(name) for name, count in counts.items() if count > 1}
    rare = [name for name, count in counts.items() if count == 1 and not is_known_unit(name) and key(name) not in known]
    if any(units):
        return set(rare)
    return {name for name in rare if process.extractOne(key(name), known, scorer=fuzz.ratio, score_cutoff=_ALIKE)}


# --- what findings say --------------------------------------------------------------------------------------------------


@cache
def _named() -> dict[str, tuple[str, str]]:
    """Rule -> (why, column)."""
    with open(Path(__file__).with_name("doubts.csv"), encoding="utf-8", newline="") as handle:
        return {row["rule"]: (row["why"], row["column"]) for row in csv.DictReader(handle)}


def _of_findings(rows: list[Row]) -> Iterator[tuple[str, str, str]]:
    at: dict[str, list[Row]] = {}
    for row in rows:
        if row["record"] in ("measure", "score"):
            at.setdefault(row["place"], []).append(row)
    source = next((row for row in rows if row["record"] == "source"), None)
    for said in rows:
        if said["record"] != "finding" or said["rule"] not in _named():
            continue
        why, column = _named()[said["rule"]]
        about = _about(said, column, at.get(said["place"], []))
        if about is None and column in _OF_SOURCE and not (column == "agency" and _is_of_several(rows)):
            about = source
        if about is not None:
            yield about["row"], column, why


def _is_of_several(rows: list[Row]) -> bool:
    """Whether scores alone were read, each with the agency that it is of: such a sheet has no agency of its own."""
    held = [row for row in rows if row["record"] in ("measure", "score")]
    return bool(held) and all(row["record"] == "score" and row["agency"] for row in held)


def _about(said: Row, column: str, rows: list[Row]) -> Row | None:
    """The row of those at its place that a finding is about: the one that holds what it names, else the first."""
    raw = key(said["raw"] or "")
    holding = (row for row in rows if raw and column and raw in key(row[column]))
    return next(holding, rows[0] if rows else None)
