"""What stands below a heading, as evidence: kinds of cells, how full and varied they are, how they begin and end, what stands beside."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from etl.measures.groups import heading_of
from etl.measures.status import is_tick, of_phrase, says_nothing
from etl.printed.budgets import looks_like_money
from etl.printed.items import marks
from etl.printed.periods import periods
from etl.printed.thai import arabic, numeral
from etl.printed.units import looks_like_units
from etl.weighing.letters import Evidence, plain

CELLS_TO_TELL = 60
_CODE = r"(?:(?:ข้อ|OIT|IIT|EIT)\s*)?[IEOieo0]\s?-?\d{1,2}"
_CODES = re.compile(rf"{_CODE}(?:[\s,;/()-]+(?:และ\s*)?{_CODE})*[\s)]*")
_NUMBER = re.compile(r"\(?\d{1,3}(?:(?:\.\d{1,3}){0,3}|-\d{1,2})[.)]*")
_PERCENT = re.compile(r"(?:ร้อยละ\s*)?\d{1,3}(?:\.\d+)?\s*(?:%|เปอร์เซ็นต์)|ร้อยละ\s*\d{1,3}(?:\.\d+)?")


@lru_cache(maxsize=20_000)
def is_period(text: str) -> bool:
    """Whether a cell is a period and little else.

    >>> is_period("พ.ย.๖๕-มี.ค. ๖๖"), is_period("ประชุมเมื่อวันที่ ๑๙ เมษายน ๒๕๖๔ ณ ห้องประชุม")
    (True, False)
    """
    if len(text) > 160:
        return False
    found = periods(text)
    return bool(found) and sum(each.end - each.begin for each in found) >= 0.65 * len(text)


def is_number(text: str) -> bool:
    """Whether a cell is the number of an item.

    >>> [is_number(each) for each in ("๑.", "(2)", "1.1.2", "2-1", "30,000")]
    [True, True, True, True, False]
    """
    return numeral(text) is not None or bool(_NUMBER.fullmatch(arabic(text).strip()))


@lru_cache(maxsize=20_000)
def kind_of(text: str) -> str:
    """The one kind that a filled cell is of: what is formal first, then short words, then prose.

    >>> [kind_of(each) for each in ("๑", "✓", "o12", "๕๐,๐๐๐.-", "ม.ค. ๖๗", "กองคลัง", "ดำเนินการแล้ว", "จัดทำคู่มือการให้บริการ")]
    ['number', 'tick', 'codes', 'money', 'period', 'unit', 'status', 'prose']
    """
    plainly = arabic(text).strip()
    if is_number(text):
        return "number"
    if is_tick(text):
        return "tick"
    if _CODES.fullmatch(plainly):
        return "codes"
    if _PERCENT.fullmatch(plainly):
        return "percent"
    if looks_like_money(text):
        return "money"
    if is_period(text):
        return "period"
    if plainly.startswith(("http", "www.")):
        return "address"
    if len(text) < 300 and heading_of(text) is not None:
        return "group"
    if len(text) < 120 and looks_like_units(text):
        return "unit"
    if len(text) < 60 and of_phrase(text) is not None:
        return "status"
    return "prose"


def kinds(texts: Sequence[str]) -> Counter:
    """How many of a column's cells are of each kind; empty cells are none."""
    return Counter(kind_of(text) for text in texts[:CELLS_TO_TELL] if not says_nothing(text))


def _main_kind(found: Counter) -> str:
    """The kind of most filled cells, or `mixed`, or `empty`."""
    if not found:
        return "empty"
    kind, count = found.most_common(1)[0]
    return kind if 2 * count > found.total() else "mixed"


def evidence(columns: Sequence[Sequence[str]]) -> list[Evidence]:
    """What each column of a table shows; `columns`: the texts of each column's cells, in order."""
    counts = [kinds(texts) for texts in columns]
    mostly = [_main_kind(found) for found in counts]
    return [_of_column(texts[:CELLS_TO_TELL], counts[at], mostly[at]) | _beside(mostly, at) for at, texts in enumerate(columns)]


def _of_column(texts: Sequence[str], counts: Counter, mostly: str) -> Evidence:
    filled = [text for text in texts if not says_nothing(text)]
    if not filled:
        return {"empty": 1.0}
    share = 1.0 / len(filled)
    found: Evidence = {f"share of {kind}": count * share for kind, count in counts.items()}
    found[f"mostly {mostly}"] = 1.0
    found["filled"] = len(filled) / len(texts)
    found["varied"] = len(set(filled)) * share
    length = sum(map(len, filled)) * share
    found["letters to " + next((str(most) for most in (8, 20, 40, 80, 160) if length <= most), "more")] = 1.0
    found["listed"] = sum(bool(marks(text[:12])) for text in filled) * share
    found["several"] = sum(len(marks(text)) > 1 for text in filled) * share
    for text in filled:
        if kind_of(text) in ("prose", "status", "group", "unit"):
            bare = plain(re.sub(r"^[\s(\[–•*-]*[\d๐-๙.]*[)\]]?\s*", "", text))
            for size in (2, 3, 5):
                found[f"begins {bare[:size]}"] = found.get(f"begins {bare[:size]}", 0.0) + share
            found[f"ends {bare[-3:]}"] = found.get(f"ends {bare[-3:]}", 0.0) + share
    return found


def _beside(mostly: list[str], at: int) -> Evidence:
    last = len(mostly) - 1
    found: Evidence = {"first": float(at == 0), "second": float(at == 1), "last": float(at == last)}
    found["before " + (mostly[at - 1] if at else "the edge")] = 1.0
    found["after " + (mostly[at + 1] if at < last else "the edge")] = 1.0
    for kind in {*mostly[:at], *mostly[at + 1 :]}:
        found[f"beside {kind}"] = 1.0
    return {name: value for name, value in found.items() if value}
