"""Which paper a line names as its title: a report on measures of integrity, their plan, or another paper of an office."""

import csv
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from etl.measures import learned
from etl.printed.thai import key
from etl.weighing.letters import letters

_LONGEST_TITLE = 300
_LONGEST_ENTRY = 40  # letters of one entry of a menu


@dataclass(frozen=True)
class Line:
    """A line as a title: how likely it names a report of measures, their plan, another paper, or nothing."""

    result: float
    plan: float
    other: float

    @property
    def measures(self) -> float:
        return self.result + self.plan

    @property
    def is_title(self) -> bool:
        return self.measures + self.other > 0.5

    @property
    def another(self) -> float:
        """How surely it names another paper, rather than nothing."""
        return max(0.0, self.other - (1.0 - self.measures - self.other))


@learned.remembered
def title(text: str) -> Line:
    """What a line says as a title.

    >>> title("รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส").result > 0.5
    True
    """
    found = learned.of("titles").probabilities(letters(text))
    return Line(found["result"], found["plan"], found["other"])


def first_title(lines: list[str], joined: bool = True) -> Line | None:
    """The first line that is a title; a title that goes on in the next line is read with it."""
    lines = [line for line in lines if 0 < len(line) < _LONGEST_TITLE]
    for line, following in pairwise([*lines, ""]):
        alone = title(line)
        both = title(f"{line} {following}") if joined and following and alone.other <= 0.5 else alone
        found = both if both.measures > alone.measures and title(following).other <= 0.5 else alone
        if found.is_title:
            return found
    return None


@cache
def _menu_words() -> frozenset[str]:
    with open(Path(__file__).with_name("menus.csv"), encoding="utf-8", newline="") as handle:
        return frozenset(key(row["words"]) for row in csv.DictReader(handle))


def without_menus(lines: list[str]) -> list[str]:
    """The lines without the menu of a web page: short lines in a row, one of which only menus have (menus.csv); "ข่าวประชาสัมพันธ์" among
    them names no paper.

    >>> without_menus(["หน้าแรก", "ข่าวประชาสัมพันธ์", "ติดต่อเรา", "รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส"])
    ['รายงานผลการดำเนินการตามมาตรการส่งเสริมคุณธรรมและความโปร่งใส']
    """
    kept: list[str] = []
    for short, some in groupby(lines, lambda line: len(line) < _LONGEST_ENTRY):
        run = list(some)
        menu = short and any(key(line) in _menu_words() for line in run)
        kept += [line for line in run if not menu or title(line).measures > 0.5]
    return kept


def reports(lines: list[str]) -> float | None:
    """How surely the last title among `lines` is that of a report rather than of a plan: 1 a report, -1 a plan; None: it names neither."""
    last = first_title([*reversed(lines)], joined=False)
    return last.result - last.plan if last is not None and last.measures > last.other else None
