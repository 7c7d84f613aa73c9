"""What a heading or label of a score sheet means: headings.csv (heading, field, source), and names of the indicators in data/rules.

Fields of labels: agency, agency_type, district, province, region, fiscal_year, indicator, instrument, rank, note, source_url, agency_id,
code, synthetic. Fields of values: score, percent, weighted, instrument_score, change, the indicators by their numbers, IIT, EIT, OIT,
TOTAL, LEVEL; and what is no score: max, weight, target, count. One home for the reader and for the build's bulk loading of plain sheets:
both ask `Terms.field_of`.
"""

import csv
import re
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.known import Known
from etl.known.indicators import printed_names
from etl.known.names import MUNICIPAL_TYPES, full_name, typed_name
from etl.printed import thai

INSTRUMENTS = ("IIT", "EIT", "OIT")
_SIMILAR = 86  # percent of letters; of misread names in reports the worst true one had 88, the best false one 80
_SIMILAR_BY_NUMBER = 75  # of a name that stands with the indicator's own number
_APART = 5  # percent by which the best name must be more like than the next
_SIMILAR_PREFIX = 75
CELLS_REMEMBERED = 20_000
LETTERS_OF_A_LABEL = 250
ORDINAL = re.compile(r"^\(?\s*(\d{1,2})\s*[).]?$")
_LONG_ENOUGH = 8  # letters from which a heading may be recognised in spite of misreadings


@lru_cache(maxsize=CELLS_REMEMBERED)
def heading_key(text: str) -> str:
    """A heading for comparison: its letters without marks, which print loses and displaces, or its signs where it has no letters ("+/-").

    >>> heading_key("ระดับ ผลการ ประเมิน "), heading_key("Fiscal_Year"), heading_key("น้ าหนัก") == heading_key("น้ำหนัก"), heading_key("+/-")
    ('ระดบผลการประเมน', 'fiscalyear', True, '+/-')
    """
    return thai.bare(text) or re.sub(r"[\s_.,:;\"'*()\[\]“”]+", "", text)


@cache
def _listed() -> dict[str, str]:
    with open(Path(__file__).with_name("headings.csv"), encoding="utf-8-sig", newline="") as handle:
        return {row["heading"]: row["field"] for row in csv.DictReader(handle)}


@cache
def _subjects() -> tuple[tuple[re.Pattern, float], ...]:
    with open(Path(__file__).with_name("subjects.csv"), encoding="utf-8", newline="") as handle:
        rows = [(row["words"], float(row["weight"])) for row in csv.DictReader(handle)]
    return tuple(
        (re.compile(rf"(?<![A-Za-z]){re.escape(words)}(?![A-Za-z])" if words.isascii() else re.escape(thai.bare(words)), re.I), weight)
        for words, weight in rows
    )


@lru_cache(maxsize=CELLS_REMEMBERED)
def weighed(text: str) -> float:
    """How much the words of a heading or title say that numbers are scores of ITA (above 0) or of another subject (below), by subjects.csv.

    >>> weighed("คะแนน ITA"), weighed("จำนวนเรื่องร้องเรียนแยกตามหน่วยงาน"), weighed("อำเภอบ้านใหม่")
    (4.0, -6.0, 0)
    """
    bare = thai.bare(text)
    return sum(weight for words, weight in _subjects() if words.search(text if words.pattern.isascii() else bare))


@cache
def _totals() -> str:
    """What running text calls the total (prose.csv), as a pattern."""
    with open(Path(__file__).with_name("prose.csv"), encoding="utf-8", newline="") as handle:
        return "|".join(re.escape(row["words"]) for row in csv.DictReader(handle) if row["part"] == "total")


_OF_INDICATOR = r"ตัว\s?[ชซข][ี่้ิ]{0,2}\s?วัด\s*(?:ท[ี่ิ้]{0,2})?\s*\d{1,2}|(?<![A-Za-z])indicator\s*\d{1,2}"
_SCORE = r"(?:ผล|ค่า)?คะแนน(?:ประเมิน|การประเมิน|เฉลี่ย|ที่ได้(?:รับ)?)*(?:ตาม|ราย|ของ|แต่ละ|ประจำ)*"
# Headings that are put together freely of a few words; as `heading_key` writes them.
_WORDED = (
    (thai.worded(rf"{_SCORE}ตัวชี้วัด"), "score"),
    (thai.worded(rf"{_SCORE}(?:แบบวัด|เครื่องมือ|แบบสำรวจ)"), "instrument_score"),
    (
        thai.worded(
            r"(?:ผล)?(?:ผลรวม|รวม|คะแนนรวม|คะแนนเฉลี่ยรวม|รวม(?:ผล)?คะแนน)(?:เฉลี่ย|(?:ตาม|หลัง)?(?:การ)?ถ่วงน้ำหนัก(?:แล้ว)?|ทั้งสิ้น|ทั้งหมด|สุทธิ|ของหน่วยงาน|การประเมิน|ita)*"
        ),
        "TOTAL",
    ),
    (thai.worded(r"(?:ผล)?ระดับ(?:ผล|คะแนน|การประเมิน|คุณธรรมและความโปร่งใส|ของหน่วยงาน|หน่วยงาน|ที่ได้(?:รับ)?|ita)*"), "LEVEL"),
)


def _worded(key: str) -> str | None:
    return next((field for pattern, field in _WORDED if pattern.fullmatch(key)), None)


def _though_lost(sign: str) -> str:
    """A sign of a name as a pattern: the marks above letters are the first that print and pictures lose."""
    return re.escape(sign) + "?" * ("\u0e47" <= sign <= "\u0e4e")


@dataclass(frozen=True, slots=True)
class Label:
    """The indicator that a label names: `code`; `number` as printed where the name is another's or none is known."""

    code: str | None = None
    number: str | None = None
    named: bool = False  # by its name or instrument, not merely by a number
    subordinate: bool = False  # "9.1": part of an indicator
    conflict: bool = False  # the number is another's than the name


_PREFIX = re.compile(
    r"^\W*(?:\d{1,2}\s?[.)]\s*)?(?:ผล)?(?:คะแนน)?\s*(?:ราย)?\s*(?:ตัว\s?[ชซข][ี่้ิ]{0,2}\s?วัด(?P<part>\s?ย่อย)?|ตชว\.?|indicator|kpi|ind\.?)\s*(?:ท[ี่ิ้]{0,2})?[\s._#:]*"
    r"(?P<number>\d{1,2}(?:\.\d{1,2})?)?(?!\d)",
    re.I,
)
_NUMBERED = re.compile(r"^\W*(?P<number>\d{1,2}(?:\.\d{1,2})?)(?!\d)\s*[.):-]?\s*")
_CODE = re.compile(r"^\W*(?:ind|indicator)[\s._-]?(?P<number>\d{1,2})\W*$", re.I)


_SUBJECT = re.compile(r"(?:การประเมิน)?คุณธรรมและความโปร่งใส(?:ในการดำเนินงาน)?(?:ของหน่วยงานภาครัฐ)?|(?<![A-Za-z])ITA(?![A-Za-z])", re.I)


_LIKE_A_PREFIX = re.compile(r"^\W*([ก-๎][ก-๎ ]{5,14}[ก-๎])[\s._#:]*(?=\d{1,2}(?!\d))")


def _prefix_restored(text: str) -> str:
    """The misread word before a number, "ตุวซี้วัดที ๓", as "ตัวชี้วัดที่"."""
    found = _LIKE_A_PREFIX.match(text)
    if found and fuzz.ratio(thai.bare(found[1]), thai.bare("ตัวชี้วัดที่")) >= _SIMILAR_PREFIX:
        return "ตัวชี้วัดที่ " + text[found.end() :]
    return text


def _versions(text: str) -> list[str]:
    """A heading as printed, and without what may stand beside its name: brackets, years, units, the name of ITA."""
    text = thai.arabic(thai.one_line(text))
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    dated = re.sub(r"(?:ประจำ)?(?:ปี(?:งบประมาณ)?)?\s*(?:พ\.?\s?ศ\.?)?\s*(?:25|20)\d\d", " ", bare)
    outof = re.sub(r"(?:คะแนน)?เต็ม\s*\d+(?:\s*คะแนน)?|\d+\s*คะแนน|%|100", " ", dated)
    unsaid = re.sub(_SUBJECT, " ", dated)
    # A year alone is a heading of its own kind and must not be emptied into another.
    return [version for version in dict.fromkeys((text, bare, dated, outof, unsaid)) if heading_key(version)]


def number_before_name(text: str) -> str | None:
    """The number of a list before a name: "3" of "3. Exercise of Power"."""
    text = thai.arabic(thai.one_line(text))
    found = _NUMBERED.match(text)
    named = found and found[0].rstrip().endswith((".", ")", ":", "-")) and text[found.end() : found.end() + 1].isalpha()
    return found["number"].lstrip("0") if found and named and "." not in found["number"] else None


def number_after_word(text: str) -> str | None:
    """The number that ends a heading: "2" of "ArtTa ที่ ๒", as a picture of small print may give ตัวชี้วัดที่ ๒."""
    found = re.fullmatch(r"[^\d(]*[^\d(\s.]\s*(\d{1,2})", thai.arabic(thai.one_line(text)))
    return found[1].lstrip("0") if found else None


def agency_in_heading(text: str) -> str | None:
    """The agency that a column stands for, its name in full: "ทต.บ้านเดื่อ" -> "เทศบาลตำบลบ้านเดื่อ"."""
    text = thai.unwrapped(text)
    kind, bare = typed_name(thai.glued(text))
    return full_name(thai.glued(text)) if kind in MUNICIPAL_TYPES and 1 < len(bare) <= 60 and not re.search(r"\d", bare) else None


class Terms:
    """What headings and labels mean under what is known: the listed ones, and the names of indicators and instruments of every year.

    `indicators`: numbers of indicators of any year. `of`: makes the terms of a `Known` once.
    """

    def __init__(self, known: Known):
        self.known = known
        self._printed_names = dict(printed_names())
        self._fields = {heading_key(name): field for name, field in (_listed() | self._printed_names).items()}
        for rules in known.rules.values():
            for row in (*rules.indicators, *rules.instruments):
                self._fields.setdefault(heading_key(row["name_th"]), row["code"])
                self._fields.setdefault(heading_key(row["name_en"]), row["code"])
                self._printed_names |= {row["name_th"]: row["code"], row["name_en"]: row["code"]}
        self.indicators = frozenset(field for field in self._fields.values() if field.isdigit())
        self.maxima = frozenset(points for rules in known.rules.values() for code in INSTRUMENTS if (points := rules.points(code))) | {100}
        # Cells repeat: what was asked is remembered.
        self.field_of = lru_cache(maxsize=CELLS_REMEMBERED)(self._field_of)
        self.label_of = lru_cache(maxsize=CELLS_REMEMBERED)(self._label_of)

    @staticmethod
    @lru_cache(maxsize=4)
    def of(known: Known) -> "Terms":
        return Terms(known)

    @cached_property
    def _values(self) -> dict[str, str]:
        """Key of a heading -> its indicator, instrument, total or level."""
        return {key: field for key, field in self._fields.items() if field in self.indicators or field.isupper()}

    @cached_property
    def _long_values(self) -> dict[str, str]:
        return {key: field for key, field in self._values.items() if len(key) >= _LONG_ENOUGH and field not in ("TOTAL", "LEVEL")}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        """Length -> keys of headings that are as long."""
        lengths: dict[int, list[str]] = {}
        for name in self._fields:
            lengths.setdefault(len(name), []).append(name)
        return lengths

    @cached_property
    def _names(self) -> re.Pattern:
        """Names of indicators, instruments and the total as running text prints them, alone or after "ตัวชี้วัดที่ 3"."""
        known = [name for name, field in self._printed_names.items() if len(name) >= _LONG_ENOUGH and (field in self.indicators)]
        names = "|".join(r"\s*".join(map(_though_lost, re.sub(r"\s", "", name))) for name in sorted(known, key=len, reverse=True))
        ita = r"คุณธรรมและความโปร่งใส|(?<![A-Za-z])ITA(?![A-Za-z])|" + _totals()
        return re.compile(
            rf"(?:(?P<of>{_OF_INDICATOR})\s*(?:(?:ด้าน|คือ|เรื่อง|\d{{1,2}}\s*[.)])\s*)*)?(?P<name>{names})"
            rf"|(?P<number>{_OF_INDICATOR})(?!\.?\d)|(?<![A-Za-z])(?P<instrument>IIT|EIT|OIT)(?![A-Za-z])|(?P<total>{ita})",
            re.I,
        )

    def names_in(self, text: str) -> list[tuple[str, int, int]]:
        """(indicator, instrument or TOTAL; where its name begins and ends) of every name in running text with Arabic digits.

        A name that goes on at once is one: "ผลการประเมินคุณธรรมและความโปร่งใส (ITA)". Where number and name disagree it is left out.
        """
        found: list[tuple[str, int, int]] = []
        for match in self._names.finditer(text):
            name = match["name"]
            number = re.search(r"\d+", match["of"] or match["number"] or "")
            code = (
                self._fields.get(heading_key(name))
                if name
                else number[0].lstrip("0")
                if number
                else (match["instrument"] or "TOTAL").upper()
            )
            if code not in self.indicators and code not in (*INSTRUMENTS, "TOTAL") or (name and number and number[0].lstrip("0") != code):
                continue
            if found and code == "TOTAL" == found[-1][0] and not re.search(r"\d", text[found[-1][2] : match.start()]):
                found[-1] = (code, found[-1][1], match.end())
                continue
            found.append((code, match.start(), match.end()))
        return found

    def instrument_of(self, indicator: str, fiscal_year: int | None) -> str | None:
        """The instrument of an indicator in that year's rules, or in the latest."""
        rules = self.known.nearest(fiscal_year)
        return rules.instrument_of(indicator) if rules else None

    def _field_of(self, heading: str) -> str | None:
        """The field that a heading names, in Thai or English; None where it is not known.

        >>> from etl.known import load_known
        >>> field_of = Terms.of(load_known()).field_of
        >>> field_of("ปีงบประมาณ"), field_of("Agency name"), field_of("ตัวชี้วัดที่ ๒ ๒. การใช้งบประมาณ"), field_of("คะแนน IIT (30)")
        ('fiscal_year', 'agency', '2', 'IIT')
        """
        if len(heading) > LETTERS_OF_A_LABEL:
            return None
        for text in _versions(heading):
            if field := self._fields.get(heading_key(text)):
                return field
        return self.label_of(heading).code or _worded(heading_key(heading)) or self._misread(heading_key(heading))

    def _misread(self, key: str) -> str | None:
        """The field of the heading that a misread one resembles, where none of another field is nearly as like."""
        if len(key) < _LONG_ENOUGH or len(key) > 40 or re.search(r"\d", key):
            return None
        as_long = [name for length in range(len(key) - 2, len(key) + 3) for name in self._by_length.get(length, ())]
        return _alone(key, {name: self._fields[name] for name in as_long})

    def _label_of(self, text: str) -> Label:
        """
        >>> from etl.known import load_known
        >>> label_of = Terms.of(load_known()).label_of
        >>> label_of("คะแนนรายตัวชี้วัดที่ 4 การใช้ทรัพย์สินของทางราชการ").code
        '4'
        >>> label_of("9.1 ข้อมูลพื้นฐาน").subordinate
        True
        """
        if not text.strip() or len(text) > LETTERS_OF_A_LABEL:
            return Label()
        text = thai.arabic(thai.one_line(text))
        text = _prefix_restored(text)
        prefix = _PREFIX.match(text)
        printed = None
        rest = text
        if prefix:
            printed, rest = prefix["number"], text[prefix.end() :]
            if prefix["part"]:
                return Label(number=printed, subordinate=True)
        again = _NUMBERED.match(rest)
        if again and (again["number"] == printed or printed is None or "." in again["number"]):
            printed, rest = again["number"], rest[again.end() :]
        if printed and "." in printed:
            return Label(number=printed, subordinate=True)
        name = self._named(rest)
        if name in self.indicators:
            return Label(name, printed, True, conflict=bool(printed) and printed != name)
        if name and not prefix:
            return Label(name, printed, True)
        if printed and (prefix or _CODE.match(text)):
            known = printed.lstrip("0") in self.indicators
            if known and self._like_its_name(printed.lstrip("0"), rest):
                return Label(printed.lstrip("0"), printed, True)
            # "ตัวชี้วัดที่ 3 ความพึงพอใจ" has the number of an indicator and the name of none.
            if known and not re.search("[ก-ฮA-Za-z]{3}", re.sub(r"\([^)]*\)|คะแนน|ปี", "", rest)):
                return Label(printed.lstrip("0"), printed)
            return Label(None, printed)
        if code := _CODE.match(text):
            number = code["number"].lstrip("0")
            return Label(number if number in self.indicators else None, number)
        return Label()

    def _like_its_name(self, number: str, name: str) -> bool:
        """Whether a misread name is like one of the indicator whose number it bears: a witness, so that less likeness is enough."""
        key = heading_key(name)
        names = (known for known, field in self._long_values.items() if field == number)
        return len(key) >= _LONG_ENOUGH and any(fuzz.ratio(key, known) >= _SIMILAR_BY_NUMBER for known in names)

    def row_label(self, text: str) -> Label:
        """The indicator that a row's label names; bare numbers count in a column of indicators."""
        label = self.label_of(text)
        ordinal = ORDINAL.match(thai.arabic(text.strip()))
        if label.code is None and ordinal:
            number = ordinal[1].lstrip("0")
            return replace(label, code=number if number in self.indicators else None, number=number)
        return label

    def _named(self, text: str) -> str | None:
        """The indicator, instrument, total or level whose name `text` is, begins with, or resembles."""
        for version in _versions(text):
            if field := self._values.get(heading_key(version)):
                return field
        bracketed = text.partition("(")[2].partition(")")[0]  # "Use of Government Assets (การใช้ทรัพย์สินของราชการ)"
        if bracketed and (field := self._values.get(heading_key(bracketed))) in self.indicators:
            return field
        key = heading_key(text)
        if (worded := _worded(key)) in ("TOTAL", "LEVEL"):
            return worded
        if code := re.search(r"(?<![A-Za-z])(IIT|EIT|OIT)(?![A-Za-z])", text):
            if (
                not re.search(r"[ก-ฮ]{3}", re.sub("รวม|เฉลี่ย", " ", text))
                or re.search("แบบ|คะแนน|ผู้มีส่วน|เปิดเผยข้อมูลสาธารณะ|เครื่องมือ", text)
                or key.startswith(code[1].lower())
            ):
                return code[1]
        # Totals and levels have names too short and too common to be found inside longer texts.
        known = [name for name in self._long_values if key.startswith(name)]
        if known and len(key) <= 2.5 * len(longest := max(known, key=len)):
            return self._long_values[longest]
        return _alone(key, self._long_values) if _LONG_ENOUGH <= len(key) <= 60 else None


def _alone(key: str, fields: dict[str, str]) -> str | None:
    """The field whose name a misread heading resembles, where none of another field is nearly as like; `fields`: name -> field."""
    like = process.extract(key, fields.keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR - _APART, limit=None)  # the most alike first
    if not like or like[0][1] < _SIMILAR:
        return None
    field = fields[like[0][0]]
    return field if all(like[0][1] - share >= _APART for name, share, _ in like if fields[name] != field) else None
