"""Every word that we chose, and how numbers and years are written: text.csv holds key, th, en; nothing of it lives in Python."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pandas import isna

LANGUAGES = ("th", "en")
DIGITS = ("arabic", "thai")
SCREENS = ("ordinary", "projector")


@cache
def rows() -> dict[str, dict[str, str]]:
    """text.csv as key -> {"th": ..., "en": ...}. ValueError: a key stands twice."""
    with open(Path(__file__).with_name("text.csv"), encoding="utf-8", newline="") as handle:
        found = {}
        for row in csv.DictReader(handle):
            if row["key"] in found:
                raise ValueError(f"text.csv: {row['key']} stands twice")
            found[row["key"]] = row
    return found


@dataclass(frozen=True)
class Words:
    """How one viewer is spoken to: `words("trends.title", year=2568)`. A value per viewer, never process-wide state.

    `lang`: the language. `digits`: of numbers. `screen`: "projector" where a room reads along, so that figures print larger.
    """

    lang: str
    digits: str = "arabic"
    screen: str = "ordinary"

    def __call__(self, key: str, **values) -> str:
        """The words of a key, its {names} filled. KeyError: no such key."""
        text = rows()[key][self.lang]
        return text.format(**values) if values else text

    def of(self, row, name: str) -> str:
        """The field `name_th` or `name_en` of a row of data; the Thai one where the other is empty."""
        text = row[f"{name}_{self.lang}"]
        return row[f"{name}_th"] if isna(text) or text == "" else text

    def number(self, value, digits: int = 2) -> str:
        """88.94; a dash where unknown. Points and percent have two digits, counts none."""
        return self("number.unknown") if value is None or isna(value) else f"{_plain_zero(value, digits):,.{digits}f}"

    def signed(self, value, digits: int = 2) -> str:
        """+4.51, -4.88, 0.00; a dash where unknown."""
        if value is None or isna(value):
            return self("number.unknown")
        value = _plain_zero(value, digits)
        return f"{value:+,.{digits}f}" if value else f"{value:,.{digits}f}"

    def percent(self, part: int, whole: int) -> str:
        """A share of counts: 85.71 %, half up; whole numbers without digits."""
        hundredths = (20000 * part + whole) // (2 * whole)
        return f"{hundredths // 100}" if hundredths % 100 == 0 else f"{hundredths // 100}.{hundredths % 100:02d}"

    def floor(self, value) -> str:
        """A limit of a rule: 85, 84.5; without digits that say nothing."""
        return f"{float(value):g}"

    def year(self, year) -> str:
        """A fiscal year in a sentence: 2568 in Thai, FY 2568 (2025) in English."""
        return self("year.long", be=int(year), ce=int(year) - 543)

    def tick(self, year) -> str:
        """A fiscal year on an axis; the same in both languages, a category and never a number."""
        return str(int(year))

    def list(self, items) -> str:
        """One, two and three."""
        items = [str(item) for item in items]
        if len(items) < 2:
            return "".join(items)
        return self("list.last", first=self("list.comma").join(items[:-1]), last=items[-1])

    def indicator(self, code) -> str:
        """The name of an indicator or instrument as a subject: ตัวชี้วัดที่ 10, indicator 10, OIT."""
        return self("indicator.number", number=code) if str(code).isdigit() else self("indicator.TOTAL") if code == "TOTAL" else str(code)


def _plain_zero(value, digits: int) -> float:
    """-0.001 printed with two digits is 0.00, not -0.00."""
    return round(float(value), digits) + 0.0


def plain(text) -> str:
    """Text of a document as Markdown that shows it letter by letter: a name is no emphasis, link, formula or colour."""
    return re.sub(r"([\\`*_\[\]$~<>#|:])", r"\\\1", str(text))


def change(value) -> str:
    """Which word a change of points takes: rise, fall, none or unknown; by its two printed digits."""
    if value is None or isna(value):
        return "unknown"
    value = round(float(value), 2)
    return "rise" if value > 0 else "fall" if value < 0 else "none"
