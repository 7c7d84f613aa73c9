"""What stands in the columns of a score table decides what its headings leave open, and where it contradicts them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from etl.identity.titles import buddhist_year
from etl.known.names import names_agency
from etl.printed import thai
from etl.scores.headings import INSTRUMENTS, Terms
from etl.scores.values import value_of

ROWS_LOOKED_AT = 400
MOST_REPEATED = 0.2  # of the names in a column of agencies
_IN_ENGLISH = re.compile(
    r"\b(?:municipality|SAO|PAO|organi[sz]ation|department|ministry|office|university|college|school|hospital|station)\b", re.I
)
_YEAR = re.compile(r"(?:ปี\D*)?25\d\d")


def names_body(text: str) -> bool:
    """Whether a cell or heading holds the name of a public body, in Thai or English, without or with its running number.

    >>> names_body("1. วิทยาลัยเทคนิคเลย"), names_body("Ban Mai SAO"), names_body("การใช้งบประมาณ")
    (True, True, False)
    """
    name = re.sub(r"^\W*\d{1,4}\s*[.)]\s*", "", thai.arabic(thai.unwrapped(text)))
    return names_agency(name) or bool(_IN_ENGLISH.search(name))


@dataclass(frozen=True, slots=True)
class Contents:
    """How many of the filled cells of a column are what; `names`: different texts that are no numbers."""

    filled: int = 0
    numbers: int = 0
    levels: int = 0
    years: int = 0
    any_year: bool = False
    named: int = 0  # name an indicator
    labels: int = 0  # name one, or give its number after "ตัวชี้วัดที่"
    bodies: int = 0
    names: int = 0

    @property
    def half(self) -> int:
        return max(2, (self.filled + 1) // 2)


def contents_of(cells: Iterable[str], terms: Terms) -> Contents:
    cells = list(islice(filter(str.strip, cells), ROWS_LOOKED_AT))
    values = [value_of(text) for text in cells]
    labels = [terms.label_of(text) for text in cells]
    return Contents(
        len(cells),
        sum(value.number is not None for value in values),
        sum(value.number is None and value.level is not None for value in values),
        sum(bool(_YEAR.fullmatch(thai.arabic(text.strip()))) for text in cells),
        any(buddhist_year(text) for text in cells),
        sum(label.code is not None and label.named for label in labels),
        sum(label.code is not None for label in labels),
        sum(names_body(text) for text in cells),
        len({thai.key(text) for text, value in zip(cells, values, strict=True) if value.number is None}),
    )


def field_by_contents(field: str | None, seen: Contents, years_beside: bool) -> str | None:
    """The field of a column by its heading's field and what stands in it; `years_beside`: other columns stand for years."""
    if field in ("score", "TOTAL") and seen.levels > seen.numbers:
        return "LEVEL"
    if field == "LEVEL" and seen.numbers > 2 * max(seen.levels, 1):
        return "score"
    if field == "fiscal_year" and years_beside and not seen.any_year:
        return "indicator"  # "ปีงบประมาณ" above the labels stands for the years to its right
    if field == "agency" and seen.labels >= seen.half and not seen.bodies:
        return "indicator"  # "หน่วยงาน" above the labels stands for the agencies to its right
    if field in OPEN or (field in VALUES and not seen.numbers):
        if seen.named >= seen.half or (field is None and seen.labels >= seen.half):
            return "indicator"
        if field is None and seen.levels >= seen.half and not seen.numbers:
            return "LEVEL"
        if field is None and seen.years >= seen.half:
            return "fiscal_year"
    return field


OPEN = (None, "note", "rank", "code", "agency_type", "indicator")
# "แบบวัด IIT" above a column of names is what they belong to; without a number beneath it, it is no column of scores.
VALUES = ("score", "TOTAL", "percent", "weighted", "instrument_score", *INSTRUMENTS)


def column_of_agencies(fields: list[str | None], seen: list[Contents]) -> int | None:
    """The column of different names of bodies, however it is headed, where no heading names the agencies; None: there is none."""
    if "agency" in fields:
        return None
    fit = [
        (at, each)
        for at, each in enumerate(seen)
        if fields[at] in (*OPEN, *VALUES, "instrument") and not each.named and 2 * each.bodies > each.filled > 0 and not each.numbers
    ]
    fit = [(at, each) for at, each in fit if each.names >= (1 - MOST_REPEATED) * each.filled]
    return max(fit, key=lambda entry: (entry[1].bodies / entry[1].filled, -entry[0]))[0] if fit else None
