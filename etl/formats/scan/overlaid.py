"""Strokes of stamps and pens that lie over the print: told from letters by how far they reach and how thin they are."""

import cv2
import numpy as np

from etl.formats.scan.page import parts_of

_REACH, _LEAST = 4.0, 2.4  # heights of a letter: longer one way than letters that touch, and higher than a line with its marks
_SPARSE = 0.25  # of its box at most is drawn
_FAINT = 0.25  # of full ink: the ring of a stamp, after a scan
_STAMP, _PEN = 0.65, 0.87  # of full ink: a stamp has less; and so a pen, where most of its stroke has less than `_OF_A_PEN`
_OF_A_PEN = 0.82
_UNDER_A_RULE = 0.3  # heights of a letter: so far strokes go on under the rule that they cross
_NOISE = 0.02  # of the square of a letter's height: smaller dark pieces of a pen's stroke may be its own


def without_overlaid(ink: np.ndarray, rules: np.ndarray, body: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The ink (its rules taken out; `rules`: where they stood) without strokes that lie over the print and are paler than it.

    And two masks: the strokes that are as dark, so that what they touch cannot be told from them, and those of pens that were taken away,
    under which a point may be lost. Letters under a pale stroke stay.
    """
    stamp = _far(ink > _FAINT, rules, body)
    ink, dark = _without_pale(ink, stamp, rules, body, _STAMP, 0.0)
    pen = dark if dark.any() and np.median(ink[dark]) < _OF_A_PEN else np.zeros_like(dark)
    if not pen.any():
        return ink, dark, pen
    ink, dark = _without_pale(ink, pen, rules, body, _PEN, _NOISE * body**2)
    return ink, dark, pen & ~dark


def _without_pale(
    ink: np.ndarray, over: np.ndarray, rules: np.ndarray, body: float, print_from: float, noise: float
) -> tuple[np.ndarray, np.ndarray]:
    """The ink without what is paler than `print_from` of the strokes `over`, and those of them that are as dark and reach as far."""
    core = over & (ink >= print_from)
    if not over.any():
        return ink, core
    far = _far(core, rules, body)
    parts = parts_of((core & ~far).astype(np.uint8))
    letters = parts.boxes[:, 4] > noise
    letters[0] = False
    kept = _grown(letters[parts.labels] | far)
    pale = _grown(over & ~kept) & ~kept & (over | (ink <= _FAINT))
    return np.where(pale, 0, ink).astype(ink.dtype), _grown(far) & over


def _far(strokes: np.ndarray, rules: np.ndarray, body: float) -> np.ndarray:
    """The strokes that reach farther than letters and are thinner, a ring or a signature, also across the rules that were taken out."""
    reach = 2 * round(_UNDER_A_RULE * body) + 1
    under = cv2.dilate(strokes.astype(np.uint8), np.ones((reach, reach), np.uint8)) & cv2.dilate(rules, np.ones((3, 3), np.uint8))
    parts = parts_of(strokes.astype(np.uint8) | under)
    drawn = np.bincount(parts.labels[strokes], minlength=len(parts.boxes))
    far = (np.maximum(parts.widths, parts.heights) > _REACH * body) & (np.minimum(parts.widths, parts.heights) > _LEAST * body)
    far &= drawn < _SPARSE * parts.widths * parts.heights
    far[0] = False
    return far[parts.labels] & strokes


def _grown(mask: np.ndarray) -> np.ndarray:
    return cv2.dilate(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
