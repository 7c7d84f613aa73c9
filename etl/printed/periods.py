"""Periods as printed -> first and last day. Fiscal years are Buddhist-era and run from October to September."""

import calendar
import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date

from etl.printed.thai import arabic, composed, without_marks

MOST_LETTERS = 5000  # a longer cell is prose
_MONTHS = (
    ("มกราคม", "มค"), ("กุมภาพันธ์", "กพ"), ("มีนาคม", "มีค"), ("เมษายน", "เมย"), ("พฤษภาคม", "พค"), ("มิถุนายน", "มิย"),
    ("กรกฎาคม", "กค"), ("สิงหาคม", "สค"), ("กันยายน", "กย"), ("ตุลาคม", "ตค"), ("พฤศจิกายน", "พย"), ("ธันวาคม", "ธค"),
)  # fmt: skip
# What scanning makes of a month, seen in reports: letters that look alike.
_MISREAD = {"คศ": 10, "ดค": 10, "ตด": 10, "ธด": 12, "มิค": 3, "มืค": 3, "กุมภาพันธ": 2, "กรกฏาคม": 7, "กุมภาพัน": 2, "พฤษจิกายน": 11,
            "พฤศจิกายม": 11, "เมษยน": 4, "มีย": 6, "ชค": 12, "อค": 10}  # fmt: skip
# English months as spreadsheets write them: 2-Jan-24, Oct-24.
_ENGLISH_NAMES = {name: number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
_NAMES = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
# No two whole names are alike without their marks.
_WITHOUT_MARKS = {without_marks(names[0])[0]: number for number, names in enumerate(_MONTHS, 1)}


_YEAR_OF_OTHERS = re.compile(r"(?:ประจำ)?ปีงบประมาณ")  # but not "ตลอดปีงบประมาณ"


def _spaced(name: str) -> str:
    """A month name with the dots and spaces that print may put between its letters (มี.ค., มี ค, มีนาคม); a whole name may have lost marks."""
    if len(name) > 4:
        return "".join(f"{letter}[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]?" for letter in without_marks(name)[0])
    letters = re.findall(r"[\u0e01-\u0e2e\u0e40-\u0e44][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", name)
    return r"\s?\.?\s?".join(map(re.escape, letters)) + r"(?![\u0e01-\u0e4e])\s?\.?"


_MONTH = "|".join(_spaced(name) for name in sorted(_NAMES | _MISREAD, key=len, reverse=True))
_YEAR = r"(?:พ\s?\.\s?ศ\s?\.?\s*)?(?<!\d)(25\d\d|20\d\d|[4-9]\d)(?!\d|\s?[,.]?\d{3}|\s*(?:วัน|คน|เดือน|%|ครั้ง|บาท))"
_TO = r"\s*(?:-|–|—|−|~|=|ถึง|จนถึง|จน ถึง)\s*"  # scans make = of a dash
# \0: a period. Behind a dash: letters, or a day, letters and a year; before one: letters; a quarter's number alone.
_TORN = re.compile(
    r"\0\s*[-–—−~=]\s*[^\W\d_]|\0\s*(?:[-–—−~=]|ถึง)\s*\d{1,2}\s*[^\d\n\0]{2,15}\d{2,4}|[^\W\d_][^\0\n]{0,12}[-–—−~=]\s*\0|\0\s*[1-4]\s*(?:$|\n)"
)
_DAY = r"(?:(?<!\d)(\d{1,2})\s*)?"
_ENGLISH = rf"(?<![A-Za-z])(?:{'|'.join(sorted(_ENGLISH_NAMES, key=len, reverse=True))})(?![A-Za-z])"
_LIKE_A_SHEET = re.compile(r"[A-Za-z\u0e01-\u0e4e.]-\d|\d-[A-Z]")  # what is left of a text needs no slow pattern
_OF_A_SHEET = re.compile(
    rf"(?<![\d-])(\d{{1,2}})-({_ENGLISH})(?:-(\d{{4}}|\d{{2}}))?(?!\d)|({_ENGLISH}|{_MONTH})-(\d{{4}}|\d{{2}})(?!\d|\s*(?:เดือน\s*)?(?:{_MONTH}))"
)
_POINT = rf"(?:วันที่\s*)?{_DAY}(?:เดือน\s*)?({_MONTH})\s*(?:{_YEAR})?"
_DAYS = re.compile(rf"(?:วันที่\s*)?(?<!\d)(\d{{1,2}}){_TO}(\d{{1,2}})\s*({_MONTH})\s*{_YEAR}?")
_RANGE = re.compile(rf"{_POINT}(?:{_TO}{_POINT})?")
_NUMERIC = r"(?<![\d/.])(\d{1,2})\s?[/.]\s?(\d{1,2})\s?[/.]\s?(\d{4}|\d{2})(?!\d|[/.]\d)"
_NUMERIC_RANGE = re.compile(rf"{_NUMERIC}(?:{_TO}(?:{_NUMERIC}|{_POINT}))?")
# Of the same length as days between strokes, so that every place in the text stays where it is.
_ISO = (re.compile(r"(?<![\d-])((?:19|20|25)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\d-])"), r"\3/\2/\1")
_DASHED = (re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-((?:20|25)\d\d)(?![\d-])"), r"\1/\2/\3")
_FISCAL = r"(?:ปี\s?งบ\s?ประมาณ|ปีงบ|งบประมาณ\s*ปี)\s*(?:พ\s?\.\s?ศ\s?\.?\s*)?"
_QUARTER = re.compile(
    rf"ไตร\s?มาส\s*(?:ที่\s*)?([1-4])(?:{_TO}(?:ไตร\s?มาส\s*(?:ที่\s*)?)?([1-4])(?!\d))?"
    rf"\s*(?:(?:ของ\s*)?(?:{_FISCAL}|/|ปี\s*)?{_YEAR})?"
)
_HALF = re.compile(rf"(?:รอบ\s*)?6\s*เดือน\s*(แรก|หลัง)(?:\s*(?:ของ\s*)?(?:{_FISCAL})\s*{_YEAR})?")
_WHOLE = re.compile(
    rf"(?:ตลอด|ทั้ง|ภายใน|ประจำ|ใน)?\s*{_FISCAL}(?:{_YEAR})?|(?:ตลอด|ทั้ง)\s*(?:ทั้ง\s*)?ปี(?:\s*{_YEAR})?|(?:รายปี|ทุกเดือน|ต่อเนื่องตลอดปี|12\s*เดือน)"
)


@dataclass(frozen=True)
class Period:
    """A period found in a text: where, its first and last day (None: not known), and what was misread."""

    begin: int
    end: int
    text: str
    first: date | None
    last: date | None
    misread: tuple[tuple[str, str], ...] = field(default=())  # (printed, read as)


def fiscal_bounds(year: int) -> tuple[date, date]:
    """First and last day of a Buddhist-era fiscal year.

    >>> fiscal_bounds(2566)
    (datetime.date(2022, 10, 1), datetime.date(2023, 9, 30))
    """
    return date(year - 544, 10, 1), date(year - 543, 9, 30)


def buddhist(year: str) -> int:
    """A printed year of two or four digits -> Buddhist era.

    >>> buddhist("64"), buddhist("2564"), buddhist("2021")
    (2564, 2564, 2564)
    """
    number = int(year)
    if number < 100:
        return 2500 + number
    return number + 543 if number < 2400 else number


def periods(text: str, fiscal_year: int | None = None) -> list[Period]:
    """Every period printed in `text`, in order and without overlap.

    >>> [(str(p.first), str(p.last)) for p in periods("มี.ค. – ก.ย.๖๔")]
    [('2021-03-01', '2021-09-30')]
    >>> [(str(p.first), str(p.last)) for p in periods("Oct-24") + periods("ต.ค.-30 พ.ย. ๖๖")]
    [('2024-10-01', '2024-10-31'), ('2023-10-01', '2023-11-30')]
    >>> [(str(p.first), p.misread) for p in periods("สงหาคม ๒๕๖๖")]
    [('2023-08-01', (('สงหาคม', 'ส.ค.'),))]
    >>> [(str(p.first), str(p.last)) for p in periods("ต.ค. 65 = ก.ย. 66")]
    [('2022-10-01', '2023-09-30')]
    >>> [(str(p.first), str(p.last)) for p in periods("๑๕-๑๙ มี.ค. ๖๖")]
    [('2023-03-15', '2023-03-19')]
    >>> [(str(p.first), str(p.last)) for p in periods("2024-10-01 - 2025-09-30") + periods("1-10-2567 ถึง 30-9-2568")]
    [('2024-10-01', '2025-09-30'), ('2024-10-01', '2025-09-30')]
    """
    text = composed(text)[:MOST_LETTERS]
    plain = arabic(text)
    for pattern, strokes in (_ISO, _DASHED):
        plain = pattern.sub(strokes, plain)
    found: list[Period] = []
    for pattern, reader in _READERS:
        if pattern is _OF_A_SHEET and not _LIKE_A_SHEET.search(plain):
            continue
        for match in pattern.finditer(plain):
            if any(match.start() < other.end and other.begin < match.end() for other in found):
                continue
            read = reader(match, fiscal_year)
            if read is not None:
                first, last, misread = read
                found.append(Period(match.start(), match.end(), text[match.start() : match.end()].strip(), first, last, misread))
    return sorted(found, key=lambda period: period.begin)


def period(text: str, fiscal_year: int | None = None) -> Period | None:
    """The period that `text` prints, from the first day of its first to the last day of its last one; None: nothing readable.

    >>> found = period("ปีงบประมาณ 2569 ไตรมาส 2")
    >>> str(found.first), str(found.last)
    ('2026-01-01', '2026-03-31')
    """
    found = _within_their_year(text, periods(text, fiscal_year))
    if not found:
        return None
    firsts = [each.first for each in found if each.first]
    lasts = [each.last for each in found if each.last]
    misread = tuple(pair for each in found for pair in each.misread)
    return Period(found[0].begin, found[-1].end, text.strip(), min(firsts, default=None), max(lasts, default=None), misread)


def torn(text: str) -> bool:
    """Whether letters that are no period stand at the other end of a range of which one end is a period: the month there was misread. Or a
    number alone behind a period: the dash between two quarters was lost.

    >>> torn("ต.ค. 66 - ธิ.ค. 66"), torn("ต.ค. 66 - ธ.ค. 66"), torn("- ต.ค. 66")
    (True, False, False)
    >>> torn("๑ กุมภาพันธ์ ๒๕๖๙ - ๓๑ Hwan ๒๕๖๙"), torn("1 ต.ค. 2567 ถึง 30 ก.ย. 2568"), torn("1 ต.ค. 67 - 5 ครั้ง")
    (True, False, False)
    >>> torn("ไตรมาส 2 3"), torn("ไตรมาส 2 - 3"), torn("ไตรมาส 2 3 ครั้ง")
    (True, False, False)
    """
    plain = composed(text)
    for found in reversed(periods(plain)):
        plain = f"{plain[: found.begin]}\0{plain[found.end :]}"
    return bool(_TORN.search(plain))


def _within_their_year(text: str, found: list[Period]) -> list[Period]:
    """The periods without the fiscal year that is only printed to say of which year they are."""
    named = {each.first.year + 544 for each in found if each.first and _YEAR_OF_OTHERS.match(each.text) and _is_year(each)}
    if len(named) != 1 or all(map(_is_year, found)):
        return found
    year = named.pop()
    narrower = [each for each in periods(text, year) if not _is_year(each)]
    first, last = fiscal_bounds(year)
    inside = all(each.first and each.last and first <= each.first <= each.last <= last for each in narrower)
    return narrower if inside else found


def _is_year(each: Period) -> bool:
    return bool(each.first and each.last) and (each.first, each.last) == fiscal_bounds(each.first.year + 544)


def _month(printed: str) -> tuple[int, tuple[tuple[str, str], ...]]:
    letters = re.sub(r"[\s.]", "", printed)
    if letters in _NAMES or letters in _ENGLISH_NAMES:
        return _NAMES.get(letters) or _ENGLISH_NAMES[letters], ()
    number = _MISREAD.get(letters) or _WITHOUT_MARKS[without_marks(letters)[0]]
    short = _MONTHS[number - 1][1]
    dotted = ".".join(re.findall(r"[\u0e01-\u0e2e\u0e40-\u0e44][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", short)) + "."
    return number, ((printed.strip(), dotted),)


def _year_of(month: int, fiscal_year: int | None) -> int | None:
    """The calendar year (Buddhist) in which `month` lies within a fiscal year."""
    if fiscal_year is None:
        return None
    return fiscal_year - 1 if month >= 10 else fiscal_year


def _day(year: int, month: int, day: int | None, last: bool) -> date | None:
    length = monthrange(year - 543, month)[1]
    if day is None:
        day = length if last else 1
    return date(year - 543, month, day) if 1 <= day <= length else None


def _days(match: re.Match, fiscal_year: int | None):
    first, last, name, year = match.groups()
    month, misread = _month(name)
    known = buddhist(year) if year else _year_of(month, fiscal_year)
    if known is None or int(first) > int(last):
        return None
    return _day(known, month, int(first), False), _day(known, month, int(last), True), misread


def _range(match: re.Match, fiscal_year: int | None):
    day, name, year, day_to, name_to, year_to = match.groups()
    month, misread = _month(name)
    if name_to is None:
        known = buddhist(year) if year else _year_of(month, fiscal_year)
        if known is None:
            return None if misread else (None, None, misread)
        return _day(known, month, int(day) if day else None, False), _day(known, month, int(day) if day else None, True), misread
    month_to, more = _month(name_to)
    end = buddhist(year_to) if year_to else None
    begin = buddhist(year) if year else None
    if end is None and begin is not None:
        end = begin + (month_to < month)
    if end is None:
        end = _year_of(month_to, fiscal_year)
    if begin is None and end is not None:
        begin = end - (month_to < month)
    if begin is None or end is None:
        return None, None, misread + more
    first, last = _day(begin, month, int(day) if day else None, False), _day(end, month_to, int(day_to) if day_to else None, True)
    return first, last, misread + more


def _of_a_sheet(match: re.Match, fiscal_year: int | None):
    """A day or month as a spreadsheet shows it: 2-Jan, 2-Jan-24, Oct-24, ต.ค.-67."""
    day, name, year, month_name, month_year = match.groups()
    month, misread = _month(name or month_name)
    printed = year or month_year
    known = (
        _year_of(month, fiscal_year) if printed is None else buddhist(f"20{printed}" if len(printed) == 2 and printed < "43" else printed)
    )
    if known is None:
        return None
    at = int(day) if day else None
    return _day(known, month, at, False), _day(known, month, at, True), misread


def _numeric(match: re.Match, fiscal_year: int | None):
    day, month, year, day_to, month_to, year_to, point_day, point_name, point_year = match.groups()
    printed_first = match[0][: match.end(3) - match.start()]
    misread: tuple[tuple[str, str], ...] = ()
    if point_name is not None:
        end_month, misread = _month(point_name)
        end = buddhist(point_year) if point_year else _year_of(end_month, fiscal_year)
        last = _day(end, end_month, int(point_day) if point_day else None, True) if end else None
    elif month_to is not None:
        last = _calendar_day(day_to, month_to, year_to)
    else:
        last = None
    first = _calendar_day(day, month, year)
    # "๓.๑.๖๕- มี.ค.๖๖": a scanned ต.ค. A day beside a bare month, before the fiscal year that October opens, is not a day.
    if point_name is not None and point_day is None and day == "3" and month == "1" and last is not None:
        october = date(buddhist(year) - 543, 10, 1)
        if fiscal_year is None or (first and first < fiscal_bounds(fiscal_year)[0] <= october):
            stop = printed_first.rfind(year)
            return october, last, (*misread, (printed_first[:stop].strip(), "ต.ค."))
    if first is None:
        return None
    return first, last if month_to is not None or point_name is not None else first, misread


def _calendar_day(day: str, month: str, year: str) -> date | None:
    if not 1 <= int(month) <= 12:
        return None
    return _day(buddhist(year), int(month), int(day), False)


def _quarter(match: re.Match, fiscal_year: int | None):
    first, last, year = match.groups()
    known = buddhist(year) if year else fiscal_year
    if known is None:
        return None, None, ()
    starts = {1: (known - 1, 10), 2: (known, 1), 3: (known, 4), 4: (known, 7)}
    begin, end = starts[int(first)], starts[int(last or first)]
    return _day(*begin, None, False), _day(end[0], end[1] + 2, None, True), ()


def _half(match: re.Match, fiscal_year: int | None):
    which, year = match.groups()
    known = buddhist(year) if year else fiscal_year
    if known is None:
        return None, None, ()
    first, last = fiscal_bounds(known)
    return (first, date(known - 543, 3, 31), ()) if which == "แรก" else (date(known - 543, 4, 1), last, ())


def _whole(match: re.Match, fiscal_year: int | None):
    year = next((group for group in match.groups() if group), None)
    known = buddhist(year) if year else fiscal_year
    return (None, None, ()) if known is None else (*fiscal_bounds(known), ())


_READERS = (
    (_QUARTER, _quarter), (_HALF, _half), (_OF_A_SHEET, _of_a_sheet), (_DAYS, _days), (_NUMERIC_RANGE, _numeric), (_RANGE, _range),
    (_WHOLE, _whole),
)  # fmt: skip
