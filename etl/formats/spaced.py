"""Tables in text whose columns are parted and aligned by runs of spaces, and text that is set in two columns.

Thai marks take no room on paper, but are letters to a program: columns line up by one count or by the other, seldom by both.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from statistics import median

from etl.printed.thai import arabic, without_marks

_PART = re.compile(r"\S+(?: \S+)*")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]?")
_ITEM = re.compile(r"\(?(\d{1,2})[.)]\s*\D")
_GUTTER = re.compile(r"(?<=\S) {3,}(?=\S)")
FEWEST_COLUMNS, FEWEST_ROWS = 3, 3
_INDENT = 6  # letters, of lines below an item
_SAME_COLUMN = 2  # letters, for the middle one of the rows

Line = tuple[int, str]  # number in the source, text
# Where a letter of a line stands: by the count of a program, and by what takes room on paper.
_PLACES = (lambda line, at: at, lambda line, at: len(without_marks(line[:at])[0]))


def spaced_tables(lines: list[Line]) -> list[tuple[bool, list[Line] | list[tuple[int, list[str]]]]]:
    """Lines in runs, in order: (False, lines of text) and (True, rows of a table: number, cells).

    A table is at least three lines one after the other, most of them with the same three or more parts, at the same places.
    """
    found: list[tuple[bool, list]] = []
    text: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _looks_like_a_row(lines[end][1], end > at):
            end += 1
        rows = _rows(lines[at:end]) if end - at >= FEWEST_ROWS else None
        if rows is None and end - at > FEWEST_ROWS and (rows := _rows(lines[at + 1 : end])) is not None:
            text.append(lines[at])  # a title with wide spaces stands right above the headings
        if rows is None:
            text += lines[at : max(end, at + 1)]
        else:
            found += [(False, text)] * bool(text) + [(True, rows)]
            text = []
        at = max(end, at + 1)
    return found + [(False, text)] * bool(text)


def in_one_column(lines: list[Line]) -> list[Line]:
    """Lines of text that stands in two columns, down the left one and then the right one; others as they are.

    The columns are told by their numbered items: those on the right go on where those on the left end.

    >>> [text for _, text in in_one_column([(1, "๑. ก    ๓. ค"), (2, "๒. ข    ๔. ง"), (3, "จบ      ต่อ")])]
    ['๑. ก', '๒. ข', 'จบ', '๓. ค', '๔. ง', 'ต่อ']
    """
    gaps = [_GUTTER.search(text) for _, text in lines]
    first, last = (next((at for at in ats if gaps[at]), 0) for ats in (range(len(lines)), reversed(range(len(lines)))))
    if last - first + 1 < FEWEST_ROWS:
        return lines
    place, gutter, apart = min(map(partial(_gutter, lines, gaps), _PLACES), key=lambda one: one[2])
    if apart > len(lines) // 10:
        return lines
    left: list[Line] = []
    right: list[Line] = []
    for (number, text), gap in zip(lines[first : last + 1], gaps[first : last + 1], strict=True):
        if gap:
            left.append((number, text[: gap.start()].strip()))
            right.append((number, text[gap.end() :].strip()))
        elif text.startswith(" " * int(gutter - _SAME_COLUMN)):
            right.append((number, text.strip()))
        elif place(text, len(text)) < gutter:
            left.append((number, text.strip()))
        else:
            return lines
    numbers = [[int(found[1]) for _, text in side if (found := _ITEM.match(arabic(text)))] for side in (left, right)]
    if not all(numbers) or numbers[0] + numbers[1] != list(range(numbers[0][0], numbers[1][-1] + 1)):
        return lines
    return lines[:first] + left + right + lines[last + 1 :]


def _gutter(lines: list[Line], gaps: list[re.Match | None], place) -> tuple[Callable[[str, int], int], float, int]:
    """Where the right one of two columns begins, counted by `place`, and how many lines begin it elsewhere."""
    begins = [place(text, gap.end()) for (_, text), gap in zip(lines, gaps, strict=True) if gap]
    gutter = min(begins)
    return place, gutter, sum(begin - gutter > _INDENT for begin in begins)


def _looks_like_a_row(line: str, below: bool) -> bool:
    parts = len(_PART.findall(line))
    return parts >= FEWEST_COLUMNS or (below and (parts == 2 or line.startswith("   ")))


def _rows(lines: list[Line]) -> list[tuple[int, list[str]]] | None:
    parts = [[(match.start(), match[0]) for match in _PART.finditer(line.rstrip())] for _, line in lines]
    count, often = Counter(map(len, parts)).most_common(1)[0]
    if count < FEWEST_COLUMNS or 2 * often < len(lines) or often < FEWEST_ROWS:
        return None
    if len(parts[0]) != count:
        return None  # the headings must all be there
    whole = [at for at, each in enumerate(parts) if len(each) == count]
    measured = []
    for place in _PLACES:
        places = [[place(line, at) for at, _ in each] for (_, line), each in zip(lines, parts, strict=True)]
        columns = [median(places[at][column] for at in whole) for column in range(count)]
        apart = max(median(abs(places[at][column] - columns[column]) for at in whole) for column in range(count))
        measured.append((apart, places, columns))
    apart, places, columns = min(measured, key=lambda one: one[0])
    if apart > _SAME_COLUMN:
        return None
    numbered = 2 * sum(bool(_NUMBER.fullmatch(arabic(parts[at][0][1]))) for at in whole[1:]) > len(whole) - 1
    rows: list[tuple[int, list[str]]] = []
    for (number, _), each, at in zip(lines, parts, places, strict=True):
        cells = [text for _, text in each] if len(each) == count else _placed([text for _, text in each], at, columns)
        if numbered and rows and not cells[0]:  # a line that goes on in the cells above
            rows[-1] = (rows[-1][0], [f"{above} {below}".strip() for above, below in zip(rows[-1][1], cells, strict=True)])
        else:
            rows.append((number, cells))
    return rows


def _placed(texts: list[str], places: list[int], columns: list[float]) -> list[str]:
    """Cells of a line with empty ones: each part in the nearest column that leaves room for those after it.

    Where there are more parts than columns, a cell holds wide spaces itself: what begins at no column goes on in the cell before.
    """
    cells = [""] * len(columns)
    if len(texts) > len(columns):
        column = 0
        for text, place in zip(texts, places, strict=True):
            column = next((one for one, begin in enumerate(columns) if one >= column and abs(begin - place) <= _SAME_COLUMN), column)
            cells[column] = f"{cells[column]} {text}".strip()
        return cells
    first = 0
    for at, (text, place) in enumerate(zip(texts, places, strict=True)):
        free = range(first, len(columns) - (len(texts) - at) + 1)
        column = min(free, key=lambda one: abs(columns[one] - place))
        cells[column] = text
        first = column + 1
    return cells
