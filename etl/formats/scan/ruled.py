"""The ruled lines of a page -> tables: where their lines stand, and which cells they leave, merged ones too."""

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

_FAINT = 0.25  # ink of a hairline after a scan
_SHORT, _PALE = 5.0, 0.7  # heights of a letter that a piece of a ring never reaches; of the ink of longer lines
_BEYOND = 1.8  # heights of a letter with its marks
_COVERED = 0.6  # of a cell's side must be drawn for it to be a border
_FEWEST_UPRIGHT, _LEAST_OPEN, _AS_LONG = 3, 10.0, 0.8  # lines of a row without top and bottom; heights of a letter; of the longest of them
_FEWEST_LEVEL, _ENDS, _UNBROKEN = 4, 3.0, 0.8  # lines of a table that draws no upright ones; heights of a letter by which they end apart
_GAP, _BANDS = 1.0, 0.2  # heights of a letter between two columns; of the rows that may print across, as a heading over both does
_FEWEST_ROWS, _AT_ITS_SIDES = 3, 0.25  # of a table in which a line in one row is looked at; of that row, strokes beside the line
_RIM = 1.5  # heights of a letter: so near to the picture's sides stand the edges of the sheet


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table: where its horizontal and vertical lines stand, and its cells (first row, row after, first column, column after).

    `closed`: whether its first and its last horizontal line are drawn, or the page's end cut a row open there.
    """

    ys: list[int]
    xs: list[int]
    cells: list[tuple[int, int, int, int]]
    closed: tuple[bool, bool]


def lines_of(ink: np.ndarray, body: float) -> tuple[np.ndarray, np.ndarray]:
    """Masks of the horizontal and of the vertical lines, longer than any stroke of a letter."""
    faint = (ink > _FAINT).astype(np.uint8)
    across, down = round(max(4 * body, 40)), round(max(2.1 * body, 26))
    horizontal = cv2.morphologyEx(cv2.dilate(faint, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, across), np.uint8))
    vertical = cv2.morphologyEx(cv2.dilate(faint, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((down, 1), np.uint8))
    return tuple(_of_one_ink(_thin(mask, body, upright), ink, body, upright) for mask, upright in ((horizontal, False), (vertical, True)))


def _thin(mask: np.ndarray, body: float, upright: bool) -> np.ndarray:
    """Without what is too thick for a line: a dark photograph, the shadow of an edge."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    length = stats[:, cv2.CC_STAT_HEIGHT if upright else cv2.CC_STAT_WIDTH]
    keep = stats[:, cv2.CC_STAT_AREA] < length * max(0.6 * body, 5)
    keep[0] = False
    return keep[labels].astype(np.uint8)


def _of_one_ink(mask: np.ndarray, ink: np.ndarray, body: float, upright: bool) -> np.ndarray:
    """Without short pieces much paler than the page's lines: where the ring of a stamp runs level or upright, it looks like a line."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    drawn = mask & (ink > _FAINT)
    tone = np.bincount(labels[drawn > 0], ink[drawn > 0], count) / np.maximum(np.bincount(labels[drawn > 0], minlength=count), 1)
    long = stats[:, cv2.CC_STAT_HEIGHT if upright else cv2.CC_STAT_WIDTH]
    lines = np.flatnonzero(long[1:] >= _SHORT * body) + 1
    if not lines.size:
        return mask
    keep = (long >= _SHORT * body) | (tone >= _PALE * np.median(np.repeat(tone[lines], long[lines])))
    keep[0] = False
    return keep[labels].astype(np.uint8)


def ruled_tables(horizontal: np.ndarray, vertical: np.ndarray, ink: np.ndarray, body: float) -> list[Ruled]:
    """Tables from top to bottom; `ink`: of the page on which those lines are drawn."""
    reach = max(3, round(0.35 * body))
    both = cv2.dilate(horizontal | vertical, np.ones((reach, reach), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    tables = []
    alone = np.zeros(count, bool)
    for number in range(1, count):
        left, top, width, height = stats[number, :4]
        if width < 6 * body or height < 2 * body:
            alone[number] = height >= _SHORT * body
            continue
        window = (slice(top, top + height), slice(left, left + width))
        own = (labels[window] == number).astype(np.uint8)
        across, down = horizontal[window] & own, vertical[window] & own
        down = _between(down, across, body, axis=0)
        across = _between(across, down, body, axis=1)
        ys, xs = _places(across, body, upright=False), _places(down, body, upright=True)
        closed = _close(ys, _ends(down, axis=1), body)
        _close(xs, _ends(across, axis=0), body)
        xs = _columns(down, ink[window], ys, xs, body)
        if len(ys) < 2 or len(xs) < 3:
            continue
        cells = _cells(across, down, ys, xs, body)
        tables.append(Ruled([int(y + top) for y in ys], [int(x + left) for x in xs], cells, closed))
    tables += _open_row(vertical * alone[labels], body)
    return sorted(tables, key=lambda table: table.ys[0])


def _open_row(upright: np.ndarray, body: float) -> list[Ruled]:
    """The table that upright lines alone are: a row that fills the page, begun on the one before and ended on the one after."""
    count, _, stats, middles = cv2.connectedComponentsWithStats(upright.astype(np.uint8), connectivity=8)
    tops, bottoms = stats[1:, 1], stats[1:, 1] + stats[1:, 3]
    places = []
    for x in _places(upright.astype(np.uint8), body, upright=True):
        own = np.abs(middles[1:, 0] - x) < 0.6 * body
        if own.any() and _RIM * body < x < upright.shape[1] - _RIM * body:
            places.append((x, int(tops[own].min()), int(bottoms[own].max())))
    longest = max((bottom - top for _, top, bottom in places), default=0)
    places = [place for place in places if place[2] - place[1] >= _AS_LONG * longest]
    if len(places) < _FEWEST_UPRIGHT or longest < _LEAST_OPEN * body:
        return []
    xs = [round(x) for x, _, _ in places]
    ys = [min(top for _, top, _ in places), max(bottom for _, _, bottom in places)]
    return [Ruled(ys, xs, [(0, 1, at, at + 1) for at in range(len(xs) - 1)], (False, False))]


def _between(mask: np.ndarray, others: np.ndarray, body: float, axis: int) -> np.ndarray:
    """The lines of a mask that meet lines across them, or the table's end, at both ends: no stroke of a stamp or a signature does."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    reach = round(0.8 * body)
    keep = np.zeros(count, bool)
    height, width = mask.shape
    for one in range(1, count):
        left, top, wide, high = stats[one, :4]
        x, y = slice(max(0, left - reach), left + wide + reach), slice(max(0, top - reach), top + high + reach)
        # A long line may run on in a letter that stands right beyond its end.
        inner = round(_BEYOND * body) if max(wide, high) >= _SHORT * body else reach
        if axis == 0:
            first = top <= reach or others[max(0, top - reach) : top + inner, x].any()
            last = top + high >= height - reach or others[max(0, top + high - inner) : top + high + reach, x].any()
        else:
            first = left <= reach or others[y, max(0, left - reach) : left + inner].any()
            last = left + wide >= width - reach or others[y, max(0, left + wide - inner) : left + wide + reach].any()
        keep[one] = first and last
    return keep[labels].astype(np.uint8)


def _places(mask: np.ndarray, body: float, upright: bool) -> list[float]:
    """Where lines stand: the middles of the drawn pieces, those nearer than half a letter taken together."""
    count, _, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    at, long = (0, cv2.CC_STAT_HEIGHT) if upright else (1, cv2.CC_STAT_WIDTH)
    found = sorted((middles[one, at], stats[one, long]) for one in range(1, count))
    groups: list[list[tuple[float, int]]] = []
    for place, length in found:
        if groups and place - groups[-1][-1][0] < 0.6 * body:
            groups[-1].append((place, length))
        else:
            groups.append([(place, length)])
    return [sum(place * length for place, length in group) / sum(length for _, length in group) for group in groups]


def _ends(mask: np.ndarray, axis: int) -> tuple[float, float] | None:
    """Where the lines across begin and end: a table whose side is not drawn, or that the page's end cut, ends there."""
    drawn = np.flatnonzero(mask.any(axis=axis))
    return (float(drawn[0]), float(drawn[-1])) if drawn.size else None


def _close(places: list[float], ends: tuple[float, float] | None, body: float) -> tuple[bool, bool]:
    """Adds the side that is missing at either end of the places of lines; whether the first and the last were drawn."""
    first = not ends or (bool(places) and places[0] - ends[0] <= 1.2 * body)
    if not first:
        places.insert(0, ends[0])
    last = not ends or ends[1] - places[-1] <= 1.2 * body
    if not last:
        places.append(ends[1])
    return first, last


def _columns(down: np.ndarray, ink: np.ndarray, ys: list[float], xs: list[float], body: float) -> list[float]:
    """The places without those of upright strokes that stand in one row of several and have other strokes at their sides: a rule has none,
    but what leans, a stamp's ring or a pen, and letters stacked from rule to rule have."""
    rows = list(itertools.pairwise(ys))
    kept = []
    for x in xs:
        drawn = [row for row in rows if _drawn(down, row, x, body, upright=True)] if 0 < xs.index(x) < len(xs) - 1 else []
        if len(drawn) != 1 or len(rows) < _FEWEST_ROWS or not _leans(down, ink, drawn[0], x, body):
            kept.append(x)
    return kept


def _leans(down: np.ndarray, ink: np.ndarray, row: tuple[float, float], x: float, body: float) -> bool:
    """Whether beside the upright line at `x` other strokes stand along much of the row."""
    inset, reach = 0.3 * body, round(0.5 * body)
    begin, end, left = round(row[0] + inset), round(row[1] - inset), max(0, round(x) - reach)
    line = np.flatnonzero(down[begin:end, left : round(x) + reach + 1].mean(axis=0) > 0.5) + left
    if not line.size:
        return True
    first, last = line[0], line[-1] + 1
    beside = np.hstack([ink[begin:end, max(0, first - reach) : first], ink[begin:end, last : last + reach]])
    return float((beside > _FAINT).any(axis=1).mean()) > _AT_ITS_SIDES


def _cells(across: np.ndarray, down: np.ndarray, ys: list[float], xs: list[float], body: float) -> list[tuple[int, int, int, int]]:
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = {(r, c): (r, c) for r in range(rows) for c in range(columns)}

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while owner[cell] != cell:
            cell = owner[cell]
        return cell

    for r in range(rows):
        for c in range(columns):
            if c + 1 < columns and not _drawn(down, (ys[r], ys[r + 1]), xs[c + 1], body, upright=True):
                owner[max(root((r, c)), root((r, c + 1)))] = min(root((r, c)), root((r, c + 1)))
            if r + 1 < rows and not _drawn(across, (xs[c], xs[c + 1]), ys[r + 1], body, upright=False):
                owner[max(root((r, c)), root((r + 1, c)))] = min(root((r, c)), root((r + 1, c)))
    groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for cell in owner:
        groups.setdefault(root(cell), []).append(cell)
    cells = []
    for members in groups.values():
        first, last = min(r for r, _ in members), max(r for r, _ in members)
        left, right = min(c for _, c in members), max(c for _, c in members)
        whole = len(members) == (last - first + 1) * (right - left + 1)
        cells += [(first, last + 1, left, right + 1)] if whole else [(r, r + 1, c, c + 1) for r, c in members]
    return sorted(cells)


def _drawn(mask: np.ndarray, span: tuple[float, float], at: float, body: float, upright: bool) -> bool:
    """Whether a line is drawn along most of a cell's side."""
    inset = min(0.3 * body, (span[1] - span[0]) / 4)
    begin, end = round(span[0] + inset), max(round(span[1] - inset), round(span[0] + inset) + 1)
    low, high = max(0, round(at - 0.5 * body)), round(at + 0.5 * body) + 1
    piece = mask[begin:end, low:high].any(axis=1) if upright else mask[low:high, begin:end].any(axis=0)
    return bool(piece.size) and float(piece.mean()) >= _COVERED


def level_tables(horizontal: np.ndarray, boxes: np.ndarray, tables: list[Ruled], body: float) -> list[Ruled]:
    """The table that level lines alone are, as many papers draw them: rows between them, columns by the gaps that the print leaves.

    `boxes`: of the page's strokes without lines; `tables`: those with upright lines, where such lines are not looked for.
    """
    lines = [
        line for line in _level_lines(horizontal, body) if not any(table.ys[0] - body < line[0] < table.ys[-1] + body for table in tables)
    ]
    groups = [[one for one in lines if max(abs(one[1] - first[1]), abs(one[2] - first[2])) < _ENDS * body] for first in lines]
    group = max(groups, key=len, default=[])
    if len(group) < _FEWEST_LEVEL:
        return []
    left, right = round(min(line[1] for line in group)), round(max(line[2] for line in group))
    ys = [round(line[0]) for line in group]
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    bands = [boxes[(x > left) & (x < right) & (y > top) & (y < bottom)] for top, bottom in itertools.pairwise(ys)]
    xs = [left, *_gaps(bands, left, right, body), right]
    if len(xs) < 4:
        return []
    cells = []
    for at, band in enumerate(bands):
        crossed = [bool(((band[:, 0] < border) & (band[:, 2] > border)).any()) for border in xs[1:-1]]
        begun = [0, *(column for column, over in enumerate(crossed, 1) if not over)]
        cells += [(at, at + 1, first, after) for first, after in zip(begun, [*begun[1:], len(xs) - 1], strict=True)]
    return [Ruled(ys, xs, cells, (True, True))]


def _level_lines(horizontal: np.ndarray, body: float) -> list[tuple[float, float, float]]:
    """(y, left, right) of the level lines, from the top; pieces of one line as one where little of it is missing."""
    count, _, stats, middles = cv2.connectedComponentsWithStats(horizontal.astype(np.uint8), connectivity=8)
    pieces = sorted((float(middles[one, 1]), *map(float, (stats[one, 0], stats[one, 0] + stats[one, 2]))) for one in range(1, count))
    lines: list[list[tuple[float, float, float]]] = []
    for piece in pieces:
        if lines and piece[0] - lines[-1][-1][0] < 0.6 * body:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    found = [
        (sum(y for y, _, _ in line) / len(line), min(left for _, left, _ in line), max(right for *_, right in line), line) for line in lines
    ]
    return [(y, left, right) for y, left, right, line in found if sum(b - a for _, a, b in line) >= _UNBROKEN * (right - left)]


def _gaps(bands: list[np.ndarray], left: int, right: int, body: float) -> list[int]:
    """Where columns part: the middles of what nearly all rows leave free between their print, as far as it goes of what all do."""
    covered = np.zeros(right - left, int)
    for band in bands:
        own = np.zeros(right - left, bool)
        for box in band:
            own[max(0, box[0] - left) : max(0, box[2] - left)] = True
        covered += own
    found = []
    for begin, end in _runs(covered <= _BANDS * len(bands)):
        if end - begin >= _GAP * body and begin and end < right - left:
            free = max(_runs(covered[begin:end] == 0), key=lambda one: one[1] - one[0], default=(0, end - begin))
            found.append(left + begin + (free[0] + free[1]) // 2)
    return found


def _runs(mask: np.ndarray) -> list[tuple[int, int]]:
    """(first, beyond the last) of the runs of a mask of one dimension."""
    return [(int(begin), int(end)) for begin, end in np.flatnonzero(np.diff(np.pad(mask.astype(np.int8), 1))).reshape(-1, 2)]
