"""Headings that group measures: the ten indicators, the dimensions of an action plan."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from etl.known.indicators import printed_names
from etl.printed.items import marks
from etl.printed.thai import arabic, composed, glued, key, one_line

# The small mark of ชี้ is the first that a picture of a page loses.
_INDICATOR = re.compile(
    r"^(?:\d{1,2}\s*[.)]\s*)?(?:ด้าน\s*)?ตัว\s*ชี[\u0e48\u0e49]?\s*วัด(?!\s*(?:ย่อย|ความสำเร็จ))\s*(?:ที่)?\s*(\d{1,2})?\s*[.:)]?\s*(?:(?:ด้าน)\s*)?"
)
_DIMENSION = re.compile(r"^มิติ\s*(?:ที่)?\s*(\d{1,2})\s*[.:)]?\s*")
_LISTED = re.compile(r"^(\d{1,2})\s*[.)](?!\d)\s*(?:ด้าน\s*)?")
_ASPECT = re.compile(r"^(?:ด้าน|ประเด็น|หัวข้อ|องค์ประกอบ)\s*(?:ที่\s*)?(?:\d{1,2}\s*[.:)]?)?\s*")
_OF_INSTRUMENT = re.compile(r"^[ :\n]*\(\s*(?:แบบ(?:วัด|ตรวจ)?\s*)?[IEO]IT\s*\)[ :\n]*")
_TEN = 10  # indicators: "๒ ๒." of a narrow column may have been read as ๒๒
_ALIKE = 88  # percent of letters; the names of the ten are at most 68 alike
_DEEPER = re.compile(r"^\d{1,2}\s*\.\s*\d")
_CONTINUED = re.compile(r"\s*\(\s*ต่อ\s*\)\s*")
_INSTRUMENT = re.compile(r"^(?:\d\s*[.)]\s*)?(?:แบบ(?:วัด|ตรวจ)|เครื่องมือ|ส่วนที่\s*\d|\(?[IEO]IT\)?\s*$|ประเด็นการประเมิน)")


@dataclass(frozen=True)
class Group:
    kind: str = "none"  # indicator, dimension, none
    number: str | None = None
    name: str | None = None


NO_GROUP = Group()


@cache
def _names() -> dict[str, list[tuple[re.Pattern, int]]]:
    """First letter -> each indicator's name that begins with it, with the spaces that a narrow column may put between its letters."""
    found: dict[str, list[tuple[re.Pattern, int]]] = {}
    for name, code in sorted(printed_names().items(), key=lambda spelling: -len(spelling[0])):
        pattern = re.compile(r"\s*".join(map(re.escape, name)) + r"(?![\u0e01-\u0e4e])")
        found.setdefault(name[0], []).append((pattern, int(code)))
    return found


def indicator_of(name: str) -> int | None:
    """The indicator whose name `name` is, a letter or two misread; None: none of the ten.

    >>> indicator_of("การใช้ทรัพย์สินของทาง ราชการ"), indicator_of("การจัดเวทีประชาคม")
    (4, None)
    """
    if not 8 <= len(name) <= 100:
        return None
    best = process.extractOne(key(name), _spellings().keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return _spellings()[best[0]] if best else None


def is_indicators_name(text: str) -> bool:
    """Whether `text` is the name of one of the ten to the letter; "มาตรการป้องกันการทุจริต" is a heading."""
    return key(text) in _spellings()


@cache
def _spellings() -> dict[str, int]:
    return {key(name): int(code) for name, code in printed_names().items()}


@lru_cache(maxsize=20_000)
def heading_of(text: str, dimension: bool = False) -> tuple[Group, str] | None:
    """(group, what follows it in the cell) of a cell that opens with a heading; None: it opens with none.

    `dimension`: the cell stands in a column of dimensions, where "๑. ..." is one.

    >>> heading_of("ตัวชี้วัดที่ ๒ ๒. การใช้งบประมาณ")
    (Group(kind='indicator', number='2', name='การใช้งบประมาณ'), '')
    >>> heading_of("ตัวชีวัดที่ ๒๒. การใช้งบประมาณ")[0].number  # a picture loses a mark and a space
    '2'
    >>> heading_of("๑. การ สร้าง วัฒนธรรม สุจริต", dimension=True)[0].name
    'การสร้างวัฒนธรรมสุจริต'
    """
    text = _CONTINUED.sub("\n", composed(text)).strip()
    plain = arabic(text)
    if match := _DIMENSION.match(plain):
        name, rest = _name_and_rest(text[match.end() :])
        return Group("dimension", match[1], glued(name) or None), rest
    if match := _INDICATOR.match(plain):
        rest = text[match.end() :]
        if match[1] and (again := re.match(rf"{match[1]}\s*[.)]?\s*(?!\d)", arabic(rest))):
            rest = rest[again.end() :]
        known = _known_name(rest, exact=False)
        if match[1] is None and known is None:
            return None
        number = match[1] if match[1] and (known is None or int(match[1]) <= _TEN) else str(known[0])  # type: ignore[index]
        name, rest = known[1:] if known else _name_and_rest(rest)
        return Group("indicator", number, glued(name) or None), rest
    if dimension and (match := _LISTED.match(plain)) and not _DEEPER.match(plain):
        name, rest = _name_and_rest(text[match.end() :])
        return Group("dimension", match[1], glued(name) or None), rest
    match = _LISTED.match(plain)
    name = text[match.end() :] if match else text
    aspect = _ASPECT.match(arabic(name))
    known = _known_name(name[aspect.end() :] if aspect else name, exact=True)
    if known:
        return Group("indicator", str(known[0]), glued(known[1])), known[2]
    return None


def listed_number(text: str) -> str | None:
    """The list number before a heading: "๑" of "๑. การใช้อำนาจ", which may be another than the indicator's."""
    match = _LISTED.match(arabic(text).strip())
    return match[1] if match else None


def is_deeper(text: str) -> bool:
    """Whether a cell opens with a number of two levels (๔.๒): a mission, not a dimension."""
    return bool(_DEEPER.match(arabic(text).strip()))


def is_other_heading(text: str) -> bool:
    """A heading that groups measures by instrument or part: no measure, and no indicator or dimension."""
    return len(text) < 160 and bool(_INSTRUMENT.match(arabic(text).strip()))


def _known_name(text: str, exact: bool) -> tuple[int, str, str] | None:
    """(indicator, its name as printed, the rest) where `text` opens with a name of the ten.

    `exact`: nothing but an item, a line or a bracket may follow; else it is a sentence about the subject.
    """
    text = text.strip()
    for pattern, number in _names().get(text[:1], ()):
        if match := pattern.match(text):
            rest = text[match.end() :]
            if exact and rest.strip() and not re.match(r"\s*[\n(:]|\s*$", rest) and not (marks(rest) and marks(rest)[0].begin <= 2):
                return None
            return number, match[0], _OF_INSTRUMENT.sub("", rest).strip(" :\n")
    line = text.split("\n", 1)[0]
    number = indicator_of(line)
    return (number, line, text[len(line) :].strip()) if number else None


def _name_and_rest(text: str) -> tuple[str, str]:
    """A heading's name ends where its line ends or a numbered item begins."""
    text = text.strip()
    first = next((mark for mark in marks(text) if mark.begin > 0), None)
    stop = min(first.begin if first else len(text), len(text))
    lines = text[:stop].split("\n")
    name = lines[0]
    # A narrow cell breaks a short name over lines; long lines are other sentences.
    at = 1
    while at < len(lines) and len(name) + len(lines[at]) < 70 and not re.match(r"[-–•(]", lines[at]):
        name += " " + lines[at]
        at += 1
    return one_line(name), ("\n".join(lines[at:]) + "\n" + text[stop:]).strip()
