"""A picture of a page -> its ink: right way up, straight, in flat light."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

DARK = 0.4  # of full ink: what counts as a stroke
_SMALL = 900  # pixels: askew is measured on a copy whose longer side is this long
_MOST_ASKEW = 6.0  # degrees
_LEAST_BODY, _MOST_BODY = 6, 90  # pixels: letters outside are none that could be read
_SOLID = 0.7  # of its box: a punched hole, a picture, no letter
_HOLE = 1.3, 6.0  # heights of a letter: a hole is larger and smaller each way
_GROUND = (1.2, 10.0), 3.0  # heights of a letter: how high and how wide the ground of a heading in white letters is
_FILLED, _PALER = (
    0.6,
    0.25,
)  # of its box, as a sheet in a photograph is not quite straight; of full ink: by how much letters differ from their ground
_SPECK = 0.8  # widths of a stroke: what is smaller each way was not printed; a full stop is as large as a stroke is wide
_DOT, _ALONE = 0.3, 0.6  # heights of a letter: how large a dot is at most, and how far it stands at most from what it belongs to
_ROW = 3  # dots side by side are a row that somebody printed


@dataclass(frozen=True, slots=True)
class Parts:
    """The connected strokes of a page: left, top, right, bottom (beyond the last pixel) and area of each, and which each pixel is of."""

    boxes: np.ndarray
    labels: np.ndarray

    @property
    def heights(self) -> np.ndarray:
        return self.boxes[:, 3] - self.boxes[:, 1]

    @property
    def widths(self) -> np.ndarray:
        return self.boxes[:, 2] - self.boxes[:, 0]


def ink_of(grey: np.ndarray) -> np.ndarray:
    """0 (paper) to 1 (ink) of a grey picture, whatever the light: paper is what is brightest around each place."""
    reach = max(1, max(grey.shape) // 250)
    small = cv2.resize(grey, None, fx=1 / reach, fy=1 / reach, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(cv2.medianBlur(small, 3), np.ones((9, 9), np.uint8)), (0, 0), 4)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    ink = np.clip(0.96 - grey / np.maximum(paper, 1), 0, 1)
    strokes = ink[ink > 0.3]
    return np.clip(ink / (np.percentile(strokes, 80) if strokes.size > 50 else 1), 0, 1).astype(np.float32)


def straight(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The page turned so that its lines of print and its rules run level, and the matrix (3 x 3) that leads back from its pixels."""
    angle = _askew(grey)
    if abs(angle) < 0.03:
        return grey, np.eye(3)
    height, width = grey.shape
    move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    level = cv2.warpAffine(grey, move, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return level, np.linalg.inv(np.vstack([move, [0, 0, 1]]))


def sideways(grey: np.ndarray) -> bool:
    """Whether the lines of print run from top to bottom: letters stand nearer to the next of their line than to the next line."""
    scale = min(1.0, 2 * _SMALL / max(grey.shape))
    ink = ink_of(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    parts = parts_of((ink > DARK).astype(np.uint8))
    body = body_height(parts)
    if body is None:
        return False
    longest = np.maximum(parts.heights, parts.widths)
    letters = ((longest > 0.5 * body) & (longest < 4 * body))[parts.labels].astype(np.uint8)
    reach = np.ones((1, max(3, round(0.8 * body))), np.uint8)
    level, upright = (cv2.connectedComponents(cv2.morphologyEx(letters, cv2.MORPH_CLOSE, kernel))[0] for kernel in (reach, reach.T))
    return level > 1.15 * upright


def _askew(grey: np.ndarray) -> float:
    """Degrees by which the page must be turned: where the rows of its ink differ most from one to the next."""
    ink = _small_ink(grey)
    height, width = ink.shape

    def level(angle: float) -> float:
        move = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
        return _sharpness(cv2.warpAffine(ink, move, (width, height), flags=cv2.INTER_LINEAR))

    best = 0.0
    for reach, step in ((_MOST_ASKEW, 0.5), (0.4, 0.1), (0.08, 0.02)):
        best = max((best + way * step for way in range(-round(reach / step), round(reach / step) + 1)), key=level)
    return best


def _small_ink(grey: np.ndarray) -> np.ndarray:
    scale = min(1.0, _SMALL / max(grey.shape))
    ink = ink_of(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    edge = max(2, round(0.02 * max(ink.shape)))  # what lies beside the sheet
    ink[:edge] = ink[-edge:] = 0
    ink[:, :edge] = ink[:, -edge:] = 0
    return ink


def _sharpness(ink: np.ndarray) -> float:
    return float(np.square(np.diff(ink.sum(axis=1))).sum())


def parts_of(strokes: np.ndarray) -> Parts:
    """The connected strokes of a mask (0 or 1 as bytes); part 0 is the paper."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    left, top, width, height, area = stats.T
    return Parts(np.stack([left, top, left + width, top + height, area], axis=1), labels)


def body_height(parts: Parts) -> float | None:
    """How high most letters of the page are, in pixels; None where nothing looks like print."""
    return body_of(parts.boxes[1:])


def body_of(boxes: np.ndarray) -> float | None:
    """How high most letters among the boxes of strokes are, in pixels; None where nothing looks like print."""
    heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    letters = heights[(heights >= _LEAST_BODY) & (heights <= _MOST_BODY) & (widths > 0.25 * heights) & (widths < 4 * heights)]
    if letters.size < 3:
        return None
    counts = np.bincount(letters, minlength=_MOST_BODY + 20).astype(float) * np.sqrt(np.arange(max(_MOST_BODY + 20, letters.max() + 1)))
    smooth = [
        counts[max(0, math.floor(h * 0.88)) : math.ceil(h * 1.12) + 1].sum() / math.sqrt(h) for h in range(_LEAST_BODY, _MOST_BODY + 1)
    ]
    best = _LEAST_BODY + int(np.argmax(smooth))
    near = letters[(letters >= 0.85 * best) & (letters <= 1.2 * best)]
    return float(np.median(near)) if near.size else None


def solid(parts: Parts, body: float) -> np.ndarray:
    """Which parts are blots, higher and wider than the bodies of letters."""
    return (
        (parts.boxes[:, 4] > _SOLID * parts.heights * parts.widths) & (parts.heights > _HOLE[0] * body) & (parts.widths > _HOLE[0] * body)
    )


def without_holes(ink: np.ndarray, parts: Parts, body: float) -> np.ndarray:
    """The ink without punched holes: the middle of one is as high and narrow as a rule, and its sides would be left as brackets."""
    holes = solid(parts, body) & (np.maximum(parts.heights, parts.widths) < _HOLE[1] * body)
    holes[0] = False
    return ink * (1 - cv2.dilate(holes[parts.labels].astype(np.uint8), np.ones((5, 5), np.uint8))) if holes.any() else ink


def with_dark_letters(ink: np.ndarray, body: float) -> np.ndarray:
    """The ink with light letters on dark ground, as headings of tables are printed at times, as dark ones in a frame."""
    (low, high), wide = ((edge * body for edge in _GROUND[0]), _GROUND[1] * body)
    reach = max(3, round(0.35 * body))  # strokes of letters are thinner
    ground = cv2.morphologyEx((ink > DARK).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    ground = cv2.morphologyEx(ground, cv2.MORPH_OPEN, np.ones((round(low), round(wide)), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ground, connectivity=4)
    turned = ink
    for one, (left, top, width, height, area) in enumerate(stats[1:count], 1):
        if height > high or area < _FILLED * width * height:
            continue
        window = (slice(top, top + height), slice(left, left + width))
        outline, _ = cv2.findContours((labels[window] == one).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        filled = cv2.fillConvexPoly(np.zeros((height, width), np.uint8), cv2.convexHull(np.vstack(outline)), 1)
        inside, own = filled > 0, ink[window]
        shade, light = np.percentile(own[inside], (50, 2)).tolist()
        darker, paler = (own[inside] > shade + _PALER).mean(), (own[inside] < shade - _PALER).mean()
        if shade - light < _PALER or darker > paler:
            continue  # dark letters on it, or none
        turned = ink.copy() if turned is ink else turned
        frame = filled - cv2.erode(filled, np.ones((5, 5), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
        turned[window] = np.where(inside, np.maximum(np.clip((shade - own) / (shade - light), 0, 1), frame), own)
    return turned


def without_dust(ink: np.ndarray, parts: Parts, body: float) -> np.ndarray:
    """The ink without specks: parts smaller than strokes are wide, and dots that stand neither at a letter nor in a row of dots.

    Beside a number a speck reads as a point, a colon or a bracket. `ink` without rules, `parts` those of this ink.
    """
    size = np.maximum(parts.heights, parts.widths)
    print_ = size > _DOT * body
    print_[0] = False
    strokes = np.diff(np.pad(print_[parts.labels].astype(np.int8), ((0, 0), (1, 1))).ravel())
    widths = np.flatnonzero(strokes == -1) - np.flatnonzero(strokes == 1)
    if not widths.size:
        return ink
    reach = 2 * round(_ALONE * body) + 1
    around = cv2.dilate(print_[parts.labels].astype(np.uint8), np.ones((reach, reach), np.uint8))
    dust = (np.bincount(parts.labels[around > 0], minlength=len(size)) == 0) & ~_in_rows(parts, ~print_, reach)
    dust = (dust | (size < _SPECK * np.median(widths))) & ~print_
    dust[0] = False
    return ink * (1 - cv2.dilate(dust[parts.labels].astype(np.uint8), np.ones((3, 3), np.uint8))) if dust.any() else ink


def _in_rows(parts: Parts, dots: np.ndarray, reach: int) -> np.ndarray:
    """Which of the `dots` stand in rows, as a form prints them where it is filled in."""
    dots = dots.copy()
    dots[0] = False
    of_row = cv2.morphologyEx(dots[parts.labels].astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, reach), np.uint8))
    _, rows = cv2.connectedComponents(of_row)
    first = np.zeros(len(dots), np.int64)  # the row of each dot
    first[parts.labels[(rows > 0) & dots[parts.labels]]] = rows[(rows > 0) & dots[parts.labels]]
    return (np.bincount(first[dots], minlength=rows.max() + 1) >= _ROW)[first] & dots
