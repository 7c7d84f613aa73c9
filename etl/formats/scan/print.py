"""The lines of print inside a region of a page: where each stands, and its strokes alone."""

from dataclasses import dataclass

import cv2
import numpy as np

from etl.formats.scan.page import Parts

_BODY = (0.55, 2.3)  # heights of the page's letters: parts that a line is made of; smaller ones are its marks, larger ones no letters
_FARTHEST, _CLOSE = 1.15, 0.45  # heights of a letter: a mark stands no farther from its line, and this near to what it stands on
_PITCH = 1.55  # heights of a letter: two lines never stand nearer


@dataclass(slots=True)
class Line:
    """A line of print: `top` and `bottom` of its letters' bodies, its whole box (left, top, right, bottom) and the numbers of its parts."""

    top: float
    bottom: float
    box: tuple[int, int, int, int]
    parts: np.ndarray


def print_lines(parts: Parts, inside: np.ndarray, body: float) -> list[Line]:
    """The lines that the parts numbered `inside` form, from top to bottom. `body`: the height of the page's letters."""
    boxes = parts.boxes[inside]
    heights = boxes[:, 3] - boxes[:, 1]
    letters = (heights >= _BODY[0] * body) & (heights <= _BODY[1] * body)
    if not letters.any() and heights.max(initial=0) < _BODY[0] * body:  # a dash or points alone: they stand where letters would
        middle = float(np.median(boxes[:, 1] + boxes[:, 3])) / 2
        return [Line(middle - body / 2, middle + body / 2, _around(boxes), inside)]
    if not letters.any():
        letters = heights >= 0.5 * heights.max(initial=0)  # a cell of one large mark
        body = float(np.median(heights[letters]))
    baselines = _baselines(boxes[letters], body)
    if not baselines:
        return []
    bands = [_band(boxes[letters], base, body) for base in baselines]
    owner = _owners(boxes, bands, body)
    lines = []
    if (owner < 0).any() and (owner >= 0).any():
        lines += print_lines(parts, inside[owner < 0], body)  # a dash or a point that is a line of its own
    for number, (top, bottom) in enumerate(bands):
        own = inside[owner == number]
        mine = parts.boxes[own]
        if len(mine):
            lines.append(Line(top, bottom, _around(mine), own))
    return sorted(lines, key=lambda line: line.bottom)


def _around(boxes: np.ndarray) -> tuple[int, int, int, int]:
    return int(boxes[:, 0].min()), int(boxes[:, 1].min()), int(boxes[:, 2].max()), int(boxes[:, 3].max())


def _baselines(letters: np.ndarray, body: float) -> list[float]:
    """Where letters end below: the places that most of them share, no two nearer than lines stand."""
    ends = letters[:, 3].astype(float)
    weights = (letters[:, 2] - letters[:, 0]).clip(max=4 * body) * np.minimum(letters[:, 3] - letters[:, 1], body)
    near = 0.3 * body
    mass = np.array([weights[np.abs(ends - end) <= near].sum() for end in ends])
    found: list[float] = []
    for at in np.argsort(-mass, kind="stable"):
        if all(abs(ends[at] - other) >= _PITCH * body for other in found):
            close = np.abs(ends - ends[at]) <= near
            found.append(float(np.average(ends[close], weights=weights[close])))
    return sorted(found)


def _band(letters: np.ndarray, base: float, body: float) -> tuple[float, float]:
    """Top and bottom of the bodies of a line's letters. Marks above that touch their letter make it higher: the median bears that."""
    own = letters[np.abs(letters[:, 3] - base) <= 0.4 * body]
    heights = own[:, 3] - own[:, 1]
    like = own[(heights > 0.7 * body) & (heights < 1.45 * body)]
    own = like if len(like) else own
    height = float(np.median(own[:, 3] - own[:, 1])) if len(own) else body
    return base - height, base


def _owners(boxes: np.ndarray, bands: list[tuple[float, float]], body: float) -> np.ndarray:
    """The line of each part, -1 for none. A mark between two lines belongs to that of the part nearest above or below it: where lines stand
    close, the tone marks of one reach as far up as the vowels under the other reach down."""
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    owner = np.full(len(boxes), -1)
    for number, (top, bottom) in enumerate(bands):
        owner[(middles >= top - 0.1 * body) & (middles <= bottom + 0.1 * body)] = number
    for _ in range(3):  # a tone mark may stand on a vowel that stands on a letter
        free = np.flatnonzero(owner < 0)
        known = np.flatnonzero(owner >= 0)
        if not free.size or not known.size:
            break
        mark, other = boxes[free][:, None], boxes[known][None]
        common = np.minimum(mark[..., 2], other[..., 2]) - np.maximum(mark[..., 0], other[..., 0])
        apart = np.maximum(other[..., 1] - mark[..., 3], mark[..., 1] - other[..., 3]).clip(min=0).astype(float)
        apart[common <= 0] = np.inf
        nearest = apart.argmin(axis=1)
        close = apart[np.arange(len(free)), nearest] <= _CLOSE * body
        owner[free[close]] = owner[known[nearest[close]]]
        if not close.any():
            break
    for at in np.flatnonzero(owner < 0):
        away = [max(top - middles[at], middles[at] - bottom) for top, bottom in bands]
        nearest_line = int(np.argmin(away))
        owner[at] = nearest_line if away[nearest_line] <= _FARTHEST * body else -1
    return owner


def strip_of(ink: np.ndarray, parts: Parts, line_of: np.ndarray, number: int, box: tuple[int, int, int, int]) -> np.ndarray:
    """The ink of a box of the page without the parts of other lines than `number`; `line_of`: each part's line, 0 for none."""
    left, top, right, bottom = box
    window = (slice(top, bottom), slice(left, right))
    lines = line_of[parts.labels[window]]
    foreign = ((lines != 0) & (lines != number)).astype(np.uint8)
    strip = ink[window].copy()
    if foreign.any():
        strip[(cv2.dilate(foreign, np.ones((3, 3), np.uint8)) > 0) & (lines != number)] = 0
    return strip
