"""Abbreviated months (ต.ค.) in lines of print: a small network of our own, as Tesseract takes their letters and dots for Latin ones."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from etl.formats.document import UNREAD
from etl.formats.scan.network import columns, padded, pooled, softmax, weights_in
from etl.formats.scan.numerals import VIEWS, normalised, seen
from etl.formats.scan.prose import Letter
from etl.formats.scan.words import Run, gaps_of

MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
WIDTH = 96  # columns of the window in whose middle the word stands
WEIGHTS = Path(__file__).with_name("months.npz")
# Each layer: its window, how it is padded, and by how much its output is pooled.
LAYERS = (("one", (3, 3), (1, 1), (2, 2)), ("two", (3, 3), (1, 1), (2, 2)), ("three", (3, 3), (1, 1), (2, 2)))
_SURE, _LEAST, _MAYBE = 0.95, 0.8, 0.5  # how likely a month is in the first view and in the others where it is read; where it is a doubt
_NARROWEST, _WIDEST = 1.5, 5.0  # of such a word, in heights of its letters
_DOT, _FOOT = 0.4, 0.35  # heights of a letter: how high its dots are at most, and how far from the foot of the line
_DASH = 0.3, 0.25  # heights of a letter: how high a dash is at most, and how far from the middle of the letters
_OF_THE_ERA = "พศ"
_DASHES = "-–—=~"  # what Tesseract makes of one
_RIM = 2  # columns around a word
_BESIDE, _BEHIND = 0.2, 1.0  # heights of a letter: Tesseract says roughly where its letters stand, and its dots still farther behind


def chances(windows: np.ndarray, weights: dict[str, np.ndarray] | None = None) -> np.ndarray:
    """(N, HEIGHT, WIDTH) -> (N, 1 + months), each row summing to 1; the first of them: no month."""
    weights = weights or weights_in(WEIGHTS)
    x = windows[..., None].astype(np.float32)
    for name, window, padding, pool in LAYERS:
        x = np.maximum(pooled(columns(padded(x, *padding), *window) @ weights[f"{name}.w"] + weights[f"{name}.b"], *pool), 0)
    x = np.maximum(x.reshape(len(x), -1) @ weights["hidden.w"] + weights["hidden.b"], 0) @ weights["out.w"] + weights["out.b"]
    return softmax(x)


def months_of(strip: tuple[np.ndarray, float, float], boxes: np.ndarray, runs: list[Run]) -> list[Run]:
    """The months of a strip of ink, with the rows where the bodies of its letters begin and end; `boxes`: its strokes, `runs`: its numbers.

    One that is not sure, only likelier than the other months, has the chance 0.
    """
    ink, top, bottom = strip
    numbers = [run for run in runs if UNREAD not in run.text]
    words = _words(boxes, numbers, bottom, bottom - top)
    if not words:
        return []
    views = [chances(np.stack([_window(ink, span, *seen(top, bottom, *view)) for span in words])) for view in VIEWS]
    found = []
    for (left, right), *of_word in zip(words, *views, strict=True):
        kind = sure(of_word)
        likeliest = int(of_word[0][1:].argmax()) + 1
        if kind:
            found.append(Run(MONTHS[kind - 1], left, right, min(float(view[kind]) for view in of_word)))
        elif of_word[0][likeliest] >= _MAYBE:
            found.append(Run(MONTHS[likeliest - 1], left, right, 0.0))
    return found


def sure(views: Sequence[np.ndarray]) -> int:
    """The number of the month that a word is in every view, given how likely each is in them; 0 where it is none or not sure."""
    kind = int(views[0].argmax())
    return kind if views[0][kind] >= _SURE and min(float(view[kind]) for view in views[1:]) >= _LEAST else 0


def _words(boxes: np.ndarray, numbers: list[Run], foot: float, body: float) -> list[tuple[float, float]]:
    """From where to where words reach that are as wide as a month and hold a dot at their foot."""
    middles, heights = (boxes[:, :2] + boxes[:, 2:4]).T / 2
    others = (boxes[:, 3] - boxes[:, 1] < _DASH[0] * body) & (abs(heights - foot + 0.5 * body) < _DASH[1] * body)  # "ต.ค.-ธ.ค."
    spans = [*boxes[others][:, [0, 2]].tolist(), *((run.left, run.right) for run in numbers)]
    for run in numbers:
        others |= (middles >= run.left) & (middles <= run.right)
    own = boxes[~others]
    edges = [edge for span in [*gaps_of(boxes[:, [0, 2]], body), *spans] for edge in span]
    words = []
    for begin, end in zip([-np.inf, *sorted(edges)], [*sorted(edges), np.inf], strict=True):
        inside = own[(own[:, 0] >= begin - 1) & (own[:, 2] <= end + 1)]
        if not len(inside):
            continue
        left, right = float(inside[:, 0].min()), float(inside[:, 2].max())
        dots = (inside[:, 3] - inside[:, 1] < _DOT * body) & (abs(inside[:, 3] - foot) < _FOOT * body)
        if dots.any() and _NARROWEST * body < right - left < _WIDEST * body:
            words.append((left, right))
    return words


def _window(ink: np.ndarray, span: tuple[float, float], top: float, bottom: float) -> np.ndarray:
    left, right = max(0, int(span[0]) - _RIM), int(span[1]) + _RIM
    word, _ = normalised(ink[:, left:right], top, bottom)
    word = word[:, :WIDTH]
    before = (WIDTH - word.shape[1]) // 2
    return np.pad(word, ((0, 0), (before, WIDTH - word.shape[1] - before)))


def settled(found: list[Run], letters: list[Letter], body: float) -> tuple[list[Run], list[Letter]]:
    """The months of a line, and the letters that Tesseract read beside them. Where Tesseract has another month neither is taken; where we
    are not sure, and it does not contradict, its letters stay; and so they do where it has พ.ศ., which looks like พ.ค."""
    kept, rest = [], letters
    for run in found:
        reach, middle = (run.right - run.left) / 2 + _BESIDE * body, (run.left + run.right) / 2
        own = [one for one in rest if abs((one.left + one.right) / 2 - middle) <= reach and one.text not in _DASHES]
        own += [one for one in rest if one.text == "." and 0 <= (one.left + one.right) / 2 - middle - reach < _BEHIND * body]
        said = _bare("".join(one.text for one in own))
        if said == _OF_THE_ERA:
            continue
        other = next((month for month in MONTHS if _bare(month) == said), run.text)
        if run.chance or other != run.text:
            rest = [one for one in rest if one not in own]
            kept.append(run if other == run.text else replace(run, text=UNREAD * len(other), chance=0.0))
    return kept, rest


def _bare(text: str) -> str:
    return text.replace(".", "").replace(" ", "")
