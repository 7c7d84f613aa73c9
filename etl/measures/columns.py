"""Which column of a table is what: headings, contents, neighbours and place weighed together, all columns of a table at once."""

import math
import re
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter

from etl.formats import Cell
from etl.measures import contents, learned
from etl.measures.contents import is_period
from etl.measures.groups import is_indicators_name
from etl.measures.status import is_tick, says_nothing
from etl.printed.items import marks
from etl.printed.thai import arabic, key, numeral, one_line
from etl.printed.units import is_known_unit
from etl.weighing.letters import Evidence, letters
from etl.weighing.weights import shares

Roles = dict[int, str]  # column -> role
Rows = list[tuple[Cell, ...]]

STATUS_ROLES = ("completed", "in_progress", "not_started", "not_possible")
RESULT_ROLES = (*STATUS_ROLES, "result", "outcome", "status", "percent", "budget_spent", "period_done")
# What came of a measure, and not what is to come of it: a plan may print outcomes, too.
REPORTED = frozenset((*STATUS_ROLES, "result", "status", "percent"))
# A table of measures says who, when, how or what came of it; one of these must stand beside the title.
_BESIDE_TITLE = ("steps", "unit", "period", "period_done", "month", "monitoring", *RESULT_ROLES)
LONGEST_HEADING = 90
ROWS_TO_TELL = 200
MOST_COLUMNS = 60
SURE = 0.5  # less, and a column is not named
_SURE_OF_WORDS, _SURELY = 0.4, 0.85
_NUMBER = re.compile(r"\s*[\d๐-๙]+(?:[.,][\d๐-๙]+)+\s*%?\s*$")  # 92.14, 30,000
_PERCENT = re.compile(r"\(?(?:ร้อยละ)?\s*(\d{1,3})\s*(?:%|เปอร์เซ็นต์)?\)?")
_UNDER = re.compile(r"\(?\s*(?:บาท|ถ้ามี|ร้อยละ|%)\s*\)?|25\d\d")

# How the evidence is weighed, measured on documents left out in turn.
_OF_CONTENTS = 0.8  # what stands below a heading, against the heading
_LOWER, _JOINED, _UPPER = 0.5, 0.3, 0.2  # a heading of two rows: its own words, both, those that it shares with others
_LEAST = 1e-4
_WAYS = 40  # kept of the ways to name all columns
_CHOICES = 6  # looked at of a column's roles
_ONCE = {"title": 9.0, "number": 9.0, "unit": 1.5, "period": 1.0, "steps": 1.0, "status": 1.0, "budget_spent": 1.0, "refs": 1.0}
_WITHOUT_TITLE = 3.0
_UNLIKE_ITS_TITLE = 1.5
_score = itemgetter(0)


@dataclass(frozen=True)
class Named:
    """What the columns of a table are: `roles` where that is sure enough, `sure` how sure, `doubts` the two likeliest elsewhere."""

    roles: Roles
    sure: dict[int, float] = field(default_factory=dict)
    doubts: dict[int, tuple[tuple[str, float], tuple[str, float]]] = field(default_factory=dict)


# --- headings ------------------------------------------------------------------------------------------------------------


@learned.remembered
def by_words(heading: str) -> dict[str, float]:
    """Role -> its probability by the words of one heading; two rows of headings are parted by a line break."""
    upper, parted, lower = heading.rpartition("\n")
    weights = learned.of("roles")
    own = weights.probabilities(letters(lower))
    if (formal := "percent" if percent_of(lower) is not None else "month" if is_period(lower) else None) is not None:
        own = dict.fromkeys(own, _LEAST) | {formal: 1.0}
    if not parted:
        return own
    joined, above = weights.probabilities(letters(upper + lower)), weights.probabilities(letters(upper))
    return {role: _LOWER * share + _JOINED * joined[role] + _UPPER * above[role] for role, share in own.items()}


@learned.remembered
def role_of(heading: str) -> str | None:
    """The role that the words of one heading name; None where they name none.

    >>> role_of("จบ ประมาณ ที่ตั้งไว้"), role_of("ระยะ เวลาที่ ดำเนินการ แล้ว")
    ('budget_planned', 'period_done')
    """
    if len(heading) > 3 * LONGEST_HEADING or not is_heading(heading):
        return None
    role, sure = _likeliest_role(heading)
    return role if sure >= _SURE_OF_WORDS else None


@learned.remembered
def is_known(heading: str) -> bool:
    """Whether the words are surely those of a heading that measures have."""
    role, sure = _likeliest_role(heading)
    return role not in ("other", "foreign") and sure >= _SURELY and is_heading(heading)


@learned.remembered
def _likeliest_role(heading: str) -> tuple[str, float]:
    return likeliest(by_words(heading))[0]


def likeliest(probabilities: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(probabilities.items(), key=lambda each: (-each[1], each[0]))


@learned.remembered
def is_heading(text: str) -> bool:
    """Whether the words of a cell are rather those of a heading than those of what stands below one.

    >>> is_heading("หน่วยงานที่รับผิดชอบ"), is_heading("กองคลัง")
    (True, False)
    """
    if not text.strip() or len(text) > LONGEST_HEADING or _is_content(text) or is_period(text):
        return False
    return learned.of("headings").probabilities(letters(text))["heading"] >= 0.5


def _is_content(text: str) -> bool:
    """A tick, a number, an item, the name of an indicator ("การใช้งบประมาณ" is not "งบประมาณ") or of a unit: what a heading is not."""
    return numeral(text) is not None or is_tick(text) or bool(marks(text)) or is_indicators_name(text) or is_known_unit(text)


_QUARTER, _QUARTERS = "ไตรมาส", ("1", "2", "3", "4")


def is_heading_row(row: tuple[Cell, ...]) -> bool:
    """Whether a row names columns: most of its cells read as headings, of two kinds at least."""
    cells = [cell.text for cell in row]
    if len(row) > 1 and any(map(_NUMBER.match, cells)):
        return False  # the common row of a long table, told at once
    if len(row) > MOST_COLUMNS:
        return False
    texts = tuple(one_line(text) for text in cells if not says_nothing(text))
    return len(texts) > 1 and max(map(len, texts)) <= LONGEST_HEADING * 2 and _name_columns(texts)


@partial(learned.remembered, most=1_000)
def _name_columns(texts: tuple[str, ...]) -> bool:
    if any(map(_is_content, texts)):
        return False
    months = sum(map(is_period, texts)) >= 3  # months that head columns come in numbers
    named = [text for text in texts if (months and is_period(text)) or is_heading(text)]
    roles = {_likeliest_role(text)[0] for text in named}
    # "แล้วเสร็จ" stands in either kind of row.
    either = sum(_names_a_status(text) for text in texts if text not in named)
    return len(roles) >= 2 and len(named) * 2 > len(texts) - either


def is_second_heading_row(row: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether a row refines the headings above it: its cells read as headings, and stand under a wide or empty one."""
    filled = [(column, one_line(cell.text)) for column, cell in enumerate(row) if cell.text.strip()]
    if not filled or len(row) > MOST_COLUMNS:
        return False
    if _is_scale([text for _, text in filled]):
        return True
    filled = [(column, text) for column, text in filled if not quarter_below(column, text, first)]
    if not all(_refines(text) for _, text in filled):
        return False
    above = {column: first[column].text if column < len(first) else "" for column, _ in filled}
    repeated = all(key(text) == key(above[column]) for column, text in filled)
    return repeated or _all_others_reach_down(row, first) or all(_under_a_wide_one(column, text, row, first) for column, text in filled)


def quarter_below(column: int, text: str, first: tuple[Cell, ...]) -> str | None:
    """The quarter that a bare number below a heading of quarters stands for: "ไตรมาส 2" of "2" below "ช่วงเวลา (ไตรมาส)"."""
    number = arabic(text).strip()
    if number not in _QUARTERS:
        return None
    above = next((first[at].text for at in range(min(column, len(first) - 1), -1, -1) if first[at].text.strip()), "")
    return f"{_QUARTER} {number}" if _QUARTER in above else None


def _all_others_reach_down(row: tuple[Cell, ...], first: tuple[Cell, ...]) -> bool:
    """Whether every empty cell of a row is one that a heading above it reaches down to: the row is part of the headings."""
    empty = [(column, cell.above) for column, cell in enumerate(row) if not cell.text.strip()]
    return bool(empty) and all(above and column < len(first) and key(above) == key(first[column].text) for column, above in empty)


def _refines(text: str) -> bool:
    return is_heading(text) or is_period(text) or bool(_UNDER.fullmatch(arabic(text).strip())) or _names_a_status(text)


def _names_a_status(text: str) -> bool:
    role, sure = _likeliest_role(text)
    return role in STATUS_ROLES and sure > 0.6


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
        below = quarter_below(column, below, first) or below
        upper = top or (upper if below else "")
        if below and key(below) != key(upper):
            words[column] = f"{upper}\n{below}" if upper else below
        elif top:
            words[column] = top
    return words


def by_headings(headings: dict[int, str]) -> Roles:
    """Column -> role by headings alone; columns whose heading says nothing sure are left out."""
    best = {column: _likeliest_role(words) for column, words in headings.items()}
    return {column: role for column, (role, sure) in best.items() if sure >= _SURE_OF_WORDS}


# --- all columns of a table ----------------------------------------------------------------------------------------------


def named(headings: dict[int, str], rows: Rows, reports: float = 0.0) -> Named:
    """What each column is, decided for all of them together: the ways to name them all are weighed, and each column's role is as
    sure as the ways that agree on it weigh. `reports`: the title is that of a report (1) or of a plan (-1).
    """
    body = rows[:ROWS_TO_TELL]
    width = min(max([*map(len, body), *(column + 1 for column in headings)], default=0), MOST_COLUMNS)
    cells = tuple(tuple(row[column].text if column < len(row) else "" for row in body) for column in range(width))
    used, likely = _ways(tuple(headings.items()), cells)
    ways = sorted(((score - _missing(way, reports), way) for score, way in likely), key=_score, reverse=True)
    weights = shares([score for score, _ in ways])
    roles: Roles = {}
    sure: dict[int, float] = {}
    doubts = {}
    for at, column in enumerate(used):
        found: dict[str, float] = {}
        for weight, (_, way) in zip(weights, ways, strict=True):
            found[way[at]] = found.get(way[at], 0.0) + weight
        best = likeliest(found)
        if best[0][1] >= SURE:
            roles[column], sure[column] = best[0]
        else:
            doubts[column] = (best[0], best[1])
    return Named(roles, sure, doubts)


def _evidence(heading: str, shown: Evidence) -> dict[str, float]:
    """Role -> what speaks for it, as a logarithm: the heading's words, and what stands below it against what is usual."""
    usual, told = _usual(), learned.of("contents").probabilities(shown)
    least = math.log(_LEAST)  # of a role that the examples have nowhere
    below = {role: math.log(share) if share > _LEAST else least for role, share in told.items()}
    return {role: said + _OF_CONTENTS * (below.get(role, least) - usual.get(role, least)) for role, said in _said(heading).items()}


@learned.remembered
def _said(heading: str) -> dict[str, float]:
    """Role -> what the words of a heading say for it, as a logarithm; no heading says the same for all."""
    words = by_words(heading) if heading else dict.fromkeys(learned.of("roles").answers, 1.0)
    return {role: math.log(max(share, _LEAST)) for role, share in words.items()}


@learned.remembered
def _usual() -> dict[str, float]:
    """How usual each role is before anything is seen of a column, as a logarithm."""
    return {role: math.log(max(share, _LEAST)) for role, share in learned.of("usual").probabilities({}).items()}


@partial(learned.remembered, most=16)  # a table is asked about twice: whether it tells measures, and beside its title
def _ways(
    headings: tuple[tuple[int, str], ...], cells: tuple[tuple[str, ...], ...]
) -> tuple[list[int], list[tuple[float, tuple[str, ...]]]]:
    """(the columns with a heading or a word, in order; the best ways to name them all, with what speaks for each)."""
    words = dict(headings)
    shown = contents.evidence(cells)
    used = [column for column in range(len(cells)) if column in words or "empty" not in shown[column]]
    ways: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for column in used:
        found = likeliest(_evidence(words.get(column, ""), shown[column]))[:_CHOICES]
        choices = [(role, said, _ONCE.get(role, 0.0)) for role, said in found]
        longer = [
            (score + said - (again if again and role in way else 0.0), (*way, role)) for score, way in ways for role, said, again in choices
        ]
        ways = sorted(longer, key=_score, reverse=True)[:_WAYS]
    return used, ways


def _missing(way: tuple[str, ...], reports: float) -> float:
    """What speaks against a table that lacks titles, or whose title promises results that it lacks (or does not promise those it has)."""
    told = not REPORTED.isdisjoint(way)
    unlike = max(0.0, -reports) if told else max(0.0, reports)
    return _WITHOUT_TITLE * ("title" not in way and "steps" not in way) + _UNLIKE_ITS_TITLE * unlike


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
    return bool(beside)
