"""The value of a spreadsheet's cell and its number format -> what the cell shows.

A percent format multiplies by 100; a percent sign in quotation marks is a letter. Decimals are those of the format; thousands are not
grouped, so that a number stays one. Days are day/month/Buddhist year, as Thai reports write them; a month with its year, and a day
without one, are as the sheet shows them (Oct-24, 2-Jan).
"""

import calendar
import datetime
import operator
import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

GENERAL = "General"
# Formats that Excel has by number (ECMA-376, 18.8.30), those of Thai installations (59 to 81) among them.
BUILT_IN = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm",
    17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 49: "@",
    59: "0", 60: "0.00", 61: "#,##0", 62: "#,##0.00", 67: "0%", 68: "0.00%", 71: "d/m/yyyy", 72: "d-mmm-yy", 73: "d-mmm", 74: "mmm-yy",
    75: "h:mm", 76: "h:mm:ss", 77: "d/m/yyyy h:mm", 78: "mm:ss", 79: "[h]:mm:ss", 80: "mm:ss", 81: "d/m/bb",
}  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General)|am/pm|a/p|([0#?]+)|([.,%@/])|(E[+-])|([dmyhsbge]+)|(.)', re.IGNORECASE | re.DOTALL
)
_BETWEEN_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_THAI_DIGITS = re.compile(r"(?<![a-z])t(?=[0#?dmyh])", re.IGNORECASE)
_BUDDHIST_CALENDAR = re.compile(r"\[\$-[0-9A-Fa-f]{0,2}07[0-9A-Fa-f]{4}\]")
_CONDITION = re.compile(r"\[\s*(<>|<=|>=|[<>=])\s*(-?\d+(?:\.\d+)?)\s*\]")
_COMPARED = {"<": operator.lt, "<=": operator.le, "=": operator.eq, ">=": operator.ge, ">": operator.gt, "<>": operator.ne}
_FIRST_DAY = datetime.datetime(1899, 12, 30)
_DAYS_1904 = 1462
_LARGEST = 1e15  # numbers of more digits than Excel keeps
_YEARS_OF_TWO_DIGITS = 2000  # Excel takes 67 for 1967: printed with two digits, it is 2567


@dataclass(frozen=True)
class _Section:
    """One part of a number format: what stands before, inside and after the digits, or the parts of a date."""

    kind: str  # general, number, date, empty
    pieces: tuple[tuple[str, str], ...] = ()  # (literal | digits | point | percent | general, text)
    percent: int = 0
    thousands: int = 0
    date: frozenset[str] = frozenset()
    two_digits: bool = False
    buddhist: bool = False
    condition: tuple[str, float] | None = None  # of the values that it shows: [<=1], [=2]

    def takes(self, value: float) -> bool:
        return self.condition is None or _COMPARED[self.condition[0]](value, self.condition[1])


def shown(value: object, code: str = GENERAL, from_1904: bool = False) -> str:
    """What a cell with this value and number format shows; an empty text where the format hides it.

    >>> shown(0.912, "0.00%"), shown(100, '0"%"'), shown(89.7943, "0.00"), shown(12500, "#,##0.00"), shown(7, "000")
    ('91.20%', '100%', '89.79', '12500.00', '007')
    >>> shown(45566, "mmm-yy"), shown(45659, "d-mmm"), shown(45566, "d/m/yyyy"), shown(True), shown(5, ";;;")
    ('Oct-24', '2-Jan', '1/10/2567', 'TRUE', '')
    >>> [shown(value, '[=1]"แล้วเสร็จ";[=2]"อยู่ระหว่าง";"ยังไม่เริ่ม"') for value in (1, 2, 3)]
    ['แล้วเสร็จ', 'อยู่ระหว่าง', 'ยังไม่เริ่ม']
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        sections = _sections(code) if code not in (GENERAL, "@") else ()
        return "" if len(sections) > 3 and sections[3].kind == "empty" else value
    if code == GENERAL or not abs(value) < _LARGEST:
        return _general(value)
    return _shown(float(value), code, from_1904)


@lru_cache(maxsize=20_000)
def _shown(value: float, code: str, from_1904: bool) -> str:
    sections = _sections(code)
    if any(section.condition for section in sections):
        at, section = -1, next((section for section in sections if section.takes(value)), _Section("general"))
    else:
        at = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
        section = sections[at]
    if section.kind == "empty":
        return ""
    if section.kind == "date":
        return _date(value + _DAYS_1904 * from_1904, section)
    if section.kind != "number":
        return _general(value)
    return _number(abs(value) if at == 1 else value, section)


def _general(value: float) -> str:
    number = f"{value:.15g}"
    return str(int(value)) if "e" in number and float(value).is_integer() else number


def _number(value: float, section: _Section) -> str:
    point = next((at for at, (kind, _) in enumerate(section.pieces) if kind == "point"), None)
    decimals = "".join(text for kind, text in section.pieces[point:] if kind == "digits") if point is not None else ""
    whole = "".join(text for kind, text in section.pieces[:point] if kind == "digits")
    scaled = Decimal(f"{value:.15g}") * 100**section.percent / 1000**section.thousands
    rounded = f"{abs(scaled).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP):f}"
    digits, _, after = rounded.partition(".")
    after = after[: len(decimals.rstrip("#?"))] + after[len(decimals.rstrip("#?")) :].rstrip("0")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    out, places = [], len(whole)
    before = True
    for kind, text in section.pieces:
        if kind == "literal":
            out.append(text)
        elif kind == "percent":
            out.append("%")
        elif kind == "general":
            out.append(_general(abs(value)))
        elif kind == "point":
            before = False
            out.append(f".{after}" if after else "")
        elif before:
            # The leftmost placeholder takes all digits that are too many for the others.
            taken = len(digits) - (places - len(text))
            out.append(digits[:taken] if taken > 0 else "")
            digits, places = digits[max(taken, 0) :], places - len(text)
    sign = "-" if scaled < 0 and any(digit in "123456789" for digit in rounded) else ""
    return (sign + "".join(out)).strip()


def _date(value: float, section: _Section) -> str:
    parts = section.date
    try:
        # Excel's 1900 had a 29th of February.
        when = _FIRST_DAY + datetime.timedelta(days=value + (0 < value < 60))
    except (OverflowError, ValueError):
        return _general(value)
    if not parts & set("dmy"):
        minutes = round(value * 24 * 60) if "elapsed" in parts else when.hour * 60 + when.minute
        return f"{minutes // 60}:{minutes % 60:02d}"
    month = calendar.month_abbr[when.month]
    year = when.year if when.year > 2400 and not section.buddhist else when.year + 543
    if section.two_digits and when.year < _YEARS_OF_TWO_DIGITS:
        year = 2500 + when.year % 100
    if "y" in parts:
        if "d" in parts:
            return f"{when.day}/{when.month}/{year}"
        if "m" not in parts:
            return str(year)
        if section.two_digits:
            return f"{month}-{(year if section.buddhist else when.year) % 100:02d}"
        return f"{month}-{year}"
    return f"{when.day}-{month}" if parts >= {"d", "m"} else month if "m" in parts else str(when.day)


@lru_cache(maxsize=2_000)
def _sections(code: str) -> tuple[_Section, ...]:
    return tuple(map(_section, _BETWEEN_SECTIONS.split(_THAI_DIGITS.sub("", code))))


def _section(text: str) -> _Section:
    if condition := _CONDITION.search(text):
        bare = _section(text[: condition.start()] + text[condition.end() :])
        return replace(bare, condition=(condition[1], float(condition[2])))
    if not text:
        return _Section("empty")
    pieces: list[tuple[str, str]] = []
    date: set[str] = set()
    percent = two_digits = 0
    slash = False
    for match in _TOKEN.finditer(text):
        quoted, escaped, bracket, general, digits, sign, exponent, letters, other = match.groups()
        if exponent:
            return _Section("general")
        if general or sign == "@":
            pieces.append(("general", ""))
        if quoted is not None or escaped or other:
            pieces.append(("literal", quoted if quoted is not None else escaped or other))
        elif bracket is not None:
            if re.fullmatch(r"[hms]+", bracket, re.IGNORECASE):
                date |= {"elapsed"}
        elif digits:
            pieces.append(("digits", digits))
        elif sign == "%":
            percent += 1
            pieces.append(("percent", "%"))
        elif sign == ".":
            pieces.append(("point", "."))
        elif sign == ",":
            pieces.append(("comma", ","))
        elif sign == "/":
            slash = True
            pieces.append(("literal", "/"))
        elif letters:
            kinds = {"e": "y", "g": "y", "b": "y"}
            for run in re.finditer(r"(.)\1*", letters.lower()):
                part = kinds.get(run[1], run[1])
                minutes = part == "m" and (date & {"h", "elapsed"} or re.match(r"[:.]s", text[match.end() :], re.IGNORECASE))
                date.add("minute" if minutes else part)
                two_digits = two_digits or (part == "y" and len(run[0]) < 3)
    if date:
        buddhist = "b" in text.lower() or bool(_BUDDHIST_CALENDAR.search(text))
        return _Section("date", date=frozenset(date), two_digits=bool(two_digits), buddhist=buddhist)
    placed = [at for at, (kind, _) in enumerate(pieces) if kind == "digits"]
    if slash and placed:
        return _Section("general")  # a fraction
    thousands = sum(kind == "comma" for kind, _ in pieces[placed[-1] :]) if placed else 0
    return _Section("number", tuple(piece for piece in pieces if piece[0] != "comma"), percent, thousands)
