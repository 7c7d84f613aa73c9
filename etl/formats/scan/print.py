"""The lines of print inside a region of a page: where each stands, and its strokes alone."""

from dataclasses import dataclass

import cv2
import numpy as np

from etl.formats.scan.page import Parts

_BODY = (0.55, 2.3)  # heights of the page's letters: parts that a line is made of; smaller ones are its marks, larger ones no letters
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
    if not letters.any():
        letters = heights >= 0.5 * heights.max(initial=0)  # a cell of one small mark
        body = max(float(np.median(heights[letters])) if letters.any() else body, 0.3 * body)
    baselines = _baselines(boxes[letters], body)
    if not baselines:
        return []
    bands = [_band(boxes[letters], base, body) for base in baselines]
    owner = np.array([_nearest(box, bands) for box in boxes])
    lines = []
    for number, (top, bottom) in enumerate(bands):
        own = inside[owner == number]
        mine = parts.boxes[own]
        if len(mine):
            box = (int(mine[:, 0].min()), int(mine[:, 1].min()), int(mine[:, 2].max()), int(mine[:, 3].max()))
            lines.append(Line(top, bottom, box, own))
    return lines


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


def _nearest(box: np.ndarray, bands: list[tuple[float, float]]) -> int:
    """The line that a part belongs to: marks stand up to a letter's height above theirs, but close below it."""
    middle = (box[1] + box[3]) / 2

    def away(band: tuple[float, float]) -> float:
        top, bottom = band
        if middle < top:
            return (top - middle) / 1.2
        return max(0.0, middle - bottom) / 0.6

    return min(range(len(bands)), key=lambda number: away(bands[number]))


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
