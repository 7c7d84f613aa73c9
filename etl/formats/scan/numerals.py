"""Numerals, codes and marks in lines of print: our own reader, as Tesseract's Thai model does not know ๔ ๖ ๗ ๘ ๙."""

from dataclasses import dataclass

import cv2
import numpy as np

from etl.formats.scan.network import BODY, HEIGHT, NOTHING, STEP, SYMBOLS, likelihoods

VIEWS = ((1.0, 0.0), (0.9, 0.03), (1.12, -0.03))  # sizes and heights at which each line is read
# How likely a symbol is in the first view, and in the others, where it is sure: the least at which 0.2 % of the digits of fonts that were
# kept for choosing it are read as others (`python -m train.thresholds`: 0.16 %, 6.7 % left unsure, of lines worse than most scans).
_SURE, _LEAST = 0.95, 0.7
_MAYBE, _LIKELY = 0.3, 0.6  # from here something may stand there; another view's finding counts as a doubt
_RIM, _RIM_OF_NARROW = 6.5, 2.5  # columns of a normalised line: nearer than two symbols stand
_NARROW = ".,-()/Ii1+%"
RINGS, BARS = "0๐oO", "1Ii"
# Codes are written either way: how likely one of a pair is counts.
_ALIKE = {letter: [SYMBOLS.index(one) + 1 for one in pair] for pair in ("Ii", "Ee", "Oo") for letter in pair}
_KIN = {letter: classes for alike in (RINGS, BARS) for classes in [[SYMBOLS.index(one) + 1 for one in alike]] for letter in alike}
_ROUND = 64  # lines are widened to a multiple of this many columns, to be read together
_PAPER = 16  # columns before a line: at the very edge a bar, a 1 or an I, is taken for a rule; in training paper stood there


def normalised(ink: np.ndarray, top: float, bottom: float) -> tuple[np.ndarray, float]:
    """The strip of `ink` (0 paper .. 1 ink) whose letters' bodies stand between the rows `top` and `bottom`, HEIGHT rows high,
    and by how much it was enlarged. Its darkest strokes become 1, however pale the print is."""
    scale = (BODY[1] - BODY[0]) / max(bottom - top, 2.0)
    width = max(2, round(ink.shape[1] * scale / 2) * 2)
    if scale < 0.7:
        ink = cv2.GaussianBlur(ink, (0, 0), 0.35 / scale)
    move = np.array([[scale, 0, 0.5 * scale - 0.5], [0, scale, BODY[0] - top * scale + 0.5 * scale - 0.5]], np.float32)
    strip = cv2.warpAffine(ink, move, (width, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0)
    dark = strip[strip > 0.3 * strip.max()] if strip.max() > 0.05 else strip[:0]
    return (np.clip(strip / np.percentile(dark, 75), 0, 1.25) if dark.size else strip), scale


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol at `x` (columns of the strip that was read). `chance`: how likely it is; `sure`: read alike in every view.

    `kin`: it is surely one of those that look alike, RINGS or BARS, of which the signs beside it may tell which.
    """

    letter: str
    x: float
    chance: float
    sure: bool
    kin: bool = False
    kin_chance: float = 0.0


def symbols_of(strips: list[tuple[np.ndarray, float, float]]) -> list[list[Symbol]]:
    """The numerals, codes and marks of strips of ink, each with the rows where the bodies of its letters begin and end.

    Each strip is read as it stands, a little smaller and a little larger; what is not read alike is not sure.
    """
    views = [_read([(ink, *seen(top, bottom, size, shift)) for ink, top, bottom in strips]) for size, shift in VIEWS]
    return [_agreed([view[at] for view in views], bottom - top) for at, (_, top, bottom) in enumerate(strips)]


def seen(top: float, bottom: float, size: float, shift: float) -> tuple[float, float]:
    middle, half = (top + bottom) / 2 + shift * (bottom - top), (bottom - top) / 2
    return middle - half * size, middle + half * size


def _read(strips: list[tuple[np.ndarray, float, float]]) -> list[list[Symbol]]:
    ready = [normalised(*strip) for strip in strips]
    widths = [-(-(2 * _PAPER + ready_strip.shape[1]) // _ROUND) * _ROUND for ready_strip, _ in ready]
    found: list[list[Symbol]] = [[] for _ in strips]
    for width in sorted(set(widths)):
        members = [at for at, own in enumerate(widths) if own == width]
        together = np.zeros((len(members), HEIGHT, width), np.float32)
        for row, at in enumerate(members):
            together[row, :, _PAPER : _PAPER + ready[at][0].shape[1]] = ready[at][0]
        for chances, at in zip(likelihoods(together), members, strict=True):
            found[at] = _decoded(chances, ready[at][1])
    return found


def _decoded(chances: np.ndarray, scale: float) -> list[Symbol]:
    """Runs of frames in which the same symbol is the likeliest; a run in which something may stand, but nothing likely, is unsure."""
    something = 1 - chances[:, NOTHING]
    likeliest = chances[:, 1:].argmax(axis=1)
    symbols: list[Symbol] = []
    at = 0
    while at < len(chances):
        if something[at] < _MAYBE:
            at += 1
            continue
        end = at + 1
        while end < len(chances) and something[end] >= _MAYBE and likeliest[end] == likeliest[at]:
            end += 1
        letter = SYMBOLS[likeliest[at]]
        run = chances[at:end][:, _ALIKE.get(letter, [likeliest[at] + 1])].sum(axis=1)
        kin = float(chances[at:end][:, _KIN[letter]].sum(axis=1).max()) if letter in _KIN else 0.0
        middle = float(np.average(np.arange(at, end), weights=run + 1e-6)) * STEP + (STEP - 1) / 2 - _PAPER
        symbols.append(Symbol(letter, (middle + 0.5) / scale - 0.5, float(run.max()), True, False, kin))
        at = end
    return _without_shadows(symbols, scale)


def _without_shadows(symbols: list[Symbol], scale: float) -> list[Symbol]:
    """Without what is seen inside a stronger symbol: no two stand that near, but a part of one may look like another."""
    kept = []
    for at, symbol in enumerate(symbols):
        for other in symbols[max(0, at - 2) : at] + symbols[at + 1 : at + 3]:
            near = _RIM_OF_NARROW if symbol.letter in _NARROW or other.letter in _NARROW else _RIM
            if abs(other.x - symbol.x) * scale < near and other.chance > symbol.chance:
                break
        else:
            kept.append(symbol)
    return kept


def _agreed(views: list[list[Symbol]], body: float) -> list[Symbol]:
    """What the first view read, sure where every view has the same letter at the same place; what only another saw is unsure."""
    near = 0.3 * body
    agreed = []
    for symbol in views[0]:
        there = [[one for one in view if abs(one.x - symbol.x) < near] for view in views[1:]]
        alike = [[one.chance for one in view if one.letter.upper() == symbol.letter.upper()] for view in there]
        chances = [symbol.chance, *(max(view, default=0.0) for view in alike)]
        kin = [symbol.kin_chance, *(max((one.kin_chance for one in view if _same_kin(one, symbol)), default=0.0) for view in there)]
        agreed.append(Symbol(symbol.letter, symbol.x, min(chances), _is_sure(chances), _is_sure(kin)))
    for view in views[1:]:
        for one in view:
            if one.chance >= _LIKELY and all(abs(one.x - other.x) >= near for other in agreed):
                agreed.append(Symbol(one.letter, one.x, 0.0, False))
    return sorted(agreed, key=lambda one: one.x)


def _same_kin(one: Symbol, other: Symbol) -> bool:
    return one.letter in _KIN and _KIN[one.letter] is _KIN.get(other.letter)


def _is_sure(chances: list[float]) -> bool:
    return chances[0] >= _SURE and min(chances) >= _LEAST
