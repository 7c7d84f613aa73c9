"""Letters -> printed lines: marks joined with their letters, lines from top to bottom, spaces where there are gaps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from etl.formats.pdf.letters import Box, Letter
from etl.formats.seen import raised

_LONGEST_WORD = 5  # heights of a line: Thai sets no spaces between words, so that where a word ends is not seen
_LONGEST_KEPT = 7  # where a page prints the spaces at the ends of its lines: a line without one was broken before a word
_ITEM = re.compile(r"[-–•*✓☑☐]|\(?[0-9๐-๙]{1,2}[.)]")
_LATIN = re.compile("[A-Za-z]")
_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\uf701-\uf70e\uf710-\uf71a]")
_NOTE_MARK = re.compile(r"[0-9๐-๙]"), re.compile(r"[a-zก-ฮ]")  # by itself, and after a digit only


@dataclass(slots=True)
class Cluster:
    """A letter with the marks above and below it: what stands at one place of a printed line."""

    text: str
    x0: float
    x1: float
    middle: float
    size: float
    baseline: float = 0


def printed_once(letters: Iterable[Letter]) -> list[Letter]:
    """Without the second printing, less than a point beside the first, that some programs use for bold."""
    seen: set[tuple[str, int, int]] = set()
    once = []
    for letter in letters:
        x, y = round(letter.x0), round(letter.top)
        if not any((letter.text, x + right, y + down) in seen for right in (-1, 0, 1) for down in (-1, 0, 1)):
            once.append(letter)
            seen.add((letter.text, x, y))
    return once


def clusters(letters: list[Letter]) -> list[Cluster]:
    """Letters with the marks that follow them in the file: a mark is drawn over or under its letter, or even before it.

    A small raised digit is the sign of a note (or an exponent), no digit of the number before it: it becomes ¹ ² ³; so is a letter
    that is raised after a digit.
    """
    made: list[Cluster] = []
    base: Cluster | None = None  # the last letter that stands on the line itself
    for letter, following in pairwise([*letters, None]):
        text, size = letter.text, letter.size
        # Some programs write sara am as a nikhahit without a letter of its own, which comes out as a space without width. Fonts in which
        # sara aa comes out as sara am do, too.
        if text == " " and following is not None and following.text in ("า", "ำ") and letter.x1 - letter.x0 < 0.05 * size:
            text = "\u0e4d"
        if made and _MARK.fullmatch(text):
            made[-1].text += text
            made[-1].x1 = max(made[-1].x1, letter.x1)  # some fonts give marks a width of their own
        elif base is not None and _is_raised(letter, base, made[-1]):
            made.append(Cluster(raised(text), letter.x0, letter.x1, base.middle, base.size, letter.baseline))
        else:
            base = Cluster(text, letter.x0, letter.x1, (letter.top + letter.bottom) / 2, size, letter.baseline)
            made.append(base)
    return made


def _is_raised(letter: Letter, base: Cluster, before: Cluster) -> bool:
    number, word = _NOTE_MARK
    mark = number.fullmatch(letter.text) or (word.fullmatch(letter.text) and number.fullmatch(base.text))
    beside = -0.3 * base.size < letter.x0 - before.x1 < 0.5 * base.size
    return bool(mark) and beside and letter.size < 0.85 * base.size and 0.12 * base.size < base.baseline - letter.baseline < base.size


def lines_of(made: list[Cluster]) -> list[list[Cluster]]:
    """Printed lines from top to bottom, each from left to right."""
    lines: list[list[Cluster]] = []
    for cluster in sorted(made, key=lambda one: one.middle):
        if lines and cluster.middle - lines[-1][0].middle < 0.5 * cluster.size:
            lines[-1].append(cluster)
        else:
            lines.append([cluster])
    return [sorted(line, key=lambda one: one.x0) for line in lines]


def straightened(letters: Iterable[Letter], turned: int) -> list[Letter]:
    """Letters that are turned by a quarter or a half, where they stand when the sheet is turned so that they stand upright."""
    straight = []
    for one in letters:
        x0, top, x1, bottom = turned_box((one.x0, one.top, one.x1, one.bottom), turned)
        baseline = one.baseline if turned == 90 else -one.baseline
        straight.append(Letter(one.text, x0, top, x1, bottom, one.size, baseline))
    return straight


def turned_box(box: Box, turned: int) -> Box:
    """A box of the sheet where it lies when the sheet is turned (with the clock) by as many degrees as its letters are against it."""
    x0, top, x1, bottom = box
    return {90: (-bottom, x0, -top, x1), 180: (-x1, -bottom, -x0, -top), 270: (top, -x1, bottom, -x0)}[turned]


def spaces_are_kept(lines: list[list[Cluster]]) -> bool:
    """Whether a page prints the spaces at which its lines end, as some programs do (typst, LibreOffice): what it breaks without one is one
    word or phrase. Others leave them out, and nothing tells."""
    return any(
        one.text.isspace() and (following is None or following.x0 - one.x1 > one.size)
        for line in lines
        for one, following in pairwise([*line, None])
    )


def cell_text(lines: list[list[Cluster]], left: float, right: float, kept: bool = False) -> str:
    """Lines of a cell, where those that the width of the cell broke are joined again, with a space: it may have been one, but where the
    page prints those (`kept`) and none is printed."""
    if not lines:
        return ""
    right -= max(0, min(line[0].x0 for line in lines) - left)
    text = line_text(lines[0])
    for above, below in pairwise(lines):
        again = line_text(below)
        broken = _wraps(above, below, right, _LONGEST_KEPT if kept else _LONGEST_WORD) and not _ITEM.match(again)
        run_on = broken and kept and not text[-1:].isspace() and not (_LATIN.match(text[-1:]) and _LATIN.match(again))
        text += ("" if run_on else " " if broken else "\n") + again
    return text


def _wraps(above: list[Cluster], below: list[Cluster], right: float, longest: int) -> bool:
    """Whether what stands first in the line below had no room at the end of the line above."""
    word = next((at for at, cluster in enumerate(below) if cluster.text == " "), len(below)) - 1
    width = min(below[max(word, 0)].x1 - below[0].x0, longest * below[0].size)
    return right - above[-1].x1 < width


def line_text(line: list[Cluster]) -> str:
    """The letters of a line, with a space where there is a gap and none is printed."""
    text = ""
    for at, cluster in enumerate(line):
        if at and cluster.x0 - line[at - 1].x1 > 0.3 * cluster.size and not text.endswith(" ") and cluster.text != " ":
            text += " "
        text += cluster.text
    return text
