"""Which column of a table is what: decided by its heading, corrected by what stands below it.

`headings.csv` (role, heading) is the list of headings; a heading that is misread or worded a little differently goes to
the role of its nearest neighbour. Content has the last word where it is unmistakable (ticks, periods, units, amounts).
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from etl.formats import Cell
from etl.measures.groups import is_indicators_name
from etl.measures.status import is_tick, of_phrase, says_nothing
from etl.printed.budgets import looks_like_money
from etl.printed.items import marks
from etl.printed.periods import periods
from etl.printed.thai import arabic, key, numeral, one_line
from etl.printed.units import is_known_unit, looks_like_units

Roles = dict[int, str]  # column -> role

STATUS_ROLES = ("completed", "in_progress", "not_started", "not_possible")
RESULT_ROLES = (*STATUS_ROLES, "result", "outcome", "status", "percent", "budget_spent", "period_done")
# A table of measures says who, when, how or what came of it; one of these must stand beside the title.
_BESIDE_TITLE = ("steps", "unit", "period", "period_done", "month", "monitoring", *RESULT_ROLES)
LONGEST_HEADING = 90
_MONTH_HEADING = re.compile(r"^(?:มค|กพ|มีค|เมย|พค|มิย|กค|สค|กย|ตค|พย|ธค)(?:\d{2}|\d{4})?$|^(?:ไตรมาส|ไตรมาสที่)[1-4](?:\d{4})?$")
_NUMBER = re.compile(r"\s*[\d๐-๙]+(?:[.,][\d๐-๙]+)+\s*%?\s*$")  # 92.14, 30,000
_PERCENT = re.compile(r"\(?(?:ร้อยละ)?\s*(\d{1,3})\s*(?:%|เปอร์เซ็นต์)?\)?")
_CODE = r"(?:(?:ข้อ|OIT|IIT|EIT)\s*)?[IEOieo0]\s?-?\d{1,2}"
_CODES = re.compile(rf"{_CODE}(?:[\s,;/()-]+(?:และ\s*)?{_CODE})*[\s)]*")
_ALIKE = 80


@cache
def _headings() -> dict[str, str]:
    with open(Path(__file__).with_name("headings.csv"), encoding="utf-8", newline="") as handle:
        return {key(row["heading"]) or row["heading"]: row["role"] for row in csv.DictReader(handle)}


@cache
def _long_headings() -> tuple[tuple[str, str], ...]:
    """Headings long enough to be found inside longer ones."""
    return tuple((name, role) for name, role in _headings().items() if len(name) >= 6 and role not in STATUS_ROLES)


@lru_cache(maxsize=50_000)
def role_of(heading: str) -> str | None:
    """The role that the words of one heading name; None where they name none.

    >>> role_of("จบ ประมาณ ที่ตั้งไว้"), role_of("ระยะ เวลาที่ ดำเนินการ แล้ว"), role_of("ชื่อ - สกุล")
    ('budget_planned', 'period_done', None)
    """
    if len(heading) > 3 * LONGEST_HEADING:
        return None
    role = _role_of_key(key(re.sub(r"\((?:บาท|ถ้ามี|โดยย่อ|ย่อ|โดยสังเขป)\)|[:：]", "", heading)) or heading.strip())
    if role is None and len(parts := re.split(r"\s*/\s*|\s*(?:หรือ|และ)\s*", heading.strip())) > 1:
        # "ผลสำเร็จ/ผลที่เกิดขึ้น": what its parts say, the first that says anything
        role = next((found for part in parts if len(part) > 3 and (found := _role_of_key(key(part)))), None)
    if "%" in heading and role in (None, "result", "outcome", "status"):
        return "percent"
    return role


def is_known(heading: str) -> bool:
    """Whether the words are a heading of the list to the letter, spaces apart."""
    return key(heading) in _headings()


def _role_of_key(printed: str) -> str | None:
    known = _headings()
    if printed in known:
        return known[printed]
    if not printed or len(printed) > LONGEST_HEADING:
        return None
    if _MONTH_HEADING.match(printed):
        return "month"
    if len(printed) < 4:
        return None
    if match := re.match(r"^(?:สรุป|รายงาน)?ผล(?:การ)?(?:ดำเนิน|ปฏิบัติ)(?:การ|งาน)", printed):
        if re.search(r"ร้อยละ|เปอร์เซ็นต์", printed):
            return "percent"
        return "result" if len(match[0]) > 6 else None
    # "จบประมาณ", "งบประมาน": budgets as they are misread in narrow columns.
    if re.match(r"^[งจ]บประมา[ณน]", printed) and len(printed) < 30:
        if re.search(r"เหลือ|ร้อยละ|แหล่ง|ที่มา", printed):
            return "other"
        return "budget_spent" if re.search(r"ใช้|จ่าย|เบิก|ไป$", printed) else "budget_planned"
    if re.match(r"^ผล(?:สำเร็จ|ลัพธ์|สัมฤทธิ์|ที่ได้รับ|ที่เกิดขึ้น|ผลิต)", printed) and len(printed) < 40:
        return "outcome"
    if re.match(r"(?:รหัส|ประเด็น)?ข้อ(?:คำถาม|ที่)?(?:แบบวัด)?(?:oit|iit|eit|ita)", printed):
        return "refs"  # "ข้อ OIT ที่ต้องปรับปรุง"
    nearest = process.extractOne(printed, known.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if nearest:
        return known[nearest[0]]
    # A longer heading that opens or closes with a known one: "ผู้รับผิดชอบในการดำเนินการของหน่วยงาน".
    inside = [(len(name), -printed.find(name), role) for name, role in _long_headings() if name in printed]
    if inside:
        length, _, role = max(inside)
        return role if length * 3 >= len(printed) else None
    return None


def is_heading_row(row: tuple[Cell, ...]) -> bool:
    """Whether a row names columns: at least two different roles, and most of its cells short and known."""
    if len(row) > 1 and any(map(_NUMBER.match, (cell.text for cell in row))):
        return False  # the common row of a long table, told at once
    texts = [cell.text for cell in row if not says_nothing(cell.text)]
    if len(texts) < 2 or len(row) > 60 or max(map(len, texts)) > LONGEST_HEADING * 2 or any(map(_is_content, texts)):
        return False
    roles = [role_of(text) for text in texts]
    known = [role for role in roles if role]
    if roles.count("month") < 3:
        known = [role for role in known if role != "month"]
    return len(set(known)) >= 2 and len(known) * 2 > len(texts)


def _is_content(text: str) -> bool:
    """A tick, a number, an item, the name of an indicator ("การใช้งบประมาณ" is not "งบประมาณ") or of a unit: what a heading is not."""
    return numeral(text) is not None or is_tick(text) or bool(marks(text)) or is_indicators_name(text) or is_known_unit(text)


def is_second_heading_row(row: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether a row refines the headings above it: its cells are known headings, and stand under a wide or empty one."""
    filled = [(column, cell.text) for column, cell in enumerate(row) if cell.text.strip()]
    if not filled or len(row) > 60:
        return False
    if _is_scale([text for _, text in filled]):
        return True
    above = {column: first[column].text if column < len(first) else "" for column, _ in filled}
    if any(len(text) > LONGEST_HEADING for _, text in filled):
        return False
    known = sum(
        bool(role_of(text)) or bool(re.fullmatch(r"\(?\s*(?:บาท|ถ้ามี|ร้อยละ|%)\s*\)?|25\d\d", arabic(text).strip())) for _, text in filled
    )
    repeated = all(key(text) == key(above[column]) for column, text in filled)
    return known == len(filled) and (repeated or all(_under_a_wide_one(column, text, row, first) for column, text in filled))


def percent_of(heading: str) -> int | None:
    """The percentage that heads a column to be ticked, below the words that several of them share; None for other headings.

    >>> percent_of("ความก้าวหน้า (ร้อยละ)\\n๗๕"), percent_of("50%"), percent_of("ร้อยละ")
    (75, 50, None)
    """
    found = _PERCENT.fullmatch(arabic(heading.rpartition("\n")[2]).strip())
    return int(found[1]) if found and int(found[1]) <= 100 else None


def _is_scale(texts: list[str]) -> bool:
    """Whether headings are the steps of progress, 25 | 50 | 75 | 100, rising to all or falling from it."""
    steps = [percent_of(text) for text in texts]
    if len(steps) < 2 or None in steps:
        return False
    return 100 in (steps[0], steps[-1]) and steps in (sorted(set(steps)), sorted(set(steps), reverse=True))


def _under_a_wide_one(column: int, text: str, row: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether the heading above a cell is empty, the same, or reaches over the cell to its right as well."""
    above = first[column].text.strip() if column < len(first) else ""
    following = next((at for at in range(column + 1, len(first)) if first[at].text.strip()), len(row))
    reaches = any(cell.text.strip() for cell in row[column + 1 : following])
    return not above or key(above) == key(text) or reaches or text.strip().startswith("(")


def headings_of(first: tuple[Cell, ...], second: tuple[Cell, ...] | None) -> dict[int, str]:
    """Column -> its heading in words, of one or two rows; an upper heading reaches over the empty cells to its right."""
    words: dict[int, str] = {}
    upper = ""
    count = max(len(first), len(second) if second else 0)
    for column in range(count):
        top = one_line(first[column].text) if column < len(first) else ""
        below = one_line(second[column].text) if second and column < len(second) else ""
        upper = top or (upper if below else "")
        if below and key(below) != key(upper):
            words[column] = f"{upper}\n{below}" if upper else below
        elif top:
            words[column] = top
    return words


def roles_of(headings: dict[int, str]) -> Roles:
    """Column -> role by headings alone; columns whose heading says nothing known are left out."""
    roles: Roles = {}
    for column, words in headings.items():
        upper, _, lower = words.partition("\n")
        role = role_of(words) if not lower else _lower_role(upper, lower)
        if role:
            roles[column] = role
    return roles


def _lower_role(upper: str, lower: str) -> str | None:
    below, above = role_of(lower), role_of(upper)
    if above in ("result", "status", "percent", "outcome", None) and percent_of(lower) is not None:
        return "percent"
    if above == "budget_planned" and (below is None or below.startswith("budget")):
        return below or "budget_planned"
    if above in ("result", "status") and below in ("result", None):
        return role_of(upper + lower) or above
    if above == "percent" or (below == "percent" and above and above.startswith("budget")):
        return "other" if above != "percent" else "percent"
    return below or role_of(upper + lower) or above


def corrected(roles: Roles, rows: list[tuple[Cell, ...]], columns: int) -> Roles:
    """Roles with what the cells below say: unheaded columns found, wrong ones changed."""
    roles = dict(roles)
    for column in range(columns):
        texts = [row[column].text for row in rows[:400] if column < len(row) and not says_nothing(row[column].text)]
        role = roles.get(column)
        if not texts:
            continue
        looks = content_role(texts)
        if role is None or role == "other":
            if sum(bool(_CODES.fullmatch(arabic(text))) for text in texts[:60]) * 2 > len(texts[:60]):
                roles[column] = "refs"
                continue
        if role is None:
            if looks in ("period", "unit") and looks not in roles.values() and not (looks == "period" and "period_done" in roles.values()):
                roles[column] = looks
            elif looks == "number" and column == 0 and "number" not in roles.values():
                roles[column] = looks
            continue
        if role in ("result", "status", "outcome") and looks == "tick":
            roles[column] = "completed"
        elif role in ("result", "status", "outcome") and looks == "percent":
            roles[column] = "percent"
        elif role == "steps" and looks == "unit" and "unit" not in roles.values():
            roles[column] = "unit"
        elif role == "period" and looks == "unit" and "unit" not in roles.values():
            roles[column] = "unit"
        elif role == "unit" and looks == "period" and "period" not in roles.values():
            roles[column] = "period"
        elif role == "completed" and looks in ("prose", "status") and not set(STATUS_ROLES[1:]) & set(roles.values()):
            roles[column] = "result"
        elif role == "monitoring" and looks == "status":
            roles[column] = "result"
        elif role == "number" and looks == "prose" and not any(numeral(text) is not None for text in texts):
            roles[column] = "title" if "title" not in roles.values() else "other"
    return roles


def content_role(texts: list[str]) -> str:
    """What most of a column's cells are: number, tick, percent, money, period, unit, status or prose."""
    sample = texts[:60]
    half = len(sample) / 2
    if sum(is_tick(text) for text in sample) > half:
        return "tick"
    if (
        sum(bool(re.fullmatch(r"(?:ร้อยละ\s*)?\d{1,3}(?:\.\d+)?\s*%|ร้อยละ\s*\d{1,3}(?:\.\d+)?", arabic(text).strip())) for text in sample)
        > half
    ):
        return "percent"
    if sum(numeral(text) is not None for text in sample) > half:
        return "number"
    if sum(looks_like_money(text) for text in sample) > half:
        return "money"
    if sum(is_period(text) for text in sample) > half:
        return "period"
    if sum(len(text) < 80 and looks_like_units(text) for text in sample) > half:
        return "unit"
    if sum(len(text) < 60 and of_phrase(text) is not None for text in sample) > half:
        return "status"
    return "prose"


def is_period(text: str) -> bool:
    """Whether a cell is a period and little else.

    >>> is_period("พ.ย.๖๕-มี.ค. ๖๖"), is_period("ประชุมเมื่อวันที่ ๑๙ เมษายน ๒๕๖๔ ณ ห้องประชุม")
    (True, False)
    """
    if len(text) > 160:
        return False
    found = periods(text)
    return bool(found) and sum(each.end - each.begin for each in found) >= 0.65 * len(text)


def without_headings(rows: list[tuple[Cell, ...]], columns: int) -> Roles:
    """Roles of a table that has no heading row, by content alone; {} where the cells do not tell."""
    looks: dict[int, str] = {}
    for column in range(columns):
        texts = [row[column].text for row in rows[:200] if column < len(row) and not says_nothing(row[column].text)]
        looks[column] = content_role(texts) if texts else "empty"
    roles: Roles = {}
    for column, kind in looks.items():
        if kind == "number" and column == 0:
            roles[column] = "number"
        elif kind in ("period", "unit") and kind not in roles.values():
            roles[column] = kind
        elif kind == "percent":
            roles[column] = "percent"
        elif kind == "status":
            roles[column] = "status"
        elif kind == "money":
            roles[column] = "budget_spent" if "budget_planned" in roles.values() else "budget_planned"
        elif kind == "tick":
            roles[column] = "completed" if "completed" not in roles.values() else "not_possible"
    prose = [column for column, kind in looks.items() if kind == "prose"]
    if not prose or not {"unit", "period"} & set(roles.values()):
        return {}
    typed = [column for column, role in roles.items() if role in ("unit", "period")]
    before = [column for column in prose if column < min(typed)]
    after = [column for column in prose if column not in before]
    if not before:
        return {}
    roles[before[0]] = "title"
    for column in before[1:2]:
        roles[column] = "steps"
    for column in before[2:3]:
        roles[column] = "result"
    for column, role in zip(after, ("result", "outcome", "suggestion"), strict=False):
        roles[column] = role
    return roles


def results_told(roles: Roles, headings: dict[int, str], rows: list[tuple[Cell, ...]]) -> Roles:
    """Roles where "การดำเนินการ" heads what was done, not how it is to be done: some cell states a status, and no other column does."""
    if set(roles.values()) & {"result", "status", "percent", *STATUS_ROLES} or "title" not in roles.values():
        return roles
    for column, role in roles.items():
        if role == "steps" and key(headings.get(column, "")) in _EITHER_WAY:
            texts = [row[column].text for row in rows[:200] if column < len(row)]
            if any(len(text) < 300 and of_phrase(text) is not None for text in texts):
                return roles | {column: "result"}
    return roles


_EITHER_WAY = frozenset(map(key, ("การดำเนินการ", "การดำเนินงาน", "รายละเอียดการดำเนินการ", "รายละเอียด")))


def one_title(roles: Roles) -> Roles:
    """Of two columns of titles the left one holds the measures; what stands to its right are their steps."""
    titles = sorted(column for column, role in roles.items() if role == "title")
    if len(titles) < 2:
        return roles
    rest = "steps" if "steps" not in roles.values() else "other"
    return roles | dict.fromkeys(titles[1:], rest)


def with_guessed_title(roles: Roles, rows: list[tuple[Cell, ...]]) -> Roles:
    """Roles with a title, where no heading names one: the first column of prose that has none or groups."""
    if "title" in roles.values() or "steps" in roles.values() or len(set(roles.values())) < 3:
        return roles
    width = max((len(row) for row in rows[:200]), default=0)
    for column in range(min(width, max(roles) + 1)):
        texts = [row[column].text for row in rows[:200] if column < len(row) and not says_nothing(row[column].text)]
        if roles.get(column) in (None, "group", "mission") and len(texts) * 2 >= len(rows) and content_role(texts) == "prose":
            return roles | {column: "title"}
    return roles


def tells_measures(roles: Roles) -> bool:
    """Whether columns of these roles can hold measures: a title (or methods) and who, when, how or what came of it."""
    have = set(roles.values())
    if not have & {"title", "steps"}:
        return False
    beside = have & set(_BESIDE_TITLE)
    if {"title", "mission", "budget_planned"} <= have:  # the plan of several years: projects and their budgets
        return True
    if "title" not in have:
        beside -= {"steps"}
        return bool(have & {"group", "mission", "number"}) and len(beside) >= 2
    return len(beside) >= 2 or bool(beside & {"result", "outcome", "status", "percent", *STATUS_ROLES})
