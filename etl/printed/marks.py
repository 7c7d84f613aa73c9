"""What a mark in a status column says: yes, no, nothing, or something that nobody can know.

`marks.csv` (sign, says, anywhere) lists the signs: `yes` and `no` always say so; a `cross` says no where the form also has ticks and is the
form's tick where it has none; a `crossed` box is the chosen one beside an empty `box`, else a cross; a `ring` is an empty box where the
form has a filled one. `anywhere`: it is a mark also outside of a status column (1 and 0 are numbers there).
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from etl.printed.thai import LETTERS_REMEMBERED, arabic, one_line

YES, NO, NOTHING, UNDECIDED = "yes", "no", "nothing", "undecided"
_LONGEST = 8  # letters of a mark with its brackets and spaces
_NOTHING = re.compile(r"^[\s\-–—−=.…_]*$|^ไม่มี$|^n/a$", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[]\s*(.*?)\s*[)\]]")
_FILLED_RINGS = frozenset("●⬤◉⦿")
# A sign before words inside one cell: a box, a tick, or either of them typed in brackets. A filled circle is a bullet.
_BOX = r"[☐□◻▢☒🗵⊠☑🗹✓✔✅√üþ✗✘✕✖❌○◯◉⦿]|[(\[]\s*[/✓✔√xXü]?\s*[)\]]"
_OPTION = re.compile(rf"({_BOX})\s*((?:(?!{_BOX})[^(\[\n])*)")


@cache
def _signs() -> dict[str, tuple[str, bool]]:
    with open(Path(__file__).with_name("marks.csv"), encoding="utf-8", newline="") as handle:
        return {row["sign"]: (row["says"], bool(row["anywhere"])) for row in csv.DictReader(handle)}


@lru_cache(maxsize=20_000)
def sign_of(text: str, anywhere: bool = False) -> str | None:
    """What kind of sign a cell holds and nothing else: yes, no, cross, crossed, box or ring; None: it is none.

    >>> [sign_of(text) for text in ("✓", "X", "( )", "[x]", "ไม่", "๑", "มีคู่มือ")]
    ['yes', 'cross', 'box', 'crossed', 'no', 'yes', None]
    >>> sign_of("1", anywhere=True) is None
    True
    """
    if len(text) > 4 * _LONGEST:
        return None
    mark = arabic(one_line(text)).lower().rstrip("\ufe0e\ufe0f")
    if len(mark) > _LONGEST:
        return None
    bracketed = _BRACKETED.fullmatch(mark)
    if bracketed:
        mark = bracketed[1]
        if not mark:
            return "box"
    says, everywhere = _signs().get(mark) or _signs().get(mark[:1] if len(set(mark)) == 1 and not mark.isalnum() else "") or (None, False)
    if bracketed and says == "cross":
        says = "crossed"
    return says if everywhere or not anywhere else None


def is_mark(text: str) -> bool:
    """Whether a cell holds a mark and nothing else, wherever it stands.

    >>> [is_mark(text) for text in ("/", "✓", "ü", "x", "☐", "-", "มี", "1")]
    [True, True, True, True, True, False, False, False]
    """
    return sign_of(text, anywhere=True) is not None


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, dashes or a word for nothing.

    >>> says_nothing(" - "), says_nothing("มีคู่มือ")
    (True, False)
    """
    return _is_nothing(text) if len(text) <= LETTERS_REMEMBERED else bool(_NOTHING.match(text.strip()))


@lru_cache(maxsize=20_000)
def _is_nothing(text: str) -> bool:
    return bool(_NOTHING.match(text.strip()))


@dataclass(frozen=True)
class Form:
    """What signs a form has besides those of one row: its ticks make a cross say no, its filled circles make an empty one a box."""

    ticks: bool = False
    rings: bool = False


NO_FORM = Form()


def form_of(texts: Iterable[str]) -> Form:
    """The signs in all status columns of a form.

    >>> form_of(["x", "", "-"]), form_of(["x", "●"])
    (Form(ticks=False, rings=False), Form(ticks=True, rings=True))
    """
    texts = {text.strip() for text in texts}
    return Form(any(sign_of(text) == "yes" for text in texts), not texts.isdisjoint(_FILLED_RINGS))


def answers(row: dict[str, str], form: Form = NO_FORM) -> dict[str, str]:
    """What each cell of a row of marks says: yes, no, nothing or undecided.

    >>> answers({"done": "✗", "not": "✓"}), answers({"done": "x", "not": ""})
    ({'done': 'no', 'not': 'yes'}, {'done': 'yes', 'not': 'nothing'})
    >>> answers({"done": "☒", "not": "☐"}), answers({"done": "?", "not": "-"})
    ({'done': 'yes', 'not': 'no'}, {'done': 'undecided', 'not': 'nothing'})
    """
    signs = {column: sign_of(text) for column, text in row.items()}
    ticked, boxed = "yes" in signs.values(), "box" in signs.values()

    def says(column: str) -> str:
        sign = signs[column]
        if sign is None:
            return NOTHING if says_nothing(row[column]) else UNDECIDED
        if sign in ("yes", "no"):
            return sign
        if sign == "box":
            return NO
        if sign == "ring":
            return NO if form.rings else UNDECIDED
        if sign == "crossed" and boxed and not ticked:
            return YES
        return NO if form.ticks or ticked else YES

    return {column: says(column) for column in row}


def says_no(text: str) -> bool:
    """Whether a cell says no whatever the rest of the form: ☐, FALSE, û, but not a cross.

    >>> says_no("☐"), says_no("x"), says_no("")
    (True, False, False)
    """
    return sign_of(text) in ("no", "box")


def is_empty_box(text: str) -> bool:
    """Whether a cell holds a box that nobody ticked."""
    return sign_of(text) in ("box", "ring")


def is_cross(text: str) -> bool:
    return sign_of(text) in ("cross", "crossed")


def chosen(text: str) -> tuple[list[str], str] | None:
    """Options printed in one cell, of which some are ticked: (words of the chosen ones, `text` without those not chosen); None: no options.

    >>> chosen("☑ ดำเนินการแล้ว ☐ ยังไม่ดำเนินการ")
    (['ดำเนินการแล้ว'], '☑ ดำเนินการแล้ว ')
    >>> chosen("( ) แล้วเสร็จ (x) อยู่ระหว่างดำเนินการ")[0]
    ['อยู่ระหว่างดำเนินการ']
    >>> chosen("✓ เผยแพร่แล้ว") is None
    True
    """
    found = [match for match in _OPTION.finditer(text) if match[2].strip()]
    signs = [sign_of(match[1]) for match in found]
    # One tick before words is a bullet; a choice shows a box, or a tick and a cross.
    if not {"box", "crossed"} & set(signs) and not {"yes", "cross"} <= set(signs) and not {"yes", "ring"} <= set(signs):
        if not any(match[1] in "☑🗹" or match[1][0] in "([" for match in found):
            return None
    marks = {str(at): match[1] for at, match in enumerate(found)}
    said = answers(marks, Form(rings=True))
    taken = [at for at in range(len(found)) if said[str(at)] == YES]
    rest = text
    for at in reversed(range(len(found))):
        if at not in taken:
            rest = rest[: found[at].start()] + rest[found[at].end() :]
    return [found[at][2].strip() for at in taken], rest
