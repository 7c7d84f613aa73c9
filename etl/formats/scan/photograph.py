"""A photograph of a sheet -> the sheet alone, as if it lay under a scanner."""

import cv2
import numpy as np

_SMALL = 600  # pixels of the longer side in which the sheet is looked for
_LEAST, _MOST = 0.25, 0.985  # of the picture that a sheet fills
_DARKER = 0.8  # what lies around the sheet has at most this much of its light
_GRAIN = 15  # pixels: lines of the ground are thinner
_EDGE = 40  # of 255: what the edge of a sheet differs by from the ground
_BY_EDGES = 5  # degrees by which an outline by edges must look more like a sheet: edges lie a little outside or inside of it
_MOST_BENT = 25  # degrees by which a corner of a sheet that is held at a slant differs from a right angle


def sheet_of(grey: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The sheet, its four corners drawn to a rectangle; the picture as it is where no darker ground shows around it.

    And the matrix (3 x 3) that leads from its pixels back to those of the picture.
    """
    corners = _corners(grey)
    if corners is None:
        return grey, np.eye(3)
    top, right, bottom, left = (np.linalg.norm(corners[(at + 1) % 4] - corners[at]) for at in range(4))
    width, height = round(max(top, bottom)), round(max(left, right))
    flat = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    move = cv2.getPerspectiveTransform(corners, flat)
    sheet = cv2.warpPerspective(grey, move, (width, height), flags=cv2.INTER_CUBIC)
    rim = max(2, round(0.006 * min(width, height)))
    return sheet[rim:-rim, rim:-rim], np.linalg.inv(move) @ np.float64([[1, 0, rim], [0, 1, rim], [0, 0, 1]])


def _corners(grey: np.ndarray) -> np.ndarray | None:
    """Corners of the sheet, clockwise from the upper left one; None: there is no sheet on a darker ground.

    By its light, and by its edges: a shadow over a part of it can be as dark as the ground beside it, but its edge is soft.
    """
    scale = _SMALL / max(grey.shape)
    small = cv2.GaussianBlur(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (0, 0), 2)
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))  # without the print
    _, light = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    edges = _enclosed(cv2.morphologyEx(cv2.Canny(small, _EDGE / 2, _EDGE), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)))
    found = [
        (_bend(corners) + more, corners)
        for mask, more in ((light, 0), (edges, _BY_EDGES))
        if (corners := _outlined(small, mask)) is not None
    ]
    bend, corners = min(found, key=lambda one: one[0], default=(0, None))
    return None if corners is None or bend > _MOST_BENT else (corners + np.float32(0.5)) / np.float32(scale)


def _enclosed(edges: np.ndarray) -> np.ndarray:
    """What edges enclose, without the lines of the ground that run up to the sheet: the grain of a table."""
    outside = cv2.copyMakeBorder(edges, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(outside, None, (0, 0), 128)
    inside = (outside[1:-1, 1:-1] != 128).astype(np.uint8) * 255
    return cv2.morphologyEx(inside, cv2.MORPH_OPEN, np.ones((_GRAIN, _GRAIN), np.uint8))


def _outlined(small: np.ndarray, mask: np.ndarray) -> np.ndarray | None:
    """The four corners of the largest thing in `mask`; None: it has not four, or is no sheet on a darker ground."""
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = max(map(cv2.convexHull, outlines), key=cv2.contourArea)
    inside = cv2.fillConvexPoly(np.zeros_like(small), outline, 1) > 0
    share = float(inside.mean())
    if not _LEAST < share < _MOST or np.median(small[~inside]) > _DARKER * np.median(small[inside]):
        return None
    for bend in (0.02, 0.03, 0.05, 0.08):
        found = cv2.approxPolyDP(outline, bend * cv2.arcLength(outline, True), True)[:, 0]
        if len(found) == 4:
            break
    else:
        return None
    if cv2.contourArea(found) < 0.9 * cv2.contourArea(outline):
        return None
    middle = found.mean(axis=0)
    ordered = sorted(found.tolist(), key=lambda point: np.arctan2(point[1] - middle[1], point[0] - middle[0]))
    first = min(range(4), key=lambda at: sum(ordered[at]))
    return np.float32(ordered[first:] + ordered[:first])


def _bend(corners: np.ndarray) -> float:
    """By how many degrees the corner that is furthest from a right angle differs from one."""
    sides = np.roll(corners, -1, axis=0) - corners
    along = np.degrees(np.arctan2(sides[:, 1], sides[:, 0]))
    turns = (along - np.roll(along, 1)) % 360
    return float(np.abs(turns - 90).max())
