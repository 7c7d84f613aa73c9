"""Every word that we chose, and how numbers and years are written: text.csv holds key, th, en, a column a language; nothing of it lives
in Python."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from numbers import Integral, Real
from pathlib import Path

from pandas import isna

TEXTS = Path(__file__).with_name("text.csv")
with open(TEXTS, encoding="utf-8", newline="") as handle:
    LANGUAGES = tuple(next(csv.reader(handle))[1:])  # Thai first: it stands in where data have no name in another language
DIGITS = ("arabic", "thai")
SCREENS = ("ordinary", "projector")
THAI_DIGITS = {ord("0") + digit: 0x0E50 + digit for digit in range(10)}
# A number in words of ours; digits that touch a Latin letter belong to a code or a name (O12, a0001, 2x) and stay.
NUMBER = re.compile(r"(?<![A-Za-z0-9_])\d(?:[\d.,]*\d)?(?![A-Za-z0-9_])")
PLACE = re.compile(
    r"(?:page (?P<page>\d+) )?(?:(?:table (?P<table>\d+) )?\brow (?P<row>\d+)(?![.\w])|line (?P<line>\d+))|page (?P<whole>\d+)"
)


@cache
def rows() -> dict[str, dict[str, str]]:
    """text.csv as key -> {"th": ..., "en": ...}. ValueError: a key stands twice."""
    with open(TEXTS, encoding="utf-8", newline="") as handle:
        found = {}
        for row in csv.DictReader(handle):
            if row["key"] in found:
                raise ValueError(f"text.csv: {row['key']} stands twice")
            found[row["key"]] = row
    return found


@cache
def template(key: str, lang: str, digits: str) -> str:
    """The words of a key with the numbers in them in the digits asked for. KeyError: no such key."""
    return in_digits(rows()[key][lang], digits)


def in_digits(text: str, digits: str) -> str:
    """A number, or our own words with numbers in them, in the digits asked for; codes stay."""
    return NUMBER.sub(lambda found: found[0].translate(THAI_DIGITS), text) if digits == "thai" else text


class Counted(str):
    """A number as it is written, which also chooses the form of the word that it counts: `{n} {n:agency|agencies}`."""

    number: float

    def __format__(self, forms: str) -> str:
        one, _, many = forms.partition("|")
        return (one if self.number == 1 else many) if many else str(self)


@dataclass(frozen=True)
class Words:
    """How one viewer is spoken to: `words("trends.title", n=12)`. A value per viewer, never process-wide state.

    `lang`: the language. `digits`: of numbers. `screen`: "projector" where a room reads along, so that figures print larger. `narrow`: a
    phone's, so that panels stand under each other.

    Which digits become Thai with digits="thai": those that we write, all of them here: a number given to a call, the numbers in our own
    words, and what number, signed, percent, floor, count, year, tick, date and indicator return. A text given to a call is data or was
    written here before, and stays as it is: names, codes (O12), places, addresses, phrases of documents. Files of data keep numbers.

    Years are stored as Buddhist ones. Thai pages show them so; English ones show the Gregorian year, in sentences with the Buddhist beside
    it.
    """

    lang: str
    digits: str = "arabic"
    screen: str = "ordinary"
    narrow: bool = False

    def __call__(self, key: str, **values) -> str:
        """The words of a key, its {names} filled: a number in the viewer's digits, a text as it is. KeyError: no such key."""
        text = template(key, self.lang, self.digits)
        return text.format(**{name: self._filled(name, value) for name, value in values.items()}) if values else text

    def _filled(self, name: str, value):
        """A whole number is a count, but for a year (`be`, `ce`)."""
        if not isinstance(value, Real):
            return value
        return self.count(value) if isinstance(value, Integral) and name not in ("be", "ce") else self.written(value)

    def of(self, row, name: str) -> str:
        """The field `name_th` or `name_en` of a row of data; the Thai one where the viewer's is empty or there is none."""
        text = row.get(f"{name}_{self.lang}")
        return row[f"{name}_th"] if text is None or isna(text) or text == "" else text

    def written(self, number) -> str:
        """A number or its text (1,234.50) in the digits of the viewer; a code (O12) stays."""
        return in_digits(str(number), self.digits)

    def number(self, value, digits: int = 2) -> str:
        """88.94; a dash where unknown. Points and percent have two digits, counts none."""
        if value is None or isna(value):
            return self("number.unknown")
        written = Counted(self.written(f"{_plain_zero(value, digits):,.{digits}f}"))
        written.number = value
        return written

    def count(self, value) -> str:
        """1,234; a dash where unknown."""
        return self.number(value, 0)

    def signed(self, value, digits: int = 2) -> str:
        """+4.51, -4.88, 0.00; a dash where unknown."""
        if value is None or isna(value):
            return self("number.unknown")
        value = _plain_zero(value, digits)
        return self.written(f"{value:+,.{digits}f}" if value else f"{value:,.{digits}f}")

    def percent(self, part: int, whole: int) -> str:
        """A share of counts: 85.71 %, half up; whole numbers without digits."""
        hundredths = (20000 * part + whole) // (2 * whole)
        return self.written(hundredths // 100 if hundredths % 100 == 0 else f"{hundredths // 100}.{hundredths % 100:02d}")

    def floor(self, value) -> str:
        """A limit of a rule: 85, 84.5; without digits that say nothing."""
        return self.written(f"{float(value):g}")

    def year(self, year) -> str:
        """A Buddhist fiscal year in a sentence: ปี 2568 in Thai, FY 2025 (BE 2568) in English."""
        return self("year.long", be=int(year), ce=int(year) - 543)

    def tick(self, year) -> str:
        """A Buddhist fiscal year on an axis or in a cell: 2568 in Thai, 2025 in English; a category and never a number."""
        return self("year.tick", be=int(year), ce=int(year) - 543)

    def date(self, day) -> str:
        """A day: 1 ต.ค. 2567 in Thai, 1 Oct 2024 in English; a dash where unknown."""
        if day is None or isna(day):
            return self("number.unknown")
        return self("slide.date", day=day.day, month=self("slide.months").split("|")[day.month - 1], be=day.year + 543, ce=day.year)

    def place(self, place) -> str:
        """A place in a document in words (page 3 line 12: หน้า 3 บรรทัด 12) or in a file (x.csv row 4: x.csv แถว 4); a cell of a sheet
        (Sheet1!C17) as it is. Several as a list."""
        return PLACE.sub(
            lambda found: " ".join(self(f"place.{part}", n=number) for part, number in found.groupdict().items() if number), str(place)
        )

    def value(self, name: str, value) -> str:
        """The word of a value of a named column: `status.completed`; as it is where we have none (a check of another version)."""
        key = f"{name}.{value}"
        return self(key) if key in rows() else str(value)

    def list(self, items) -> str:
        """One, two and three."""
        items = [str(item) for item in items]
        if len(items) < 2:
            return "".join(items)
        return self("list.last", first=self("list.comma").join(items[:-1]), last=items[-1])

    def sentence(self, said) -> str:
        """Several findings in one line."""
        return self("sentence.join").join(said)

    def indicator(self, code) -> str:
        """The name of an indicator or instrument as a subject: ตัวชี้วัดที่ 10, indicator 10, OIT."""
        return self("indicator.number", number=int(code)) if str(code).isdigit() else self.code(code)

    def code(self, code) -> str:
        """An indicator or instrument in a cell: 10, OIT, total."""
        return self("indicator.TOTAL") if code == "TOTAL" else self.written(code)

    def heading(self, number, name) -> str:
        """A heading of a report by its number and its words, of which either may be unknown; empty where both are."""
        return " ".join(part for part in (self.written("" if isna(number) else number), "" if isna(name) else str(name)) if part)

    def numbered(self, row) -> str:
        """An indicator as a label: 10 การป้องกันการทุจริต. `row` has indicator, name_th and name_en."""
        return f"{self.written(row['indicator'])} {self.of(row, 'name')}"


def _plain_zero(value, digits: int) -> float:
    """-0.001 printed with two digits is 0.00, not -0.00."""
    return round(float(value), digits) + 0.0


# What the page makes of a text after it was read as Markdown, where escapes are gone already: addresses (also www. and mail) into links,
# :names: into signs, arrows and comparisons into one sign. The point after which a word joiner, which has no width, prevents it.
MADE_LATER = re.compile(r"(?i:(?<=://)(?=\w)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=:)(?=[\w+-]+[:/]))|(?<=(?<!\S)[-<>=~])(?=(?:->|[-=>])(?!\S))")


def plain(text) -> str:
    """Text of a document as Markdown that shows it letter by letter: a name is no emphasis, link, formula or colour."""
    flat = re.sub(r"\s*[\r\n]+\s*", " ", str(text)).strip()  # a second line could begin a heading, a list or code
    signs = re.sub(r"([\\`*_\[\]$~<>#|:&])", r"\\\1", MADE_LATER.sub("\u2060", flat))
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", signs)


def address(url: str) -> str:
    """Where a document is, as a Markdown link; what is no ordinary address of the web (javascript:, data:) letter by letter."""
    return f"[{plain(url)}](<{url.replace('&', '&amp;')}>)" if re.fullmatch(r"https?://[^\s<>\\]+", url) else plain(url)


def change(value) -> str:
    """Which word a change of points takes: rise, fall, none or unknown; by its two printed digits."""
    if value is None or isna(value):
        return "unknown"
    value = round(float(value), 2)
    return "rise" if value > 0 else "fall" if value < 0 else "none"
